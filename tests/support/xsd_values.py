"""A third opinion on values: the lexical rules of XML Schema Part 2 (1.0, second edition), anew.

Written from the recommendation, without lxml and without xmlschema. Where an implementation may
have limits, this has none: every lexical form of the recommendation is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DAY = r"(-?(?:[1-9][0-9]{4,}|[0-9]{4}))-([0-9]{2})-([0-9]{2})"
_TIME = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?"
_DATE_FORM = re.compile(_DAY + _ZONE)
_TIME_FORM = re.compile(_TIME + _ZONE)
_MOMENT_FORM = re.compile(f"{_DAY}T{_TIME}{_ZONE}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_B64 = "[A-Za-z0-9+/]"
_BASE64 = re.compile(
    f"(?:(?:{_B64} ?){{4}})*"
    f"(?:(?:{_B64} ?){{4}}|(?:{_B64} ?){{2}}[AEIMQUYcgkosw048] ?=|{_B64} ?[AQgw] ?= ?=)?"
)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def collapsed(value: str) -> str:
    """The value with white space collapsed, as 4.3.6 says; only four characters are white."""
    return re.sub(r"[ \t\r\n]+", " ", value).strip(" ")


def is_a(builtin: str, value: str) -> bool:
    """Whether a value is in the lexical space of a built-in type.

    Args:
        builtin: Local name of the type, e.g. ``date``.
        value: The text of the element, before white space is collapsed.
    """
    return builtin == "string" or _RULES[builtin](collapsed(value))


def _date(value: str) -> bool:
    form = _DATE_FORM.fullmatch(value)
    return form is not None and _day_exists(*form.groups())


def _time(value: str) -> bool:
    form = _TIME_FORM.fullmatch(value)
    return form is not None and _moment_exists(*form.groups())


def _moment(value: str) -> bool:
    form = _MOMENT_FORM.fullmatch(value)
    if form is None:
        return False
    year, month, day, *rest = form.groups()
    return _day_exists(year, month, day) and _moment_exists(*rest)


def _day_exists(year: str, month: str, day: str) -> bool:
    # 3.2.7.1: no year 0000; the year before 0001 is -0001, a leap year of the proleptic calendar
    number = int(year)
    if number == 0 or not 1 <= int(month) <= 12:
        return False
    counted = number + 1 if number < 0 else number
    leap = counted % 4 == 0 and (counted % 100 != 0 or counted % 400 == 0)
    longest = 29 if leap and month == "02" else _DAYS[int(month) - 1]
    return 1 <= int(day) <= longest


def _moment_exists(hour: str, minute: str, second: str, fraction: str | None) -> bool:
    if hour == "24":
        return (minute, second) == ("00", "00") and not (fraction or "").strip(".0")
    return int(hour) < 24 and int(minute) < 60 and int(second) < 60


_RULES: dict[str, Callable[[str], bool]] = {
    "date": _date,
    "time": _time,
    "dateTime": _moment,
    "boolean": lambda value: value in {"true", "false", "1", "0"},
    "base64Binary": lambda value: _BASE64.fullmatch(value) is not None,
    "decimal": lambda value: _DECIMAL.fullmatch(value) is not None,
    "integer": lambda value: _INTEGER.fullmatch(value) is not None,
    "int": lambda value: _INTEGER.fullmatch(value) is not None and -(2**31) <= int(value) < 2**31,
}
BUILTINS = ("string", *_RULES)
