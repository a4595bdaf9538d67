"""PID: the simulation of what insurance and patient pay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from memhon.findings import Finding, make
from memhon.sandbox.age import is_minor
from memhon.sandbox.amounts import NOTHING, ZERO, Share, share
from memhon.sandbox.context import Context
from memhon.sandbox.refusal import other_space
from memhon.store import Simulation
from memhon_bindings.pid_sim.request_v1 import SimulationMedecin, TLigneUta, TUta
from memhon_bindings.pid_sim.response_v1 import (
    Motif,
    SimulationMedecinRetour,
    TAnomalie,
    TLignesUtaretour,
    TLigneUtaretour,
    TUtaretour,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One computed line."""

    binding: TLigneUtaretour
    share: Share
    age_known: bool


def simulate(request: SimulationMedecin, context: Context) -> SimulationMedecinRetour:
    """Compute every line at its dated tariff, add up, and remember the totals.

    A line with an unknown act or place, or without a tariff on its day, is refused: an anomaly says
    why and its amounts are zero. Rounding is per line, so the totals are sums of rounded amounts.

    Raises:
        RefusalError: The biller is not the space of the token, and the setting asks for it.
    """
    uta = request.uta
    remarks = _space(uta, context)
    simulation_id = context.numbering.uuid()
    lines = [_line(line, uta.matricule, context) for line in uta.lignes.ligne_uta]
    statutory = sum((line.share.statutory for line in lines), ZERO)
    personal = sum((line.share.personal for line in lines), ZERO)
    bindings = [line.binding for line in lines]
    if context.rules.extra_line:
        bindings.append(_extra_line(uta, context))
    if not all(line.age_known for line in lines):
        remarks.append(_anomaly(make("SIM-003", element="matricule"), None, context))
    answer = TUtaretour(
        identifiant_reponse_simulation=simulation_id,
        matricule=uta.matricule,
        id_memoire_honoraire=uta.id_memoire_honoraire,
        total_part_statutaire=statutory,
        total_participation_personelle=personal,
        somme_totale=statutory + personal,
        lignes=TLignesUtaretour(ligne_utaretour=bindings),
        anomalie=remarks,
    )
    _remember(uta, answer, context)
    return SimulationMedecinRetour(utaretour=answer)


def _line(line: TLigneUta, matricule: str, context: Context) -> _Line:
    start = line.date_debut_prestation
    minor = is_minor(matricule, (start.year, start.month, start.day), context.rules.adult_age)
    tariff, refusals = _tariff(line, context)
    identifier = line.identifiant_externe_prestation
    parts = NOTHING
    if tariff is not None and not refusals:
        rate = context.rules.minor_rate if minor else context.rules.adult_rate
        parts = share(tariff * line.acte.nombre, rate)
    binding = TLigneUtaretour(
        identifiant_prestation=identifier,
        nombre_acte_rembourse=0 if refusals else line.acte.nombre,
        part_statutaire=parts.statutory,
        participation_personelle=parts.personal,
        montant_opposable=parts.total,
        anomalie=[_anomaly(refusal, identifier, context) for refusal in refusals],
    )
    return _Line(binding, parts, minor is not None)


def _tariff(line: TLigneUta, context: Context) -> tuple[Decimal | None, Sequence[Finding]]:
    """The amount of one act on its day, and the reasons to refuse the line."""
    refusals = []
    code, place = line.acte.code_acte, line.lieu_de_prestation
    tariff = context.rules.tariffs.get(code)
    amount = None
    if tariff is None:
        refusals.append(make("SIM-001", element="codeActe", found=code))
    else:
        day = _calendar_day(line)
        amount = None if day is None else tariff.on(day)
        if amount is None:
            written = str(line.date_debut_prestation)
            refusals.append(
                make("SIM-004", element="dateDebutPrestation", found=code, detail=written)
            )
    if place not in context.rules.places:
        refusals.append(make("SIM-002", element="lieuDePrestation", found=place))
    return amount, refusals


def _calendar_day(line: TLigneUta) -> date | None:
    """The day as written; a zone designator does not move it. None when no calendar has it."""
    start = line.date_debut_prestation
    try:
        return date(start.year, start.month, start.day)
    except ValueError:
        return None


def _space(uta: TUta, context: Context) -> list[TAnomalie]:
    """What there is to say about a biller that is not the space of the token."""
    biller = str(uta.identifiant_facturier)
    if not context.space or context.space == biller:
        return []
    if context.rules.space_must_match:
        raise other_space(biller, context.space)
    element = "identifiantFacturier"
    told = make("SIM-005", element=element, found=biller, expected=context.space)
    return [_anomaly(told, None, context)]


def _extra_line(uta: TUta, context: Context) -> TLigneUtaretour:
    """The observed line that nobody asked for: count 1, no amounts, an id of its own."""
    asked = {line.identifiant_externe_prestation.lower() for line in uta.lignes.ligne_uta}
    identifier = context.numbering.uuid()
    while identifier in asked:
        identifier = context.numbering.uuid()
    return TLigneUtaretour(
        identifiant_prestation=identifier,
        nombre_acte_rembourse=1,
        part_statutaire=ZERO,
        participation_personelle=ZERO,
        montant_opposable=ZERO,
    )


def _anomaly(finding: Finding, line: str | None, context: Context) -> TAnomalie:
    return TAnomalie(
        identifiant_anomalie=context.numbering.uuid(),
        code_anomalie=finding.id,
        motif=Motif(value=finding.text("fr")[:500]),
        identifiant_prestation=line,
    )


def _remember(uta: TUta, answer: TUtaretour, context: Context) -> None:
    context.store.add_simulation(
        Simulation(
            id=answer.identifiant_reponse_simulation,
            fee_note=uta.id_memoire_honoraire,
            sender=str(uta.identifiant_facturier),
            simulated_at=context.now,
            statutory=answer.total_part_statutaire,
            personal=answer.total_participation_personelle,
            total=answer.somme_totale,
        )
    )


ANSWERS: Mapping[str, Callable[[Any, Context], object]] = {"pid-sim": simulate}
