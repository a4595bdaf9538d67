"""Which rules of the engine a fee note breaks; the rules themselves are data of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from memhon.catalogue import EngineRule, Subject, TariffPeriod
from memhon.findings import Finding, make
from memhon.sandbox.age import is_minor
from memhon.sandbox.context import Context
from memhon.store import NoteHistory
from memhon_bindings.pid_sim.request_v1 import TLigneUta, TUta

_LIFTED = "SIM-023"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that was broken, or that a contest keeps from counting."""

    finding: Finding
    blocks: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the request and what it is judged by."""

    asked: TLigneUta
    repeated: bool
    """Whether an earlier line of the fee note has its identifier."""
    minor: bool | None
    """Whether the patient is a minor on the day; None: the matricule does not tell."""
    period: TariffPeriod | None
    """The tariff on the day."""


@dataclass(frozen=True, slots=True)
class Note:
    """The fee note and what it is judged by."""

    asked: TUta
    lines: tuple[Line, ...]
    history: NoteHistory
    context: Context


def opened(uta: TUta, context: Context) -> Note:
    """The fee note with what the catalogue and the store know of it."""
    lines, seen = [], set[str]()
    for line in uta.lignes.ligne_uta:
        identifier = line.identifiant_externe_prestation.casefold()
        start = line.date_debut_prestation
        day = (start.year, start.month, start.day)
        minor = is_minor(uta.matricule, day, context.rules.adult_age)
        lines.append(Line(line, identifier in seen, minor, _period(line, context)))
        seen.add(identifier)
    sender = str(uta.identifiant_facturier)
    history = context.store.history_of(sender, uta.id_memoire_honoraire)
    return Note(uta, tuple(lines), history, context)


def against_line(note: Note, line: Line) -> tuple[Violation, ...]:
    """The rules that a line breaks, in the order of the catalogue."""
    identifier = line.asked.identifiant_externe_prestation
    found = (
        _judged(rule, _LINE[rule.condition](rule, line, note.context), note, identifier)
        for rule in note.context.rules.engine
        if rule.subject is Subject.LINE
    )
    return tuple(violation for violation in found if violation is not None)


def against_note(note: Note) -> tuple[Violation, ...]:
    """The rules that the fee note as a whole breaks, in the order of the catalogue."""
    found = (
        _judged(rule, _NOTE[rule.condition](rule, note), note, None)
        for rule in note.context.rules.engine
        if rule.subject is Subject.NOTE
    )
    return tuple(violation for violation in found if violation is not None)


def conditions() -> Iterator[tuple[Subject, str]]:
    """Every condition that a rule of the catalogue may name."""
    yield from ((Subject.LINE, name) for name in _LINE)
    yield from ((Subject.NOTE, name) for name in _NOTE)


@dataclass(frozen=True, slots=True)
class _Broken:
    """What the finding of a broken rule tells."""

    element: str
    found: str | None = None
    expected: str | None = None
    detail: str | None = None


def _judged(
    rule: EngineRule, broken: _Broken | None, note: Note, line: str | None
) -> Violation | None:
    if broken is None:
        return None
    code = _lifting(rule, note.history, line)
    if code is not None:
        return Violation(make(_LIFTED, found=rule.finding, detail=code), blocks=False)
    told = make(
        rule.finding,
        element=broken.element,
        found=broken.found,
        expected=broken.expected,
        detail=broken.detail,
    )
    return Violation(told, rule.blocks)


def _lifting(rule: EngineRule, history: NoteHistory, line: str | None) -> str | None:
    """The code of an earlier contest that lifts the rule for that line, or for the fee note."""
    for anomaly, code in history.contested:
        same = (anomaly.line or "").casefold() == (line or "").casefold()
        if anomaly.code == rule.finding and same and code in rule.lifted_by:
            return code
    return None


def _period(line: TLigneUta, context: Context) -> TariffPeriod | None:
    tariff = context.rules.tariffs.get(line.acte.code_acte)
    day = _calendar_day(line)
    return None if tariff is None or day is None else tariff.period_on(day)


def _calendar_day(line: TLigneUta) -> date | None:
    """The day as written; a zone designator does not move it. None when no calendar has it."""
    start = line.date_debut_prestation
    try:
        return date(start.year, start.month, start.day)
    except ValueError:
        return None


def _unknown_act(_rule: EngineRule, line: Line, context: Context) -> _Broken | None:
    code = line.asked.acte.code_acte
    return None if code in context.rules.tariffs else _Broken("codeActe", code)


def _no_tariff_on_day(_rule: EngineRule, line: Line, context: Context) -> _Broken | None:
    code = line.asked.acte.code_acte
    if line.period is not None or code not in context.rules.tariffs:
        return None
    written = str(line.asked.date_debut_prestation)
    return _Broken("dateDebutPrestation", code, detail=written)


def _unknown_place(_rule: EngineRule, line: Line, context: Context) -> _Broken | None:
    place = line.asked.lieu_de_prestation
    return None if place in context.rules.places else _Broken("lieuDePrestation", place)


def _needs_agreement(rule: EngineRule, line: Line, _context: Context) -> _Broken | None:
    code = line.asked.acte.code_acte
    return _Broken("codeActe", code) if code in rule.acts else None


def _repeated_line(_rule: EngineRule, line: Line, _context: Context) -> _Broken | None:
    identifier = line.asked.identifiant_externe_prestation
    return _Broken("identifiantExternePrestation", identifier) if line.repeated else None


def _other_space(_rule: EngineRule, note: Note) -> _Broken | None:
    biller, space = str(note.asked.identifiant_facturier), note.context.space
    if not space or space == biller:
        return None
    return _Broken("identifiantFacturier", biller, space)


def _age_unknown(_rule: EngineRule, note: Note) -> _Broken | None:
    known = all(line.minor is not None for line in note.lines)
    return None if known else _Broken("matricule")


def _not_covered(rule: EngineRule, note: Note) -> _Broken | None:
    named = note.context.rules.named_persons[rule.id]
    return _Broken("matricule") if note.asked.matricule in named else None


def _note_paid(_rule: EngineRule, note: Note) -> _Broken | None:
    payment = note.history.payment
    if payment is None:
        return None
    return _Broken("idMemoireHonoraire", note.asked.id_memoire_honoraire, detail=payment.id)


_LINE: Mapping[str, Callable[[EngineRule, Line, Context], _Broken | None]] = {
    "unknown-act": _unknown_act,
    "no-tariff-on-day": _no_tariff_on_day,
    "unknown-place": _unknown_place,
    "needs-agreement": _needs_agreement,
    "repeated-line": _repeated_line,
}
_NOTE: Mapping[str, Callable[[EngineRule, Note], _Broken | None]] = {
    "other-space": _other_space,
    "age-unknown": _age_unknown,
    "not-covered": _not_covered,
    "note-paid": _note_paid,
}
