"""What a signature value says by itself: the digest that was signed, and by which key."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from memhon.security.diagnosis.targets import SIZES

_PREFIXES = {
    "md5": "3020300c06082a864886f70d020505000410",
    "sha1": "3021300906052b0e03021a05000414",
    "sha224": "302d300d06096086480165030402040500041c",
    "sha256": "3031300d060960864801650304020105000420",
    "sha384": "3041300d060960864801650304020205000430",
    "sha512": "3051300d060960864801650304020305000440",
}
"""DER in front of a digest in PKCS#1 v1.5 (RFC 8017, 9.2)."""
_LEAST_PADDING = 8
_MOST = 8192
"""Characters of a signature value that are looked at."""
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a key yields from a signature value."""

    digest: bytes
    hash: str
    written: str
    """How the value is written, if not in plain base64."""
    bare: bool = False
    """Whether the digest was signed without the name of its hash."""


def readings(value: str) -> Iterator[tuple[bytes, str]]:
    """What a ``SignatureValue`` may mean, with how it is written where that is not base64.

    Args:
        value: As it is written.
    """
    flat = "".join(value.split())[:_MOST]
    plain = _base64(flat)
    if plain is not None:
        yield plain, ""
    if _HEX.fullmatch(flat):
        yield bytes.fromhex(flat), "hex"
    if plain is not None:
        try:
            text = "".join(plain.decode("ascii").split())
        except UnicodeDecodeError:
            return
        if _HEX.fullmatch(text):
            yield bytes.fromhex(text), "base64(hex)"
        inner = _base64(text)
        if inner:
            yield inner, "base64(base64)"
        return
    ordinary = flat.replace("-", "+").replace("_", "/")
    unpadded = ordinary.rstrip("=")
    padded = _base64(unpadded + "=" * (-len(unpadded) % 4))
    if padded:
        yield padded, "base64url" if ordinary != flat else "base64 – «=»"


def recover(value: str, certificate: x509.Certificate) -> Recovered | None:
    """The digest that the key of a certificate signed; None when it is another key's value.

    Args:
        value: ``SignatureValue`` as it is written.
        certificate: With an RSA key.
    """
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        return None
    size, numbers = (key.key_size + 7) // 8, key.public_numbers()
    for octets, written in readings(value):
        if len(octets) != size:
            continue
        padded = pow(int.from_bytes(octets), numbers.e, numbers.n).to_bytes(size)
        found = _unpadded(padded)
        if found:
            digest, name, bare = found
            return Recovered(digest, name, written, bare)
    return None


def key_octets(certificate: x509.Certificate) -> int:
    """Length of what the key of a certificate signs, in octets; 0 when it is no RSA key."""
    key = certificate.public_key()
    return (key.key_size + 7) // 8 if isinstance(key, rsa.RSAPublicKey) else 0


def _unpadded(padded: bytes) -> tuple[bytes, str, bool] | None:
    head, _, rest = padded[2:].partition(b"\x00")
    if padded[:2] != b"\x00\x01" or len(head) < _LEAST_PADDING or head.strip(b"\xff"):
        return None
    for name, prefix in _PREFIXES.items():
        digest = rest.removeprefix(bytes.fromhex(prefix))
        if digest != rest and SIZES.get(len(digest)) == name:
            return digest, name, False
    return (rest, SIZES[len(rest)], True) if len(rest) in SIZES else None


def _base64(value: str) -> bytes | None:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None
