"""Requests that a machine makes up from the OpenAPI document: the answers are as described."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import binary, booleans, builds, uuids
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

import platform_desk
from calling import PATIENT, PRACTICE, START, Callers
from memhon.clock import VirtualClock, read_instant
from memhon.local import Sandbox
from memhon.platform.openapi import described

FILES = binary(max_size=200) | builds(platform_desk.archive, uuids(version=4).map(str))
schemathesis.openapi.media_type("application/zip", FILES)


@schemathesis.serializer("application/zip")
def _archive(_context, value):
    return value if isinstance(value, bytes) else str(value).encode()


SCHEMA = schemathesis.openapi.from_dict(described())
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    negative_data_rejection,
    unsupported_method,
]
OWN = {
    "eHealthId": PRACTICE,
    "ssn": PATIENT,
    "idDocument": "0000abcd-abcd-4abc-8abc-abcdefabcdef",
    "identifier": "demo-3",
}


@pytest.fixture(scope="module")
def callers():
    with Sandbox(clock=VirtualClock(read_instant(START)), seed=3, desk_port=0) as sandbox:
        found = Callers(sandbox)
        for kind in ("MH", "CNS", "ESANTE"):
            wish = {"type": kind, "endAt": "2026-04-01T00:00:00Z"}
            found.value("patient", "POST", f"/person/{PATIENT}/consent", wish)
        data = platform_desk.archive(OWN["idDocument"])
        path = f"/practitioner/{PRACTICE}/person/{PATIENT}/document"
        found.value("practice", "POST", path, data, Content_Type="application/zip")
        found.shown = {who: found.headers(who) for who in ("practice", "patient", "nobody")}
        yield found


def _who(operation):
    if operation.path.startswith("/_sandbox/"):
        return "nobody"
    return "patient" if operation.path.startswith("/api/v1/person/") else "practice"


def _sent(callers, operation, case, *, own):
    """The answer to a request, with the caller's own values in its path or those made up."""
    if own:
        case.path_parameters = {
            name: OWN.get(name, value) for name, value in (case.path_parameters or {}).items()
        }
    return case.call(base_url=callers.sandbox.desk_url, headers=callers.shown[_who(operation)])


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_a_request_that_is_made_up_is_answered_as_described(callers, operation, mode):
    if mode is GenerationMode.NEGATIVE and not list(operation.iter_parameters()):
        mode = GenerationMode.POSITIVE

    @settings(
        max_examples=8,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), own=booleans())
    def made_up(case, own):
        own = own and mode is GenerationMode.POSITIVE
        answer = _sent(callers, operation, case, own=own)
        case.validate_response(answer, checks=CHECKS)

    made_up()
