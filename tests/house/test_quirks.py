"""What the published schemas accept and refuse, oddities included (wire-contract §2 and §9).

Each case changes one thing in an example of the catalogue and states the verdict of the schema.
"""

import re
from dataclasses import dataclass

import pytest
from lxml import etree

import memhon
from memhon.schemas import compiled

SHORT, LONG = "x" * 99, "x" * 100
FOREIGN = '<f:any xmlns:f="urn:foreign">?</f:any>'


@dataclass(frozen=True, slots=True)
class Case:
    """One change of one example."""

    name: str
    exchange: str
    direction: str
    pattern: str
    replacement: str
    valid: bool


DEPOT = [
    ("local element in the namespace", r"UUID>", "ms2:UUID>", False),
    ("root without the namespace", r"ms2:memoireHonoraire\b", "memoireHonoraire", False),
    ("line before the header", r"<entete>.*</entete>", "", False),
    ("UUID of 35 characters", r"(<UUID>).", r"\1", False),
    ("UUID of any 36 characters", r"(<UUID>)[^<]*", r"\1" + "z" * 36, True),
    ("hospital name of 99", r"(</dateMemoireHonoraires>)", rf"\1{{hospital:{SHORT}}}", False),
    ("hospital name of 100", r"(</dateMemoireHonoraires>)", rf"\1{{hospital:{LONG}}}", True),
    ("hospital name empty", r"(</dateMemoireHonoraires>)", r"\1{hospital:}", False),
    ("extension2 in lower case", r"(<rue\b)", r"<extension2>x</extension2>\1", False),
    ("Extension2 with its capital", r"(<rue\b)", r"<Extension2>x</Extension2>\1", True),
    ("street left out", r"<rue>[^<]*</rue>|<rue/>", "", False),
    ("street empty", r"<rue>[^<]*</rue>|<rue/>", "<rue/>", True),
    ("partPersonelle with one n", r"(</montantBrut>)", r"\1{share:partPersonelle}", True),
    ("partPersonnelle with two n", r"(</montantBrut>)", r"\1{share:partPersonnelle}", False),
    ("provider code with a leading zero", r"(<codePrestataire>)(\d{8})", r"\g<1>0\2", True),
    ("provider code with a plus sign", r"(<codePrestataire>)(\d{8})", r"\1+\2", True),
    ("provider code between blanks", r"(<codePrestataire>)(\d{8})", r"\1 \2 ", True),
    ("provider code of seven digits", r"(<codePrestataire>)\d", r"\1", False),
    ("provider code of nine digits", r"(<codePrestataire>)(\d{8})", r"\g<1>\g<2>0", False),
    ("matricule beginning with zero", r"(<matricule>)\d", r"\g<1>0", False),
    ("matricule of twelve digits", r"(<matricule>)\d", r"\1", False),
    ("birth date instead of matricule", r"<matricule>\d+</matricule>", "{birth}", True),
    ("birth date and matricule", r"(</matricule>)", r"\1{birth}", False),
    ("amount below zero", r"(<montantBrut>)[^<]*", r"\1-57.70", True),
    ("amount with one decimal", r"(<montantBrut>)[^<]*", r"\g<1>57.7", True),
    ("amount without decimals", r"(<montantBrut>)[^<]*", r"\g<1>57", True),
    ("amount with a third zero", r"(<montantBrut>)[^<]*", r"\g<1>57.700", True),
    ("amount with three decimals", r"(<montantBrut>)[^<]*", r"\g<1>57.701", False),
    ("amount with a comma", r"(<montantBrut>)[^<]*", r"\g<1>57,70", False),
    ("amount as large as you like", r"(<montantBrut>)[^<]*", r"\g<1>" + "9" * 30, True),
    ("count of zero", r"(<nombre>)[^<]*", r"\g<1>0", False),
    ("count of 100", r"(<nombre>)[^<]*", r"\g<1>100", False),
    ("act code of seven characters", r"(<codeActe>)[^<]*", r"\1ABCDEFG", False),
    ("act code empty", r"(<codeActe>)[^<]*", r"\1", True),
    ("line number below zero", r"(<numeroLigne>)[^<]*", r"\1-1", True),
    ("hospital class 3", r"(</numeroLigne>)(<codeH>.*?</codeH>)?", r"\1<codeH>3</codeH>", False),
    ("hospital class A", r"(</numeroLigne>)(<codeH>.*?</codeH>)?", r"\1<codeH>A</codeH>", True),
    ("free texts empty", r"<libre>.*</libre>|<libre/>", "<libre/>", True),
    ("free texts left out", r"<libre>.*</libre>|<libre/>", "", False),
    ("footer empty", r"<footer>.*</footer>|<footer/>", "<footer/>", True),
    ("footer left out", r"<footer>.*</footer>|<footer/>", "", False),
    ("paid as a digit", r"(<acquitte>)[^<]*", r"\g<1>1", True),
    ("paid in French", r"(<acquitte>)[^<]*", r"\1oui", False),
    ("currency of four letters", r"(<devise>)[^<]*", r"\1EURO", False),
    ("date with a time zone", r"(<dateMemoireHonoraires>[\d-]{10})", r"\1+01:00", True),
    ("date with a time", r"(<dateMemoireHonoraires>[\d-]{10})", r"\1T00:00:00", False),
    ("attribute on the root", r"(<ms2:memoireHonoraire)", r'\1 version="1"', False),
]
SIGNATURES = [
    ("signature around a foreign element", rf"<signature>{FOREIGN}</signature>", True),
    ("signature empty", "<signature/>", True),
    ("signature with a capital", f"<Signature>{FOREIGN}</Signature>", False),
    ("signature around a name without namespace", "<signature><any/></signature>", False),
    ("signature around a name of the message", "<signature><ms2:any/></signature>", False),
    ("document empty", "<document/>", True),
    ("document with half a base64 group", "<document>QUI</document>", False),
]
CONSENT = [
    ("local element without the namespace", r"cns:UUIDSecu>", "UUIDSecu>", False),
    ("name spelled right", r"idenitifiantUnique", "identifiantUnique", False),
    ("any text", r"(<cns:idenitifiantUnique>)[^<]*", r"\1?", True),
    ("any element", r"(<cns:idenitifiantUnique>)[^<]*", rf"\1{FOREIGN}", True),
    ("nothing at all", r"(<cns:idenitifiantUnique>)[^<]*", r"\1", True),
]
CANCEL = [
    (
        "local element without the namespace",
        r"cns:UUIDDocumentAnnule>",
        "UUIDDocumentAnnule>",
        False,
    ),
    ("kind 3", r"(TypeAnnulation>)\d", r"\g<1>3", False),
    ("kind 0", r"(TypeAnnulation>)\d", r"\g<1>0", False),
    ("reason empty", r"(<cns:Motif>)[^<]*", r"\1", False),
    ("reason of 201", r"(<cns:Motif>)[^<]*", r"\1" + "x" * 201, False),
    (
        "signature with its capital",
        r"(</cns:Motif>)",
        rf"\1<cns:Signature>{FOREIGN}</cns:Signature>",
        True,
    ),
    (
        "signature in lower case",
        r"(</cns:Motif>)",
        rf"\1<cns:signature>{FOREIGN}</cns:signature>",
        False,
    ),
]
SIMULATION = [
    ("act code in the namespace of the message", r"com:codeActe", "cns:codeActe", False),
    ("local element without the namespace", r"cns:matricule>", "matricule>", False),
    ("place of one character", r"(lieuDePrestation>)\d(\d)", r"\1\2", False),
    ("line id in upper case", r"(identifiantExternePrestation>).{8}", r"\1ABCDEF01", True),
    ("line id that is no UUID", r"(identifiantExternePrestation>).", r"\1z", False),
    ("matricule beginning with zero", r"(<cns:matricule>)\d", r"\g<1>0", False),
    ("no line", r"<cns:LigneUTA>.*</cns:LigneUTA>", "", False),
    ("count of 100", r"(com:nombre>)\d+", r"\g<1>100", False),
]
SIMULATED = [
    ("personal total with two n", r"ParticipationPersonelle>", "ParticipationPersonnelle>", False),
    ("amount below zero", r"(<cns:totalPartStatutaire>)[^<]*", r"\1-1.00", False),
    ("id as in the payment", r"identifiantReponseSimulation>", "idReponseSimulation>", False),
]
PAYMENT = [
    ("personal share with one n", r"ParticipationPersonnelle>", "ParticipationPersonelle>", False),
    ("id as in the simulation", r"idReponseSimulation>", "identifiantReponseSimulation>", False),
    ("consent refused", r"(ValidationPersonneProtegee>)\w+", r"\1false", True),
]


def _cases():
    tables = [
        ("ra-depot", "request", DEPOT),
        ("ra-rembcons", "request", CONSENT),
        ("ra-annul", "request", CANCEL),
        ("pid-sim", "request", SIMULATION),
        ("pid-sim", "response", SIMULATED),
        ("pid-val", "request", PAYMENT),
    ]
    for exchange, direction, table in tables:
        for name, pattern, replacement, valid in table:
            yield Case(name, exchange, direction, pattern, _filled(replacement), valid)
    end = r"<document>[^<]*</document>|(?=</ms2:memoireHonoraire>)"
    for name, replacement, valid in SIGNATURES:
        yield Case(name, "ra-depot", "request", end, replacement, valid)


def _filled(text):
    text = re.sub(r"\{hospital:(\w*)\}", r"<nomHopitalAssociation>\1</nomHopitalAssociation>", text)
    text = re.sub(r"\{share:(\w+)\}", r"<\1>6.92</\1>", text)
    return text.replace("{birth}", "<dateNaissance>1850-01-01</dateNaissance>")


@pytest.mark.parametrize("case", tuple(_cases()), ids=lambda case: f"{case.exchange} {case.name}")
def test_the_schema_says(case, catalogue):
    text = catalogue.example(case.exchange, case.direction, "minimal").data.decode()
    flat = re.sub(r">\s+<", "><", text.split("?>", 1)[1]).strip()
    changed = _changed(flat, case)
    entry = catalogue.exchange(case.exchange)
    message = entry.request if case.direction == "request" else entry.response
    assert case.valid == compiled(message).validate(etree.fromstring(changed))


def _changed(text, case):
    """Change the first place; an element renamed is renamed wherever it stands."""
    everywhere = 0 if not {"(", "<"} & set(case.pattern) else 1
    changed, count = re.subn(
        case.pattern, case.replacement, text, count=everywhere, flags=re.DOTALL
    )
    assert count > 0, f"nothing to change in {text}"
    return changed


ANSWER = '<ns4:memoireHonorairesRetour xmlns:ns4="http://www.secu.lu/ciss/cns">{}</ns4:memoireHonorairesRetour>'
ANSWERS = [
    ("empty", "", True),
    ("text", "n'importe quoi", True),
    ("foreign content", FOREIGN, True),
    ("local elements of any name", "<junk a='1'><b/></junk>", True),
    ("known element of 36", f"<ns4:UuidSecu>{'z' * 36}</ns4:UuidSecu>", True),
    ("known element of 35", f"<ns4:UuidSecu>{'z' * 35}</ns4:UuidSecu>", False),
    ("same name without namespace", "<UuidSecu>short</UuidSecu>", True),
]


@pytest.mark.parametrize(("name", "content", "valid"), ANSWERS, ids=lambda value: str(value)[:40])
def test_the_answer_to_a_deposit_is_hardly_checked(name, content, valid, catalogue):
    data = ANSWER.format(content).encode()
    assert valid == compiled(catalogue.exchange("ra-depot").response).validate(
        etree.fromstring(data)
    )


def test_an_answer_that_does_not_bind_is_no_message():
    data = ANSWER.format("").encode()
    report = memhon.validate(data)
    assert report.verdict == "valid"
    assert "XSD-030" in {finding.id for finding in report.findings}
    with pytest.raises(memhon.MessageError):
        memhon.parse(data)


def test_a_global_element_alone_is_no_message(catalogue):
    data = f'<UuidSecu xmlns="http://www.secu.lu/ciss/cns">{"z" * 36}</UuidSecu>'.encode()
    assert compiled(catalogue.exchange("ra-depot").response).validate(etree.fromstring(data))
    report = memhon.validate(data)
    assert report.verdict == "invalid"
    assert [finding.id for finding in report.findings] == ["FORM-012"]
