"""Messages of the chain signed anew with one mistake, by a signer that knows nothing of ours."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree

import secured
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.security import KeyPair
from memhon.security.diagnosis import Cause, Diagnosis

NAMES = (
    "step-1-request",
    "step-1-answer",
    "step-2-request",
    "step-2-answer",
    "account",
    "pid-request",
    "pid-answer",
    "ra-request",
    "ra-answer",
)
"""Of ``messages``."""
DS = "{http://www.w3.org/2000/09/xmldsig#}"
_LIST = "{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces"


@cache
def messages() -> Mapping[str, bytes]:
    """Every message of the chain, signed rightly, by its step and direction."""
    clock = VirtualClock(secured.START)
    with Sandbox(clock=clock, seed=7) as running:
        peer = secured.Peer(running.url, clock, secured.pki().practitioner("demo-1"))
        trace = running.client().send(secured.SIMULATION).trace
        ra = running.client().send(secured.DEPOSIT).trace[-1]
        account = peer.account_request()
    names = ("step-1", "step-2", "pid")
    found = {f"{name}-request": step.request for name, step in zip(names, trace, strict=True)}
    found |= {f"{name}-answer": step.response for name, step in zip(names, trace, strict=True)}
    return found | {"ra-request": ra.request, "ra-answer": ra.response, "account": account}


def resigned(
    data: bytes,
    pair: KeyPair,
    *,
    number: int = 0,
    value: Callable[[etree._Element], str] | None = None,
    info: Callable[[bytes], bytes] = bytes,
    hashed: str = "SHA256",
) -> bytes:
    """A message with another digest, signed again.

    Args:
        data: The message.
        pair: Who signs.
        number: Of the reference.
        value: Makes a DigestValue from the document element; without it the old one stays.
        info: Changes the octets of SignedInfo that are signed.
        hashed: Name of the hash that is signed.
    """
    if value is not None:
        root = etree.fromstring(data)
        old = list(_signature(root).iter(f"{DS}DigestValue"))[number].text or ""
        data = data.replace(old.encode(), value(root).encode())
    signature = _signature(etree.fromstring(data))
    octets = info(exclusive(signature[0], *_prefixes(signature[0][0])))
    made = pair.private_key.sign(octets, padding.PKCS1v15(), getattr(hashes, hashed)())
    old = signature.findtext(f"{DS}SignatureValue") or ""
    return data.replace(old.encode(), base64.b64encode(made))


def _signature(root: etree._Element) -> etree._Element:
    return next(root.iter(f"{DS}Signature"))


def _prefixes(method: etree._Element) -> list[str]:
    inner = method.find(_LIST)
    return [] if inner is None else (inner.get("PrefixList") or "").split()


def exclusive(node: etree._Element, *names: str) -> bytes:
    """Exclusive canonical XML by libxml2."""
    chosen = list(names) or None
    return etree.tostring(node, method="c14n", exclusive=True, inclusive_ns_prefixes=chosen)


def digest(octets: bytes, name: str = "sha256") -> str:
    """A DigestValue."""
    return base64.b64encode(hashlib.new(name, octets).digest()).decode()


def body(root: etree._Element) -> etree._Element:
    """The Body of an envelope."""
    found = root.find("{http://schemas.xmlsoap.org/soap/envelope/}Body")
    assert found is not None
    return found


def ids(causes: tuple[Cause, ...]) -> list[tuple[str, ...]]:
    """Every cause with what goes along with it."""
    return [(cause.finding.id, *(one.id for one in cause.along)) for cause in causes]


def first(diagnosis: Diagnosis, signature: int = 0) -> dict[str, tuple[str, ...]]:
    """The first cause of every part of a signature that is wrong, by its element."""
    found = diagnosis.signatures[signature]
    wrong = {one.element: ids(one.causes)[0] for one in found.references if not one.right}
    return wrong if found.right else wrong | {"SignedInfo": ids(found.causes)[0]}


def claims(diagnosis: Diagnosis) -> list[Cause]:
    """Every cause of references and signature values that names octets."""
    parts = [one for signature in diagnosis.signatures for one in signature.references]
    causes = [cause for part in (*parts, *diagnosis.signatures) for cause in part.causes]
    return [cause for cause in causes if cause.finding.id != "DIA-090" and cause.octets]
