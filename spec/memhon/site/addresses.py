"""Where the pages of the type reference lie: short addresses that outlive a rebuild."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from memhon.catalogue import Exchange
from memhon.errors import MemhonError
from memhon.site.fields import SECTIONS
from memhon.site.markup import slug

TYPES = "reference/types"
"""Folder of the type reference, one folder below it for each schema file."""

_NOISE = re.compile(r"^(?:\d{4}|cns)$")


def aliases(exchanges: Iterable[Exchange], paths: Iterable[str]) -> Mapping[str, str]:
    """The short name of each schema file, by its path below ``memhon_xsd``.

    A file that rules a message is named by exchange, direction and version, so that an address
    keeps its meaning when a later version stands beside it; any other by folder and file name.

    Raises:
        MemhonError: Two files would get the same name.
    """
    named = {
        message.schema: f"{exchange.id}-{SECTIONS[message.direction]}-v{message.version}"
        for exchange in exchanges
        for message in exchange.messages
    }
    found = {path: named.get(path) or _from_path(path) for path in paths}
    if len(set(found.values())) != len(found):
        raise MemhonError(f"deux schémas ont le même nom court : {sorted(found.values())}")
    return found


def schema_page(alias: str) -> str:
    """Address of the page of a schema file, e.g. ``…/types/pid-sim-requete-v1/index.md``."""
    return f"{TYPES}/{alias}/index.md"


def type_page(alias: str, name: str) -> str:
    """Address of the page of a named type, e.g. ``…/pid-sim-requete-v1/t-uta.md``."""
    return f"{TYPES}/{alias}/{slug(name)}.md"


def element_anchor(*names: str) -> str:
    """Id of an element on the page of its type: local names from the type down, to the letter."""
    return "-".join(names)


def _from_path(path: str) -> str:
    folder, _, name = path.rpartition("/")
    words = slug(name.rpartition(".")[0]).split("-")
    kept = [word for word in words if not _NOISE.match(word) and word != folder]
    return "-".join([*([slug(folder)] if folder else []), *kept])
