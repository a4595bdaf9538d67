"""What the hand-over asks the synchronous exchange, and how it reads what it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from memhon.client import Answer
from memhon.clock import Clock
from memhon.errors import MessageError
from memhon.findings import Finding, Severity
from memhon.messages import parse
from memhon.store import PlatformDocument, PlatformStore
from memhon_bindings.ra_depot.request_v1 import MemoireHonoraire
from memhon_bindings.ra_remblist.request_v1 import DemandeListeRemboursement
from memhon_bindings.ra_remblist.response_v1 import ListeRemboursementRetour, TMemoireResume

_PAGE = 100
"""Entries to a page of the list, the most that may be asked for."""


class Sender(Protocol):
    """Sends one message through the whole chain; e.g. a ``Client``."""

    def send(self, message: object, exchange: str | None = None) -> Answer:
        """The answer; an error of the tree where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Means:
    """With what a step works."""

    store: PlatformStore
    clock: Clock
    sender: Sender
    uuid: Callable[[], str]
    """Draws the identifier of a cancellation."""

    def send(self, message: object, exchange: str) -> Answer:
        """The answer to one message; whatever it holds, it belongs to this call.

        Raises:
            MemhonError: There is no usable answer.
        """
        answer = self.sender.send(message, exchange)
        wrong = tuple(each for each in remarks(answer) if _is_error(each) and not _is_told(each))
        if wrong:
            raise MessageError(findings=wrong)
        return answer


def refusals(answer: Answer) -> dict[str, Finding]:
    """The anomalies of an answer that refuse, by their ids."""
    return {each.id: each for each in remarks(answer) if _is_error(each) and _is_told(each)}


def remarks(answer: Answer) -> tuple[Finding, ...]:
    """What the exchange says in an answer; what its schema leaves unchecked is nobody's news."""
    return tuple(each for each in answer.report.findings if each.layer != "schema")


def known_identifier(document: PlatformDocument, means: Means) -> str | None:
    """The UuidSecu of a note whose answer was lost, from the patient's list; None: not listed.

    Another note with its UUID is not taken for it: biller, day and amount have to be the same.

    Raises:
        MemhonError: The list was not answered.
    """
    note = parse(document.data, exchange="ra-depot")
    assert isinstance(note, MemoireHonoraire)
    page, total = 1, 1
    while (page - 1) * _PAGE < total:
        asked = DemandeListeRemboursement(
            identifiant_unique=document.matricule, page=page, taille_page=_PAGE
        )
        told = means.send(asked, "ra-remblist").message
        assert isinstance(told, ListeRemboursementRetour)
        for entry in told.memoire:
            if _same(entry, note):
                return entry.uuidsecu
        page, total = page + 1, told.nombre_total
    return None


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def _is_told(finding: Finding) -> bool:
    """Whether the exchange says it, and not the one who reads its answer."""
    return finding.kind == "anomaly"


def _same(entry: TMemoireResume, note: MemoireHonoraire) -> bool:
    header = note.entete
    return (
        entry.uuidprestataire.lower() == header.uuid.lower()
        and entry.code_prestataire == header.facturier.code_prestataire
        and entry.date_memoire_honoraires == header.date_memoire_honoraires
        and entry.montant_apayer == note.paiement.a_payer
    )
