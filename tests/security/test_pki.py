"""The folder of test keys: its modes, its forms, its defects, and two processes at once."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from cryptography import x509

from memhon.catalogue import load
from memhon.errors import SecurityError
from memhon.security import Defect, Pki, load_pair, subject
from memhon.security.authority import PRACTITIONER_BITS

NOW = datetime(2026, 1, 1, tzinfo=UTC)
posix = sys.platform != "win32"


@pytest.fixture
def made(tmp_path):
    """A folder with the pair of one practitioner."""
    found = Pki(tmp_path / "pki", bits=2048)
    found.practitioner("demo-1")
    return found


def _mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_nothing_is_made_before_it_is_asked_for(tmp_path):
    Pki(tmp_path / "pki")
    assert [] == list(tmp_path.iterdir())


def test_only_the_owner_may_read(made):
    names = {path.name for path in made.folder.iterdir()}
    own = {"demo-1.pem", "demo-1.p12", "authority.pem", "authority.p12", "password.txt"}
    assert own == names
    if posix:
        assert 0o700 == _mode(made.folder)
        assert {0o600} == {_mode(path) for path in made.folder.iterdir()}


def test_the_certificate_has_the_observed_form(made, pair):
    provider = load().provider("demo-1")
    certificate = made.practitioner("demo-1").certificate
    assert [
        ("C", "LU"),
        ("2.5.4.12", "PS-001"),
        ("2.5.4.4", provider.nom),
        ("2.5.4.42", provider.prenom),
        ("2.5.4.5", provider.ehealth_id),
        ("CN", f"{provider.prenom} {provider.nom}"),
        ("1.2.840.113549.1.9.1", "demo-1@example.invalid"),
    ] == [(item.rfc4514_attribute_name, item.value) for item in certificate.subject]
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (True, True, True) == (
        usage.digital_signature,
        usage.content_commitment,
        usage.key_encipherment,
    )
    assert (2020, 2049) == (
        certificate.not_valid_before_utc.year,
        certificate.not_valid_after_utc.year,
    )
    assert PRACTITIONER_BITS == pair.private_key.key_size
    assert 2048 == made.service("mysecu").private_key.key_size


@pytest.mark.parametrize(
    ("defect", "finding"),
    [
        (Defect.NONE, None),
        (Defect.FOREIGN, "SEC-011"),
        (Defect.EXPIRED, "SEC-012"),
        (Defect.FUTURE, "SEC-012"),
        (Defect.REVOKED, "SEC-013"),
        (Defect.WRONG_USAGE, "SEC-014"),
    ],
)
def test_every_defect_has_its_refusal(made, defect, finding):
    trust = made.trust()
    found = made.service("x", defect).certificate
    if finding is None:
        assert trust.check(found, NOW) is None
        return
    with pytest.raises(SecurityError) as caught:
        trust.check(found, NOW)
    (refusal,) = caught.value.findings
    assert (finding, subject(found)) == (refusal.id, refusal.found)


def test_a_certificate_is_valid_on_its_first_and_last_second(made):
    trust, certificate = made.trust(), made.practitioner("demo-1").certificate
    trust.check(certificate, certificate.not_valid_before_utc)
    trust.check(certificate, certificate.not_valid_after_utc)
    with pytest.raises(SecurityError):
        trust.check(certificate, certificate.not_valid_after_utc.replace(year=2050))


def test_the_authority_itself_signs_no_message(made):
    with pytest.raises(SecurityError) as caught:
        made.trust().check(made.authority.pair.certificate, NOW)
    assert ["SEC-014"] == [finding.id for finding in caught.value.findings]


def test_a_revocation_is_known_at_once_and_once(made):
    trust = made.trust()
    for name in ("a", "b", "a"):
        found = made.service(name, Defect.REVOKED)
        with pytest.raises(SecurityError):
            trust.check(found.certificate, NOW)
    assert 2 == len((made.folder / "revoked.txt").read_text().split())
    trust.check(made.service("a").certificate, NOW)


def test_what_was_made_is_read_by_the_next(made):
    again = Pki(made.folder)
    assert made.practitioner("demo-1").certificate == again.practitioner("demo-1").certificate
    assert made.authority.pair.certificate == again.authority.pair.certificate
    assert made.password() == again.password()


def test_openssl_opens_the_archive(made):
    file = made.file("demo-1").with_suffix(".p12")
    word = made.folder / "password.txt"
    command = ["openssl", "pkcs12", "-in", str(file), "-passin", f"file:{word}", "-nodes"]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=30)
    assert (0, b"") == (answer.returncode, answer.stderr)
    assert b"BEGIN PRIVATE KEY" in answer.stdout
    assert b"PS-001" in answer.stdout
    assert load_pair(file, made.password()).certificate == made.practitioner("demo-1").certificate


def test_openssl_believes_the_certificate(made):
    command = ["openssl", "verify", "-x509_strict", "-CAfile", str(made.authority_file)]
    for name in ("demo-1", "mysecu"):
        made.service("mysecu")
        answer = subprocess.run(
            [*command, str(made.file(name))], capture_output=True, check=False, timeout=30
        )
        assert (0, b"") == (answer.returncode, answer.stderr)


def test_several_at_once_agree_on_one_pair(tmp_path):
    def make(_number):
        found = Pki(tmp_path / "pki", bits=2048)
        pair = found.practitioner("demo-1", Defect.REVOKED)
        archive = load_pair(
            found.file("demo-1", Defect.REVOKED).with_suffix(".p12"), found.password()
        )
        return {pair.encoded, archive.encoded}, found.authority.pair.encoded

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(make, range(6)))
    assert 1 == len(set.union(*(pairs for pairs, _ in results)))
    assert 1 == len({authority for _, authority in results})
    assert [] == [path.name for path in (tmp_path / "pki").iterdir() if path.name[0] == "."]
    revoked = load_pair(tmp_path / "pki" / "demo-1-revoked.pem").certificate
    listed = (tmp_path / "pki" / "revoked.txt").read_text().split()
    assert {f"{revoked.serial_number:x}"} == set(listed)


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SecurityError) as caught:
        Pki(tmp_path / "file" / "pki").trust()
    assert ["SEC-083"] == [finding.id for finding in caught.value.findings]


def test_a_damaged_file_is_told(made):
    made.file("demo-1").write_bytes(b"x")
    with pytest.raises(SecurityError) as caught:
        Pki(made.folder).practitioner("demo-1")
    assert ["SEC-080"] == [finding.id for finding in caught.value.findings]


def test_there_is_no_such_practitioner(made):
    with pytest.raises(StopIteration):
        made.practitioner("demo-999")
