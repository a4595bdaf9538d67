"""WS4: one fee note as it was deposited, with its state."""

from __future__ import annotations

from memhon.findings import Finding, make
from memhon.sandbox.behaviours.ra.words import read_of
from memhon.sandbox.context import Context
from memhon.sandbox.refusal import RefusalError
from memhon.store import Deposit
from memhon_bindings.ra_doc.request_v1 import DemandeDocument
from memhon_bindings.ra_doc.response_v1 import DocumentRetour, TDocumentRetourStatut

REFUSED = "SBX-040"


def give_back(request: DemandeDocument, context: Context) -> DocumentRetour:
    """The deposited message to the letter, in whatever state it is.

    Raises:
        RefusalError: There is none, or it is not of that patient. The answer has no form without a
            fee note, so that an anomaly would have no place.
    """
    kept = context.store.deposit_by_secu(request.uuidsecu)
    refusal = _refusal(request, kept, context)
    if kept is None or refusal is not None:
        raise RefusalError(REFUSED, (refusal,) if refusal else ())
    context.reads.append(read_of("document", kept))
    return DocumentRetour(
        uuidsecu=request.uuidsecu,
        statut=TDocumentRetourStatut(kept.status.value),
        memoire_honoraire=context.to_the_letter(kept.data),
    )


def refuse(_request: DemandeDocument, finding: Finding, _context: Context) -> DocumentRetour:
    """The answer that refuses for a given reason.

    Raises:
        RefusalError: Always: an anomaly would have no place in the answer.
    """
    raise RefusalError(REFUSED, (finding,))


def _refusal(request: DemandeDocument, kept: Deposit | None, context: Context) -> Finding | None:
    secu_uuid = request.uuidsecu
    if kept is None:
        identifier = "MH-011" if context.store.deposit(secu_uuid) else "MH-010"
        return make(identifier, element="UUIDSecu", found=secu_uuid)
    if kept.matricule is None:
        return make("MH-013", element="UUIDSecu", found=secu_uuid)
    if kept.matricule != request.identifiant_unique.strip():
        return make("MH-012", element="identifiantUnique", found=secu_uuid)
    return None
