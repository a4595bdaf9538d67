"""With what a client calls over HTTPS, and whom it believes there."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from memhon.client import ClientKeys
from memhon.client.guard import is_loopback
from memhon.errors import SecurityError
from memhon.home import pki_path
from memhon.security import Pki


@pytest.fixture(scope="module")
def keys():
    return ClientKeys.of_sandbox()


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("example.test", False),
        ("localhost.example.test", False),
        ("127.0.0.1.example.test", False),
    ],
)
def test_what_is_this_machine(host, expected):
    assert is_loopback(host) is expected


def test_here_only_the_test_authority_is_believed_elsewhere_never(keys):
    authority = Pki(pki_path()).authority.pair.certificate.public_bytes(Encoding.DER)
    assert keys.tls("127.0.0.1").get_ca_certs(binary_form=True) == [authority]
    assert authority not in keys.tls("example.test").get_ca_certs(binary_form=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "example.test"])
def test_the_server_is_always_checked(keys, host):
    context = keys.tls(host)
    assert (context.check_hostname, context.verify_mode.name) == (True, "CERT_REQUIRED")
    assert context.minimum_version.name == "TLSv1_2"


def test_a_file_names_whose_it_is_by_the_practitioner(keys):
    file = Pki(pki_path()).file("demo-1")
    same = ClientKeys.of_file(file)
    assert (same.pair.encoded, same.space, same.mysecu) == (
        keys.pair.encoded,
        keys.space,
        keys.mysecu,
    )
    assert ClientKeys.of_file(file, practitioner="demo-2").space != keys.space


def test_no_key_in_the_representation(keys):
    assert "private_key" not in repr(keys)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SecurityError, match="SEC-080"):
        ClientKeys.of_file(tmp_path / "absent.pem")
