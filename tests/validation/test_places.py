"""Excerpts point at the place, corrections were tried, and neither shows personal values."""

import difflib
import pickle
import re

import pytest

from memhon.catalogue import load
from memhon.validation import validate

DEPOSIT = load().example("ra-depot", "request", "rich").data.decode()


def valued(name: str, value: str, text: str = DEPOSIT) -> str:
    result, count = re.subn(rf"<{name}>[^<]*</{name}>", f"<{name}>{value}</{name}>", text, count=1)
    assert count == 1, name
    return result


def only(text: str, **options):
    (finding,) = validate(text.encode(), **options).findings
    return finding


def applied(text: str, edit: str) -> str:
    """The text after the edit, a unified diff with one line of context."""
    lines, result, position = text.split("\n"), [], 0
    for hunk in re.split(r"^@@ -(\d+).*@@$", edit, flags=re.MULTILINE)[1:]:
        if hunk.strip().isdigit():
            result += lines[position : int(hunk) - 1]
            position = int(hunk) - 1
            continue
        for change in hunk.strip("\n").split("\n"):
            # a long line of context is cut in the display: take the document's own
            result += {" ": lines[position : position + 1], "+": [change[1:]]}.get(change[:1], [])
            position += change[:1] in (" ", "-")
    return "\n".join(result + lines[position:])


def test_the_excerpt_shows_the_line_and_its_neighbours_with_a_caret():
    finding = only(valued("acquitte", "oui"))
    before, place, caret, after = finding.excerpt.split("\n")
    assert place.startswith(">")
    assert place.endswith("<acquitte>oui</acquitte>")
    assert caret.index("^") == place.index("<acquitte>")
    assert "^" * len("<acquitte>oui</acquitte>") == caret.strip(" |")
    assert "devise" in before
    assert "dateAcquittement" in after


def test_a_document_in_one_line_is_cut_around_the_place():
    text = re.sub(r">\s+<", "><", valued("acquitte", "oui"))
    finding = only(text)
    place, caret = finding.excerpt.split("\n")
    assert len(place) < 130
    assert "<acquitte>oui</acquitte>" in place
    assert caret.index("^") == place.index("<acquitte>")
    assert "-<acquitte>oui</acquitte>\n+<acquitte>true</acquitte>" in finding.edit


def test_the_second_of_two_alike_is_the_one_that_is_shown():
    second = re.split(r"(?=<prestation>)", DEPOSIT)[2]
    broken = DEPOSIT.replace(second, valued("nombre", "0", second))
    assert "/ms2:memoireHonoraire/prestation[2]/nombre" == only(broken).xpath
    line = next(i for i, text in enumerate(broken.split("\n"), 1) if "<nombre>0<" in text)
    assert f"> {line} |" in only(broken).excerpt


EDITS = {
    "renamed": (DEPOSIT.replace("partPersonelle>", "partPersonnelle>", 2), DEPOSIT),
    "moved": (
        re.sub(r"(<nom>.*?</nom>)(\s*)(<prenom>.*?</prenom>)", r"\3\2\1", DEPOSIT, count=1),
        DEPOSIT,
    ),
    "moved up": (
        re.sub(
            r"(\s*<titre>.*?</titre>)(\s*<adresse>.*?</adresse>)",
            r"\2\1",
            DEPOSIT,
            count=1,
            flags=re.DOTALL,
        ),
        DEPOSIT,
    ),
    "removed": (re.sub(r"(\s*<titre>.*?</titre>)", r"\1\1", DEPOSIT, count=1), DEPOSIT),
    "inserted": (re.sub(r"\n *<libre>.*?</libre>", "", DEPOSIT, flags=re.DOTALL), None),
    "number": (valued("montantBrut", "57,70 €"), DEPOSIT),
    "date": (valued("dateMemoireHonoraires", "2.3.2026"), DEPOSIT),
    "boolean": (valued("acquitte", "Vrai"), DEPOSIT),
    "code": (valued("codeH", "a"), DEPOSIT),
    "attribute": (DEPOSIT.replace("<entete>", '<entete lang="fr">'), DEPOSIT),
    "text": (DEPOSIT.replace("<entete>", "<entete>Mémoire"), DEPOSIT),
    "wrapped": (DEPOSIT.replace("<nombre>1<", "<nombre><v>1</v><", 1), DEPOSIT),
    "default namespace": (
        DEPOSIT.replace("<ms2:memoireHonoraire xmlns:ms2=", "<memoireHonoraire xmlns=").replace(
            "</ms2:", "</"
        ),
        DEPOSIT,
    ),
}


@pytest.mark.parametrize(("broken", "mended"), EDITS.values(), ids=EDITS.keys())
def test_applying_the_correction_mends_the_message(broken, mended):
    assert broken != DEPOSIT
    finding = validate(broken.encode(), show_values=True).findings[0]
    after = applied(broken, finding.edit)
    assert "valid" == validate(after.encode()).verdict
    if mended is not None:
        assert [] == list(difflib.unified_diff(mended.split("\n"), after.split("\n")))


@pytest.mark.parametrize("name", ["titre", "codeActe", "UUID"])
def test_where_the_value_is_unknown_nothing_is_invented(name):
    assert only(valued(name, "x" * 200)).edit is None


def test_a_correction_keeps_the_special_characters_escaped():
    text = valued("acquitte", "oui", valued("libelle", "A &lt; B &amp; C"))
    after = applied(text, only(text).edit)
    assert "A &lt; B &amp; C" in after
    assert "valid" == validate(after.encode()).verdict


def test_personal_values_show_neither_in_the_excerpt_nor_in_the_correction():
    secret = "Confidentiel"
    finding = only(valued("nom", secret * 20))
    assert secret not in str(finding.to_dict())
    text = re.sub(
        r"(<nom>).*?(</nom>)(\s*)(<prenom>.*?</prenom>)", rf"\4\3\1{secret}\2", DEPOSIT, count=1
    )
    moved = only(text)
    assert "XSD-006" == moved.id
    assert secret not in str(moved.to_dict())
    assert secret in str(only(text, show_values=True).to_dict())


def test_what_cannot_be_shown_costs_no_finding(monkeypatch):
    def broken(*args):
        raise RuntimeError("kaputt")

    finding = only(valued("acquitte", "oui"))
    monkeypatch.setattr("memhon.validation.places.excerpt", broken)
    monkeypatch.setattr("memhon.validation.places.edits.proposals", broken)
    assert (None, None) == (finding.excerpt, finding.edit)
    assert "XSD-027" in finding.text() + finding.id


def test_a_place_in_a_document_that_is_no_xml():
    finding = only("<a>\n  <b>\n</c>\n</a>")
    assert "> 3 | </c>" in finding.excerpt
    assert finding.edit is None


def test_a_finding_travels_between_processes_with_its_texts():
    finding = only(valued("acquitte", "oui"))
    other = pickle.loads(pickle.dumps(finding))
    assert finding == other
    assert (finding.excerpt, finding.edit) == (other.excerpt, other.edit)


LEAKS = {
    "misspelt name": DEPOSIT.replace("<prenom>Amélie</prenom>", "<Prenoms>Zorglub</Prenoms>", 1),
    "unknown element": DEPOSIT.replace("<libre>", "<prenomPatient>Zorglub</prenomPatient><libre>"),
    "attribute": DEPOSIT.replace("<patient>", '<patient nom="Zorglub">'),
    "free text": DEPOSIT.replace("<patient>", "<patient>Zorglub"),
    "text after an element": DEPOSIT.replace("</matricule>", "</matricule>Zorglub"),
    "wrapped": DEPOSIT.replace("<prenom>Amélie<", "<prenom><v>Zorglub</v><", 1),
    "too long": valued("prenom", "Zorglub" * 30),
    "truncated": DEPOSIT[: DEPOSIT.index("Amélie")] + "Zorglub",
    "mismatched": DEPOSIT.replace("<prenom>Amélie</prenom>", "<prenom>Zorglub</Prenom>", 1),
    "over several lines": valued("codePays", "LUX", valued("rue", "\nZorglub\n")),
    "in a comment": DEPOSIT.replace("<patient>", "<patient><!-- <nom>Zorglub</nom> -->"),
    "in a comment over lines": DEPOSIT.replace("<patient>", "<patient><!--\nZorglub\n-->"),
    "in an instruction": DEPOSIT.replace("<patient>", "<patient><?x Zorglub?>"),
    "in a section": valued("codePays", "LUX", valued("rue", "<![CDATA[Zorglub <rue> 1]]>")),
    "in a broken tag": DEPOSIT.replace("<prenom>Amélie</prenom>", "<prenom Zorglub</prenom>", 1),
    "beside a fault": valued("codePays", "LUX", valued("rue", "Zorglub")),
}


@pytest.mark.parametrize("text", LEAKS.values(), ids=LEAKS.keys())
def test_a_name_never_shows_however_the_message_is_broken(text):
    report = validate(text.encode())
    assert "invalid" == report.verdict
    assert "Zorglub" not in report.to_json() + report.to_text()
