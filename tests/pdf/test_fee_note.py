"""The printed fee note says what the message says, to any reader and to a machine."""

import io
import re
import subprocess
import sys
from decimal import Decimal

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import poppler
import printed_notes as notes
from memhon.catalogue import load
from memhon.errors import MessageError
from memhon.messages import parse
from memhon.pdf import print_fee_note

TEXTS = ("nom", "prenom", "titre", "rue", "localite", "extension1", "extension2", "libelle")
WORDS = load().forms["fee-note"].words


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("printed")


@pytest.fixture(scope="module")
def rich(folder):
    path = folder / "rich.pdf"
    path.write_bytes(print_fee_note(notes.example()).data)
    return path


def read(note, folder, *options):
    path = folder / "note.pdf"
    printing = print_fee_note(note)
    path.write_bytes(printing.data)
    return printing, poppler.text(path, *options)


def totals(text):
    """The amounts after their words, as numbers."""
    found = {}
    for word in ("subtotal", "carried", "deposit", "to_pay"):
        amount = re.search(rf"^\s*{WORDS[word]}\s+(-?[\d\s]+,\d\d)\s+EUR", text, re.MULTILINE)
        if amount:
            found[word] = Decimal(re.sub(r"\s", "", amount[1]).replace(",", "."))
    return found


def expected(note):
    paid = note.paiement
    values = {
        "subtotal": paid.sous_total,
        "carried": paid.report,
        "deposit": paid.acompte_adeduire,
        "to_pay": paid.a_payer,
    }
    return {word: value for word, value in values.items() if value is not None}


@pytest.mark.parametrize("name", ["rich", "minimal", "nonresident"])
def test_the_totals_read_from_the_paper_are_those_of_the_message(name, folder):
    note = notes.example(name)
    _, text = read(note, folder, "-layout")
    assert expected(note) == totals(text)


def test_every_value_of_a_rich_note_is_on_paper(rich):
    text = notes.squeezed(poppler.text(rich))
    message = load().example("ra-depot", "request", "rich").data.decode()
    message = re.sub(r"<(signature|document)>.*</\1>", "", message, flags=re.DOTALL)
    values = re.findall(r"<(\w+)>([^<>]+)</\1>", message)
    assert len(values) > 60
    missing = [
        (name, value) for name, value in values if notes.squeezed(shown(name, value)) not in text
    ]
    assert missing == []


def shown(name, value):
    """How a value stands on paper; what is not said there is an empty text."""
    if name.startswith("date"):
        return "/".join(reversed(value.split("-")))
    if name.startswith("heure"):
        return value.removesuffix(":00")
    if name in (
        "montantBrut",
        "partPersonelle",
        "sousTotal",
        "report",
        "acompteADeduire",
        "aPayer",
    ):
        return value.replace(".", ",")
    if value in ("true", "false") or name == "nombreDePage":
        return ""
    return value


def test_the_flags_are_told_in_words(folder):
    note = notes.example()
    extra = note.indications_supplementaires
    extra.polytraumatisme, extra.prothese_provisoire = True, True
    extra.nouvelle_grossesse, note.paiement.acquitte = False, False
    _, text = read(note, folder)
    told = {word: WORDS[word] in text for word in ("polytrauma", "new_pregnancy", "unsettled")}
    assert {"polytrauma": True, "new_pregnancy": False, "unsettled": True} == told


def test_the_text_is_in_reading_order(rich):
    text = poppler.text(rich)
    order = ["title", "biller", "patient", "insured", "lines", "subtotal", "to_pay", "transfer"]
    places = [text.casefold().index(WORDS[word].casefold()) for word in order]
    assert sorted(places) == places


def test_fonts_are_embedded_subset_and_readable_as_text(rich):
    found = poppler.fonts(rich)
    assert {font["name"].partition("+")[2] for font in found} == {
        "NotoSans-Regular",
        "NotoSans-Bold",
    }
    assert {(font["emb"], font["sub"], font["uni"]) for font in found} == {("yes", "yes", "yes")}


def test_a_second_reader_finds_language_title_and_tags(rich):
    reader = pypdf.PdfReader(rich)
    root = reader.trailer["/Root"]
    assert "fr-LU" == root["/Lang"]
    assert reader.metadata.title == "Mémoire d'honoraires N° 2026-0042"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {"/H1", "/H2", "/Table", "/THead", "/TH", "/TD"} <= set(kinds(root["/StructTreeRoot"]))


def kinds(node):
    """The kinds of the structure's elements, depth first."""
    node = node.get_object()
    if not isinstance(node, dict):
        return
    if "/S" in node:
        yield node["/S"]
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        yield from kinds(child) if hasattr(child, "get_object") else ()


def test_it_says_that_it_is_accessible_and_made_to_be_kept(rich):
    metadata = pypdf.PdfReader(rich).trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part>1<", metadata)
    assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>A<", metadata, re.DOTALL)


def test_the_same_message_gives_the_same_bytes_in_another_process():
    code = (
        "import hashlib; from memhon.catalogue import load; from memhon.messages import parse;"
        "from memhon.pdf import print_fee_note;"
        "note = parse(load().example('ra-depot', 'request', 'rich').data);"
        "print(hashlib.sha256(print_fee_note(note).data).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, text=True
        ).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_five_hundred_lines_repeat_the_head_and_count_the_pages(folder):
    note = notes.many(500)
    printing, _ = read(note, folder)
    reader = pypdf.PdfReader(io.BytesIO(printing.data))
    assert printing.pages == len(reader.pages) > 10
    told = poppler.text(folder / "note.pdf", "-layout").split("\f")[:-1]
    for number, page in enumerate(told, 1):
        assert f"Page {number} / {printing.pages}" in page
        assert (number > 1) is ("Code prestataire : 90000001 · " in page), number
    tables = [page for page in told if "Consultation" in page]
    assert all(WORDS["label"] in page and WORDS["gross"] in page for page in tables)
    lines = [int(n) for page in told for n in re.findall(r"Consultation n° (\d+)\b", page)]
    assert list(range(1, 501)) == lines
    assert expected(note) == totals("\n".join(told))


def test_extreme_values_are_whole_and_inside_the_page(folder):
    note = notes.extreme()
    printing, text = read(note, folder, "-raw")
    found = notes.squeezed(text)
    head = note.entete
    for value in (head.patient.nom, head.assure.adresse.rue, note.libre.texte_libre_virement):
        assert notes.squeezed(value) in found, value
    assert str(note.prestation[0].numero_ligne) in found
    for page in range(1, printing.pages + 1):
        pixels = poppler.picture(folder / "note.pdf", page, folder)
        width, height = map(int, re.match(rb"P5\s(\d+) (\d+)", pixels).groups())
        rows = pixels[-width * height :]
        edge = {
            rows[row * width + width - 8 + place] for row in range(height) for place in range(8)
        }
        assert edge == {255}, page


def test_a_note_without_names_says_so(folder):
    _, text = read(notes.example("minimal"), folder)
    assert 2 == text.count(WORDS["name_missing"])


def test_a_title_alone_is_no_name(folder):
    note = notes.example()
    note.entete.facturier.nom, note.entete.facturier.prenom = "", None
    printing, text = read(note, folder)
    assert 1 == text.count(WORDS["name_missing"])
    assert not pypdf.PdfReader(io.BytesIO(printing.data)).metadata.author


@pytest.mark.parametrize("sign", ["世", "ש", "😀", "\u202e", "\u2066", "\u0090", "\ufdd0"])
def test_a_character_that_cannot_be_shown_is_refused(sign):
    note = notes.example()
    note.entete.patient.nom = f"Schmit{sign}z"
    with pytest.raises(MessageError) as caught:
        print_fee_note(note)
    (finding,) = caught.value.findings
    assert ("PDF-004", f"U+{ord(sign):04X}") == (finding.id, finding.found.split()[0])
    assert "Schmit" not in str(caught.value)


@pytest.mark.parametrize("text", ["#strong[x] $y$ *a* _b_", "-- ~ @x \\ `q`", "a  b\tc\nd"])
def test_text_is_never_read_as_markup(text, folder):
    note = notes.example()
    note.libre.texte_libre_medical = text
    _, found = read(note, folder)
    assert notes.squeezed(text) in notes.squeezed(found)


def test_fictitious_persons_are_marked_on_every_page_and_others_not(folder):
    note = notes.many(60)
    printing, text = read(note, folder)
    assert printing.pages == text.count(WORDS["fictitious"]) > 1
    real = notes.many(60)
    head = real.entete
    head.facturier.code_prestataire, head.facturier.nom = 10000000, "Nobody"
    head.patient.matricule_or_date_naissance = head.assure.nom = None
    head.patient.matricule_or_date_naissance = type(head.date_memoire_honoraires)(1901, 2, 3)
    _, text = read(real, folder)
    assert WORDS["fictitious"] not in text
    assert WORDS["form"] in text


def test_labels_that_are_only_assumed_stand_on_fictitious_notes_only(folder):
    note = notes.example()
    _, before = read(note, folder)
    head = note.entete
    head.facturier.code_prestataire = 10000000
    head.patient.matricule_or_date_naissance = head.date_memoire_honoraires
    for person in (head.facturier, head.patient, head.assure):
        person.nom = "Nobody"
    _, after = read(note, folder)
    assert "04 (Hôpital, stationnaire)" in before.replace("\n", " ")
    assert ("(Hôpital" in after, "01 (Cabinet médical)" in after.replace("\n", " ")) == (
        False,
        True,
    )


@given(
    acts=st.lists(notes.ACT, min_size=1, max_size=25),
    name=notes.NAME,
    free=notes.TEXT,
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_random_notes_keep_their_totals_and_every_line(acts, name, free, folder):
    note = notes.with_acts(notes.example(), acts)
    note.entete.patient.nom = name
    note.libre.texte_libre_medical = free or None
    note = parse(notes.as_message(note))
    _, text = read(note, folder, "-layout")
    assert expected(note) == totals(text)
    raw = notes.squeezed(poppler.text(folder / "note.pdf", "-raw"))
    assert notes.squeezed(name) in raw
    assert notes.squeezed(free) in raw
    rows = [notes.squeezed(line) for line in text.splitlines()]
    for number, act in enumerate(acts, 1):
        assert notes.squeezed(act.label) in raw
        begins = f"{number}26/02/2026{act.code}"
        parts = [act.gross] if act.personal is None else [act.gross, act.personal]
        ends = "".join([str(act.count), *(f"{part:.2f}".replace(".", ",") for part in parts)])
        assert [row for row in rows if row.startswith(begins) and row.endswith(ends)], begins
