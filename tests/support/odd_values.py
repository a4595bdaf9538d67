"""Values at and beyond the borders of the built-in types that the messages use."""

from __future__ import annotations

import re

_DAY = "2024-02-29"
NUMBERS = (
    *("", "0", "00", "-0", "+0", "-1", "+1", "1", "2", "99", "100", "099", "+099", "001", "1.0"),
    *("1.00", "1.005", "1.000", "-0.01", ".5", "5.", ".", "+", "-", "--1", "1e2", "1E2", "NaN"),
    *("INF", "-INF", "57,70", "57.7", "5 5", "1_000", "0x1F", "1.2.3", "\u22121", "\u00bd", "²"),
    *(str(10**7), str(10**7 - 1), str(10**8 - 1), str(10**8), f"0{10**7}", f"+{10**7}"),
    *(str(2**31 - 1), str(2**31), str(2**63), str(2**64), "1" * 18, "9" * 40, f"{'9' * 21}.25"),
    *("0." + "0" * 30 + "1", "1." + "0" * 40, "0" * 60 + "1", "1" * 14, "1" * 12),
)
DATES = (
    *(_DAY, "2023-02-29", "1900-02-29", "2000-02-29", "2024-02-30", "2024-13-01", "2024-00-10"),
    *("2024-1-1", "24-01-01", "2024-01-01T00:00:00", "2024/01/01", "01.02.2024", "202401"),
    *("0000-01-01", "-0001-01-01", "0001-01-01", "12024-01-01", "02024-01-01", "+2024-01-01"),
    *(f"{_DAY}{zone}" for zone in ("Z", "z", "+01:00", "-14:00", "+14:00", "+14:01", "+15:00")),
    *(f"{_DAY}{zone}" for zone in ("+1:00", "+0100", " Z", "+00:60", "-00:00", "+24:00")),
    *(f" {_DAY}", f"{_DAY}\n", f"\t{_DAY} ", f"\u00a0{_DAY}", "9" * 25 + "-01-01", "2024-04-31"),
    *("9" * 12 + "-01-01", "-" + "9" * 5 + "-12-31"),
)
TIMES = (
    *("10:00:00", "23:59:59", "24:00:00", "24:00:00.0", "24:00:01", "24:01:00", "25:00:00"),
    *("10:00", "10:60:00", "10:00:60", "10:00:61", "1:00:00", "10:00:00.", "10:00:00.5"),
    *("10:00:00," + "5", "10:00:00Z", "10:00:00+14:00", "10:00:00+14:01", "T10:00:00", "-10:00:00"),
    *(f"10:00:00.{'1' * length}" for length in (3, 6, 9, 12, 15, 16, 17, 18, 19, 20, 25, 40)),
    *(f"10:00:00.{'0' * 40}", f"10:00:59.{'9' * 20}", " 10:00:00 ", "10:00:00\n", "10 :00:00"),
)
MOMENTS = (
    *(f"{_DAY}T{time}" for time in TIMES if time.strip() == time),
    *(f"{_DAY} 10:00:00", f"{_DAY}t10:00:00", f" {_DAY}T10:00:00 ", _DAY),
)
FLAGS = ("true", "false", "1", "0", "TRUE", "True", "oui", "yes", "", " true ", "01", "tru e")
BYTES = (
    *("", "JVBERi0=", "JVBERi0", "JVBERi0==", "JVBE Ri0=", "JVBE\nRi0=", "JV BE", "J V B E"),
    *("=AAA", "AB=C", "AA==AA==", "AB==", "AQ==", "AAE=", "AAF=", "A===", "====", "AQ= ="),
    *("JVBE@@Ri0=", "é", "JVBE-_0=", "JVBE\u00a0", "  JVBE  ", "AQ==\n", "A", "AA", "AAA", "AAAA"),
)
TEXTS = (
    *("", " ", "\n", "x", "é", "😀", "😀" * 2, "\u00a0", "ab\ncd", "a\tb", " x", "x "),
    *("x" * length for length in (2, 3, 4, 5, 9, 12, 13, 34, 35, 36, 37, 50, 51, 99, 100, 101)),
    *("x" * length for length in (200, 201, 250, 251, 255, 256, 2499, 2500, 2501)),
    *("é" * 35, "é" * 36, "😀" * 36, "😀" * 18, "e\u0301" * 36, "x" * 35 + "\n"),
)
CODES = (
    "A",
    "a",
    "A ",
    " A",
    "1",
    "01",
    "10",
    "U000000001",
    "L٠٠٠٠٠٠٠٠٠",
    "X1",
    "EUR",
    "eur",
    "LU",
)
CHARACTERS = " x9-+.,:@=Zé٣\u00a0\n\u200b0a/"
ALL = (*NUMBERS, *DATES, *TIMES, *MOMENTS, *FLAGS, *BYTES, *TEXTS, *CODES)
DIGITS = tuple(
    {ord("0") + digit: zero + digit for digit in range(10)}
    for zero in (0x0660, 0x06F0, 0xFF10, 0x1D7CE, 0x0966)
)
_LOOKS = (
    (re.compile(r"\d+-\d\d-\d\dT.*"), MOMENTS),
    (re.compile(r"\d+-\d\d-\d\d.*"), DATES),
    (re.compile(r"\d\d:\d\d.*"), TIMES),
    (re.compile(r"true|false"), FLAGS),
    (re.compile(r"[-+\d.]+"), NUMBERS),
    (re.compile(r"[A-Za-z0-9+/\s]{4,}=*"), (*BYTES, *TEXTS)),
)


def for_value(value: str) -> tuple[str, ...]:
    """Odd values of the type that the value seems to have."""
    for look, values in _LOOKS:
        if look.fullmatch(value.strip()):
            return values
    return (*TEXTS, *CODES)
