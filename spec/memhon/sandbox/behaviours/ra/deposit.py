"""WS1: the deposit of a fee note."""

from __future__ import annotations

from uuid import UUID

from xsdata.models.datatype import XmlDate

from memhon.findings import Finding, make
from memhon.sandbox.behaviours.ra.words import day, kind, reason
from memhon.sandbox.context import Context
from memhon.sandbox.refusal import other_space
from memhon.store import Deposit, DuplicateError
from memhon_bindings.ra_depot.request_v1 import MemoireHonoraire
from memhon_bindings.ra_depot.response_v1 import (
    MemoireHonorairesRetour,
    TAnomalie,
    UuidPrestataire,
    UuidSecu,
)

NO_UUID = str(UUID(int=0))
"""Stands for the required identifier where none was given: a refused deposit has no key."""


def deposit(request: MemoireHonoraire, context: Context) -> MemoireHonorairesRetour:
    """Store the fee note and give it its key; refuse an identifier that was deposited before.

    Raises:
        RefusalError: The biller is not the space of the token, and the setting asks for it.
    """
    remarks = _remarks(request, context)
    uuid, secu_uuid = request.entete.uuid, context.numbering.uuid()
    try:
        context.store.add_deposit(_kept(request, secu_uuid, context))
    except DuplicateError:
        return _answer(uuid, NO_UUID, [make("MH-001", element="UUID", found=uuid)])
    return _answer(uuid, secu_uuid, remarks)


def refuse(
    request: MemoireHonoraire, finding: Finding, _context: Context
) -> MemoireHonorairesRetour:
    """The answer that refuses for a given reason; nothing is kept."""
    return _answer(request.entete.uuid, NO_UUID, [finding])


def _kept(request: MemoireHonoraire, secu_uuid: str, context: Context) -> Deposit:
    header = request.entete
    patient = header.patient.matricule_or_date_naissance
    return Deposit(
        uuid=header.uuid,
        secu_uuid=secu_uuid,
        sender=str(header.facturier.code_prestataire),
        received_at=context.now,
        dated=day(header.date_memoire_honoraires),
        amount=request.paiement.a_payer,
        currency=request.paiement.devise,
        paid=request.paiement.acquitte,
        last_name=header.facturier.nom,
        first_name=header.facturier.prenom,
        matricule=patient.strip() if isinstance(patient, str) else None,
        birth_date=day(patient) if isinstance(patient, XmlDate) else None,
        number=header.numero_memoire_honoraires,
        space=context.space,
        data=context.received,
    )


def _remarks(request: MemoireHonoraire, context: Context) -> list[Finding]:
    """What there is to say about a deposit that is accepted."""
    found = []
    biller = str(request.entete.facturier.code_prestataire)
    if context.space and context.space != biller:
        if context.rules.space_must_match:
            raise other_space(biller, context.space, element="codePrestataire")
        expected = context.space
        found.append(make("MH-002", element="codePrestataire", found=biller, expected=expected))
    if isinstance(request.entete.patient.matricule_or_date_naissance, XmlDate):
        found.append(make("MH-003", element="dateNaissance"))
    return found


def _answer(uuid: str, secu_uuid: str, findings: list[Finding]) -> MemoireHonorairesRetour:
    return MemoireHonorairesRetour(
        uuid_prestataire=UuidPrestataire(value=uuid),
        uuid_secu=UuidSecu(value=secu_uuid),
        anomalies=[
            TAnomalie(type_value=kind(finding), code=finding.id, motif=reason(finding))
            for finding in findings
        ],
    )
