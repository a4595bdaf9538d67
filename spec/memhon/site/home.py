"""Puts generated tables into hand-written pages, where a comment asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from memhon.catalogue import Exchange
from memhon.errors import MemhonError
from memhon.site.families import answers_table, services_table, states_sentence
from memhon.site.markup import Page

_MARK = re.compile(r"^<!-- memhon:(\w+)(?: ([\w -]+))? -->$", re.MULTILINE)
_NOTHING: Mapping[str, Callable[[str, str], str]] = MappingProxyType({})


_TABLES: Mapping[str, Callable[[str, Iterable[Exchange]], str]] = {
    "services": services_table,
    "states": states_sentence,
    "answers": answers_table,
}


def completed(
    page: Page,
    exchanges: Sequence[Exchange],
    parts: Mapping[str, Callable[[str, str], str]] = _NOTHING,
) -> Page:
    """The page with every comment replaced by what it asks for.

    ``<!-- memhon:services [family] -->`` is the state of the services, ``<!-- memhon:states -->``
    what the states mean, ``<!-- memhon:answers -->`` the way from the four questions of a new
    editor to the pages that answer them.

    Args:
        page: As it was written.
        exchanges: For the tables.
        parts: What else may be asked for, by the name of the comment.

    Raises:
        MemhonError: A comment asks for something that does not exist.
    """

    def _table(match: re.Match[str]) -> str:
        name, family = match[1], match[2]
        if name in parts:
            return parts[name](page.address, family or "")
        wanted = [exchange for exchange in exchanges if family in (None, exchange.family)]
        made = _TABLES.get(name)
        if made is None or not wanted:
            raise MemhonError(f"{page.address} : repère inconnu : {match[0]}")
        return made(page.address, wanted)

    return Page(page.address, _MARK.sub(_table, page.text))
