"""DEPOT: every document that was received is deposited, and keeps the identifier it is given."""

from __future__ import annotations

from memhon.findings import make
from memhon.platform.handover.asking import Means, known_identifier, refusals, remarks
from memhon.platform.handover.report import Outcome, Result
from memhon.store import PlatformDocument
from memhon_bindings.ra_depot.response_v1 import MemoireHonorairesRetour

_DUPLICATE = "MH-001"
"""Somebody deposited that UUID before: perhaps we did, and the answer was lost."""


def deposit(document: PlatformDocument, means: Means) -> Result:
    """Deposit a document; one that the exchange knows already gets its identifier from the list.

    Raises:
        MemhonError: There is no usable answer; the document stays as it is.
    """
    answer = means.send(document.data, "ra-depot")
    refused = refusals(answer)
    if not refused:
        told = answer.message
        assert isinstance(told, MemoireHonorairesRetour)
        means.store.acknowledge(document.uuid, told.uuid_secu.value, means.clock.now())
        return Result(Outcome.DONE, remarks(answer))
    if set(refused) != {_DUPLICATE}:
        finding = make("PLA-040", found=document.uuid, detail=", ".join(refused))
        return Result(Outcome.REFUSED, (finding, *remarks(answer)))
    known = known_identifier(document, means)
    if known is None:
        finding = make("PLA-041", found=document.uuid)
        return Result(Outcome.REFUSED, (finding, *remarks(answer)))
    means.store.acknowledge(document.uuid, known, means.clock.now())
    return Result(Outcome.FOUND, (make("PLA-042", found=document.uuid, detail=known),))
