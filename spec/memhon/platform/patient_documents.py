"""Documents on the side of the patient: list, reading, PDF, request for reimbursement."""

from __future__ import annotations

from memhon.errors import MessageError
from memhon.findings import Finding, make
from memhon.pdf import print_fee_note
from memhon.platform.callers import PlatformError, Role
from memhon.platform.deposit import note_of
from memhon.platform.operations import PDF, Asked, Operation, Reply
from memhon.platform.rights import (
    CNS,
    DOCUMENT,
    ESANTE,
    SUMMARY,
    demand_consent,
    note_read,
    own_person,
)
from memhon.platform.services import Platform
from memhon.platform.showing import shown
from memhon.store import DocumentStatus, PlatformDocument

_ONE = "/person/{ssn}/document/{idDocument}"
_PATIENT = frozenset({Role.PATIENT})
_READERS = _PATIENT | {Role.CNS}


def _list(platform: Platform, asked: Asked) -> Reply:
    person = own_person(asked)
    demand_consent(platform, asked, person, ESANTE)
    documents = platform.store.platform.documents_of(person)
    note_read(platform, asked, SUMMARY, documents)
    return Reply([shown(document) for document in documents])


def _read(platform: Platform, asked: Asked) -> Reply:
    document = _found(platform, asked, ESANTE)
    note_read(platform, asked, DOCUMENT, [document])
    return Reply(shown(document, file=True))


def _print(platform: Platform, asked: Asked) -> Reply:
    document = _found(platform, asked, ESANTE)
    data = _printed(document)
    note_read(platform, asked, DOCUMENT, [document])
    name = f'inline; filename="memoire-{document.uuid}.pdf"'
    return Reply(data=data, kind=PDF, headers={"Content-Disposition": name})


def _ask(platform: Platform, asked: Asked) -> Reply:
    """Ask for reimbursement of what was deposited and is not cancelled."""
    document = _found(platform, asked, ESANTE, CNS)
    sent, asked_for = DocumentStatus.SENT, DocumentStatus.REIMBURSEMENT_ASKED
    if document.status is not sent:
        raise _not_sent(document)
    # Before the change: what is changed and not noted would be half-done.
    note_read(platform, asked, SUMMARY, [document])
    store = platform.store.platform
    done = store.move(document.uuid, [sent], asked_for, asked.now)
    changed = store.document(document.uuid) or document
    if not done:
        raise _not_sent(changed)
    return Reply(shown(changed))


def _not_sent(document: PlatformDocument) -> PlatformError:
    expected = DocumentStatus.SENT.value
    return PlatformError(403, make("PLA-026", found=document.status.value, expected=expected))


def _found(platform: Platform, asked: Asked, *consents: str) -> PlatformDocument:
    """The patient's own document of the address.

    Raises:
        PlatformError: There is none (404), another patient's, or a consent is missing (403).
    """
    person = own_person(asked)
    demand_consent(platform, asked, person, *consents)
    document = platform.store.platform.document(asked.place["idDocument"])
    if document is None:
        raise PlatformError(404, make("PLA-024"))
    if document.matricule != person:
        raise PlatformError(403, make("PLA-025"))
    return document


def _printed(document: PlatformDocument) -> bytes:
    try:
        return print_fee_note(note_of(document)).data
    except ImportError:
        raise PlatformError(501, make("PLA-027", found="Typst n'est pas installé")) from None
    except MessageError as error:
        causes = tuple(each for each in error.findings if isinstance(each, Finding))
        raise PlatformError(501, make("PLA-027", found=causes[0].text("fr")), causes) from None


PATIENT_DOCUMENTS = (
    Operation(
        "GET",
        "/person/{ssn}/documents",
        _READERS,
        _list,
        "Lister ses mémoires",
        gives="[Document]",
    ),
    Operation(
        "GET",
        _ONE,
        _READERS,
        _read,
        "Lire un de ses mémoires",
        answers=(200, 404),
        gives="Document",
    ),
    Operation(
        "GET",
        f"{_ONE}/pdf",
        _READERS,
        _print,
        "Lire un de ses mémoires en PDF",
        answers=(200, 404, 501),
        gives="application/pdf",
    ),
    Operation(
        "PUT",
        _ONE,
        _PATIENT,
        _ask,
        "Demander le remboursement d'un mémoire",
        answers=(200, 404),
        gives="Document",
    ),
)
"""Requests about documents that a patient sends."""
