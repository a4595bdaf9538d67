"""OpenSSL and the documented canonicalisation reproduce digests and signatures."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

import canonicalise
from forging import DS, SOAP, WSSE
from memhon.catalogue import load


def run(command: list[str], data: bytes = b"") -> bytes:
    """What a command writes."""
    return subprocess.run(command, input=data, capture_output=True, check=True, timeout=60).stdout


def octets(file: Path, *arguments: str) -> bytes:
    """What the documented script writes."""
    return run([sys.executable, canonicalise.__file__, str(file), *arguments])


@pytest.mark.parametrize("profile", load().signing)
def test_openssl_reproduces_every_digest_and_the_signature(made, profile, tmp_path):
    root, key = made(profile)
    file = tmp_path / "message.xml"
    file.write_bytes(etree.tostring(root))
    signature = root.find(f"{SOAP}Header/{WSSE}Security/{DS}Signature")
    parts = load().signing[profile].parts
    for reference, part in zip(signature.iter(f"{DS}Reference"), parts, strict=True):
        data = octets(file, reference.get("URI")[1:], *part.prefixes)
        digest = run(["openssl", "dgst", "-sha256", "-binary"], data)
        assert reference.findtext(f"{DS}DigestValue") == base64.b64encode(digest).decode()
    public = tmp_path / "public.pem"
    public.write_bytes(
        key.certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    value = tmp_path / "value.bin"
    value.write_bytes(base64.b64decode(signature.findtext(f"{DS}SignatureValue")))
    data = octets(file, "SignedInfo", *load().signing[profile].signed_info)
    command = ["openssl", "dgst", "-sha256", "-verify", str(public), "-signature", str(value)]
    assert b"Verified OK" == run(command, data).strip()
