"""Right messages of every step, deterministic for the test keys of the checkout."""

import itertools
from dataclasses import dataclass
from functools import cache

import secured
from damage_signer import again
from memhon import soap
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.security import Credentials, KeyPair, Token, authentication, secure, tokens
from memhon.security.assertions import Holder, assertion_envelope

CLOCK = VirtualClock(secured.START)
TOKEN = Token("QUJD" * 60, "T-1")
PARTS = {
    "authentication-request": ("Timestamp", "BinarySecurityToken", "Body"),
    "token-request-saml": ("Assertion", "Body"),
    "token-request-username": ("UsernameToken", "Body"),
    "exchange-request-pid": ("Body",),
    "exchange-request-ra": ("Body",),
    "service-response": ("Body", "KeyInfo"),
    "assertion": ("Assertion",),
}
"""What the first signature of a step refers to, in order."""
_SYNC = b' xmlns:sync="http://ws.mysecu.lu/generic/sync"'
_SAML = b' xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"'
_WSSE = b" xmlns:wsse="


@dataclass(frozen=True)
class Right:
    """A message that is right, and who may sign it again."""

    step: str
    data: bytes
    key: KeyPair
    other: KeyPair
    """A known key that is not the signer's."""
    stranger: KeyPair
    """A key whose certificate nobody hands over."""


def right(step: str) -> Right:
    """The right message of a step."""
    folder = secured.pki()
    doctor, second = folder.practitioner("demo-1"), folder.practitioner("demo-2")
    service = folder.service("mysecu")
    signer = {"service-response": service, "assertion": folder.service("identite")}
    stranger = folder.service("tls")
    key = signer.get(step, doctor)
    return Right(step, _data(step), key, second, stranger)


@cache
def _data(step: str) -> bytes:
    folder = secured.pki()
    numbers = itertools.count(1)
    key = folder.practitioner("demo-1")
    if step == "assertion":
        return _as_sent(_identity(key))
    if step == "service-response":
        key = folder.service("mysecu")
        long = Token(tokens.folded("QUJD" * 60), "T-1")
        tree = tokens.token_answer(long, secured.ADDRESS, now=CLOCK.now(), body_id="Body-1")
    elif step == "authentication-request":
        tree = authentication.authentication_envelope(
            load().provider("demo-1").ehealth_id,
            secured.ADDRESSES,
            request_id="saml-1",
            now=CLOCK.now(),
        )
    elif step.startswith("token-request"):
        space = load().provider("demo-1").code if step.endswith("saml") else None
        tree = tokens.token_envelope(secured.ADDRESS, space)
    else:
        payload = secured.SIMULATION if step.endswith("pid") else secured.DEPOSIT
        model = secured.wire.SIM if step.endswith("pid") else secured.wire.DEPOT
        tree = soap.request_tree(
            secured.etree.fromstring(payload), model_uid=model, prefixes=secured.PREFIXES
        )
    assertion = None
    if step == "token-request-saml":
        assertion = _identity(key).find(f".//{secured.ASSERTION}")
    credentials = Credentials(key, TOKEN, assertion, secured.ACCOUNT)
    profile = load().signing[step]
    draw = _drawn(numbers)
    return _fielded(step, _as_sent(secure(tree, profile, credentials, now=CLOCK.now(), draw=draw)))


def _fielded(step: str, data: bytes) -> bytes:
    """Step 3 as the field writes it: what the prefix lists name is declared at the envelope."""
    if not step.startswith("exchange"):
        return data
    data = data.replace(_SYNC, b"", 1)
    declared = _SYNC if step.endswith("pid") else _SYNC + _SAML
    return again(data.replace(_WSSE, declared + _WSSE, 1), secured.pki().practitioner("demo-1"))


def _identity(key: KeyPair) -> secured.etree._Element:
    provider = load().provider("demo-1")
    return assertion_envelope(
        Holder(key.certificate, provider.matricule, provider.ehealth_id),
        issuer="urn:example:identity",
        key=secured.pki().service("identite"),
        assertion_id="Id-1-2",
        response_id="Id-1",
        now=CLOCK.now(),
    )


def _as_sent(tree: secured.etree._Element) -> bytes:
    return soap.document(tree)


def _drawn(numbers: "itertools.count[int]"):
    return lambda digits: f"{next(numbers):0{digits}x}"
