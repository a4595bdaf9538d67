"""A paid simulation → what the patient's document says.

Three messages make it: the simulation names the acts, its answer the amounts, the answer to the
payment that it was made. None of them holds a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from memhon.catalogue import load
from memhon.errors import MessageError
from memhon.findings import make
from memhon.pdf.printing import Printing
from memhon.pdf.typesetting import typeset
from memhon.pdf.wording import (
    act_label,
    amount,
    code_label,
    day,
    is_fictitious,
    labelled,
    matricule,
    one_line,
)
from memhon_bindings.pid_sim.request_v1 import SimulationMedecin, TLigneUta, TUta
from memhon_bindings.pid_sim.response_v1 import (
    SimulationMedecinRetour,
    TLigneUtaretour,
    TUtaretour,
)
from memhon_bindings.pid_val.request_v1 import PaiementMedecin
from memhon_bindings.pid_val.response_v1 import PaiementMedecinRetour

PARTS = (SimulationMedecin, SimulationMedecinRetour, PaiementMedecin, PaiementMedecinRetour)
"""What may be given for one document; of these, the request of the payment may be missing."""
_FORM = "payment"
_Part = TypeVar("_Part")


def print_payment(parts: Sequence[object], *, doctor: str = "", patient: str = "") -> Printing:
    """The document that the patient gets after a direct payment.

    What the insurance claims back from the doctor does not stand on it: it is none of the
    patient's business.

    Args:
        parts: The messages of one payment, as bound from valid ones, in any order.
        doctor: Name to print; of a fictitious provider the catalogue knows it.
        patient: Name to print; of a fictitious person the catalogue knows it.

    Raises:
        MessageError: A message is missing, stands twice or belongs to another simulation
            (``PDF-006``); nothing was paid (``PDF-007``); a character cannot be printed
            (``PDF-004``), or there is too much to print (``PDF-011``).
    """
    asked = _one(parts, SimulationMedecin).uta
    told = _one(parts, SimulationMedecinRetour).utaretour
    paid = _one(parts, PaiementMedecinRetour)
    _check(asked, told, [part for part in parts if isinstance(part, PaiementMedecin)])
    _check_paid(told, paid)
    words = load().forms[_FORM].words
    known = _known_names(asked)
    doctor, patient = one_line(doctor or known["doctor"]), one_line(patient or known["patient"])
    numbers = (str(asked.identifiant_facturier), asked.matricule)
    fictitious = is_fictitious(numbers, ())
    content = {
        "title": words["title"],
        "day": day(asked.date_etablissement_memoire_honoraire),
        "author": doctor,
        "identifier": asked.id_memoire_honoraire,
        "payment": paid.identifiant_initiation_paiement,
        "fictitious": fictitious,
        "running": _running(asked, words),
        "parties": _parties(asked, doctor, patient, words),
        "lines": list(_lines(asked, told, words, assumed=fictitious)),
        "totals": _totals(told, words),
    }
    return typeset(_FORM, content, asked.date_etablissement_memoire_honoraire.to_date())


def _parties(
    asked: TUta, doctor: str, patient: str, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "role": words["doctor"],
            "name": doctor,
            "lines": [labelled(words["code"], str(asked.identifiant_facturier))],
        },
        {
            "role": words["patient"],
            "name": patient,
            "lines": [labelled(words["matricule"], matricule(asked.matricule))],
        },
    ]


def _one(parts: Iterable[object], wanted: type[_Part]) -> _Part:
    found = [part for part in parts if isinstance(part, wanted)]
    if len(found) != 1:
        raise _apart(f"{_name(wanted)} × {len(found)}")
    return found[0]


def _check(asked: TUta, told: TUtaretour, orders: Sequence[PaiementMedecin]) -> None:
    """All messages must speak of the same simulation; the answer to the payment cannot say so."""
    if asked.id_memoire_honoraire.lower() != told.id_memoire_honoraire.lower():
        raise _apart("idMemoireHonoraire")
    if asked.matricule != told.matricule:
        raise _apart("matricule")
    if len(orders) > 1:
        raise _apart(f"{_name(PaiementMedecin)} × {len(orders)}")
    for order in orders:
        if order.id_reponse_simulation.lower() != told.identifiant_reponse_simulation.lower():
            raise _apart("idReponseSimulation")


def _check_paid(told: TUtaretour, paid: PaiementMedecinRetour) -> None:
    if paid.identifiant_initiation_paiement is None:
        raise MessageError(findings=(make("PDF-007", found=amount(paid.montant_paye)),))
    if paid.montant_part_statutaire != told.total_part_statutaire:
        raise _apart("montantPartStatutaire")


def _totals(told: TUtaretour, words: Mapping[str, str]) -> list[list[str]]:
    return [
        [words["total"], amount(told.somme_totale)],
        [words["due"], amount(told.total_participation_personelle)],
        [words["paid"], amount(told.total_part_statutaire)],
    ]


def _lines(
    asked: TUta, told: TUtaretour, words: Mapping[str, str], *, assumed: bool
) -> Iterator[dict[str, Any]]:
    """A row for each act, and one for each line of the answer that was not asked for but counts."""
    answers = {line.identifiant_prestation.lower(): line for line in told.lignes.ligne_utaretour}
    for line in asked.lignes.ligne_uta:
        answer = answers.pop(line.identifiant_externe_prestation.lower(), None)
        if answer is None:
            raise _apart("identifiantPrestation")
        yield _row(line, answer, words, assumed=assumed)
    for answer in answers.values():
        if any(_amounts(answer)):
            yield _row(None, answer, words, assumed=assumed)


def _row(
    line: TLigneUta | None, answer: TLigneUtaretour, words: Mapping[str, str], *, assumed: bool
) -> dict[str, Any]:
    label = act_label(line.acte.code_acte, assumed=assumed) if line else ""
    count = line.acte.nombre if line else answer.nombre_acte_rembourse
    details = [one_line(anomaly.motif.value) for anomaly in answer.anomalie]
    if answer.montant_non_opposable:
        details.insert(0, labelled(words["not_covered"], amount(answer.montant_non_opposable)))
    if line:
        place = code_label("lieu-prestation", line.lieu_de_prestation, assumed=assumed)
        details.insert(0, one_line(words["on_date"], day(line.date_debut_prestation), "·", place))
    return {
        "act": one_line(line.acte.code_acte) if line else "–",
        "label": label or words["no_label"],
        "details": " · ".join(details),
        "count": str(count),
        "insurance": amount(answer.part_statutaire),
        "personal": amount(answer.participation_personelle),
    }


def _amounts(answer: TLigneUtaretour) -> tuple[Decimal, ...]:
    return answer.part_statutaire, answer.participation_personelle, answer.montant_opposable


def _running(asked: TUta, words: Mapping[str, str]) -> str:
    when = day(asked.date_etablissement_memoire_honoraire)
    return " · ".join(
        (
            one_line(words["title"], words["of_date"], when),
            labelled(words["code"], str(asked.identifiant_facturier)),
            labelled(words["matricule"], matricule(asked.matricule)),
        )
    )


def _known_names(asked: TUta) -> dict[str, str]:
    """The names of fictitious people; of nobody else the messages say who they are."""
    code = str(asked.identifiant_facturier)
    doctors = (each for each in load().providers if each.code == code)
    patients = (each for each in load().persons if each.matricule == asked.matricule)
    doctor, patient = next(doctors, None), next(patients, None)
    return {
        "doctor": one_line(doctor.titre, doctor.prenom, doctor.nom) if doctor else "",
        "patient": one_line(patient.prenom, patient.nom) if patient else "",
    }


def _apart(what: str) -> MessageError:
    return MessageError(findings=(make("PDF-006", found=what),))


def _name(part: type) -> str:
    return str(part.__dict__["Meta"].name)
