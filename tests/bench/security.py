"""Signing and verifying against raw RSA, signxml and zeep; the chain in ms: ``make bench``.

signxml puts a signature into a header that is ready, as "signature alone" does; "MemHon" and zeep
make the header too, and "MemHon" writes and reads the message once more before it signs.

Five-line deposit, RSA-2048, keys loaded before; the exchanges with the practitioner's RSA-4096 key.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import xmlsec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree
from run import Figure, compare, deposit
from signxml import (
    CanonicalizationMethod,
    SignatureConfiguration,
    SignatureConstructionMethod,
    SignatureReference,
    XMLSigner,
    XMLVerifier,
)
from zeep.wsse.signature import BinarySignature, verify_envelope

from memhon import intake, soap
from memhon.catalogue import load
from memhon.local import Sandbox
from memhon.security import PREFIXES, Authority, Credentials, KeyPair, Token, TrustStore, secure
from memhon.security import verify as ours_verify
from memhon.security.names import SIGNATURE
from memhon.security.signing import sign

NOW = datetime(2023, 12, 28, tzinfo=UTC)
EXCLUSIVE = CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0
PROFILE = load().signing["exchange-request-pid"]
SECURITY = f"{{{PREFIXES['wsse'].value}}}Security"
WSU_ID = f"{{{PREFIXES['wsu'].value}}}Id"
Arms = dict[str, Callable[[], object]]


def draw(count: int) -> str:
    """Digits that are never looked at twice."""
    return "1" * count


def tree() -> etree._Element:
    """The envelope of a deposit of five lines, not signed yet."""
    prefixes = {name: PREFIXES[name].value for name in ("wsse", "wsu")}
    payload = intake.read(deposit(5)).root
    return soap.request_tree(payload, model_uid="2022_CNS_MEMHON_DEPOT-V1", prefixes=prefixes)


def signed(envelope: etree._Element, key: KeyPair) -> bytes:
    """The same envelope as it leaves."""
    credentials = Credentials(key, token=Token("QUJD" * 240, "Id-token"))
    return soap.document(secure(envelope, PROFILE, credentials, now=NOW, draw=draw))


def signing(key: KeyPair, zeeps: BinarySignature) -> Arms:
    """Raw RSA first."""
    envelope = tree()
    data = b"x" * 600
    ready = etree.fromstring(signed(deepcopy(envelope), key))
    uri = f"#{ready[1].get(WSU_ID)}"
    ready[0][0].remove(ready[0][0][2])
    plain = etree.tostring(envelope)
    bare = intake.read(etree.tostring(ready)).root

    def by_signxml() -> object:
        signer = XMLSigner(SignatureConstructionMethod.detached, c14n_algorithm=EXCLUSIVE)
        made = signer.sign(
            ready,
            key=key.private_key,
            cert=[key.certificate],
            reference_uri=[SignatureReference(uri, EXCLUSIVE, ["sync"])],
        )
        return etree.tostring(made)

    def ours_alone() -> object:
        sign(bare, PROFILE, key, key_id="KeyInfo")
        made = etree.tostring(bare)
        header = bare[0][0]
        header.remove(header.find(SIGNATURE))
        return made

    def by_zeep() -> object:
        root, _ = zeeps.apply(etree.fromstring(plain), {})
        return etree.tostring(root)

    return {
        "raw RSA-2048": lambda: key.sign(data),
        "MemHon": lambda: signed(deepcopy(envelope), key),
        "MemHon, signature alone": ours_alone,
        "signxml, key object": by_signxml,
        "zeep": by_zeep,
    }


def verifying(key: KeyPair, trust: TrustStore, zeeps: BinarySignature, certificate: Path) -> Arms:
    """Raw RSA first."""
    data = b"x" * 600
    value = key.sign(data)
    public = key.private_key.public_key()
    scheme, algorithm = padding.PKCS1v15(), hashes.SHA256()
    message = signed(tree(), key)
    root, _ = zeeps.apply(etree.fromstring(etree.tostring(tree())), {})
    theirs = etree.tostring(root)
    config = SignatureConfiguration(location=f".//{SECURITY}/", expect_references=1)

    def by_signxml() -> object:
        return XMLVerifier().verify(
            message, x509_cert=key.certificate, validate_schema=False, expect_config=config
        )

    return {
        "raw RSA-2048": lambda: public.verify(value, data, scheme, algorithm),
        "MemHon": lambda: ours_verify(intake.read(message).root, PROFILE, trust=trust, now=NOW),
        "signxml, certificate object": by_signxml,
        "zeep": lambda: verify_envelope(etree.fromstring(theirs), str(certificate)),
    }


def trusting(key: KeyPair, authority: Authority) -> Arms:
    """One trusted authority, and a thousand."""
    other = [Authority.make(f"other {number}").pair.certificate for number in range(20)]
    own = authority.pair.certificate
    message = intake.read(signed(tree(), key)).root

    def arm(trusted: list[object]) -> Callable[[], object]:
        store = TrustStore(trusted)  # type: ignore[arg-type]
        return lambda: ours_verify(message, PROFILE, trust=store, now=NOW)

    return {"1 authority": arm([own]), "1,000 authorities": arm([*other * 50, own])}


def exchanges(rounds: int) -> tuple[float, float]:
    """Milliseconds of the first exchange of a client, three steps, and of the following ones."""
    message = load().example("pid-sim", "request", "minimal").data
    first, following = [], []
    with Sandbox() as sandbox:
        sandbox.client().send(message)
        for _ in range(rounds):
            client = sandbox.client()
            times = []
            for _ in range(6):
                start = time.perf_counter()
                client.send(message)
                times.append(1000 * (time.perf_counter() - start))
            first.append(times[0])
            following += times[1:]
    return statistics.median(first), statistics.median(following)


def shown(title: str, figures: list[Figure]) -> dict[str, float]:
    """Print a comparison; give the ratio of each arm."""
    print(f"\n{title}")
    for figure in figures:
        spread = f"[{figure.least:.2f}-{figure.most:.2f}]"
        print(f"  {figure.name:30} {figure.microseconds:9.1f} µs {figure.ratio:8.2f} {spread}")
    return {figure.name: figure.ratio for figure in figures}


def main() -> int:
    """Measure and judge.

    Returns:
        1 when a goal is missed.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    authority = Authority.make()
    key = authority.practitioner(load().provider("demo-1"), bits=2048)
    trust = TrustStore([authority.pair.certificate])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "key.pem"
        secret = key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(secret + key.certificate.public_bytes(Encoding.PEM))
        methods = xmlsec.constants.TransformRsaSha256, xmlsec.constants.TransformSha256
        zeeps = BinarySignature(str(file), str(file), None, *methods)
        sign = shown("Sign (× raw RSA)", compare(signing(key, zeeps), rounds))
        arms = verifying(key, trust, zeeps, file)
        verify = shown("Verify (× raw RSA)", compare(arms, rounds))
    many = shown("Trusted authorities (× 1)", compare(trusting(key, authority), rounds))
    first, following = exchanges(rounds)
    print(f"\nFirst exchange {first:.0f} ms, following ones {following:.1f} ms")
    goals = {
        "sign ≤ 1.6 × RSA": sign["MemHon"] <= 1.6,
        "verify ≤ 10 × RSA": verify["MemHon"] <= 10,
        "sign ≥ 1.5 × signxml": sign["signxml, key object"]
        >= 1.5 * sign["MemHon, signature alone"],
        "sign ≥ 3 × zeep": sign["zeep"] >= 3 * sign["MemHon"],
        "verify ≥ 1.5 × signxml": verify["signxml, certificate object"] >= 1.5 * verify["MemHon"],
        "verify ≥ 3 × zeep": verify["zeep"] >= 3 * verify["MemHon"],
        "constant in trusted certificates": many["1,000 authorities"] <= 1.15,
        "first exchange ≤ 150 ms": first <= 150,
        "following exchanges ≤ 15 ms": following <= 15,
    }
    print()
    for goal, reached in goals.items():
        print(f"  {'reached' if reached else 'MISSED ':8} {goal}")
    return 0 if all(goals.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
