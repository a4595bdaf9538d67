"""Puts generated tables into hand-written pages, where a comment asks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from memhon.catalogue import Exchange
from memhon.errors import MemhonError
from memhon.site.families import services_table
from memhon.site.markup import Page

_MARK = re.compile(r"^<!-- memhon:(\w+)(?: (\w+))? -->$", re.MULTILINE)


def completed(page: Page, exchanges: Sequence[Exchange]) -> Page:
    """The page with every ``<!-- memhon:services [family] -->`` replaced by its table.

    Raises:
        MemhonError: A comment asks for something that does not exist.
    """

    def _table(match: re.Match[str]) -> str:
        name, family = match[1], match[2]
        wanted = [exchange for exchange in exchanges if family in (None, exchange.family)]
        if name != "services" or not wanted:
            raise MemhonError(f"{page.address} : repère inconnu : {match[0]}")
        return services_table(page.address, wanted)

    return Page(page.address, _MARK.sub(_table, page.text))
