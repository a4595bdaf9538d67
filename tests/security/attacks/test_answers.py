"""The client reads answers that somebody altered on the way: nothing of them is believed."""

from dataclasses import replace

import pytest

import canaries
from altering import BY_IDENTITY, BY_MYSECU, Between, Change, assertion_of
from forging import DS, Element
from memhon.catalogue import load
from memhon.client import Client, ClientKeys
from memhon.errors import MemhonError
from memhon.home import pki_path
from memhon.sandbox import EXCHANGE_PATH, IDENTITY_PATH, TOKEN_PATH
from memhon.security import Pki
from memhon.security.signing import enveloped_signature

SIMULATION = load().example("pid-sim", "request", "minimal").data


def refused(scene, path: str, change: Change) -> MemhonError:
    """The client believes nothing of it and says so without a secret."""
    with Between(scene.sandbox.url, path, change) as url:
        client = Client(url, clock=scene.clock, keys=ClientKeys.of_sandbox(pki_path()))
        with pytest.raises(MemhonError) as caught:
            client.send(SIMULATION)
    text = f"{caught.value} {caught.value!r} {caught.value.findings}"
    assert [] == canaries.leaks(text)
    return caught.value


def test_an_untouched_answer_is_believed(scene):
    with Between(scene.sandbox.url, EXCHANGE_PATH, None) as url:
        client = Client(url, clock=scene.clock, keys=ClientKeys.of_sandbox(pki_path()))
        answer = client.send(SIMULATION)
    assert "57.70" == str(answer.message.utaretour.somme_totale)


@pytest.mark.parametrize("change", BY_MYSECU, ids=lambda found: found.__name__)
@pytest.mark.parametrize("path", [EXCHANGE_PATH, TOKEN_PATH])
def test_an_altered_answer_of_mysecu_is_refused(scene, path, change):
    error = refused(scene, path, change)
    assert error.findings


@pytest.mark.parametrize("change", BY_IDENTITY, ids=lambda found: found.__name__)
def test_an_altered_assertion_is_refused(scene, change):
    error = refused(scene, IDENTITY_PATH, change)
    assert error.findings


def test_an_answer_of_another_service_is_refused(scene):
    """A right signature of mySecu over the answer of another step."""
    token_answer = scene.post(scene.token_request(), TOKEN_PATH).data
    refused(scene, EXCHANGE_PATH, lambda _root: token_answer)
    business_answer = scene.post(scene.business()).data
    refused(scene, TOKEN_PATH, lambda _root: business_answer)


def test_an_assertion_with_another_signer_is_refused(scene):
    """MySecu's key is trusted, but not for assertions."""

    def change(root: Element) -> None:
        assertion = assertion_of(root)
        assertion.remove(assertion.find(f"{DS}Signature"))
        enveloped_signature(assertion, Pki(pki_path()).service("mysecu"), place=1)

    error = refused(scene, IDENTITY_PATH, change)
    assert ["SEC-035"] == [finding.id for finding in error.findings]


def test_nothing_shows_a_secret(scene, caplog):
    """Representations of all that a caller gets hold of."""
    client = scene.sandbox.client()
    answer = client.send(SIMULATION)
    token = answer.trace[1].response.decode()
    value = token.partition("BinarySecurityToken")[2].partition(">")[2].partition("<")[0]
    assert len(value) > 400
    chain = client._chain
    # The binding is the message itself, which names the patient.
    silent = replace(answer, message=None)
    for item in (silent, answer.trace, client, chain, chain.keys, chain._kept):
        assert [] == canaries.leaks(repr(item), value)
    assert [] == canaries.leaks(str(silent) + caplog.text, value)
    # A page shows the messages: of a token its beginning, and the fictitious person.
    page = "".join(step._repr_markdown_() for step in answer.trace)
    assert ["matricule of the practitioner"] == canaries.leaks(page, value[60:])
