"""WS5: the cancellation of a fee note, simple or with another deposit that replaces it."""

from __future__ import annotations

from collections.abc import Mapping

from memhon.findings import Finding, make
from memhon.sandbox.behaviours.ra.words import kind, read_of, reason, written
from memhon.sandbox.context import Context
from memhon.store import Cancellation, DepositEntry, Obstacle, Outcome
from memhon_bindings.ra_annul.request_v3 import AnnulationMemoireHonoraire
from memhon_bindings.ra_annul.response_v1 import (
    AnnulationMemoireHonoraireRetour,
    TAnomalie,
    TAnomalieType,
)

_SIMPLE = 1
_CANCELLED = "UUIDDocumentAnnule"
_REPLACEMENT = "UUIDDocumentRemplacant"
_SENDERS_UUID = "MH-011"

_REFUSALS: Mapping[Obstacle, tuple[str, str]] = {
    Obstacle.UNKNOWN: ("MH-010", _CANCELLED),
    Obstacle.ITSELF: ("MH-042", _REPLACEMENT),
    Obstacle.USED: ("MH-043", "UUIDPrestataire"),
    Obstacle.OTHER_BILLER: ("MH-044", _CANCELLED),
    Obstacle.CANCELLED: ("MH-045", _CANCELLED),
    Obstacle.REPLACED: ("MH-046", _CANCELLED),
    Obstacle.REPLACEMENT_UNKNOWN: ("MH-047", _REPLACEMENT),
    Obstacle.REPLACEMENT_OTHER_BILLER: ("MH-048", _REPLACEMENT),
    Obstacle.REPLACEMENT_OTHER_PATIENT: ("MH-049", _REPLACEMENT),
    Obstacle.REPLACEMENT_FINAL: ("MH-050", _REPLACEMENT),
    Obstacle.REPLACEMENT_TAKEN: ("MH-051", _REPLACEMENT),
}
_MADE = (None, Obstacle.USED, Obstacle.CANCELLED, Obstacle.REPLACED)
_UNKNOWN = frozenset({Obstacle.UNKNOWN, Obstacle.REPLACEMENT_UNKNOWN})


def cancel(
    request: AnnulationMemoireHonoraire, context: Context
) -> AnnulationMemoireHonoraireRetour:
    """Take a fee note back, once and for good; whoever refuses leaves it as it was."""
    contradiction = _contradiction(request)
    if contradiction is not None:
        return _answer(request, None, contradiction)
    outcome = context.store.cancel(
        Cancellation(
            uuid=request.uuidprestataire,
            cancelled=request.uuiddocument_annule,
            at=context.now,
            reason=request.motif,
            replacement=request.uuiddocument_remplacant,
            space=context.space,
        )
    )
    context.reads.extend(read_of("memoire", shown) for shown in _shown(outcome))
    return _answer(request, outcome, _refusal(request, outcome, context))


def refuse(
    request: AnnulationMemoireHonoraire, finding: Finding, _context: Context
) -> AnnulationMemoireHonoraireRetour:
    """The answer that refuses for a given reason; nothing is cancelled."""
    return _answer(request, None, finding)


def _shown(outcome: Outcome) -> list[DepositEntry]:
    """The deposits of which a refusal tells what became of them before."""
    if outcome.obstacle is Obstacle.REPLACEMENT_FINAL:
        return [outcome.replacement] if outcome.replacement else []
    earlier = outcome.obstacle is not None and outcome.obstacle in _MADE
    known = outcome.deposit if earlier else None
    return [known] if known and known.cancelled_at else []


def _contradiction(request: AnnulationMemoireHonoraire) -> Finding | None:
    """What the kind of the cancellation says and its identifiers deny."""
    replacement = request.uuiddocument_remplacant
    if request.type_annulation == _SIMPLE:
        if replacement is None:
            return None
        return make("MH-040", element=_REPLACEMENT, found=replacement)
    if replacement is not None:
        return None
    return make("MH-041", element=_REPLACEMENT, found=request.uuiddocument_annule)


def _refusal(
    request: AnnulationMemoireHonoraire, outcome: Outcome, context: Context
) -> Finding | None:
    obstacle = outcome.obstacle
    if obstacle is None:
        return None
    identifier, element = _REFUSALS[obstacle]
    found = {
        "UUIDPrestataire": request.uuidprestataire,
        _CANCELLED: request.uuiddocument_annule,
        _REPLACEMENT: request.uuiddocument_remplacant or "",
    }[element]
    if obstacle in _UNKNOWN and context.store.deposit(found):
        identifier = _SENDERS_UUID
    expected = context.space if obstacle is Obstacle.OTHER_BILLER else None
    detail = _detail(outcome)
    return make(identifier, element=element, found=found, expected=expected, detail=detail)


def _detail(outcome: Outcome) -> str | None:
    if outcome.obstacle is Obstacle.CANCELLED and outcome.deposit:
        return written(outcome.deposit.cancelled_at)
    if outcome.obstacle is Obstacle.REPLACED and outcome.deposit:
        return outcome.deposit.replaced_by
    if outcome.obstacle is Obstacle.REPLACEMENT_FINAL and outcome.replacement:
        return outcome.replacement.status.value
    return None


def _date(outcome: Outcome | None) -> str:
    """The instant of the only cancellation that counts, also when it was made before."""
    known = outcome.deposit if outcome and outcome.obstacle in _MADE else None
    return written(known.cancelled_at if known else None)


def _answer(
    request: AnnulationMemoireHonoraire, outcome: Outcome | None, refusal: Finding | None
) -> AnnulationMemoireHonoraireRetour:
    found = [] if refusal is None else [refusal]
    return AnnulationMemoireHonoraireRetour(
        uuidprestataire=request.uuidprestataire,
        uuiddocument_annule=request.uuiddocument_annule,
        date_annulation=_date(outcome),
        anomalies=[
            TAnomalie(
                type_value=TAnomalieType(kind(finding)), code=finding.id, motif=reason(finding)
            )
            for finding in found
        ],
    )
