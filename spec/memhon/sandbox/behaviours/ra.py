"""RA: the deposit of a fee note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from xsdata.models.datatype import XmlDate

from memhon.findings import make
from memhon.sandbox.context import Context
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

_REFUSAL = "REFUS"


def deposit(request: MemoireHonoraire, context: Context) -> MemoireHonorairesRetour:
    """Store the fee note and give it its key; refuse an identifier that was deposited before."""
    header = request.entete
    patient = header.patient.matricule_or_date_naissance
    secu_uuid = context.numbering.uuid()
    try:
        context.store.add_deposit(
            Deposit(
                uuid=header.uuid,
                secu_uuid=secu_uuid,
                sender=str(header.facturier.code_prestataire),
                received_at=context.now,
                dated=_day(header.date_memoire_honoraires),
                amount=request.paiement.a_payer,
                currency=request.paiement.devise,
                paid=request.paiement.acquitte,
                last_name=header.facturier.nom,
                first_name=header.facturier.prenom,
                matricule=patient if isinstance(patient, str) else None,
                birth_date=_day(patient) if isinstance(patient, XmlDate) else None,
                number=header.numero_memoire_honoraires,
                space=context.space,
                data=context.received,
            )
        )
    except DuplicateError:
        return _answer(header.uuid, NO_UUID, [_duplicate(header.uuid)])
    return _answer(header.uuid, secu_uuid, [])


def _day(written: XmlDate) -> str:
    """The day as written; a zone designator does not move it."""
    return f"{written.year:04}-{written.month:02}-{written.day:02}"


def _duplicate(uuid: str) -> TAnomalie:
    finding = make("MH-001", element="UUID", found=uuid)
    return TAnomalie(type_value=_REFUSAL, code=finding.id, motif=finding.text("fr"))


def _answer(uuid: str, secu_uuid: str, anomalies: list[TAnomalie]) -> MemoireHonorairesRetour:
    return MemoireHonorairesRetour(
        uuid_prestataire=UuidPrestataire(value=uuid),
        uuid_secu=UuidSecu(value=secu_uuid),
        anomalies=anomalies,
    )


ANSWERS: Mapping[str, Callable[[Any, Context], object]] = {"ra-depot": deposit}
