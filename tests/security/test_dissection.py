"""A signature taken apart gives the octets that were hashed and signed."""

import base64
import hashlib

import pytest

from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.errors import MessageError, SecurityError
from memhon.local import Sandbox
from memhon.security import dissect


@pytest.fixture(scope="module")
def trace():
    data = load().example("pid-sim", "request", "minimal").data
    with Sandbox(clock=VirtualClock("2026-03-02T09:00:00Z"), seed=1) as sandbox:
        return sandbox.client().send(data).trace


def test_every_signature_of_a_token_request_is_taken_apart(trace):
    own, inside = dissect(trace[1].request)
    assert [r.element for r in own.references] == ["Assertion", "Body"]
    assert [r.element for r in inside.references] == ["Assertion"]
    assert [own.references[0].enveloped, inside.references[0].enveloped] == [False, True]


def test_the_octets_have_the_digest_that_is_written(trace):
    for step in trace:
        for data in (step.request, step.response):
            for signature in dissect(data):
                computed = [hashlib.sha256(r.octets).digest() for r in signature.references]
                written = [base64.b64decode(r.digest) for r in signature.references]
                assert computed == written


def test_the_enveloped_form_leaves_the_signature_out_and_the_document_as_it_was(trace):
    plain, enveloped = (s.references[0].octets for s in dissect(trace[1].request))
    assert b"<ds:Signature" in plain
    assert b"<ds:Signature" not in enveloped


def test_a_document_without_a_signature_has_none():
    assert dissect(b"<a/>") == ()


def test_what_is_no_xml_is_refused():
    with pytest.raises(MessageError):
        dissect(b"pas de XML")


def test_a_reference_that_leads_nowhere_is_refused(trace):
    broken = trace[2].request.replace(b'<soapenv:Body wsu:Id="Body-', b'<soapenv:Body wsu:Id="X-')
    with pytest.raises(SecurityError) as caught:
        dissect(broken)
    assert [finding.id for finding in caught.value.findings] == ["SEC-006"]
