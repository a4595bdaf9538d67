"""Documents on the side of the practitioner: deposit, cancellation, replacement, reading, list."""

from __future__ import annotations

from memhon.findings import make
from memhon.platform.callers import PlatformError, Role
from memhon.platform.deposit import read_deposit
from memhon.platform.operations import ZIP, Asked, Operation, Reply
from memhon.platform.periods import NAMES, wanted
from memhon.platform.rights import (
    DOCUMENT,
    MH,
    SUMMARY,
    demand_consent,
    has_consent,
    note_read,
    own_practice,
)
from memhon.platform.services import Platform
from memhon.platform.showing import counted, shown
from memhon.store import DocumentStatus, DuplicateError, PlatformDocument

TOTAL = "X-Total-Count"
"""Header of a list: how many there are on all pages."""
_ONE = "/practitioner/{eHealthId}/person/{ssn}/document"
_PRACTITIONER = frozenset({Role.PRACTITIONER})


def _deposit(platform: Platform, asked: Asked) -> Reply:
    practice = own_practice(asked)
    demand_consent(platform, asked, asked.place["ssn"], MH)
    document = read_deposit(platform, asked, practice)
    _keep(platform, document)
    return Reply(shown(document))


def _read(platform: Platform, asked: Asked) -> Reply:
    document = _found(platform, asked)
    demand_consent(platform, asked, document.matricule, MH)
    note_read(platform, asked, DOCUMENT, [document])
    return Reply(shown(document, file=True))


def _cancel(platform: Platform, asked: Asked) -> Reply:
    """Ask for cancellation, and where a body is given, keep what replaces the document."""
    document = _found(platform, asked)
    cancellable = DocumentStatus.cancellable()
    if document.status not in cancellable:
        raise _not_cancellable(document)
    new = None
    if asked.body:
        demand_consent(platform, asked, document.matricule, MH)
        new = read_deposit(platform, asked, document.ehealth_id)
        _check_new(platform, new)
    # Before the change: what is changed and not noted would be half-done.
    note_read(platform, asked, SUMMARY, [document])
    if new is not None:
        done = _keep(platform, new, replaces=document.uuid)
    else:
        aim = DocumentStatus.CANCEL_ASKED
        done = platform.store.platform.move(document.uuid, cancellable, aim, asked.now)
    changed = platform.store.platform.document(document.uuid) or document
    if not done:
        raise _not_cancellable(changed)
    return Reply(shown(changed))


def _list(platform: Platform, asked: Asked) -> Reply:
    """What the practice deposited; what no consent opens is counted, and not shown."""
    practice, part = own_practice(asked), wanted(asked.query, platform.settings)
    found = platform.store.platform.documents_from(
        practice, since=part.since, before=part.before, page=part.page, size=part.size
    )
    patients = {document.matricule for document in found.documents}
    opened = {each for each in patients if has_consent(platform, each, MH, asked.now)}
    read = [document for document in found.documents if document.matricule in opened]
    note_read(platform, asked, SUMMARY, read)
    value = [shown(each) if each in read else counted(each) for each in found.documents]
    return Reply(value, headers={TOTAL: str(found.total)})


def _found(platform: Platform, asked: Asked) -> PlatformDocument:
    """The document of the address.

    Raises:
        PlatformError: There is none (404), or another practitioner's (403).
    """
    practice = own_practice(asked)
    document = platform.store.platform.document(asked.place["idDocument"])
    if document is None:
        raise PlatformError(404, make("PLA-024"))
    if document.ehealth_id != practice:
        raise PlatformError(403, make("PLA-025"))
    if document.matricule != asked.place["ssn"]:
        raise PlatformError(404, make("PLA-024"))
    return document


def _check_new(platform: Platform, document: PlatformDocument) -> None:
    if platform.store.platform.document(document.uuid) is not None:
        raise _taken(document)


def _taken(document: PlatformDocument) -> PlatformError:
    return PlatformError(409, make("PLA-023", found=document.uuid))


def _keep(platform: Platform, document: PlatformDocument, *, replaces: str | None = None) -> bool:
    try:
        return platform.store.platform.add(document, replaces=replaces)
    except DuplicateError:
        raise _taken(document) from None


def _not_cancellable(document: PlatformDocument) -> PlatformError:
    expected = ", ".join(each.value for each in DocumentStatus.cancellable())
    return PlatformError(403, make("PLA-026", found=document.status.value, expected=expected))


PRACTITIONER_DOCUMENTS = (
    Operation(
        "POST",
        _ONE,
        _PRACTITIONER,
        _deposit,
        "Déposer un mémoire d'honoraires",
        accepts=ZIP,
        answers=(200, 409),
        gives="Document",
    ),
    Operation(
        "PATCH",
        f"{_ONE}/{{idDocument}}",
        _PRACTITIONER,
        _cancel,
        "Annuler un mémoire, ou le remplacer par celui de l'archive",
        accepts=ZIP,
        required=False,
        answers=(200, 404, 409),
        gives="Document",
    ),
    Operation(
        "GET",
        f"{_ONE}/{{idDocument}}",
        _PRACTITIONER | {Role.CNS},
        _read,
        "Lire un mémoire déposé",
        answers=(200, 404),
        gives="Document",
    ),
    Operation(
        "GET",
        "/practitioner/{eHealthId}/documents",
        _PRACTITIONER,
        _list,
        "Compter et lister les mémoires déposés sur une période",
        query=NAMES,
        gives="[Document]",
    ),
)
"""Requests about documents that a practitioner sends."""
