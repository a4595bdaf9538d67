"""The one list of templates: which pages of the built site are made alike.

Pages are discovered in the built site. Where many are made by one function, a pattern stands here
and its heaviest and its lightest page speak for all; every page that no pattern covers is a
template of its own, so that a new kind of page is looked at without anyone adding it.
"""

import re
from pathlib import Path

SHARED = (
    r"(?:ra|pid)/[^/]+/",
    r"reference/types/[^/]+/",
    r"reference/types/[^/]+/[^/]+/",
    r"reference/anomalies/[^/]+/",
    r"reference/codes/[^/]+/",
)
"""Patterns of the addresses that share a template."""


def addresses(site: Path) -> tuple[str, ...]:
    """Give the address of every page of a built site; the home page is the empty one."""
    folders = sorted(path.parent.relative_to(site) for path in site.rglob("index.html"))
    return tuple("" if folder == Path() else f"{folder.as_posix()}/" for folder in folders)


def representatives(site: Path) -> tuple[str, ...]:
    """Give the pages that stand for all templates of a built site."""
    groups: dict[str, list[str]] = {}
    for address in addresses(site):
        groups.setdefault(_template(address), []).append(address)
    chosen: list[str] = []
    for members in groups.values():
        by_weight = sorted(members, key=lambda address: _weight(site, address))
        chosen += dict.fromkeys((by_weight[-1], by_weight[0]))
    return tuple(chosen)


def _template(address: str) -> str:
    return next((p for p in SHARED if re.fullmatch(p, address)), f"={address}")


def _weight(site: Path, address: str) -> tuple[int, str]:
    return (site / address / "index.html").stat().st_size, address
