"""The same message in another dress is judged alike: envelope, UTF-16, other prefixes."""

import pytest
from lxml import etree

import differing
import mutations
from memhon.catalogue import Direction, load
from memhon.validation import validate

SOME = 400


@pytest.fixture(scope="module")
def mutants():
    """Mutants that the form layer lets in, with the ids and places of their findings."""
    bases = differing.examples()
    made = []
    for seed in range(SOME):
        base = bases[seed % len(bases)]
        data = mutations.mutant(base.data, seed).data
        data = etree.tostring(etree.fromstring(data), encoding="UTF-8", xml_declaration=True)
        report = validate(data)
        if not any(finding.layer == "wellformed" for finding in report.findings):
            made.append((base.message, data, judged(report)))
    return made


def test_there_is_something_to_compare(mutants):
    assert SOME * 0.7 <= len(mutants)
    assert {"valid", "invalid"} == {verdict for *_, (verdict, _) in mutants}


def test_an_envelope_changes_nothing(mutants):
    differing_ones = [
        (expected, judged(validate(enveloped(message, data))))
        for message, data, expected in mutants
        if not about_a_type(data) and expected != judged(validate(enveloped(message, data)))
    ]
    assert [] == differing_ones


def test_an_envelope_does_not_hide_the_types_of_the_message(mutants):
    example = differing.example_of("ra-depot", "response", "rich")
    root = mutations.with_prefixes(etree.fromstring(example.data))
    root.set(f"{{{mutations.XSI}}}type", f"{root.prefix}:T_memoireHonorairesRetour")
    data = etree.tostring(root)
    assert "valid" == validate(data).verdict
    assert "valid" == validate(enveloped(example.message, data)).verdict


def test_an_encoding_changes_nothing(mutants):
    for _, data, expected in mutants:
        other = etree.tostring(etree.fromstring(data), encoding="UTF-16", xml_declaration=True)
        assert expected == judged(validate(other))


def test_a_prefix_changes_nothing(mutants):
    for message, data, expected in mutants:
        if not about_a_type(data):
            for prefix in message.prefixes:
                assert expected == judged(validate(renamed(data, prefix)))


def test_a_prefix_declared_again_inside_does_not_hide_the_place():
    example = differing.example_of("ra-depot", "request", "rich")
    sceau = '<ms2:sceau xmlns:ms2="urn:essai"/></ms2:memoireHonoraire>'
    data = example.data.replace(b"</ms2:memoireHonoraire>", sceau.encode())
    (finding,) = validate(data).findings
    assert "/ms2:memoireHonoraire/*[local-name()='sceau']" == finding.xpath


def judged(report):
    """Verdict and findings, without the lines."""
    return report.verdict, [(finding.id, finding.xpath) for finding in report.findings]


def renamed(data, prefix):
    """The document with another prefix for the same namespace."""
    new = data.replace(f"xmlns:{prefix}=".encode(), b"xmlns:autre=")
    for mark in ("<", "</", " "):
        new = new.replace(f"{mark}{prefix}:".encode(), f"{mark}autre:".encode())
    return new


def about_a_type(data):
    """Whether the document has attributes of xsi:, whose values are names with prefixes."""
    return any(
        str(name).startswith(f"{{{mutations.XSI}}}")
        for element in etree.fromstring(data).iter(etree.Element)
        for name in element.attrib
    )


def enveloped(message, data):
    """The message as it travels."""
    exchange = load().exchange(message.exchange_id)
    request = message.direction is Direction.REQUEST
    name = "RequestInfo" if request else "ResponseInfo"
    model = f' modelUID="{exchange.model_uid}"' if request else ""
    return (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
        f'<y:{name} xmlns:y="http://ws.mysecu.lu/generic/sync"{model}>'
        f"{data.decode().rpartition('?>')[2]}</y:{name}></soap:Body></soap:Envelope>"
    ).encode()
