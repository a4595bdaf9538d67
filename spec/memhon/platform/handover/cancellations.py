"""ANNUL: what the exchange knows is cancelled there, what it never saw is cancelled here.

The message names the UuidSecu of the document that replaces the cancelled one, so that one has to
be deposited first.
"""

from __future__ import annotations

from dataclasses import replace

from memhon.findings import make
from memhon.platform.handover.asking import Means, known_identifier, refusals, remarks
from memhon.platform.handover.report import Outcome, Result
from memhon.store import DocumentStatus, PlatformDocument
from memhon_bindings.ra_annul.request_v3 import AnnulationMemoireHonoraire

_REASON = "Annulation demandée par le prestataire sur la plateforme d'échange"
_SIMPLE, _REPLACED = 1, 2
_FINAL = {
    "MH-045": DocumentStatus.CANCELED,
    "MH-046": DocumentStatus.CANCEL_REPLACED,
}
"""What a note is whose cancellation is refused because it was made before."""
_GONE = tuple(_FINAL.values())


def cancel(document: PlatformDocument, means: Means) -> Result:
    """Cancel one document.

    Raises:
        MemhonError: There is no usable answer; the document stays as it is.
    """
    if document.secu_uuid is None:
        # Its deposit may have been kept although the answer was lost.
        known = known_identifier(document, means)
        if known is None:
            return _moved(document, _as_asked(document), Outcome.DONE, means)
        means.store.acknowledge(document.uuid, known, means.clock.now())
        document = replace(document, secu_uuid=known)
    heir = _heir_of(document, means)
    if heir is not None and heir.secu_uuid is None:
        finding = make("PLA-045", found=document.uuid, detail=heir.uuid)
        return Result(Outcome.WAITING, (finding,))
    return _cancelled(document, heir, means)


def _heir_of(document: PlatformDocument, means: Means) -> PlatformDocument | None:
    """What replaces a document, if that is still in force.

    One that was taken back before it was deposited leaves its place to its own replacement.
    """
    following = document.replaced_by
    while following is not None:
        found = means.store.document(following)
        if found is None or found.status not in _GONE:
            return found
        following = found.replaced_by if found.secu_uuid is None else None
    return None


def _cancelled(document: PlatformDocument, heir: PlatformDocument | None, means: Means) -> Result:
    message = AnnulationMemoireHonoraire(
        uuidprestataire=means.uuid(),
        uuiddocument_remplacant=heir.secu_uuid if heir else None,
        uuiddocument_annule=document.secu_uuid or "",
        type_annulation=_REPLACED if heir else _SIMPLE,
        motif=_REASON,
    )
    answer = means.send(message, "ra-annul")
    refused = refusals(answer)
    if not refused:
        status = DocumentStatus.CANCEL_REPLACED if heir else DocumentStatus.CANCELED
        return _moved(document, status, Outcome.DONE, means)
    final = _FINAL.get(next(iter(refused))) if len(refused) == 1 else None
    if final is not None:
        return _moved(document, final, Outcome.FOUND, means)
    finding = make("PLA-044", found=document.uuid, detail=", ".join(refused))
    return Result(Outcome.REFUSED, (finding, *remarks(answer)))


def _as_asked(document: PlatformDocument) -> DocumentStatus:
    replaced = document.replaced_by is not None
    return DocumentStatus.CANCEL_REPLACED if replaced else DocumentStatus.CANCELED


def _moved(
    document: PlatformDocument, status: DocumentStatus, outcome: Outcome, means: Means
) -> Result:
    means.store.move(document.uuid, (DocumentStatus.CANCEL_ASKED,), status, means.clock.now())
    return Result(outcome)
