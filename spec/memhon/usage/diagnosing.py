"""Why a line of a journal is bad, and where; values that could name a person are not repeated."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from memhon.catalogue import Column, load
from memhon.findings import Finding, cut, make
from memhon.usage.lines import UTF8_MARK, Lines
from memhon.usage.pattern import PERSONAL, instant_of, lacking_kinds, line_pattern

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PERSONAL = re.compile(PERSONAL)
_OTHERS = {",": "virgule", "\t": "tabulation", "|": "barre verticale"}
_TOO_LONG = "USE-013"


def about_header(line: bytes) -> tuple[Finding, ...]:
    """What is wrong with the first line of a file."""
    wanted = load().journal.header
    if line.startswith(_UTF16) or b"\x00" in line[:8]:
        return (make("USE-003", line=1, column=1, found="UTF-16", expected="UTF-8"),)
    given = line.removeprefix(UTF8_MARK).removesuffix(b"\r")
    found = given[: load().journal.longest_line].decode("utf-8", "replace")
    if _unquoted(found) == wanted.split(load().journal.delimiter):
        return ()
    if "\r" in found:
        place = found.index("\r") + 1
        return (make("USE-004", line=1, column=place, found=_code("\r")),)
    for other, name in _OTHERS.items():
        if other in found and load().journal.delimiter not in found:
            place = found.index(other) + 1
            return (make("USE-002", line=1, column=place, found=name, expected="point-virgule"),)
    return (make("USE-001", line=1, column=1, found=_shape(found), expected=wanted),)


def about_end(journal: Lines, number: int) -> Iterator[Finding]:
    """What is wrong with a journal that was read to its end.

    Args:
        journal: After a reading.
        number: How many lines it has.
    """
    if journal.changed:
        yield make("USE-015", line=number)
    elif not journal.ended:
        yield make("USE-014", line=number)


def about_line(line: bytes, at: int) -> tuple[Finding, ...]:
    """What is wrong with a line; at least one finding for a line that is not good.

    Args:
        line: Without its line feed.
        at: Its number.
    """
    longest = load().journal.longest_line
    if len(line) > longest:
        limit = f"{longest} octets"
        return (make(_TOO_LONG, line=at, column=longest + 1, expected=limit),)
    try:
        text = line.removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        column = len(line[: error.start].decode("utf-8")) + 1
        found = f"octet 0x{line[error.start]:02X}"
        return (make("USE-003", line=at, column=column, found=found, expected="UTF-8"),)
    if control := _CONTROL.search(text):
        found = _code(control.group())
        return (make("USE-004", line=at, column=control.start() + 1, found=found),)
    fields = _unquoted(text)
    if fields is None:
        return (make("USE-006", line=at, column=text.index('"') + 1),)
    wanted = load().journal.columns
    if len(fields) != len(wanted):
        found, expected = str(len(fields)), str(len(wanted))
        column = len(text) + 1 if len(fields) < len(wanted) else _starts(text)[len(wanted)]
        return (make("USE-005", line=at, column=column, found=found, expected=expected),)
    return tuple(_about_fields(dict(zip(_names(), fields, strict=True)), _starts(text), at))


def mended(line: bytes) -> re.Match[bytes] | None:
    """The parts of a line whose values stand in quotation marks, if it is good without them."""
    if b'"' not in line or len(line) > load().journal.longest_line:
        return None
    fields = _unquoted(line.removesuffix(b"\r").decode("latin-1"))
    if fields is None or any(load().journal.delimiter in field for field in fields):
        return None
    return line_pattern().fullmatch(load().journal.delimiter.join(fields).encode("latin-1"))


def _names() -> list[str]:
    return [column.name for column in load().journal.columns]


@dataclass(frozen=True, slots=True)
class _Spot:
    """One value of a line."""

    line: int
    column: int
    name: str
    value: str

    def told(self, finding: str, found: str | None = None, expected: str | None = None) -> Finding:
        return make(
            finding,
            line=self.line,
            column=self.column,
            element=self.name,
            found=found,
            expected=expected,
        )


def _about_fields(values: dict[str, str], starts: list[int], at: int) -> Iterator[Finding]:
    form = load().journal
    spots = {
        name: _Spot(at, start, name, value)
        for (name, value), start in zip(values.items(), starts, strict=True)
    }
    found = [
        finding
        for column in form.columns
        if (finding := _about_value(column, spots[column.name], values)) is not None
    ]
    yield from found
    kinds = [kind for kind in form.kinds if kind.name == values["evenement"]]
    if not found and values["famille"] not in kinds[0].families:
        pair = f"{values['evenement']}, {values['famille']}"
        yield spots["famille"].told("USE-010", pair, ", ".join(kinds[0].families))


def _about_value(column: Column, spot: _Spot, values: dict[str, str]) -> Finding | None:
    value = spot.value
    if column.name in _words():
        return _about_word(spot)
    if column.identifier and _PERSONAL.search(value):
        return spot.told("USE-011")
    if column.name == "instant":
        return _about_instant(column, spot)
    pair = f"{values['evenement']}{load().journal.delimiter}{values['famille']}"
    if not value and column.name == "memoire" and pair.encode() in lacking_kinds():
        return None
    if re.fullmatch(column.pattern, value, re.ASCII):
        return None
    return spot.told("USE-007", _shape(value) or "vide")


def _words() -> dict[str, tuple[str, ...]]:
    form = load().journal
    return {
        "evenement": tuple(kind.name for kind in form.kinds),
        "famille": tuple(word.name for word in form.families),
        "forme": (*(word.name for word in form.forms), ""),
    }


def _about_word(spot: _Spot) -> Finding | None:
    words = _words()[spot.name]
    if spot.value in words:
        return None
    near = get_close_matches(spot.value.casefold(), words, 1)
    found = spot.value if near else _shape(spot.value) or "vide"
    return spot.told("USE-009", found, ", ".join(word or "vide" for word in words))


def _about_instant(column: Column, spot: _Spot) -> Finding | None:
    if re.fullmatch(column.pattern, spot.value, re.ASCII):
        try:
            instant_of(spot.value.encode("ascii"))
        except ValueError:
            return spot.told("USE-008", spot.value)
        return None
    meant = re.fullmatch(r"20[\d:TZ.+ -]{1,38}", spot.value, re.ASCII)
    return spot.told("USE-008", spot.value if meant else _shape(spot.value) or "vide")


def _unquoted(text: str) -> list[str] | None:
    """The values of a line; None when its quotation marks do not fit."""
    delimiter = load().journal.delimiter
    if '"' not in text:
        return text.split(delimiter)
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return None if any('"' in value for value in rows[0]) else rows[0]


def _starts(text: str) -> list[int]:
    """Column of each value, counted from 1; what stands in quotation marks separates nothing."""
    starts, quoted = [1], False
    for place, character in enumerate(text):
        quoted ^= character == '"'
        if character == load().journal.delimiter and not quoted:
            starts.append(place + 2)
    return starts


def _shape(value: str) -> str:
    """A value without what it says: digits and letters are replaced."""
    plain = "".join("#" if c.isdigit() else "x" if c.isalpha() else c for c in value)
    return cut(plain)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
