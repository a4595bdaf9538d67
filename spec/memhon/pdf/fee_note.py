"""A fee note → what its printed form says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xsdata.models.datatype import XmlDate

from memhon.catalogue import load
from memhon.pdf.printing import Printing
from memhon.pdf.typesetting import typeset
from memhon.pdf.wording import (
    amount,
    code_label,
    day,
    hour,
    is_fictitious,
    labelled,
    matricule,
    one_line,
    span,
)
from memhon_bindings.ra_depot.request_v1 import (
    MemoireHonoraire,
    TAdresse,
    TEntete,
    TMemoireHonoraires,
    TPaiement,
    TPrestataire,
    TPrestation,
)

FEE_NOTE = MemoireHonoraire
"""The class of a message that is a fee note."""
_FORM = "fee-note"


def print_fee_note(note: MemoireHonoraire) -> Printing:
    """The printed form of a fee note.

    Args:
        note: As bound from a valid message.

    Raises:
        MessageError: A character cannot be printed (``PDF-004``), or there is too much to print
            (``PDF-011``).
    """
    words = load().forms[_FORM].words
    head = note.entete
    number = one_line(head.numero_memoire_honoraires)
    fictitious = _is_fictitious(head)
    title = one_line(words["title"], number and f"{words['number']} {number}")
    content = {
        "title": title,
        "number": number,
        "day": day(head.date_memoire_honoraires),
        "author": _titled(head.facturier),
        "identifier": one_line(head.uuid),
        "fictitious": fictitious,
        "running": _running(head, number, words),
        "parties": _parties(head, words),
        "facts": _present(_facts(head, words)),
        "lines": [_line(line, words, assumed=fictitious) for line in note.prestation],
        "currency": one_line(note.paiement.devise),
        "totals": _totals(note.paiement, words),
        "settled": _settled(note.paiement, words),
        "remarks": _present(_remarks(note, words)),
    }
    return typeset(_FORM, content, head.date_memoire_honoraires.to_date())


def _running(head: TEntete, number: str, words: Mapping[str, str]) -> str:
    """What repeats at the head of every further page; short whatever the note contains."""
    shown = number if len(number) <= 30 else ""
    parts = (
        one_line(words["title"], shown, words["of_date"], day(head.date_memoire_honoraires)),
        labelled(words["code"], str(head.facturier.code_prestataire)),
        _identity(head, words),
    )
    return " · ".join(parts)


def _parties(head: TEntete, words: Mapping[str, str]) -> list[dict[str, Any]]:
    biller, patient, insured = head.facturier, head.patient, head.assure
    contacts = (
        labelled(words["telephone"], one_line(biller.numero_telephone)),
        labelled(words["fax"], one_line(biller.numero_fax)),
        labelled(words["email"], one_line(biller.email)),
    )
    fund = one_line(patient.caisse_principale)
    return [
        {
            "role": words["biller"],
            "name": _titled(biller),
            "lines": _filled(
                labelled(words["code"], str(biller.code_prestataire)),
                *_address(biller.adresse),
                *contacts,
            ),
        },
        {
            "role": words["patient"],
            "name": one_line(patient.prenom, patient.nom),
            "lines": _filled(_identity(head, words), labelled(words["fund"], fund)),
        },
        {
            "role": words["insured"],
            "name": one_line(insured.prenom, insured.nom),
            "lines": _address(insured.adresse),
        },
    ]


def _titled(biller: TPrestataire) -> str:
    """A title alone names nobody."""
    name = one_line(biller.prenom, biller.nom)
    return name and one_line(biller.titre, name)


def _identity(head: TEntete, words: Mapping[str, str]) -> str:
    known = head.patient.matricule_or_date_naissance
    if isinstance(known, XmlDate):
        return labelled(words["born"], day(known))
    return labelled(words["matricule"], matricule(one_line(known)))


def _address(address: TAdresse) -> list[str]:
    place = one_line(address.code_postal, address.localite)
    country = one_line(address.code_pays)
    return _filled(
        one_line(address.extension1),
        one_line(address.extension2),
        one_line(address.numero_rue, address.rue),
        one_line(place, country and f"({country})"),
    )


def _facts(head: TEntete, words: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    accident = head.patient.accident
    yield words["hospital"], one_line(head.code_hopital)
    yield words["association"], one_line(head.code_association)
    yield words["establishment"], one_line(head.nom_hopital_association)
    yield words["admission"], one_line(head.numero_admission)
    yield words["other_fund"], one_line(head.caisse_complementaire)
    if accident is not None:
        when = accident.date_accident
        told = one_line(accident.numero_accident, when and f"{words['of_date']} {day(when)}")
        yield words["accident"], told


def _line(line: TPrestation, words: Mapping[str, str], *, assumed: bool) -> dict[str, str]:
    act, period = line.acte, line.periode
    last = day(period.date_fin) if period.date_fin else ""
    part = line.part_personelle
    return {
        "number": str(line.numero_ligne),
        "date": span(day(period.date_debut), last),
        "act": one_line(*act.prefix_acte, act.code_acte, *act.suffix_acte),
        "label": one_line(act.libelle),
        "details": " · ".join(_filled(*_details(line, words, assumed=assumed))),
        "count": str(line.nombre),
        "gross": amount(line.montant_brut),
        "personal": "" if part is None else amount(part),
    }


def _details(line: TPrestation, words: Mapping[str, str], *, assumed: bool) -> Iterable[str]:
    period = line.periode
    begin = hour(period.heure_debut) if period.heure_debut else ""
    end = hour(period.heure_fin) if period.heure_fin else ""
    place, stay = one_line(line.lieu), line.code_h
    kind, number = one_line(line.type_seance), one_line(line.numero_seance)
    stays = code_label("codes-hospitalisation", stay.value, assumed=assumed) if stay else ""
    session = one_line(kind, number and f"{words['number']} {number}")
    yield labelled(words["hours"], span(begin, end) if begin else end)
    yield labelled(words["place"], code_label("lieu-prestation", place, assumed=assumed))
    yield labelled(words["stay"], stays)
    yield labelled(words["tooth"], one_line(line.dent))
    yield labelled(words["session"], session)
    yield labelled(words["performer"], one_line(line.code_executant))
    yield labelled(words["prescriber"], one_line(line.code_prescripteur))
    yield labelled(words["operator"], one_line(line.code_operateur))
    yield labelled(words["prescription"], one_line(line.numero_titre_ordonnance))


def _totals(paid: TPaiement, words: Mapping[str, str]) -> list[list[str]]:
    rows = (
        (words["subtotal"], paid.sous_total),
        (words["carried"], paid.report),
        (words["deposit"], paid.acompte_adeduire),
        (words["to_pay"], paid.a_payer),
    )
    return [[word, amount(value)] for word, value in rows if value is not None]


def _settled(paid: TPaiement, words: Mapping[str, str]) -> str:
    if not paid.acquitte:
        return words["unsettled"]
    when = paid.date_acquittement
    return words["settled"] if when is None else one_line(words["settled_on"], day(when))


def _remarks(note: TMemoireHonoraires, words: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    extra = note.indications_supplementaires
    ticked = (
        (extra.polytraumatisme, words["polytrauma"]),
        (extra.prothese_provisoire, words["provisional_prosthesis"]),
        (extra.nouvelle_grossesse, words["new_pregnancy"]),
    )
    told = [word for value, word in ticked if value]
    told += _filled(labelled(words["operating_doctor"], one_line(extra.code_medecin_operateur)))
    yield words["transfer"], one_line(note.libre.texte_libre_virement)
    yield words["medical"], one_line(note.libre.texte_libre_medical)
    yield words["indications"], ", ".join(told)


def _is_fictitious(head: TEntete) -> bool:
    known = head.patient.matricule_or_date_naissance
    numbers = (str(head.facturier.code_prestataire), str(known))
    people = (head.facturier, head.patient, head.assure)
    return is_fictitious(numbers, ((one_line(each.nom), one_line(each.prenom)) for each in people))


def _present(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(word, value) for word, value in pairs if value]


def _filled(*values: str) -> list[str]:
    return [value for value in values if value]
