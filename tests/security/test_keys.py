"""Key files: read once, never shown; what cannot serve says why."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from memhon.errors import SecurityError
from memhon.security import load_pair
from memhon.security.keys import encoded, fingerprint, read_certificate

WORD = b"geheim-4711"


def _pem(pair, password=None):
    kind = BestAvailableEncryption(password) if password else NoEncryption()
    return pair.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, kind)


def _certificate(pair):
    return pair.certificate.public_bytes(Encoding.PEM)


@pytest.fixture
def archive(small, tmp_path):
    path = tmp_path / "cle.p12"
    data = pkcs12.serialize_key_and_certificates(
        b"cle", small.private_key, small.certificate, None, BestAvailableEncryption(WORD)
    )
    path.write_bytes(data)
    return path


def _refused(path, password=None):
    with pytest.raises(SecurityError) as caught:
        load_pair(path, password)
    (finding,) = caught.value.findings
    told = f"{caught.value} {caught.value!r} {finding!r}"
    assert WORD.decode() not in told
    assert "PRIVATE KEY" not in told
    assert caught.value.__cause__ is None
    return finding.id


def test_pkcs12_and_pem_give_the_same_pair(small, archive, tmp_path):
    pem = tmp_path / "cle.pem"
    pem.write_bytes(_pem(small, WORD) + _certificate(small))
    for path in (archive, pem):
        found = load_pair(path, WORD)
        assert small.certificate == found.certificate
        assert small.sign(b"x") == found.sign(b"x")


def test_a_file_is_read_once_until_it_changes(small, authority, tmp_path):
    path = tmp_path / "cle.pem"
    path.write_bytes(_pem(small) + _certificate(small))
    first = load_pair(path)
    assert first is load_pair(path)
    other = authority.service("autre")
    path.write_bytes(_certificate(other) + _pem(other) + b"\n")
    assert other.certificate == load_pair(path).certificate


@pytest.mark.parametrize("password", [None, b"faux", b""])
def test_a_wrong_password(archive, password):
    assert "SEC-080" == _refused(archive, password)


@pytest.mark.parametrize("data", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\nQUJD\n"])
@pytest.mark.parametrize("suffix", [".p12", ".pfx", ".pem", ""])
def test_what_is_no_key_file(tmp_path, data, suffix):
    path = tmp_path / f"cle{suffix}"
    path.write_bytes(data)
    assert "SEC-080" == _refused(path)


def test_a_file_that_is_not_there_or_no_file(tmp_path):
    assert "SEC-080" == _refused(tmp_path / "absent.pem")
    assert "SEC-080" == _refused(tmp_path)


def test_a_key_without_a_certificate_and_the_other_way_round(small, tmp_path):
    path = tmp_path / "cle.pem"
    for data in (_pem(small), _certificate(small)):
        path.write_bytes(data)
        assert "SEC-080" == _refused(path)


def test_a_key_that_is_not_rsa(small, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    path = tmp_path / "cle.pem"
    data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(data + _certificate(small))
    assert "SEC-080" == _refused(path)


def test_the_certificate_of_another_key(small, authority, tmp_path):
    path = tmp_path / "cle.pem"
    path.write_bytes(_pem(small) + _certificate(authority.pair))
    assert "SEC-082" == _refused(path)


def test_a_pair_never_shows_its_key(small):
    assert "private_key" not in repr(small)
    assert "certificate" in repr(small)


def test_a_certificate_in_a_message(small):
    text = encoded(small.certificate)
    folded = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    assert small.certificate == read_certificate(f"\n {folded}\n")
    assert [None, None, None] == [read_certificate(bad) for bad in ("", "é", "QUJD")]
    assert 64 == len(fingerprint(small.certificate))
