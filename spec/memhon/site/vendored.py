"""Code of others that the site carries: fetched for the build, copied with its licence."""

from __future__ import annotations

from pathlib import Path

from memhon.errors import MemhonError
from memhon.site import npm
from memhon.site.downloads import Download

LIBXML2 = npm.NpmPackage(
    "libxml2-wasm",
    "0.7.2",
    "1990d42cda7873c6d8da7c5a51601fc2e460c6430f103304642c8610152674a8",
)
"""libxml2 as WebAssembly, MIT: reads and canonicalises on the page of signatures, nowhere else."""

FOLDER = "assets/libxml2-wasm"
_LICENCES = ("LICENSE", "LICENSE.libxml2")
_FOR_NODE = "nodejs.mjs"
_MAP = b"//# sourceMappingURL="


def vendored(build: Path) -> tuple[Download, ...]:
    """The modules of libxml2-wasm and its licences, as files of the site.

    Args:
        build: The project's folder of made things.

    Raises:
        MemhonError: The package cannot be fetched, or is not the one in the table.
    """
    package = npm.fetch(LIBXML2, build / "npm") / LIBXML2.name
    modules = sorted(path for path in (package / "lib").glob("*.mjs") if path.name != _FOR_NODE)
    licences = [package / name for name in _LICENCES]
    missing = [path.name for path in licences if not path.is_file()]
    if missing or not modules:
        raise MemhonError(f"le paquet {LIBXML2.name} n'a pas {', '.join(missing) or 'de module'}")
    found = [Download("", f"{FOLDER}/{path.name}", _without_map(path)) for path in modules]
    # With a suffix, so that a browser shows them instead of downloading them.
    found += [Download("", f"{FOLDER}/{path.name}.txt", path.read_bytes()) for path in licences]
    return tuple(found)


def _without_map(path: Path) -> bytes:
    """The module without the name of its source map, which is not carried along."""
    head, mark, _ = path.read_bytes().rpartition(_MAP)
    return head if mark else path.read_bytes()
