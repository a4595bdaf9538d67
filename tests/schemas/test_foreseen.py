"""Which findings a schema lets foresee, compared with what really happens."""

import pytest

import memhon
from memhon import schemas
from memhon.schemas.foreseen import findings_of_row


@pytest.fixture(scope="module")
def simulation(catalogue):
    exchange = catalogue.exchange("pid-sim")
    rows = schemas.outline(exchange.request).rows
    return catalogue.example("pid-sim", "request", "minimal").data, {row.name: row for row in rows}


@pytest.mark.parametrize(
    ("element", "before", "after"),
    [
        ("codeActe", ">C1<", ">C1C1C1C<"),
        ("codeActe", ">C1<", "><"),
        ("nombre", ">1</com", ">0</com"),
        ("nombre", ">1</com", ">100</com"),
        ("matricule", ">1893041425741<", ">x<"),
        ("lieuDePrestation", ">01<", ">1<"),
        ("lieuDePrestation", "<cns:lieuDePrestation>01</cns:lieuDePrestation>", ""),
        (
            "lieuDePrestation",
            "<cns:lieuDePrestation>01</cns:lieuDePrestation>",
            2 * "<cns:lieuDePrestation>01</cns:lieuDePrestation>",
        ),
    ],
)
def test_what_happens_was_foreseen(simulation, element, before, after):
    data, rows = simulation
    text = data.decode()
    assert text.count(before) == 1
    report = memhon.validate(text.replace(before, after).encode())
    found = [finding.id for finding in report.findings]
    assert found
    assert set(found) <= set(findings_of_row(rows[element]))


def test_an_element_without_bounds_foresees_only_its_number(simulation):
    assert list(findings_of_row(simulation[1]["dateDebutPrestation"])) == [
        "XSD-002",
        "XSD-007",
        "XSD-008",
    ]


def test_rows_are_listed_by_finding_in_the_order_of_the_ids(catalogue):
    rows = schemas.outline(catalogue.exchange("ra-depot").request).rows
    found = schemas.foreseen(rows)
    assert sorted(found) == list(found)
    assert ["nomHopitalAssociation"] == [row.name for row in found["XSD-029"]]
    assert {"matricule", "dateNaissance"} == {row.name for row in found["XSD-009"]}
