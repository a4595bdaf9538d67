"""A zip → a fee note that the platform may keep, or why not; nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xsdata.models.datatype import XmlDate

from memhon.catalogue import Direction
from memhon.errors import MessageError
from memhon.findings import Finding, Verdict, make
from memhon.intake import Limits, deposit_archive
from memhon.messages import bind
from memhon.platform.callers import PlatformError
from memhon.platform.operations import FORMATS, Asked
from memhon.platform.services import Platform
from memhon.store import PlatformDocument
from memhon.validation import examine
from memhon_bindings.ra_depot.request_v1 import MemoireHonoraire, TEntete

EXCHANGE = "ra-depot"
LIMITS = Limits(entries=100)
_MOST_CAUSES = 20
_LARGEST = Decimal(10) ** 13
"""Euros; every store keeps fifteen digits, and so does every reader of JSON."""


def read_deposit(platform: Platform, asked: Asked, ehealth_id: str) -> PlatformDocument:
    """The document that an archive makes.

    Args:
        platform: Knows persons and practitioners.
        asked: Its body is the archive, its address names the patient.
        ehealth_id: Of the practitioner.

    Raises:
        PlatformError: The archive, the message, its patient or its practitioner is refused (400).
    """
    data = _only_file(asked.body)
    note = _bound(data)
    head, payment = note.entete, note.paiement
    _check_kept(note)
    _check_patient(platform, head, asked.place["ssn"])
    _check_practitioner(platform, note, ehealth_id)
    dated = head.date_memoire_honoraires
    return PlatformDocument(
        uuid=head.uuid.lower(),
        ehealth_id=ehealth_id,
        matricule=asked.place["ssn"],
        created_at=asked.now,
        author=asked.caller.name,
        first_name=head.facturier.prenom or "",
        last_name=head.facturier.nom,
        dated=f"{dated.year:04}-{dated.month:02}-{dated.day:02}",
        amount=payment.sous_total,
        paid=payment.acquitte,
        data=data,
    )


def note_of(document: PlatformDocument) -> MemoireHonoraire:
    """The fee note of a document that was kept.

    Raises:
        MessageError: Its bytes are none any more.
    """
    recognised = examine(document.data, exchange=EXCHANGE, limits=LIMITS).recognised
    found = None if recognised is None else bind(recognised)
    if not isinstance(found, MemoireHonoraire):
        raise MessageError(findings=(make("FORM-015", found="document gardé"),))
    return found


def _only_file(archive: bytes) -> bytes:
    """The single file of an archive."""
    entries = deposit_archive(archive, limits=LIMITS)
    causes = tuple(finding for entry in entries for finding in entry.findings)
    files = [entry.data for entry in entries if entry.data is not None]
    if causes or len(files) != 1:
        raise _refused("PLA-018", causes)
    return files[0]


def _bound(data: bytes) -> MemoireHonoraire:
    examined = examine(data, exchange=EXCHANGE, limits=LIMITS)
    report, recognised = examined.report, examined.recognised
    if report.verdict is not Verdict.VALID or recognised is None:
        raise _refused("PLA-019", report.findings)
    if recognised.enveloped or recognised.message.direction is not Direction.REQUEST:
        what = "enveloppe SOAP" if recognised.enveloped else "réponse au lieu d'une demande"
        raise PlatformError(400, make("PLA-019", found=what))
    try:
        note = bind(recognised)
    except MessageError as error:
        causes = tuple(each for each in error.findings if isinstance(each, Finding))
        raise _refused("PLA-019", causes) from None
    assert isinstance(note, MemoireHonoraire)
    return note


def _check_kept(note: MemoireHonoraire) -> None:
    """Whether the document can be addressed and its amount be written."""
    if not re.fullmatch(FORMATS["idDocument"], note.entete.uuid):
        raise PlatformError(400, make("PLA-019", found="entete/UUID n'est pas un UUID"))
    if abs(note.paiement.sous_total) >= _LARGEST:
        raise PlatformError(400, make("PLA-019", found="paiement/sousTotal est trop grand"))


def _check_patient(platform: Platform, head: TEntete, matricule: str) -> None:
    """Whether message and address mean the same patient; a birth date is looked up."""
    named = head.patient.matricule_or_date_naissance
    if not isinstance(named, XmlDate):
        if (named or "").strip() != matricule:
            raise PlatformError(400, make("PLA-020", element="matricule"))
        return
    person = platform.directory.person(matricule)
    born = f"{named.year:04}-{named.month:02}-{named.day:02}"
    if person is None or person.birth != born:
        raise PlatformError(400, make("PLA-020", element="dateNaissance"))


def _check_practitioner(platform: Platform, note: MemoireHonoraire, ehealth_id: str) -> None:
    """Whether the practitioner of the address bills, or has executed a line."""
    provider = platform.directory.provider(ehealth_id)
    if provider is None or provider.code not in set(_codes(note)):
        expected = "un professionnel connu" if provider is None else provider.code
        raise PlatformError(400, make("PLA-021", expected=expected))


def _codes(note: MemoireHonoraire) -> Iterator[str]:
    yield str(note.entete.facturier.code_prestataire)
    for line in note.prestation:
        if line.code_executant is not None:
            yield str(line.code_executant)


def _refused(finding: str, causes: tuple[Finding, ...]) -> PlatformError:
    """The refusal with what led to it; the first cause stands in its sentence."""
    first = f"{causes[0].id}, {causes[0].wording('fr').title}" if causes else "contrôle inachevé"
    return PlatformError(400, make(finding, found=first), causes[:_MOST_CAUSES])
