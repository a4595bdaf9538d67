"""WS2: the fee notes of a patient, page by page."""

from __future__ import annotations

from xsdata.models.datatype import XmlDate

from memhon.findings import Finding, make
from memhon.sandbox.access_log import Read
from memhon.sandbox.behaviours.ra.words import day, kind, reason, two_decimals
from memhon.sandbox.context import Context
from memhon.store import DepositEntry, DepositPage, Status
from memhon_bindings.ra_remblist.request_v1 import DemandeListeRemboursement
from memhon_bindings.ra_remblist.response_v1 import (
    ListeRemboursementRetour,
    TAnomalie,
    TAnomalieType,
    TMemoireResume,
    TMemoireResumeStatut,
)

_NOTHING = DepositPage(0, ())
_PAGE = 1
_SIZE = 20
_LAST_PAGE = 10**12
"""No list is that long; the schema bounds no page number, but every database does."""


def show(request: DemandeListeRemboursement, context: Context) -> ListeRemboursementRetour:
    """The page that was asked for, the newest deposit first; a patient unknown to us has none."""
    refusal = _refusal(request)
    found = _NOTHING if refusal else _found(request, *_asked(request), context)
    if not refusal:
        context.reads.append(_read(request, found))
    return _answer(request, found, refusal)


def refuse(
    request: DemandeListeRemboursement, finding: Finding, _context: Context
) -> ListeRemboursementRetour:
    """The answer that refuses for a given reason, with an empty list."""
    return _answer(request, _NOTHING, [finding])


def _asked(request: DemandeListeRemboursement) -> tuple[int, int]:
    """Number and size of the page."""
    page = _PAGE if request.page is None else request.page
    return page, _SIZE if request.taille_page is None else request.taille_page


def _answer(
    request: DemandeListeRemboursement, found: DepositPage, refusal: list[Finding]
) -> ListeRemboursementRetour:
    page, size = _asked(request)
    return ListeRemboursementRetour(
        nombre_total=found.total,
        page=page,
        taille_page=size,
        memoire=[_summary(entry) for entry in found.entries],
        anomalies=[
            TAnomalie(
                type_value=TAnomalieType(kind(finding)), code=finding.id, motif=reason(finding)
            )
            for finding in refusal
        ],
    )


def _refusal(request: DemandeListeRemboursement) -> list[Finding]:
    start, end = request.date_debut, request.date_fin
    if start is None or end is None or _rank(start) <= _rank(end):
        return []
    return [make("MH-030", element="dateDebut", found=day(start), detail=day(end))]


def _rank(date: XmlDate) -> tuple[int, int, int]:
    return date.year, date.month, date.day


def _found(
    request: DemandeListeRemboursement, page: int, size: int, context: Context
) -> DepositPage:
    return context.store.deposits_of(
        request.identifiant_unique.strip(),
        first_day=day(request.date_debut) if request.date_debut else None,
        last_day=day(request.date_fin) if request.date_fin else None,
        status=Status(request.statut.value) if request.statut else None,
        page=min(page, _LAST_PAGE),
        size=size,
    )


def _read(request: DemandeListeRemboursement, found: DepositPage) -> Read:
    """The page; that a patient has no fee notes is told of them too."""
    senders = sorted({entry.sender for entry in found.entries})
    return Read("memoire", request.identifiant_unique.strip(), source=" ".join(senders))


def _summary(entry: DepositEntry) -> TMemoireResume:
    return TMemoireResume(
        uuidsecu=entry.secu_uuid,
        uuidprestataire=entry.uuid,
        numero_memoire_honoraires=entry.number,
        date_memoire_honoraires=XmlDate.from_string(entry.dated),
        code_prestataire=int(entry.sender),
        nom_prestataire=entry.last_name,
        prenom_prestataire=entry.first_name,
        montant_apayer=two_decimals(entry.amount),
        devise=entry.currency,
        acquitte=entry.paid,
        statut=TMemoireResumeStatut(entry.status.value),
    )
