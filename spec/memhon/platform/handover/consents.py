"""REMBCONS: the patient's request for reimbursement is handed over as his consent."""

from __future__ import annotations

from memhon.findings import make
from memhon.platform.handover.asking import Means, refusals, remarks
from memhon.platform.handover.report import Outcome, Result
from memhon.store import DocumentStatus, PlatformDocument
from memhon_bindings.ra_rembcons.request_v1 import Consentement

_GIVEN = "MH-020"
"""The consent was given before: perhaps by us, and the answer was lost."""


def consent(document: PlatformDocument, means: Means) -> Result:
    """Hand the consent to one document over.

    Raises:
        MemhonError: There is no usable answer; the document stays as it is.
    """
    message = Consentement(
        uuidsecu=document.secu_uuid or "", idenitifiant_unique=document.matricule
    )
    answer = means.send(message, "ra-rembcons")
    refused = refusals(answer)
    if refused and set(refused) != {_GIVEN}:
        finding = make("PLA-043", found=document.uuid, detail=", ".join(refused))
        return Result(Outcome.REFUSED, (finding, *remarks(answer)))
    expected = (DocumentStatus.REIMBURSEMENT_ASKED,)
    now = means.clock.now()
    means.store.move(document.uuid, expected, DocumentStatus.REIMBURSEMENT_SENT, now)
    return Result(Outcome.FOUND if refused else Outcome.DONE, remarks(answer))
