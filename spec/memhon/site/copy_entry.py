"""The copy of the site in its own list of downloads.

Its size and digest are known only when the page that names them is finished. The page is written
with marks; after MkDocs they become the entry in the site, and a sentence in the copy itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from memhon.errors import MemhonError
from memhon.site.downloads import COPY, COPY_MARK, COPY_SIZE_MARK, SUMS, Download, checksums

_TEXTS = frozenset({".html", ".json", ".js", ".md", ".txt"})
_HERE = "vous lisez cette copie"


def in_the_copy(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the copy, which cannot name its own digest."""
    return {
        name: _written(data, _HERE, "–") if _may_hold(name, data) else data
        for name, data in files.items()
    }


def announce(site: Path, archive: bytes) -> None:
    """Put the archive in its place, and its size and digest where the site names it.

    Args:
        site: The fresh folder of the site.
        archive: The copy.

    Raises:
        MemhonError: The page of downloads does not name the copy.
    """
    copy = Download("", COPY, archive)
    entries = {
        ".html": f'<a download href="{copy.name}">{copy.name}</a><br><code>{copy.sha256}</code>',
        ".md": f"[{copy.name}]({copy.name}) `{copy.sha256}`",
    }
    announced = []
    for path in sorted(path for path in site.rglob("*") if path.suffix in _TEXTS):
        data = path.read_bytes()
        if _may_hold(path.name, data):
            entry = entries.get(path.suffix, f"{copy.name} {copy.sha256}")
            path.write_bytes(_written(data, entry, str(len(archive))))
            announced.append(path.suffix)
    if ".html" not in announced:
        raise MemhonError("la page des téléchargements ne nomme pas la copie du site")
    (site / COPY).write_bytes(archive)
    with (site / SUMS).open("ab") as sums:
        sums.write(checksums([copy]))


def _may_hold(name: str, data: bytes) -> bool:
    return Path(name).suffix in _TEXTS and COPY_MARK.encode() in data


def _written(data: bytes, entry: str, size: str) -> bytes:
    return data.replace(COPY_SIZE_MARK.encode(), size.encode()).replace(
        COPY_MARK.encode(), entry.encode()
    )
