"""Findings and codes lead to the exchanges that name them, and back."""

import re

import pytest

from memhon import schemas
from memhon.site.fields import anchor
from memhon.site.mentions import code_places, finding_places
from memhon.site.reference_pages import codes_page, findings_page


@pytest.fixture(scope="module")
def findings(catalogue, material):
    return finding_places(catalogue, material.outlines)


@pytest.fixture(scope="module")
def codes(catalogue, material):
    return code_places(catalogue, material.outlines)


def test_a_finding_of_a_facet_leads_to_every_request_that_foresees_it(
    catalogue, material, findings
):
    for exchange in catalogue.exchanges:
        page = exchange.id.replace("-", "/", 1)
        foreseen = schemas.foreseen(material.outlines[exchange.id]["request"].rows)
        assert foreseen
        for identifier in foreseen:
            assert f'href="../../{page}/#anomalies-requete"' in findings[identifier]


def test_an_anomaly_leads_to_the_answer_that_carries_it(findings):
    assert findings["SIM-001"] == '<a href="../../pid/sim/#anomalies-reponse">PID WS1, réponse</a>'
    assert "FORM-001" not in findings


def test_a_code_list_leads_to_its_elements(codes):
    path = "simulationMedecin/UTA/Lignes/LigneUTA/lieuDePrestation"
    expected = f'<a href="../../pid/sim/#{anchor("request", path)}">'
    assert f"{expected}PID WS1 <code>lieuDePrestation</code></a>" in codes["lieu-prestation"]


def test_every_element_that_a_list_names_exists(catalogue, codes):
    for code_list in catalogue.code_lists:
        names = {name.partition("/")[2] for name in code_list.elements}
        assert set(re.findall(r"<code>(\w+)</code>", codes[code_list.id])) == names


def test_the_pages_show_the_places(catalogue, findings, codes):
    text = findings_page(catalogue.findings.values(), findings).text
    assert f"| Se rencontre | {findings['SIM-001']} |" in text
    text = codes_page(catalogue.code_lists, codes, catalogue.findings).text
    assert f"Valeurs de : {codes['lieu-prestation']}." in text
    assert '<a href="../anomalies/#sim-001"><code id="anomalies-pid-sim-001">' in text


def test_the_groups_are_listed_with_their_ids(catalogue):
    text = findings_page(catalogue.findings.values()).text
    groups = re.findall(r'<a href="#(groupe-\w+)">', text)
    assert groups == re.findall(r"^## .* \{ #(groupe-\w+) \}$", text, re.MULTILINE)
