"""PID: the simulation of what insurance and patient pay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from memhon.findings import Finding
from memhon.sandbox.access_log import Read
from memhon.sandbox.amounts import NOTHING, ZERO, Share, share
from memhon.sandbox.behaviours.pid.engine import (
    Line,
    Note,
    Violation,
    against_line,
    against_note,
    opened,
)
from memhon.sandbox.behaviours.pid.hindrances import sentence
from memhon.sandbox.context import Context
from memhon.sandbox.refusal import other_space
from memhon.store import SimulatedAnomaly, SimulatedLine, Simulation
from memhon_bindings.pid_sim.request_v1 import SimulationMedecin, TUta
from memhon_bindings.pid_sim.response_v1 import (
    Motif,
    SimulationMedecinRetour,
    TAnomalie,
    TLignesUtaretour,
    TLigneUtaretour,
    TUtaretour,
)


@dataclass(frozen=True, slots=True)
class _Computed:
    """One line of the answer."""

    act: str
    binding: TLigneUtaretour
    share: Share
    violations: tuple[Violation, ...] = ()


def simulate(request: SimulationMedecin, context: Context) -> SimulationMedecinRetour:
    """Compute every line at its dated tariff, add up, and remember the result.

    A line that breaks a blocking rule of the engine is refused: an anomaly says why and its amounts
    are zero. Rounding is per line, so the totals are sums of rounded amounts. Open simulations of
    the same fee note end with this one.

    Raises:
        RefusalError: The biller is not the space of the token, and the setting asks for it.
    """
    uta = request.uta
    _check_space(uta, context)
    simulation_id = context.numbering.uuid()
    note = opened(uta, context)
    computed = [_computed(note, line) for line in note.lines]
    if context.rules.extra_line:
        computed.append(_extra_line(uta, context))
    violations = against_note(note)
    statutory = sum((line.share.statutory for line in computed), ZERO)
    personal = sum((line.share.personal for line in computed), ZERO)
    answer = TUtaretour(
        identifiant_reponse_simulation=simulation_id,
        matricule=uta.matricule,
        id_memoire_honoraire=uta.id_memoire_honoraire,
        total_part_statutaire=statutory,
        total_participation_personelle=personal,
        somme_totale=statutory + personal,
        lignes=TLignesUtaretour(ligne_utaretour=[line.binding for line in computed]),
        anomalie=_anomalies(violations, None, context),
    )
    _remember(uta, answer, computed, violations, context)
    every = (*violations, *(found for line in computed for found in line.violations))
    context.reads.extend(_reads(uta, every, note))
    return SimulationMedecinRetour(utaretour=answer)


def refuse(
    request: SimulationMedecin, finding: Finding, context: Context
) -> SimulationMedecinRetour:
    """The answer that refuses the whole fee note for a given reason; nothing is remembered."""
    uta = request.uta
    lines = [
        TLigneUtaretour(
            identifiant_prestation=line.identifiant_externe_prestation,
            nombre_acte_rembourse=0,
            part_statutaire=ZERO,
            participation_personelle=ZERO,
            montant_opposable=ZERO,
        )
        for line in uta.lignes.ligne_uta
    ]
    reason = TAnomalie(
        identifiant_anomalie=context.numbering.uuid(),
        code_anomalie=finding.id,
        motif=Motif(value=sentence(finding)),
    )
    answer = TUtaretour(
        identifiant_reponse_simulation=context.numbering.uuid(),
        matricule=uta.matricule,
        id_memoire_honoraire=uta.id_memoire_honoraire,
        total_part_statutaire=ZERO,
        total_participation_personelle=ZERO,
        somme_totale=ZERO,
        lignes=TLignesUtaretour(ligne_utaretour=lines),
        anomalie=[reason],
    )
    return SimulationMedecinRetour(utaretour=answer)


_SHOWN: Mapping[str, str] = {
    "SIM-007": "paiement",
    "SIM-008": "couverture",
    "SIM-023": "simulation",
}
"""Remarks that tell of the patient what the request did not say: an earlier payment, no cover, an
earlier contest."""


def _reads(uta: TUta, violations: Iterable[Violation], note: Note) -> list[Read]:
    told = sorted({_SHOWN[each.finding.id] for each in violations if each.finding.id in _SHOWN})
    payment, biller = note.history.payment, str(uta.identifiant_facturier)
    return [
        Read(
            category,
            uta.matricule,
            reference=payment.id if payment and category == "paiement" else "",
            source="" if category == "couverture" else biller,
        )
        for category in told
    ]


def _check_space(uta: TUta, context: Context) -> None:
    biller = str(uta.identifiant_facturier)
    if context.rules.space_must_match and context.space and context.space != biller:
        raise other_space(biller, context.space)


def _computed(note: Note, line: Line) -> _Computed:
    context, count = note.context, line.asked.acte.nombre
    violations = against_line(note, line)
    refused = any(violation.blocks for violation in violations)
    parts, besides = NOTHING, None
    if line.period is not None:
        rate = context.rules.minor_rate if line.minor else context.rules.adult_rate
        parts = NOTHING if refused else share(line.period.amount * count, rate)
        besides = _besides(line.period.non_opposable, 0 if refused else count)
    identifier = line.asked.identifiant_externe_prestation
    binding = TLigneUtaretour(
        identifiant_prestation=identifier,
        nombre_acte_rembourse=0 if refused else count,
        part_statutaire=parts.statutory,
        participation_personelle=parts.personal,
        montant_opposable=parts.total,
        montant_non_opposable=besides,
        anomalie=_anomalies(violations, identifier, context),
    )
    return _Computed(line.asked.acte.code_acte, binding, parts, violations)


def _besides(non_opposable: Decimal | None, count: int) -> Decimal | None:
    return None if non_opposable is None else share(non_opposable * count, Decimal(1)).total


def _extra_line(uta: TUta, context: Context) -> _Computed:
    """The observed line that nobody asked for: count 1, no amounts, an id of its own."""
    asked = {line.identifiant_externe_prestation.lower() for line in uta.lignes.ligne_uta}
    identifier = context.numbering.uuid()
    while identifier in asked:
        identifier = context.numbering.uuid()
    binding = TLigneUtaretour(
        identifiant_prestation=identifier,
        nombre_acte_rembourse=1,
        part_statutaire=ZERO,
        participation_personelle=ZERO,
        montant_opposable=ZERO,
    )
    return _Computed("", binding, NOTHING)


def _anomalies(
    violations: Iterable[Violation], line: str | None, context: Context
) -> list[TAnomalie]:
    return [
        TAnomalie(
            identifiant_anomalie=context.numbering.uuid(),
            code_anomalie=violation.finding.id,
            motif=Motif(value=sentence(violation.finding)),
            identifiant_prestation=line,
        )
        for violation in violations
    ]


def _remember(
    uta: TUta,
    answer: TUtaretour,
    computed: Iterable[_Computed],
    violations: tuple[Violation, ...],
    context: Context,
) -> None:
    lines = tuple(computed)
    told = [(line.binding.anomalie, line.violations) for line in lines]
    told.append((answer.anomalie, violations))
    kept = [pair for anomalies, why in told for pair in zip(anomalies, why, strict=True)]
    context.store.add_simulation(
        Simulation(
            id=answer.identifiant_reponse_simulation,
            fee_note=uta.id_memoire_honoraire,
            sender=str(uta.identifiant_facturier),
            simulated_at=context.now,
            statutory=answer.total_part_statutaire,
            personal=answer.total_participation_personelle,
            total=answer.somme_totale,
            matricule=uta.matricule,
            space=context.space,
            lines=tuple(_kept_line(line) for line in lines),
            anomalies=tuple(_kept_anomaly(anomaly, why) for anomaly, why in kept),
        )
    )


def _kept_line(line: _Computed) -> SimulatedLine:
    return SimulatedLine(
        id=line.binding.identifiant_prestation,
        act=line.act,
        count=line.binding.nombre_acte_rembourse,
        statutory=line.share.statutory,
        personal=line.share.personal,
        opposable=line.share.total,
        non_opposable=line.binding.montant_non_opposable,
    )


def _kept_anomaly(anomaly: TAnomalie, why: Violation) -> SimulatedAnomaly:
    return SimulatedAnomaly(
        id=anomaly.identifiant_anomalie,
        code=anomaly.code_anomalie,
        line=anomaly.identifiant_prestation,
        blocking=why.blocks,
    )
