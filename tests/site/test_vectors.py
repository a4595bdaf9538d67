"""The worked vectors: what is offered can be recomputed with nothing of ours."""

import base64
import hashlib
from xml.etree import ElementTree as ET

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from memhon.catalogue import load
from memhon.errors import MemhonError
from memhon.site.parts import parts_of
from memhon.site.vectors import vector

DS = "{http://www.w3.org/2000/09/xmldsig#}"
NAMES = [
    "appel-reponse-pid",
    "appel-reponse-ra",
    "appel-requete-pid",
    "appel-requete-ra",
    "authentification-reponse",
    "authentification-requete",
    "jeton-reponse",
    "jeton-requete-saml",
    "jeton-requete-username",
]


@pytest.fixture(scope="module")
def folder(site):
    return site / "telechargements" / "vecteurs"


def test_every_step_has_a_vector(folder):
    assert sorted(path.parent.name for path in folder.glob("*/message.xml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_digests_are_those_of_the_canonical_forms(folder, name):
    forms = sorted(path for path in (folder / name).glob("*.c14n") if path.name[0].isdigit())
    written = [
        node.text for node in ET.parse(folder / name / "signed-info.c14n").iter(f"{DS}DigestValue")
    ]
    assert [_digest(path.read_bytes()) for path in forms] == written


@pytest.mark.parametrize("name", NAMES)
def test_the_certificate_signed_the_canonical_signed_info(folder, name):
    certificate = x509.load_pem_x509_certificate((folder / name / "certificat.pem").read_bytes())
    signature = (folder / name / "signature.bin").read_bytes()
    info = (folder / name / "signed-info.c14n").read_bytes()
    key = certificate.public_key()
    assert key.verify(signature, info, padding.PKCS1v15(), hashes.SHA256()) is None
    with pytest.raises(InvalidSignature):
        key.verify(signature, info + b"\n", padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        ("appel-requete-pid", "exchange-request-pid"),
        ("appel-requete-ra", "exchange-request-ra"),
        ("authentification-requete", "authentication-request"),
        ("jeton-reponse", "service-response"),
        ("jeton-requete-saml", "token-request-saml"),
        ("jeton-requete-username", "token-request-username"),
    ],
)
def test_the_prefix_lists_are_those_of_the_profile(folder, name, profile):
    expected = load().signing[profile]
    data = (folder / name / "message.xml").read_bytes()
    found = vector(name, "", data).signature
    assert [part.prefixes for part in expected.parts] == [r.prefixes for r in found.references]
    assert expected.signed_info == found.prefixes


def test_a_message_without_a_signature_is_no_vector():
    with pytest.raises(MemhonError, match="pas signé"):
        vector("essai", "", b"<a/>")


def test_a_page_cannot_ask_for_what_was_not_made(material):
    parts = parts_of(material)
    for name, wanted in (
        ("vector", "appel"),
        ("notebook", "absent"),
        ("signing", "absent"),
        ("faults", "ABC-1"),
    ):
        with pytest.raises(MemhonError, match=wanted):
            parts[name]("securite/index.md", wanted)


def test_faults_are_listed_by_the_start_of_their_id(material, catalogue):
    made = parts_of(material)["faults"]("securite/index.md", "SEC-00 SEC-01")
    ids = [name for name in catalogue.findings if name.startswith(("SEC-00", "SEC-01"))]
    assert [name for name in ids if f">{name}</a>" not in made] == []
    assert made.count("\n") == len(ids) + 1


def test_a_signing_profile_shows_every_part_and_list(material, catalogue):
    shown = parts_of(material)["signing"]
    for name, profile in catalogue.signing.items():
        made = shown("securite/index.md", name)
        lists = [" ".join(part.prefixes) for part in profile.parts if part.prefixes]
        assert [listed for listed in lists if f"<code>{listed}</code>" not in made] == []
        assert made.count("\n| ") == len(profile.parts) + 2


def _digest(data):
    return base64.b64encode(hashlib.sha256(data).digest()).decode()
