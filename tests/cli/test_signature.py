"""``memhon signature verify`` on messages of the running chain, and ``memhon.verify_signature``."""

import pytest

import memhon
from memhon.catalogue import load
from memhon.cli.main import main
from memhon.local import Sandbox


@pytest.fixture(scope="module")
def trace():
    """The three exchanges of the chain."""
    with Sandbox() as sandbox:
        return sandbox.client().send(load().example("pid-sim", "request", "observed").data).trace


@pytest.fixture
def verify(tmp_path, capsys):
    def verified(data, *words):
        path = tmp_path / "message.xml"
        path.write_bytes(data)
        code = main(["signature", "verify", str(path), *words])
        return code, capsys.readouterr().out

    return verified


def test_every_message_of_the_chain_is_right(trace, verify):
    for step in trace:
        for data in (step.request, step.response):
            code, out = verify(data)
            assert (code, "fausse" in out) == (0, False), (step.name, out)
            assert verify(data, "--trust-embedded")[0] == 0


def test_prefix_lists_and_digests_are_shown(trace, verify):
    _, out = verify(trace[0].request)
    assert "SignedInfo, PrefixList : saml2 soapenv" in out
    assert "(Timestamp) : juste" in out
    assert out.count("sha256 recalculée") == 3


def test_one_changed_byte_is_found(trace, verify):
    changed = trace[2].response.replace(b"57.70", b"57.80", 1)
    for words in ([], ["--trust-embedded"]):
        code, out = verify(changed, *words)
        assert code == 1
        assert "(Body) : fausse" in out
        assert "(KeyInfo) : juste" in out
    assert "wrong" in verify(changed, "--lang", "en")[1]


def test_an_authority_that_is_not_believed(trace, verify, tmp_path):
    words = ["--pki", str(tmp_path / "other")]
    code, out = verify(trace[2].response, *words)
    assert (code, "SEC-011" in out) == (1, True)
    assert verify(trace[2].response, *words, "--trust-embedded")[0] == 0


def test_a_document_without_signature(verify):
    code, out = verify(b"<a/>")
    assert (code, out) == (1, "Aucune signature dans ce document.\n")


def test_what_cannot_be_read(tmp_path, capsys):
    assert main(["signature", "verify", str(tmp_path / "absent.xml")]) == 2
    path = tmp_path / "truncated.xml"
    path.write_bytes(b"<a>")
    assert main(["signature", "verify", str(path)]) == 1
    assert "FORM-003" in capsys.readouterr().err


def test_the_function_says_the_same(trace):
    (right,) = memhon.verify_signature(trace[2].response)
    assert right.findings == ()
    assert [item.element for item in right.references] == ["Body", "KeyInfo"]
    changed = trace[2].response.replace(b"57.70", b"57.80", 1)
    (wrong,) = memhon.verify_signature(changed, trust_embedded=True)
    assert [finding.id for finding in wrong.findings] == ["SEC-007"]
    assert memhon.verify_signature(b"<a/>") == ()
    with pytest.raises(memhon.MessageError):
        memhon.verify_signature(b"<a>")
