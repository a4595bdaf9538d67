"""WS3: the patient's consent to the reimbursement of one fee note."""

from __future__ import annotations

from collections.abc import Mapping

from memhon.findings import Finding, make
from memhon.sandbox.behaviours.ra.words import NEVER, kind, read_of, reason, written
from memhon.sandbox.context import Context
from memhon.store import Obstacle, Outcome
from memhon_bindings.ra_rembcons.request_v1 import Consentement
from memhon_bindings.ra_rembcons.response_v1 import (
    ConsentementRetour,
    TAnomalie,
    TAnomalieType,
)

_REFUSALS: Mapping[Obstacle, str] = {
    Obstacle.UNKNOWN: "MH-010",
    Obstacle.OTHER_PATIENT: "MH-012",
    Obstacle.NO_MATRICULE: "MH-013",
    Obstacle.CONSENTED: "MH-020",
    Obstacle.CANCELLED: "MH-021",
    Obstacle.REPLACED: "MH-022",
}
_SENDERS_UUID = "MH-011"
_SHOWN: Mapping[Obstacle, str] = {
    Obstacle.CONSENTED: "consentement",
    Obstacle.CANCELLED: "memoire",
    Obstacle.REPLACED: "memoire",
}
"""Refusals that tell of what was there before: when it was consented to, what became of it."""


def consent(request: Consentement, context: Context) -> ConsentementRetour:
    """Let the patient consent, once and only with the matricule of the fee note."""
    secu_uuid = request.uuidsecu
    outcome = context.store.consent(secu_uuid, request.idenitifiant_unique.strip(), context.now)
    refusal = _refusal(outcome, secu_uuid, context)
    category = _SHOWN.get(outcome.obstacle) if outcome.obstacle else None
    if category is not None and outcome.deposit is not None:
        context.reads.append(read_of(category, outcome.deposit))
    return _answer(secu_uuid, _date(outcome), refusal)


def refuse(request: Consentement, finding: Finding, _context: Context) -> ConsentementRetour:
    """The answer that refuses for a given reason; nothing is consented to."""
    return _answer(request.uuidsecu, NEVER, [finding])


def _answer(secu_uuid: str, date: str, refusal: list[Finding]) -> ConsentementRetour:
    return ConsentementRetour(
        uuidsecu=secu_uuid,
        date_consentement=date,
        anomalies=[
            TAnomalie(
                type_value=TAnomalieType(kind(finding)), code=finding.id, motif=reason(finding)
            )
            for finding in refusal
        ],
    )


def _date(outcome: Outcome) -> str:
    """The instant of the only consent that counts, also when it was given before."""
    known = outcome.deposit if outcome.obstacle in (None, Obstacle.CONSENTED) else None
    return written(known.consented_at if known else None)


def _refusal(outcome: Outcome, secu_uuid: str, context: Context) -> list[Finding]:
    if outcome.obstacle is None:
        return []
    identifier = _REFUSALS[outcome.obstacle]
    element, detail = "UUIDSecu", None
    if outcome.obstacle is Obstacle.UNKNOWN and context.store.deposit(secu_uuid):
        identifier = _SENDERS_UUID
    elif outcome.obstacle is Obstacle.OTHER_PATIENT:
        element = "idenitifiantUnique"
    elif outcome.deposit is not None:
        detail = {
            Obstacle.CONSENTED: written(outcome.deposit.consented_at),
            Obstacle.CANCELLED: written(outcome.deposit.cancelled_at),
            Obstacle.REPLACED: outcome.deposit.replaced_by,
        }.get(outcome.obstacle)
    return [make(identifier, element=element, found=secu_uuid, detail=detail)]
