"""Each facet class and each structural error has its finding, with line, XPath and values."""

import re

import pytest
from lxml import etree

from memhon.catalogue import load
from memhon.errors import SchemaError
from memhon.findings import Severity
from memhon.messages import parse
from memhon.schemas import compiled, is_loose, outline, paths, source, strict, tree
from memhon.validation import validate

XSI = "http://www.w3.org/2001/XMLSchema-instance"
DEPOSIT = load().example("ra-depot", "request", "rich").data.decode()
CONSENT = load().example("ra-rembcons", "request", "rich").data.decode()


def changed(pattern: str, new: str, text: str = DEPOSIT) -> bytes:
    """The example with the first match replaced; a pattern that does not match is a mistake."""
    result, count = re.subn(pattern, new, text, count=1, flags=re.DOTALL)
    assert count == 1, pattern
    return result.encode()


def valued(name: str, value: str) -> bytes:
    return changed(rf"<{name}>[^<]*</{name}>", f"<{name}>{value}</{name}>")


def typed(attribute: str) -> bytes:
    text = DEPOSIT.replace("<ms2:memoireHonoraire ", f'<ms2:memoireHonoraire xmlns:xsi="{XSI}" ')
    return changed(r"<libre>", f"<libre {attribute}>", text)


CASES = {
    "pattern": (valued("numeroAccident", "X1"), "XSD-010", "X1", "[UL]\\d{9}"),
    "length": (valued("UUID", "X1"), "XSD-011", "X1", "36"),
    "minLength trap": (valued("nomHopitalAssociation", "court"), "XSD-029", "court", "100"),
    "minLength": (valued("typeSeance", ""), "XSD-032", "", "1"),
    "int too large": (
        valued("codePrestataire", "9" * 11),
        "XSD-018",
        "9" * 11,
        "T_CodePrestataire",
    ),
    "maxLength": (valued("titre", "x" * 51), "XSD-013", "x" * 51, "50"),
    "enumeration": (valued("codeH", "9"), "XSD-014", "9", "A, 1, 2"),
    "minInclusive": (valued("nombre", "0"), "XSD-015", "0", "1"),
    "maxInclusive": (valued("nombre", "100"), "XSD-016", "100", "99"),
    "fractionDigits": (valued("montantBrut", "1.234"), "XSD-017", "1.234", "2"),
    "decimal": (valued("montantBrut", "1,23"), "XSD-025", "1,23", "57.70"),
    "empty amount": (valued("montantBrut", ""), "XSD-033", "", "57.70"),
    "date": (valued("dateMemoireHonoraires", "2026-13-01"), "XSD-035", "2026-13-01", "2026-03-02"),
    "boolean": (valued("acquitte", "oui"), "XSD-027", "oui", "true, false"),
    "wrong order": (
        changed(r"(<nom>.*?</nom>)(\s*)(<prenom>.*?</prenom>)", r"\3\2\1"),
        "XSD-006",
        "prenom",
        "nom, prenom, titre",
    ),
    "repeated": (changed(r"(<titre>.*?</titre>)", r"\1\1"), "XSD-008", "titre", None),
    "two branches": (
        changed(r"(<matricule>.*?</matricule>)", r"\1<dateNaissance>1890-01-01</dateNaissance>"),
        "XSD-009",
        "dateNaissance",
        "matricule",
    ),
    "in another parent": (
        changed(r"<libre>", "<titre>Dr</titre><libre>"),
        "XSD-019",
        "titre",
        None,
    ),
    "unknown": (
        changed(r"<libre>", "<couleur>bleu</couleur><libre>"),
        "XSD-001",
        "couleur",
        "libre",
    ),
    "misspelt": (
        changed(
            r"<(/?)partPersonelle>",
            r"<\1partPersonnelle>",
            DEPOSIT.replace("</partPersonelle>", "</partPersonnelle>", 1),
        ),
        "XSD-005",
        "partPersonnelle",
        "partPersonelle",
    ),
    "missing in the middle": (
        changed(r"<codePrestataire>.*?</codePrestataire>", ""),
        "XSD-007",
        "nom",
        "codePrestataire",
    ),
    "missing at the end": (
        changed(
            r"<localite>.*?</localite>",
            "<localite>L</localite>",
            '<ms2:memoireHonoraire xmlns:ms2="http://www.secu.lu/ciss/cns"/><!--<localite></localite>-->',
        ),
        "XSD-002",
        None,
        "entete",
    ),
    "qualified": (
        changed(r"<entete>(.*)</entete>", r"<ms2:entete>\1</ms2:entete>"),
        "XSD-003",
        "ms2:entete",
        "entete",
    ),
    "unqualified": (
        changed(r"<(/?)cns:UUIDSecu>(.*?)</cns:UUIDSecu>", r"<\1UUIDSecu>\2</UUIDSecu>", CONSENT),
        "XSD-003",
        "UUIDSecu",
        "cns:UUIDSecu",
    ),
    "after the end": (
        changed(r"</ms2:memoireHonoraire>", "<extra/></ms2:memoireHonoraire>"),
        "XSD-004",
        "extra",
        None,
    ),
    "attribute": (changed(r"<entete>", '<entete lang="fr">'), "XSD-020", "lang", None),
    "attribute of a value": (changed(r"<UUID>", '<UUID lang="fr">'), "XSD-020", "lang", None),
    "text between": (changed(r"<entete>", "<entete>texte"), "XSD-021", None, None),
    "element in a value": (
        changed(r"<montantBrut>[^<]*<", "<montantBrut><b/><"),
        "XSD-022",
        None,
        None,
    ),
    "nil": (typed('xsi:nil="true"'), "XSD-023", None, None),
    "unknown type": (typed('xsi:type="rien"'), "XSD-024", None, None),
    "foreign type": (typed('xsi:type="ms2:T_Footer"'), "XSD-024", None, None),
    "type that is no name": (typed('xsi:type="a b"'), "XSD-024", "a b", None),
    "stray base64": (
        valued("document", "QUJD@@REVG"),
        "XSD-028",
        "'@', position 5",
        "xs:base64Binary",
    ),
}


@pytest.mark.parametrize(
    ("data", "finding_id", "found", "expected"), CASES.values(), ids=CASES.keys()
)
def test_an_error_becomes_one_finding(data, finding_id, found, expected):
    report = validate(data, show_values=True)
    assert "invalid" == report.verdict
    assert [finding_id] == [finding.id for finding in report.findings]
    (finding,) = report.findings
    assert Severity.ERROR is finding.severity
    if found is not None:
        assert found == finding.found
    if expected is not None:
        assert expected == finding.expected
    assert finding.xpath.startswith("/")
    _no_english_of_libxml2(finding)


def _no_english_of_libxml2(finding):
    for lang in ("fr", "en"):
        for phrase in ("This element is not expected", "[facet", "atomic type", "[element-only"):
            assert phrase not in finding.text(lang)


def test_place_and_values_are_those_of_the_document():
    data = valued("codeH", "9")
    (finding,) = validate(data).findings
    assert data.decode().split("\n")[finding.line - 1].strip() == "<codeH>9</codeH>"
    assert "/ms2:memoireHonoraire/prestation[1]/codeH" == finding.xpath


def test_places_inside_an_envelope_are_those_of_the_payload():
    body = valued("codeH", "9").decode().partition("?>")[2]
    soap = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>\n'
        '<y:RequestInfo xmlns:y="http://ws.mysecu.lu/generic/sync" '
        f'modelUID="2022_CNS_MEMHON_DEPOT-V1">{body}</y:RequestInfo></s:Body></s:Envelope>'
    )
    (finding,) = validate(soap.encode()).findings
    assert "/ms2:memoireHonoraire/prestation[1]/codeH" == finding.xpath
    assert soap.split("\n")[finding.line - 1].strip() == "<codeH>9</codeH>"


def test_two_errors_are_two_findings():
    data = changed(r"<codeH>[^<]*<", "<codeH>9<", valued("acquitte", "oui").decode())
    assert ["XSD-014", "XSD-027"] == [finding.id for finding in validate(data).findings]


@pytest.mark.parametrize(
    ("name", "value"),
    [("dateDebut", " 2026-03-02\n"), ("heureDebut", "\t09:30:00 "), ("montantBrut", " 57.70 ")],
)
def test_white_space_around_a_value_is_collapsed_as_xsd_says(name, value):
    data = valued(name, value)
    assert "valid" == validate(data).verdict
    assert parse(data) == parse(valued(name, value.strip()))


def test_white_space_does_not_excuse_a_wrong_value():
    data = valued("dateDebut", " 2026-13-02 ")
    assert ["XSD-035"] == [finding.id for finding in validate(data).findings]


def test_a_personal_value_is_masked_unless_it_is_ours_or_asked_for():
    data = valued("nom", "Quelqu'un" * 30)
    (hidden,) = validate(data).findings
    (shown,) = validate(data, show_values=True).findings
    assert "Quelqu" not in hidden.found + hidden.text()
    assert "Quelqu" in shown.found


def test_a_hint_in_the_message_loads_no_schema(tmp_path):
    other = tmp_path / "other.xsd"
    other.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:s">'
        '<xs:element name="S" type="xs:int"/></xs:schema>'
    )
    hint = f'xmlns:xsi="{XSI}" xsi:schemaLocation="urn:s {other.as_uri()}"'
    text = DEPOSIT.replace("<ms2:memoireHonoraire ", f"<ms2:memoireHonoraire {hint} ")
    data = changed(
        r"<signature>.*</signature>", '<signature><s:S xmlns:s="urn:s">abc</s:S></signature>', text
    )
    assert "valid" == validate(data).verdict


def test_every_schema_file_compiles_and_can_be_outlined():
    assert 19 == len(paths())
    for exchange in load().exchanges:
        for message in exchange.messages:
            assert compiled(message) is compiled(message)
            rows = outline(message).rows
            assert message.root == rows[0].name
            assert 0 == rows[0].depth
            assert all(row.documentation and row.provenance for row in rows)


def test_the_outline_says_what_the_schema_says():
    rows = {row.path: row for row in outline(load().exchange("ra-depot").request).rows}
    root = "memoireHonoraire"
    assert rows[root].qualified
    assert not rows[f"{root}/entete"].qualified
    assert "1..n" == rows[f"{root}/prestation"].cardinality
    assert "0..1" == rows[f"{root}/document"].cardinality
    assert rows[f"{root}/entete/patient/matricule"].choice
    assert "T_Montant" == rows[f"{root}/paiement/aPayer"].type_name
    assert any("100" in facet for facet in rows[f"{root}/entete/nomHopitalAssociation"].facets)


def test_the_strict_reading_types_what_the_published_schema_leaves_open():
    loose = [m for e in load().exchanges for m in e.messages if is_loose(m)]
    assert {"ra-depot", "ra-rembcons"} == {message.exchange_id for message in loose}
    junk = etree.fromstring(
        '<n:memoireHonorairesRetour xmlns:n="http://www.secu.lu/ciss/cns"><junk/></n:memoireHonorairesRetour>'
    )
    answer = load().exchange("ra-depot").response
    assert compiled(answer).validate(junk)
    assert not strict(answer).validate(junk)


def test_a_missing_schema_is_a_schema_error():
    with pytest.raises(SchemaError, match="introuvable"):
        source("ra/nothing.xsd")
    with pytest.raises(SchemaError):
        tree("ra/nothing.xsd")


def test_an_error_of_libxml2_without_a_finding_of_its_own_is_still_told(monkeypatch):
    monkeypatch.setattr("memhon.schemas.naming._OTHERS", {})
    (finding,) = validate(changed(r"<entete>", '<entete lang="fr">')).findings
    assert "XSD-099" == finding.id
    assert "invalid" == validate(changed(r"<entete>", '<entete lang="fr">')).verdict
