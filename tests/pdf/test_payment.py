"""The patient's document of a direct payment: its observed parts, and what keeps it unprinted."""

import re
from decimal import Decimal

import pypdf
import pytest

import poppler
from memhon.catalogue import load
from memhon.errors import MessageError
from memhon.messages import parse
from memhon.pdf import print_payment

WORDS = load().forms["payment"].words
NAMES = (
    ("pid-sim", "request"),
    ("pid-sim", "response"),
    ("pid-val", "request"),
    ("pid-val", "response"),
)


def parts(name="rich"):
    return [parse(load().example(*place, name).data) for place in NAMES]


def text_of(printing, folder, *options):
    path = folder / "payment.pdf"
    path.write_bytes(printing.data)
    return poppler.text(path, *options)


@pytest.mark.parametrize("name", ["rich", "observed"])
def test_the_observed_parts_are_on_paper(name, tmp_path):
    asked, told, *_ = messages = parts(name)
    text = text_of(print_payment(messages), tmp_path, "-layout")
    answer = told.utaretour
    for word, value in (
        ("total", answer.somme_totale),
        ("due", answer.total_participation_personelle),
        ("paid", answer.total_part_statutaire),
    ):
        amount = f"{value:.2f}".replace(".", ",")
        assert re.search(rf"{re.escape(WORDS[word])}\s+{amount}\s+EUR", text), word
    digits = asked.uta.matricule
    grouped = [digits[:4], digits[4:6], digits[6:8], digits[8:11], digits[11:]]
    assert re.search(r"\s".join(grouped), text)
    flat = " ".join(text.split())
    for word in ("title", "warning", "signature", "doctor", "form"):
        assert WORDS[word].casefold() in flat.casefold()
    assert str(asked.uta.identifiant_facturier) in text
    for line in asked.uta.lignes.ligne_uta:
        assert re.search(rf"^\s*{line.acte.code_acte}\s.*\s{line.acte.nombre}\s", text, re.M)


def test_the_amounts_stand_beside_their_act_whatever_the_order_of_the_answer(tmp_path):
    messages = parts()
    lines = messages[1].utaretour.lignes.ligne_utaretour
    before = text_of(print_payment(messages), tmp_path, "-layout")
    lines.reverse()
    assert before == text_of(print_payment(messages[::-1]), tmp_path, "-layout")
    assert re.search(r"^\s*F271\s.*\s1\s+88,00\s+12,00$", before, re.MULTILINE)


def test_the_extra_line_shows_only_when_it_counts(tmp_path):
    messages = parts()
    assert "–  " not in text_of(print_payment(messages), tmp_path, "-layout")
    messages[1].utaretour.lignes.ligne_utaretour[-1].part_statutaire = Decimal("3.33")
    text = text_of(print_payment(messages), tmp_path, "-layout")
    assert re.search(r"^\s*–\s.*\s3,33\s+0,00$", text, re.MULTILINE)


def test_what_is_claimed_back_from_the_doctor_stays_unsaid(tmp_path):
    messages = parts()
    text = text_of(print_payment(messages), tmp_path)
    assert messages[3].montant_recouvrement == Decimal("9.45")
    assert re.search(r"\b(9,45|140,00)\b", text) is None


def test_names_are_those_given_or_those_of_the_catalogue(tmp_path):
    text = text_of(print_payment(parts()), tmp_path)
    assert "Dr Jeanne MODELEUR" in text
    text = text_of(print_payment(parts(), doctor="Dr Aa Bb", patient="Cc Dd"), tmp_path)
    assert ("Dr Aa Bb" in text, "Cc Dd" in text, "MODELEUR" in text) == (True, True, False)


def test_without_a_known_name_the_place_is_empty_and_no_assumed_label_shows(tmp_path):
    messages = parts()
    messages[0].uta.identifiant_facturier = 10000000
    messages[0].uta.matricule = messages[1].utaretour.matricule = "1" * 13
    text = text_of(print_payment(messages), tmp_path)
    assert 2 == text.count(WORDS["name_missing"])
    assert WORDS["fictitious"] not in text
    assert load().tariffs["C1"].label in text
    assert load().tariffs["F271"].label[:20] not in text


def test_the_request_of_the_payment_may_be_missing():
    asked, told, _, paid = parts()
    assert print_payment(parts()).data == print_payment([paid, asked, told]).data


def test_a_second_reader_finds_language_title_and_tags(tmp_path):
    path = tmp_path / "payment.pdf"
    path.write_bytes(print_payment(parts()).data)
    reader = pypdf.PdfReader(path)
    root = reader.trailer["/Root"]
    found = (root["/Lang"], reader.metadata.title, bool(root["/MarkInfo"]["/Marked"]))
    assert ("fr-LU", WORDS["title"], True) == found
    assert {("yes", "yes", "yes")} == {
        (font["emb"], font["sub"], font["uni"]) for font in poppler.fonts(path)
    }


def _other_note(messages):
    messages[1].utaretour.id_memoire_honoraire = messages[
        1
    ].utaretour.identifiant_reponse_simulation


def _other_patient(messages):
    messages[1].utaretour.matricule = "1" * 13


def _other_simulation(messages):
    messages[2].id_reponse_simulation = messages[1].utaretour.id_memoire_honoraire


def _other_amount(messages):
    messages[3].montant_part_statutaire += 1


def _other_line(messages):
    messages[0].uta.lignes.ligne_uta[0].identifiant_externe_prestation = messages[0].uta.matricule


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda messages: messages.pop(0), "simulationMedecin × 0"),
        (lambda messages: messages.pop(1), "simulationMedecinRetour × 0"),
        (lambda messages: messages.pop(3), "paiementMedecinRetour × 0"),
        (lambda messages: messages.append(messages[0]), "simulationMedecin × 2"),
        (lambda messages: messages.append(messages[2]), "paiementMedecin × 2"),
        (_other_note, "idMemoireHonoraire"),
        (_other_patient, "matricule"),
        (_other_simulation, "idReponseSimulation"),
        (_other_amount, "montantPartStatutaire"),
        (_other_line, "identifiantPrestation"),
    ],
)
def test_messages_that_do_not_belong_together_are_refused(change, found):
    messages = parts()
    change(messages)
    with pytest.raises(MessageError) as caught:
        print_payment(messages)
    assert [("PDF-006", found)] == [(each.id, each.found) for each in caught.value.findings]


def test_a_payment_that_was_not_made_is_refused():
    messages = parts()
    paid = messages[3]
    paid.identifiant_initiation_paiement = None
    paid.montant_part_statutaire = paid.montant_paye = Decimal("0.00")
    with pytest.raises(MessageError) as caught:
        print_payment(messages)
    assert ["PDF-007"] == [each.id for each in caught.value.findings]
