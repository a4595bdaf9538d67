"""Claims computed again, with nothing but hashlib and integers: who claims must be able to show."""

import base64
import hashlib
import re

from damage_signer import DS, parsed
from damages import Case, Expected

URIS = {"sha256": "sha256", "sha512": "sha512", "sha384": "sha384", "sha1": "sha1"}
HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_PREFIX = {
    name: bytes.fromhex(head)
    for name, head in {
        "md5": "3020300c06082a864886f70d020505000410",
        "sha1": "3021300906052b0e03021a05000414",
        "sha224": "302d300d06096086480165030402040500041c",
        "sha256": "3031300d060960864801650304020105000420",
        "sha384": "3041300d060960864801650304020205000430",
        "sha512": "3051300d060960864801650304020305000440",
    }.items()
}


def digests(octets: bytes, *, named: str, any_hash: bool, any_form: bool) -> set[str]:
    """Every text that may stand for the digest of some octets."""
    found = set()
    for name in HASHES if any_hash else (named,):
        value = hashlib.new(name, octets).digest()
        right = base64.b64encode(value).decode()
        found.add(right)
        if any_form:
            found |= {value.hex(), value.hex().upper(), right.rstrip("=")}
            found |= {base64.urlsafe_b64encode(value).decode().rstrip("=" * cut) for cut in (0, 1)}
            found |= {base64.b64encode(text.encode()).decode() for text in (value.hex(),)}
            found |= {base64.b64encode(value.hex().upper().encode()).decode()}
            found |= {base64.b64encode(value[:size]).decode() for size in range(16, len(value))}
            found |= {right[:size] for size in range(16, len(right))}
    return found


def recovered(value: bytes, key: object) -> tuple[str, bytes] | None:
    """Hash and digest that a signature value holds, by the arithmetic of RSA alone."""
    numbers = key.public_numbers()  # type: ignore[attr-defined]
    size = (numbers.n.bit_length() + 7) // 8
    block = pow(int.from_bytes(value, "big"), numbers.e, numbers.n).to_bytes(size, "big")
    match = re.fullmatch(rb"\x00\x01\xff{8,}\x00(.*)", block, re.DOTALL)
    if match is None:
        return None
    for name, prefix in _PREFIX.items():
        if match[1].startswith(prefix):
            return name, match[1][len(prefix) :]
    return None


def ids_of(cause: object) -> frozenset[str]:
    """The ids that a cause names together."""
    return frozenset((cause.finding.id, *(f.id for f in cause.along)))  # type: ignore[attr-defined]


def place(case: Case, diagnosis: object, expected: Expected):
    """What was diagnosed where something is expected: reference, signature or document."""
    where = expected.where
    if where == "document":
        return diagnosis
    index = 1 if where.startswith("assertion/") else 0
    signature = diagnosis.signatures[index]  # type: ignore[attr-defined]
    local = where.removeprefix("assertion/")
    if local == "SignedInfo":
        return signature
    return signature.references[case.references.index(local) if not index else 0]


def written_value(data: bytes, index: int) -> tuple[bytes, str]:
    """Signature value of a signature, and the hash that its method names."""
    signature = list(parsed(data).iter(f"{DS}Signature"))[index]
    method = signature.find(f".//{DS}SignatureMethod").get("Algorithm")
    text = "".join(signature.findtext(f"{DS}SignatureValue").split())
    return base64.b64decode(text), method.rpartition("-")[2]


def written_hash(data: bytes, index: int, reference: int) -> str:
    """The hash that a reference names."""
    signature = list(parsed(data).iter(f"{DS}Signature"))[index]
    found = list(signature.iter(f"{DS}Reference"))[reference]
    return found.find(f"{DS}DigestMethod").get("Algorithm").rpartition("#")[2].lower()


def password_forms(password: str, nonce: bytes, created: str) -> dict[str, str]:
    """The text in the message, by the name of the form that is claimed."""
    plain = password.encode()
    sha1 = _hash("sha1", plain)
    return {
        "text": password,
        "hex(SHA-1)": sha1.hex(),
        "base64(SHA-256)": base64.b64encode(_hash("sha256", plain)).decode(),
        "PasswordDigest(text)": base64.b64encode(
            _hash("sha1", nonce + created.encode() + plain)
        ).decode(),
    }


def _hash(name: str, octets: bytes) -> bytes:
    return hashlib.new(name, octets, usedforsecurity=False).digest()
