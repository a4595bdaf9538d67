"""The whole collection of damaged messages: what is said first, and that every claim is true."""

import base64
import hashlib
from datetime import datetime, timedelta
from functools import cache

import pytest
from cryptography import x509

import damages
from damage_proofs import (
    digests,
    ids_of,
    password_forms,
    place,
    recovered,
    written_hash,
    written_value,
)
from damage_signer import DS, parsed
from damages_named import account
from memhon.security.diagnosis import explain

CASES = {case.name: case for case in damages.cases()}
UNEXPLAINED = "DIA-090"
_HASH, _FORM = "DIA-012", "DIA-010"


@cache
def _diagnosed(name):
    case = CASES[name]
    return explain(case.data, known=case.certificates, passwords=case.passwords, now=case.now)


def _answers():
    """Case, place, accepted sets, and the sets that were said there."""
    for name, case in CASES.items():
        diagnosis = _diagnosed(name)
        for expected in case.expected:
            found = place(case, diagnosis, expected)
            yield case, expected, found, [ids_of(cause) for cause in found.causes]


def _missed(most):
    return [
        f"{case.name} ({case.step}), {expected.where}: {[sorted(ids) for ids in said[:4]]}"
        for case, expected, _, said in _answers()
        if not any(ids in expected.accepted for ids in said[:most])
    ]


def test_the_collection_is_large_and_varied():
    answers = [ids for case in CASES.values() for each in case.expected for ids in each.accepted]
    told = {identifier for ids in answers for identifier in ids}
    causes = {f"DIA-{number:03}" for number in (*range(1, 16), *range(17, 23), 90)}
    assert causes == told & causes
    assert 40 < sum(bool(case.expected) for case in CASES.values())
    assert 20 < sum(len(ids) > 1 for ids in answers)
    assert len({case.step for case in CASES.values()}) == 7


def test_the_right_cause_comes_first_nearly_always():
    missed, total = _missed(1), sum(1 for _ in _answers())
    rate = 1 - len(missed) / total
    print(f"first: {rate:.1%} of {total}", *missed, sep="\n")
    assert rate >= 0.95, missed


def test_the_right_cause_is_always_among_the_first_three():
    assert [] == _missed(3)


def test_nothing_is_said_where_nothing_is_wrong():
    wrong = []
    for name, case in CASES.items():
        diagnosis = _diagnosed(name)
        expected = [id(place(case, diagnosis, each)) for each in case.expected]
        places = [diagnosis, *diagnosis.signatures]
        places += [one for signature in diagnosis.signatures for one in signature.references]
        wrong += [(name, p.causes) for p in places if p.causes and id(p) not in expected]
        assert bool(case.expected) is not diagnosis.right, name
        assert not diagnosis.exhausted, name
    assert [] == wrong


@pytest.mark.parametrize("name", CASES)
def test_every_claim_is_computed_again(name):
    case, diagnosis = CASES[name], _diagnosed(name)
    for index, signature in enumerate(diagnosis.signatures):
        for number, reference in enumerate(signature.references):
            named = written_hash(case.data, index, number)
            assert bool(reference.causes) is not reference.right
            for cause in reference.causes:
                _check_digest(cause, reference, named)
        for cause in signature.causes:
            _check_value(cause, case, diagnosis, index)
    for cause in diagnosis.causes:
        _check_document(cause, case)


def _check_digest(cause, reference, named):
    ids = ids_of(cause)
    if UNEXPLAINED in ids:
        assert (UNEXPLAINED,) == tuple(ids)
        assert [cause] == list(reference.causes)
        assert cause.octets == (reference.octets or None)
        return
    assert cause.octets is not None
    texts = digests(cause.octets, named=named, any_hash=_HASH in ids, any_form=_FORM in ids)
    assert reference.found in texts
    assert cause.value == reference.found


def _check_value(cause, case, diagnosis, index):
    """The value that was signed is recovered with the key, and is that of the octets claimed."""
    value, named = written_value(case.data, index)
    signature, ids = diagnosis.signatures[index], ids_of(cause)
    certificates = [*_named(case, index), *case.certificates]
    found = [one for one in certificates if recovered(value, one.public_key())]
    signers = [one.subject.rfc4514_string() for one in found]
    own = bool(_named(case, index)) and bool(recovered(value, _named(case, index)[0].public_key()))
    if "DIA-015" in ids:
        assert not own
        assert cause.octets is None or signers
        return
    if _FORM in ids and cause.octets is None:
        assert not own
        assert len(value) not in (128, 256, 384, 512)
        return
    assert own, "the key was blamed for nothing, or not at all"
    name, digest = recovered(value, found[0].public_key())
    assert (name != named) is (_HASH in ids)
    if cause.octets is not None and UNEXPLAINED not in ids:
        assert hashlib.new(name, cause.octets).digest() == digest
    else:
        assert ids <= {"DIA-013", UNEXPLAINED, _HASH}
        assert hashlib.new(name, signature.octets).digest() != digest


def _named(case, index):
    """The certificate that the signature names, read from the text alone."""
    root = parsed(case.data)
    signature = list(root.iter(f"{DS}Signature"))[index]
    texts = [signature.findtext(f".//{DS}X509Certificate")]
    texts += [node.text for node in root.iter("{*}BinarySecurityToken")]
    for text in filter(None, texts):
        try:
            return [x509.load_der_x509_certificate(base64.b64decode(text))]
        except ValueError:
            continue
    return []


def _check_document(cause, case):
    identifier = cause.finding.id
    if identifier == "DIA-020":
        assert datetime.fromisoformat(cause.value) <= case.now + timedelta(minutes=1)
        assert datetime.fromisoformat(cause.value) > case.now - timedelta(minutes=10)
    elif identifier == "DIA-021":
        token = next(parsed(case.data).iter("{*}UsernameToken"))
        nonce = base64.b64decode(token.findtext("{*}Nonce"))
        forms = password_forms(account(), nonce, token.findtext("{*}Created"))
        assert forms[cause.value] == token.findtext("{*}Password")
        assert account() not in cause.finding.text()
    else:
        assert identifier == "DIA-019"
        assert case.data.count(f'"{cause.finding.found}"'.encode()) > 1
        if cause.octets is not None:
            texts = digests(cause.octets, named="sha256", any_hash=False, any_form=False)
            assert {cause.value} == texts
