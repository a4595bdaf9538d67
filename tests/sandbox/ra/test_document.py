"""WS4 gives back what was deposited, to the letter, and signs it as every answer."""

import os
import re

import pytest
from lxml import etree

import fee_notes
import wire
from fee_notes import Notes, deposit_xml, reading_xml
from memhon import verify_signature
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.findings import Verdict
from memhon.intake import canonical
from memhon.local import Sandbox
from memhon.messages import parse
from memhon.validation import validate

ROOT = f"{{{wire.CNS}}}memoireHonoraire"
PDF = b"%PDF-1.7\n" + os.urandom(5 * 1024 * 1024)
EXAMPLES = [
    example
    for example in load().examples("ra-depot")
    if example.direction == "request" and b"<matricule>" in example.data
]


def _deposited(payload):
    return canonical(etree.fromstring(payload))


def _given_back(told):
    return canonical(told.root.find(f".//{ROOT}"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_comes_back_to_the_letter(notes, example):
    payload = re.sub(r"^<\?xml[^>]*\?>", "", example.data.decode())
    secu = notes.send(payload, "ra-depot").text("UuidSecu")
    told = notes.read(secu)
    assert _deposited(payload) == _given_back(told)
    assert secu == told.text("UUIDSecu")
    assert "DEPOSE" == told.text("statut")


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("57.70", "57.7"),
        ("<acquitte>false", "<acquitte>0"),
        ("<rue>Rue de l'Exemple", "<rue> l&#13;e &lt;b&gt; &amp; œ\u00a0"),
        ("<libre/>", "<libre></libre>"),
        ("<libre/>", "<libre><texteLibreMedical>\n  é\t </texteLibreMedical></libre>"),
        ("<nombre>1<", "<nombre> 01 <"),
        ("<codePrestataire>9", "<codePrestataire>+9"),
        ("ms2", "cns"),
        ("ms2", "a"),
    ],
)
def test_no_spelling_is_lost(notes, written, instead):
    """A binding would normalise these; the answer must not."""
    payload = deposit_xml(notes.uuid()).replace(written, instead)
    secu = notes.send(payload, "ra-depot").text("UuidSecu")
    assert _deposited(payload) == _given_back(notes.read(secu))


def test_a_default_namespace_stays_one(notes):
    payload = re.sub("\n  (<[a-z][A-Za-z]+)(?=[>/])", r'\n  \1 xmlns=""', deposit_xml(notes.uuid()))
    payload = payload.replace("ms2:", "").replace(":ms2=", "=")
    secu = notes.send(payload, "ra-depot").text("UuidSecu")
    assert b"<memoireHonoraire xmlns=" in _given_back(notes.read(secu))
    assert _deposited(payload) == _given_back(notes.read(secu))


def test_a_deposit_on_one_line_stays_on_one_line(notes):
    payload = re.sub(r">\s+<", "><", deposit_xml(notes.uuid()))
    secu = notes.send(payload, "ra-depot").text("UuidSecu")
    assert _deposited(payload) == _given_back(notes.read(secu))


def test_foreign_content_keeps_its_prefixes(notes):
    signature = (
        '<signature><x:Mark xmlns:x="urn:x" xmlns:y="urn:y" x:ref="y:T"> <x:A/> <x:A>1</x:A>'
        "</x:Mark></signature>"
    )
    closing = "<indicationsSupplementaires/>"
    payload = deposit_xml(notes.uuid()).replace(closing, closing + signature)
    secu = notes.send(payload, "ra-depot").text("UuidSecu")
    told = notes.read(secu)
    assert _deposited(payload) == _given_back(told)
    assert "urn:y" == told.root.find(".//{urn:x}Mark").nsmap["y"]


@pytest.mark.parametrize("state", ["DEPOSE", "CONSENTI", "ANNULE", "REMPLACE"])
def test_every_state_can_be_read(notes, state):
    note = notes.in_state(state, pdf=b"%PDF-1.7 essai")
    told = notes.read(note.secu.upper())
    assert state == told.text("statut")
    assert note.uuid == told.text("UUID")
    assert "JVBERi0xLjcgZXNzYWk=" == told.text("document").strip()


@pytest.mark.slow
def test_a_document_of_five_megabytes_signed(root):
    with Sandbox(clock=VirtualClock("2026-03-02T09:30:00Z"), seed=7) as sandbox:
        client = sandbox.client()
        payload = deposit_xml("deadbeef-cafe-4bad-8bad-feedfacecafe", pdf=PDF)
        deposited = client.send(payload.encode(), exchange="ra-depot").message
        secu = deposited.uuid_secu.value
        answer = client.send(reading_xml(secu).encode(), exchange="ra-doc")
        response = answer.trace[-1].response
        assert PDF == answer.message.memoire_honoraire.document
        (signature,) = verify_signature(response)
        assert () == signature.findings
    assert Verdict.VALID == validate(response, exchange="ra-doc").verdict
    found = etree.fromstring(response, etree.XMLParser(huge_tree=True)).find(f".//{ROOT}")
    assert _deposited(payload) == canonical(found)
    assert PDF == parse(payload.encode()).document


def test_a_refused_reading_is_a_fault_that_quotes_the_anomaly(running):
    notes = Notes(fee_notes.over_http(running.url))
    note = notes.deposit(pdf=b"%PDF-1.7 essai")
    uid = load().exchange("ra-doc").model_uid
    request = wire.envelope(reading_xml(note.secu, fee_notes.OTHER_PATIENT), uid)
    answer = wire.send(running.url, request)
    assert 500 == answer.status
    assert "soap:Client.LectureRefusee" == answer.text(".//faultcode")
    fault = answer.root.find(".//mh:fault", wire.NAMES)
    assert "SBX-040" == fault.get("code")
    quoted = [
        (node.get("code"), node.get("element")) for node in fault.iterfind("mh:finding", wire.NAMES)
    ]
    assert [("MH-012", "identifiantUnique")] == quoted
    assert "MH-012" in answer.text(".//faultstring")
    assert fee_notes.PATIENT.encode() not in answer.data
    assert b"JVBERi" not in answer.data
