"""Values of a message → what stands on paper: French dates and amounts, grouped numbers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from xsdata.models.datatype import XmlDate, XmlTime

from memhon.catalogue import load

_GAP = "\u00a0"
_ASSUMED = "hypothese"

_WIDE = Decimal(10**12)
_GROUPS = (4, 2, 2, 3, 2)
"""How the digits of a matricule stand on the observed document."""


def amount(value: Decimal) -> str:
    """Two decimals after a comma, thousands apart: ``1 234,50``.

    The spaces do not break; those of an amount that no column could hold do.
    """
    gap = _GAP if abs(value) < _WIDE else " "
    whole, _, cents = f"{abs(value):,.2f}".replace(",", gap).rpartition(".")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole},{cents}"


def day(value: XmlDate) -> str:
    """Day, month and year in figures."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def hour(value: XmlTime) -> str:
    """Hours and minutes, with seconds where there are any."""
    seconds = f":{value.second:02d}" if value.second else ""
    return f"{value.hour:02d}:{value.minute:02d}{seconds}"


def span(first: str, last: str) -> str:
    """A period; only its beginning when both ends are the same or the end is open."""
    return first if last in ("", first) else f"{first}{_GAP}– {last}"


def matricule(value: str) -> str:
    """The 13 digits in groups of 4, 2, 2, 3 and 2."""
    parts, rest = [], value
    for size in _GROUPS:
        parts.append(rest[:size])
        rest = rest[size:]
    return _GAP.join(part for part in (*parts, rest) if part)


def one_line(*values: object) -> str:
    """The values that say something, on one line with single spaces."""
    return " ".join(" ".join(str(value).split()) for value in values if value not in (None, ""))


def labelled(word: str, value: str) -> str:
    """``word : value``, or nothing without a value."""
    return f"{word}{_GAP}: {value}" if value else ""


def code_label(list_id: str, value: str, *, assumed: bool) -> str:
    """A code with its label, or the code alone when no label is sure.

    Args:
        list_id: Code list of the catalogue.
        value: The code; an empty one stays empty.
        assumed: Whether a label that is only assumed may stand on the form.
    """
    for code in load().code_list(list_id).codes:
        if code.value == value and (assumed or _ASSUMED not in code.provenance):
            return f"{value} ({code.label})"
    return value


def act_label(code: str, *, assumed: bool) -> str:
    """The label of an act; empty when none is known, or only an assumed one that may not show."""
    tariff = load().tariffs.get(code)
    if tariff is None or (not assumed and _ASSUMED in tariff.provenance):
        return ""
    return tariff.label


def is_fictitious(numbers: Iterable[str], names: Iterable[tuple[str, str]]) -> bool:
    """Whether any of the numbers, or of the surnames with first names, is of the catalogue."""
    catalogue = load()
    known = {provider.code for provider in catalogue.providers}
    known |= {person.matricule for person in catalogue.persons}
    people = {(person.nom, person.prenom) for person in catalogue.persons}
    people |= {(provider.nom, provider.prenom) for provider in catalogue.providers}
    return not known.isdisjoint(numbers) or not people.isdisjoint(names)
