"""What cannot be read or written ends as a MessageError with a registered finding."""

import re

import pytest

from memhon.catalogue import load
from memhon.errors import CatalogueError, MessageError
from memhon.messages import binding_class, entry_of, parse, serialize
from memhon.validation import validate


def refused(data: bytes, **kwargs) -> list[str]:
    with pytest.raises(MessageError) as caught:
        parse(data, **kwargs)
    assert str(caught.value)
    return [finding.id for finding in caught.value.findings]


@pytest.fixture
def deposit() -> bytes:
    return load().example("ra-depot", "request", "rich").data


def test_a_missing_element_is_named(deposit):
    assert ["XSD-007"] == refused(
        re.sub(rb"<codePrestataire>\d+</codePrestataire>", b"", deposit, count=1)
    )


def test_a_schema_invalid_value_never_becomes_a_string(deposit):
    assert ["XSD-027"] == refused(deposit.replace(b"<acquitte>true<", b"<acquitte>vrai<"))


def test_an_integer_too_long_for_python_is_a_finding(deposit):
    digits = b"9" * 5000
    data = re.sub(rb"<numeroLigne>\d+<", b"<numeroLigne>" + digits + b"<", deposit, count=1)
    assert validate(data).verdict == "valid"
    assert ["BIND-001"] == refused(data)


def test_an_envelope_is_refused_with_advice(deposit):
    body = deposit.partition(b"?>")[2]
    soap = b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    info = (
        b'<y:RequestInfo xmlns:y="http://ws.mysecu.lu/generic/sync" '
        b'modelUID="2022_CNS_MEMHON_DEPOT-V1">'
    )
    end = b"</y:RequestInfo></s:Body></s:Envelope>"
    assert ["FORM-020"] == refused(soap + info + body + end)


def test_another_exchange_than_expected_is_refused(deposit):
    assert ["FORM-017"] == refused(deposit, exchange="pid-sim")


def test_an_unknown_exchange_is_an_error_of_the_caller(deposit):
    with pytest.raises(CatalogueError, match="ra-depot"):
        parse(deposit, exchange="ra-unknown")


CNS = "http://www.secu.lu/ciss/cns"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<junk/>",
        f'<n:UuidSecu xmlns:n="{CNS}">{"a" * 36}</n:UuidSecu>',
        "<anomalies/>",
        "texte",
    ],
)
def test_an_answer_that_the_published_schema_lets_pass_is_read_strictly(content):
    data = f'<n:memoireHonorairesRetour xmlns:n="{CNS}">{content}</n:memoireHonorairesRetour>'
    report = validate(data.encode())
    assert "valid" == report.verdict
    assert {"XSD-030", "XSD-031"} == {finding.id for finding in report.findings}
    assert refused(data.encode())


def test_the_untyped_matricule_is_read_as_text():
    data = load().example("ra-rembcons", "request", "minimal").data
    assert isinstance(parse(data).idenitifiant_unique, str)
    nested = re.sub(rb"(<cns:idenitifiantUnique>).*?<", rb"\1<x/><", data)
    assert "valid" == validate(nested).verdict
    assert ["XSD-022"] == refused(nested)


def test_an_object_that_is_no_message_is_refused():
    with pytest.raises(MessageError) as caught:
        serialize(object())
    assert ["BIND-003"] == [finding.id for finding in caught.value.findings]
    inner = parse(load().example("ra-depot", "request", "minimal").data).entete
    with pytest.raises(MessageError):
        entry_of(inner)


def test_a_value_without_xml_form_is_refused():
    binding = parse(load().example("ra-depot", "request", "minimal").data)
    binding.entete.uuid = "caract\u00e8re interdit \x00 ici"
    with pytest.raises(MessageError) as caught:
        serialize(binding)
    assert ["BIND-004"] == [finding.id for finding in caught.value.findings]


def test_bindings_that_do_not_fit_the_schema_are_a_finding(deposit, monkeypatch):
    other = binding_class(load().exchange("pid-sim").request)
    monkeypatch.setattr("memhon.messages.reading.binding_class", lambda message: other)
    assert ["BIND-002"] == refused(deposit)
