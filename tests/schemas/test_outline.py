"""What an outline says of where each element is declared."""

import pytest

from memhon.schemas import Key, outline, package_reference


@pytest.fixture(scope="module")
def rows(catalogue):
    """Every row of every message, by schema and path."""
    return {
        (message.schema, row.path): row
        for exchange in catalogue.exchanges
        for message in exchange.messages
        for row in outline(message).rows
    }


def test_a_row_knows_the_type_that_declares_it(rows):
    row = rows["pid/2023_CNS_PID_SIM-REQ-V1.xsd", "simulationMedecin/UTA/identifiantFacturier"]
    assert (row.schema, row.owner) == ("pid/2023_CNS_PID_SIM-REQ-V1.xsd", "T_UTA")
    assert row.local == ("identifiantFacturier",)
    shared = "pid/2023_CNS_PID_COMMON-v1.xsd"
    assert (row.type_schema, row.type_ref) == (shared, "T_CodePrestataire")
    assert row.literal == (("minInclusive", "10000000"), ("maxInclusive", "99999999"))


def test_an_element_of_an_imported_type_is_declared_in_the_imported_file(rows):
    path = "simulationMedecin/UTA/Lignes/LigneUTA/acte/codeActe"
    row = rows["pid/2023_CNS_PID_SIM-REQ-V1.xsd", path]
    assert (row.schema, row.owner) == ("pid/2023_CNS_PID_COMMON-v1.xsd", "T_Acte")
    assert (row.type_schema, row.type_ref) == (None, None)
    assert row.literal == (("minLength", "1"), ("maxLength", "6"))


def test_a_document_element_is_declared_by_no_type(rows):
    row = rows["pid/2023_CNS_PID_SIM-REQ-V1.xsd", "simulationMedecin"]
    assert (row.owner, row.local) == (None, ("simulationMedecin",))


def test_every_row_is_an_element_of_the_reference(rows):
    reference = package_reference()
    places = set()
    for schema in reference.schemas:
        places |= {(schema.path, None, names) for names in _names(schema.elements)}
        for kind in schema.types:
            places |= {(schema.path, kind.name, names) for names in _names(kind.members)}
    assert {(row.schema, row.owner, row.local) for row in rows.values()} - places == set()


def test_every_type_of_a_row_is_in_the_reference(rows):
    reference = package_reference()
    keys = {Key(row.type_schema, row.type_ref) for row in rows.values() if row.type_ref}
    assert keys
    assert [key for key in keys if reference.type(key) is None] == []


def _names(members):
    for member in members:
        yield member.names
        yield from _names(member.members)
