"""Hides values in what is shown of a document, and keeps every character's place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from memhon.catalogue import Message, load
from memhon.schemas.content import Definition, content

_PIECE = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<!\[CDATA\[(?P<section>.*?)(?:\]\]>|\Z)"
    r"|<(?P<tag>[^\s<>/=!?]+)(?P<attributes>(?:\s[^<>]*)?)(?P<empty>/)?>(?P<value>[^<]*)"
    r"|(?P<close></[^\s<>]*\s*>)(?P<tail>[^<]*)"
    r"|(?P<declaration><\?xml\s[^<>]*\?>\s*)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"(\s(?!xmlns[:=]|modelUID|xsi:)[^\s=]+\s*=\s*)(\"[^\"]*\"|'[^']*')")
_HIDDEN = "•"


class Masker:
    """Replaces the characters of values by dots, unless they are known to be harmless.

    A name that nobody knows may be a personal field that was misspelt: its value is hidden too.

    Args:
        harmless: Local names of the elements whose values may be shown; None shows everything.
    """

    def __init__(self, harmless: Collection[str] | None) -> None:
        self._harmless = None if harmless is None else frozenset(harmless)

    def __call__(self, text: str) -> str:
        """The text with dots in the place of values."""
        if self._harmless is None:
            return text
        shown, position = [], 0
        for found in _PIECE.finditer(text):
            # what stands between two pieces is no markup that we understand
            shown += [_dots(text[position : found.start()]), self._masked(found)]
            position = found.end()
        return "".join([*shown, _dots(text[position:])])

    def value(self, name: str, value: str) -> str:
        """One value of an element of that local name; its length is all that is told."""
        harmless = self._harmless is None or name in self._harmless
        return value if harmless or value.strip() in load().fictitious else f"••• ({len(value)})"

    def _masked(self, found: re.Match[str]) -> str:
        if found["declaration"]:
            return found[0]
        for hidden in ("comment", "section"):
            if found[hidden] is not None:
                return found[0].replace(found[hidden], _dots(found[hidden]), 1)
        if found["close"]:
            return found["close"] + _dots(found["tail"])
        local = found["tag"].rpartition(":")[2]
        attributes = _ATTRIBUTE.sub(
            lambda m: m[1] + m[2][0] + _dots(m[2][1:-1]) + m[2][0], found["attributes"]
        )
        shown = self._harmless is not None and local in self._harmless
        value = found["value"] if shown else _dots(found["value"])
        return f"<{found['tag']}{attributes}{found['empty'] or ''}>{value}"


def masker(message: Message | None, *, show_values: bool) -> Masker:
    """The masker for a message, or for a document that is not recognised.

    Args:
        message: The catalogue's entry, when the message was recognised.
        show_values: Whether everything may be shown.
    """
    if show_values:
        return Masker(None)
    return Masker(_harmless(message.schema if message else None))


@cache
def _harmless(schema: str | None) -> frozenset[str]:
    every = [message for exchange in load().exchanges for message in exchange.messages]
    messages = [message for message in every if schema in (None, message.schema)]
    personal = {name for message in messages for name in message.personal}
    known = {name for message in messages for name in _values(content(message))}
    return frozenset(known - personal)


def _values(definition: Definition) -> Iterator[str]:
    """Local names of the elements that hold a value of a type of their own."""
    for slot in definition.slots:
        if slot.definition.builtin is not None:
            yield slot.name.rpartition("}")[2]
        yield from _values(slot.definition)


def _dots(value: str) -> str:
    if value.strip() in load().fictitious:
        return value
    return re.sub(r"\S", _HIDDEN, value)
