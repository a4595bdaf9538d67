"""The findings that an element can cause are those that it does cause."""

import pytest

from memhon.catalogue import load
from memhon.schemas import facet_findings, occurrence_findings
from memhon.schemas.possible import FACET_FINDINGS
from memhon.schemas.values import mistake, mistakes

BUILTINS = ("base64Binary", "boolean", "date", "dateTime", "decimal", "int", "integer", "time")
VALUES = ("", "?", "2026-13-45", "2026-02-30T00:00:00", "25:00:00", "oui", "é")


@pytest.mark.parametrize("optional", [True, False])
@pytest.mark.parametrize("builtin", [*BUILTINS, "ID"])
def test_every_mistake_of_a_value_is_announced(builtin, optional):
    announced = mistakes(builtin, optional=optional)
    tries = (*VALUES, "1.5") if builtin in ("int", "integer") else VALUES
    made = {mistake(builtin, value, optional=optional) for value in tries}
    assert made <= set(announced)
    assert set(announced) <= set(load().findings)


def test_any_text_is_valid_for_a_string():
    assert mistakes("string", optional=False) == ()


def test_a_facet_announces_its_finding():
    literal = [("minLength", "2"), ("maxLength", "6"), ("whiteSpace", "collapse")]
    assert facet_findings(literal, "string", optional=False) == ("XSD-012", "XSD-013")
    assert facet_findings(literal, "string", optional=True) == ("XSD-013", "XSD-032")
    assert facet_findings([("minLength", "100")], "string", optional=True) == ("XSD-029",)
    assert set(FACET_FINDINGS.values()) <= set(load().findings)


def test_a_number_announces_its_findings():
    assert occurrence_findings([(1, 1)], choice=False) == ("XSD-002", "XSD-007", "XSD-008")
    assert occurrence_findings([(0, None)], choice=False) == ()
    assert occurrence_findings([(0, 1)], choice=True) == ("XSD-008", "XSD-009")
