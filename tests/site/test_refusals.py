"""What an error looks like: recorded against a sandbox of this build, shown as it came."""

from dataclasses import replace

import pytest

from memhon import schemas
from memhon.errors import MemhonError, SoapFault
from memhon.findings import make
from memhon.site.composition import downloads_of, generated
from memhon.site.families import address_of
from memhon.site.markup import indent
from memhon.site.provoking import with_value, without_a_leaf
from memhon.site.refusals import ANOMALY, FAULT
from memhon.site.refusing import cites, refuse_all
from turned_back import turned_back


@pytest.fixture(scope="module")
def refusals(catalogue, material):
    return refuse_all(catalogue, material.outlines)


@pytest.fixture(scope="module")
def pages(material, refusals):
    full = replace(material, refusals=refusals)
    return {page.address: page.text for page in generated(full, downloads_of(full))}


def test_every_exchange_has_a_fault_of_this_build(catalogue, refusals):
    faults = [refusal for refusal in refusals if not refusal.provoked]
    expected = [exchange.id for exchange in catalogue.exchanges]
    assert expected == [refusal.exchange_id for refusal in faults]
    for refusal in faults:
        assert (refusal.kind, refusal.status) == (FAULT, 500)
        assert refusal.code == "soap:Client.MessageInvalide"
        assert refusal.reason.encode() in refusal.response
        assert refusal.correlation_id.encode() in refusal.response
        assert refusal.findings[0].id in ("XSD-002", "XSD-007")


def test_a_fault_of_another_cause_stops_the_build():
    told = make("XSD-007", element="matricule", expected="cns:identifiantFacturier")
    with pytest.raises(MemhonError, match="ne nomme pas ce qui a été abîmé, idMemoireHonoraire"):
        cites(SoapFault("refus", findings=(told,)), "idMemoireHonoraire")
    cites(SoapFault("refus", findings=(told,)), "identifiantFacturier")
    cites(SoapFault("refus", findings=(told,)), "XSD-007")


def test_an_anomaly_is_recorded_wherever_the_catalogue_says_how(catalogue, refusals):
    expected = [(e.id, one.finding) for e in catalogue.exchanges for one in e.provoked]
    found = [refusal for refusal in refusals if refusal.provoked]
    assert expected == [(refusal.exchange_id, refusal.provoked) for refusal in found]
    for refusal in found:
        assert refusal.status == {ANOMALY: 200, FAULT: 500}[refusal.kind]
        assert refusal.provoked.encode() in refusal.response


def test_every_exchange_alive_shows_an_anomaly_of_its_own(catalogue, refusals):
    shown = {refusal.exchange_id for refusal in refusals if refusal.provoked}
    assert {exchange.id for exchange in catalogue.exchanges if exchange.alive} == shown


def test_an_exchange_that_is_not_alive_shows_its_fault_only(material):
    with turned_back("pid-con") as turned:
        shown = refuse_all(turned, material.outlines)
    assert [""] == [refusal.provoked for refusal in shown if refusal.exchange_id == "pid-con"]


def test_the_same_build_records_the_same_refusals(catalogue, material, refusals):
    assert refusals == refuse_all(catalogue, material.outlines)


def test_a_page_shows_its_refusals_and_no_others(catalogue, pages, refusals):
    for exchange in catalogue.exchanges:
        text = pages[address_of(exchange)]
        for refusal in refusals:
            own = refusal.exchange_id == exchange.id
            sent = indent(refusal.response.decode()).strip()
            assert (sent in text) is own, (exchange.id, refusal.kind)
        assert 'href="#erreur-faute"' in text.partition("## Qui et quand")[0]


def test_a_page_without_refusals_promises_none(material, catalogue):
    made = {page.address: page.text for page in generated(material, downloads_of(material))}
    for exchange in catalogue.exchanges:
        assert "#erreur" not in made[address_of(exchange)]


def test_only_the_first_mandatory_value_is_taken_out(catalogue, material):
    example = catalogue.example("pid-sim", "request", "minimal")
    broken, row = without_a_leaf(example.data, material.outlines["pid-sim"]["request"].rows)
    assert row.name == "identifiantFacturier"
    lost = b"\n    <cns:identifiantFacturier>90000001</cns:identifiantFacturier>"
    assert example.data.replace(lost, b"") == broken != example.data


def test_a_value_is_replaced_once_and_nothing_else(catalogue):
    data = b"<a><p:x>1</p:x><x>1</x></a>"
    assert with_value(data, "x", "2") == b"<a><p:x>2</p:x><x>1</x></a>"
    with pytest.raises(MemhonError, match="pas d'élément"):
        with_value(data, "y", "2")


def test_a_message_without_mandatory_values_cannot_be_broken(catalogue, material):
    with pytest.raises(MemhonError, match="aucune valeur obligatoire"):
        without_a_leaf(b"<a/>", material.outlines["pid-sim"]["request"].rows)


def test_findings_named_on_a_page_are_those_that_its_schema_foresees(catalogue, material, pages):
    for exchange in catalogue.exchanges:
        text = pages[address_of(exchange)].partition("{ #anomalies-requete }")[2]
        rows = material.outlines[exchange.id]["request"].rows
        for finding in schemas.foreseen(rows):
            assert f'/anomalies/#{finding.lower()}">{finding}</a>' in text


def test_prerequisites_and_history_stand_on_the_page(catalogue, pages):
    for exchange in catalogue.exchanges:
        text = pages[address_of(exchange)]
        prerequisites = text.partition("{ #prerequis }")[2].partition("\n## ")[0]
        history = text.partition("{ #historique }")[2]
        assert prerequisites.count("\n- ") == len(exchange.prerequisites)
        assert history.count("\n- **") == len(exchange.history)
        for message in exchange.messages:
            assert f"{message.since:%d-%m-%Y}" in history
