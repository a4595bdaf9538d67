"""Values that are not of their type: which mistake it is, and how they are meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

_NUMBERS = frozenset({"decimal", "integer", "int"})
_FREE = frozenset({"anySimpleType", "anyType", "normalizedString", "string", "token"})
_HEX = re.compile(r"[0-9A-Fa-f]{32}")
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?")
_SEPARATORS = re.compile(r"[\s\u00a0\u202f']+|€|EUR$|^EUR")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./]?(\d{1,2})[./]?(\d{1,2})|(\d{4})-(\d{1,2})-(\d{1,2})")
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*")
_HOUR = re.compile(r"(\d{1,2})[h:](\d{2})(?:[:m](\d{2}))?s?")
_SHAPES = {
    "date": re.compile(r"\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?"),
    "time": re.compile(r"\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?"),
    "dateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?"),
}
_SAMPLES = {
    "base64Binary": "base64",
    "boolean": "true, false",
    "date": "2026-03-02",
    "dateTime": "2026-03-02T09:15:00+01:00",
    "decimal": "57.70",
    "int": "1",
    "integer": "1",
    "time": "09:15:00",
}
_SHAPED_AND_REFUSED = {
    "date": ("2026-02-30",),
    "dateTime": ("2026-02-30T00:00:00",),
    "int": ("1.5",),
    "integer": ("1.5",),
    "time": ("25:00:00",),
}
"""Values of the right form that the type refuses all the same."""
_YES = frozenset({"oui", "vrai", "yes", "true", "o", "y"})
_NO = frozenset({"non", "faux", "no", "false", "n"})


def sample(builtin: str | None) -> str | None:
    """A value of that built-in type, as it is to be written."""
    return _SAMPLES.get(builtin or "")


def mistake(builtin: str | None, value: str, *, optional: bool) -> str:
    """The finding id for a value that is not of its type.

    Args:
        builtin: XSD built-in below the element's type.
        value: The value as found.
        optional: Whether the element may be left out.
    """
    if not value.strip() and builtin in _SAMPLES:
        return "XSD-034" if optional else "XSD-033"
    if builtin in _SHAPES and _SHAPES[builtin].fullmatch(value.strip()):
        return "XSD-035"
    if builtin in _NUMBERS and not _NUMBER.fullmatch(value.strip()):
        return "XSD-025"
    if builtin in ("date", "time", "dateTime"):
        return "XSD-026"
    if builtin == "boolean":
        return "XSD-027"
    return "XSD-028" if builtin == "base64Binary" else "XSD-018"


def mistakes(builtin: str, *, optional: bool) -> tuple[str, ...]:
    """Every finding that ``mistake`` can give for a built-in type; none where any text is valid.

    Args:
        builtin: XSD built-in below the element's type.
        optional: Whether the element may be left out.
    """
    if builtin in _FREE:
        return ()
    tries = ("", "?", *_SHAPED_AND_REFUSED.get(builtin, ()))
    return tuple(dict.fromkeys(mistake(builtin, value, optional=optional) for value in tries))


def proposal(builtin: str | None, value: str) -> str | None:
    """How the value is probably meant to be written; the caller has to try it.

    Args:
        builtin: XSD built-in below the element's type.
        value: The value as found.
    """
    rule = _RULES.get(builtin or "")
    made = rule(value.strip()) if rule else None
    return made if made != value else None


def spellings(value: str) -> tuple[str, ...]:
    """Other ways to write a text or a code: trimmed, in the other case, without presentation."""
    trimmed = value.strip()
    bare = re.sub(r"[\s{}]+", "", trimmed)
    digits = re.sub(r"[\s.\-/]+", "", trimmed)
    folded = unicodedata.normalize("NFD", trimmed.upper()).encode("ascii", "ignore").decode()
    tries = [trimmed, trimmed.upper(), trimmed.lower(), folded, bare, digits, digits.upper()]
    if _HEX.fullmatch(digits):
        tries.append("-".join(digits[i:j] for i, j in pairwise((0, 8, 12, 16, 20, 32))))
    if trimmed == "€":
        tries.append("EUR")
    if trimmed.isdigit():
        tries.append(f"0{trimmed}")
    return tuple(dict.fromkeys(text for text in tries if text and text != value))


def _number(value: str) -> str | None:
    text = _SEPARATORS.sub("", value)
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    return text if _NUMBER.fullmatch(text) else None


def _date(value: str) -> str | None:
    timed = _WITH_TIME.fullmatch(value)
    if timed:
        return timed[1]
    day_first = _DAY_FIRST.fullmatch(value)
    if day_first:
        return f"{day_first[3]}-{int(day_first[2]):02}-{int(day_first[1]):02}"
    year_first = _YEAR_FIRST.fullmatch(value)
    if year_first:
        year, month, day = [part for part in year_first.groups() if part]
        return f"{year}-{int(month):02}-{int(day):02}"
    return None


def _time(value: str) -> str | None:
    found = _HOUR.fullmatch(value)
    return f"{int(found[1]):02}:{found[2]}:{found[3] or '00'}" if found else None


def _boolean(value: str) -> str | None:
    if value.lower() in _YES:
        return "true"
    return "false" if value.lower() in _NO else None


_RULES: dict[str, Callable[[str], str | None]] = {
    "boolean": _boolean,
    "date": _date,
    "decimal": _number,
    "int": _number,
    "integer": _number,
    "time": _time,
}
