"""Every signature of a document, laid open; also as ``memhon signature verify`` shows it."""

import subprocess
import sys
from datetime import timedelta

import pytest
from lxml import etree

import secured
import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.errors import MessageError
from memhon.local import Sandbox
from memhon.security import TrustStore, list_signatures
from memhon.security.listing import profile_of
from memhon.security.names import ASSERTION, INCLUSIVE, SIGNATURE, WSU_ID
from memhon.soap import document

NOW = VirtualClock(secured.START).now()


@pytest.fixture(scope="module")
def messages(pair):
    """Every message of the chain, by its step and direction."""
    clock = VirtualClock(secured.START)
    with Sandbox(clock=clock, seed=7) as running:
        peer = secured.Peer(running.url, clock, pair)
        trace = running.client().send(secured.SIMULATION).trace
        ra = running.client().send(secured.DEPOSIT).trace[-1]
        account = peer.account_request()
        fault = peer.send(b"hello").data
    names = ("step-1", "step-2", "pid")
    found = {f"{name}-request": step.request for name, step in zip(names, trace, strict=True)}
    found |= {f"{name}-answer": step.response for name, step in zip(names, trace, strict=True)}
    more = {"ra-request": ra.request, "ra-answer": ra.response}
    return found | more | {"account-request": account, "fault": fault}


EXPECTED = {
    "step-1-request": [["Timestamp", "BinarySecurityToken", "Body"]],
    "step-1-answer": [["Assertion"]],
    "step-2-request": [["Assertion", "Body"], ["Assertion"]],
    "step-2-answer": [["Body", "KeyInfo"]],
    "account-request": [["UsernameToken", "Body"]],
    "pid-request": [["Body"]],
    "pid-answer": [["Body", "KeyInfo"]],
    "ra-request": [["Body"]],
    "ra-answer": [["Body", "KeyInfo"]],
    "fault": [["Body", "KeyInfo"]],
}


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("embedded", [False, True])
def test_every_message_of_the_chain_is_right(messages, pki, name, embedded):
    trust = None if embedded else pki.trust()
    listed = list_signatures(messages[name], trust=trust, now=NOW)
    assert EXPECTED[name] == [[item.element for item in one.references] for one in listed]
    assert [()] * len(listed) == [one.findings for one in listed]
    assert all(one.signer for one in listed)
    for one in listed:
        assert [item.reference.value for item in one.references] == [
            item.computed for item in one.references
        ]


@pytest.mark.parametrize("name", EXPECTED)
def test_prefix_lists_are_those_of_the_message(messages, name):
    root = etree.fromstring(messages[name])
    found = list_signatures(messages[name], trust=None, now=NOW)
    for one, node in zip(found, root.iter(SIGNATURE), strict=True):
        written = node[0][0].find(INCLUSIVE)
        assert one.prefixes == (() if written is None else tuple(written.get("PrefixList").split()))
        assert (one.xpath, one.line) == (root.getroottree().getpath(node), node.sourceline)


def test_dates_and_authority_count_unless_they_are_waived(messages, pki, authority):
    data = messages["pid-request"]
    late = NOW + timedelta(days=365 * 40)
    foreign = TrustStore([authority.pair.certificate])
    assert ["SEC-012"] == _ids(list_signatures(data, trust=pki.trust(), now=late))
    assert ["SEC-011"] == _ids(list_signatures(data, trust=foreign, now=NOW))
    assert [] == _ids(list_signatures(data, trust=None, now=late))


def _ids(listed):
    return [finding.id for one in listed for finding in one.findings]


def test_one_byte_names_its_reference(messages, pki):
    data = messages["pid-request"].replace(b">C1<", b">C2<")
    (one,) = list_signatures(data, trust=pki.trust(), now=NOW)
    (item,) = one.references
    assert ["SEC-007"] == _ids([one])
    assert "SEC-007" == item.finding.id
    assert item.reference.value != item.computed


def test_one_wrong_signature_leaves_the_other_right(messages, pki):
    root = etree.fromstring(messages["step-2-request"])
    value = root.find(f".//{ASSERTION}//*[@Name='psMatricule']")[0]
    value.text = "x"
    outer, inner = list_signatures(document(root), trust=pki.trust(), now=NOW)
    assert {"SEC-007"} == set(_ids([outer, inner]))
    body = etree.fromstring(messages["step-2-request"])
    body.find(f".//{secured.BODY}").set("more", "x")
    outer, inner = list_signatures(document(body), trust=None, now=NOW)
    assert (["SEC-007"], []) == (_ids([outer]), _ids([inner]))


def test_missing_parts_and_duplicate_ids_are_told(messages, pki):
    root = etree.fromstring(messages["pid-request"])
    root[0].set(WSU_ID, root[1].get(WSU_ID))
    assert "SEC-003" in _ids(list_signatures(document(root), trust=None, now=NOW))


def test_what_is_not_understood_is_listed_all_the_same(messages):
    data = messages["pid-request"].replace(b"rsa-sha256", b"hmac-sha256")
    (one,) = list_signatures(data, trust=None, now=NOW)
    assert ["SEC-005"] == _ids([one])
    assert ((), "") == (one.references, one.signer)


def test_a_signature_that_belongs_to_no_step(messages, pki):
    data = messages["pid-request"].replace(b"RequestInfo", b"OtherInfo")
    assert {"SEC-007"} == set(_ids(list_signatures(data, trust=pki.trust(), now=NOW)))
    assert profile_of(etree.fromstring(data)) is None


def test_the_profile_follows_from_the_body(messages):
    found = {name: profile_of(etree.fromstring(data)) for name, data in messages.items()}
    names = {name: profile.id for name, profile in found.items() if profile}
    assert {
        "step-1-request": "authentication-request",
        "step-2-request": "token-request-saml",
        "account-request": "token-request-username",
        "pid-request": "exchange-request-pid",
        "ra-request": "exchange-request-pid",
        "step-2-answer": "service-response",
        "pid-answer": "service-response",
        "ra-answer": "service-response",
        "fault": "service-response",
    } == names
    assert set(names.values()) <= set(load().signing)


def test_a_document_without_signatures(pki):
    assert () == list_signatures(secured.SIMULATION, trust=pki.trust(), now=NOW)
    with pytest.raises(MessageError):
        list_signatures(b"<a>", trust=None, now=NOW)


# The command


def _memhon(*arguments, given=b""):
    command = [sys.executable, "-m", "memhon", "signature", "verify", *map(str, arguments)]
    answer = subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)
    return answer.returncode, answer.stdout.decode(), answer.stderr.decode()


def test_the_command_shows_what_is_listed(messages, tmp_path):
    path = tmp_path / "message.xml"
    path.write_bytes(messages["step-2-request"])
    code, out, err = _memhon(path)
    assert (0, "") == (code, err)
    assert "2 signature(s), toutes justes (calcul, chaîne" in out
    for listed in list_signatures(messages["step-2-request"], trust=None, now=NOW):
        assert listed.xpath in out
        assert listed.signer in out
        for item in listed.references:
            # Once as it is written, once as it is computed.
            assert 2 == out.count(f" : {item.computed}")
            assert " ".join(item.reference.prefixes) in out


@pytest.mark.parametrize("options", [[], ["--trust-embedded"], ["--lang", "en"]])
def test_the_exit_code_says_whether_all_are_right(messages, options):
    changed = messages["pid-request"].replace(b">C1<", b">C2<")
    code, out, _ = _memhon("-", *options, given=messages["pid-request"])
    assert (0, False) == (code, "SEC-" in out)
    code, out, _ = _memhon("-", *options, given=changed)
    assert (1, True) == (code, "SEC-007" in out)
    assert 1 == _memhon("-", *options, given=wire.envelope("<a/>", "X"))[0]
    assert 1 == _memhon("-", *options, given=b"hello")[0]


def test_the_command_in_a_folder_of_other_keys(messages, tmp_path):
    code, out, _ = _memhon("-", "--pki", tmp_path / "pki", given=messages["pid-request"])
    assert (1, True) == (code, "SEC-011" in out)
    code, out, _ = _memhon("-", "--trust-embedded", given=messages["pid-request"])
    assert (0, True) == (code, "calcul seulement" in out)


def test_a_file_that_is_not_there(tmp_path):
    code, out, err = _memhon(tmp_path / "absent.xml")
    assert (2, "") == (code, out)
    assert "absent.xml" in err
