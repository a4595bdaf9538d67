"""The whole site as one archive that opens from the disk, search included.

The copy differs from the site in what a browser does not do for files: a link to a folder names
its ``index.html``, and the search worker starts from sources that stand in a script.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

from memhon.errors import MemhonError
from memhon.site import folding
from memhon.site.archive import packed
from memhon.site.links import explicit, page_folders

_TOP = "memhon-site"
_SCRIPT = "search/offline.js"
_INDEX_SCRIPT = "search/search_index.js"
_HREF = re.compile(r"""(<(?:a|link)\s(?:[^>"']|"[^"]*"|'[^']*')*?\bhref=")([^"]*)(")""")
_BUNDLE = re.compile(r'<script src="((?:\.\./)*)assets/javascripts/bundle\.[^"]+\.js"')
_LEFT_OUT = re.compile(r"(?:^404\.html|^sitemap\.xml\.gz|\.map)$")


def copy_of(site: Path) -> dict[str, bytes]:
    """The files of the copy, by path.

    Args:
        site: The finished site.

    Raises:
        MemhonError: The theme no longer starts its search as expected.
    """
    paths = sorted(path for path in site.rglob("*") if path.is_file())
    names = [path.relative_to(site).as_posix() for path in paths]
    folders = page_folders(names)
    copied: dict[str, bytes] = {}
    for name, path in zip(names, paths, strict=True):
        if _LEFT_OUT.search(name):
            continue
        data = path.read_bytes()
        copied[name] = _page(name, data, folders) if name.endswith(".html") else data
    index = _index(copied[folding.INDEX])
    copied[folding.INDEX] = index
    copied[_INDEX_SCRIPT] = b"var __index = " + index + b";\n"
    copied[_SCRIPT] = _search_script(site)
    return copied


def archive_of(copied: dict[str, bytes]) -> bytes:
    """The copy as an archive with one folder."""
    return packed(copied, _TOP)


def _page(name: str, data: bytes, folders: frozenset[str]) -> bytes:
    def link(found: re.Match[str]) -> str:
        return found[1] + explicit(name, found[2], folders) + found[3]

    text, count = _BUNDLE.subn(
        lambda found: f'<script src="{found[1]}{_SCRIPT}"></script>\n{found[0]}',
        data.decode(),
    )
    if count != 1:
        raise MemhonError(f"{name} : le script du thème n'est pas où la copie hors ligne l'attend")
    return _HREF.sub(link, text).encode()


def _index(data: bytes) -> bytes:
    index = json.loads(data)
    for doc in index["docs"]:
        page, mark, anchor = doc["location"].partition("#")
        doc["location"] = f"{page}index.html{mark}{anchor}"
    return json.dumps(index, separators=(",", ":")).encode()


def _search_script(site: Path) -> bytes:
    parts = [folding.worker(site), site / folding.SUPPORT, site / folding.LANGUAGE]
    sources = ["self.importScripts = function () {};"]
    sources += [f"\n;\n{path.read_text(encoding='utf-8')}" for path in parts]
    script = files("memhon.site").joinpath("offline_search.js").read_text(encoding="utf-8")
    if "/* sources */" not in script:
        raise MemhonError("offline_search.js n'a plus de place pour les sources")
    # Escaped for old browsers, to which these two end a line of a script.
    listed = json.dumps(sources, ensure_ascii=True)
    return script.replace("/* sources */", listed).encode()
