"""Builds the Security header of an envelope and signs; the order is that of the profile."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lxml import etree

from memhon import intake
from memhon.catalogue import SigningProfile
from memhon.security.instants import milliseconds
from memhon.security.keys import KeyPair
from memhon.security.names import (
    BASE64,
    BINARY_TOKEN,
    BODY,
    HEADER,
    PASSWORD_TEXT,
    SECURITY,
    TIMESTAMP,
    USERNAME_TOKEN,
    WSU_ID,
    Space,
    ValueType,
    clark,
)
from memhon.security.signing import sign

Draw = Callable[[int], str]
"""Draws that many hexadecimal digits."""
TIMESTAMP_LIFE = timedelta(minutes=10)
"""As observed (wire-contract §1.4)."""
_NSMAP = {"wsse": Space.SECURITY.value, "wsu": Space.UTILITY.value}


@dataclass(frozen=True, slots=True)
class Token:
    """A mySecu token: opaque, carried with its id from the answer of step 2 into step 3."""

    value: str = field(repr=False)
    """Text of the BinarySecurityToken, line breaks included."""
    id: str
    """Its ``wsu:Id``."""


@dataclass(frozen=True, slots=True)
class Username:
    """A system account of mySecu."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a header may carry beside certificate and signature."""

    key: KeyPair
    token: Token | None = None
    assertion: etree._Element | None = None
    """It is copied; text and attributes stay, so that its own signature holds."""
    username: Username | None = None


def secure(
    envelope: etree._Element,
    profile: SigningProfile,
    credentials: Credentials,
    *,
    now: datetime,
    draw: Draw,
) -> etree._Element:
    """Give an envelope its Security header and sign it.

    The envelope is written and parsed before it is signed: what is signed is what will be read, and
    libxml2 honours prefix lists in parsed documents only. Nothing may change the tree afterwards.

    Args:
        envelope: With Body, and with Header or not.
        profile: Step and direction.
        credentials: Key of the signer, and what the profile's header needs.
        now: Instant of the timestamp.
        draw: Source of the ids; every message has its own.

    Returns:
        The signed document element, another than ``envelope``.

    Raises:
        ValueError: The profile needs something that is not among the credentials.
    """
    security = _security(envelope)
    for item in profile.header:
        if item != "signature":
            security.append(_MAKERS[item](credentials, profile, now, draw))
    body = envelope.find(BODY)
    if body is None:
        raise ValueError("the envelope has no Body")
    if body.get(WSU_ID) is None:
        body.set(WSU_ID, f"Body-{draw(32)}")
    parsed = intake.read(etree.tostring(envelope, encoding="UTF-8")).root
    sign(parsed, profile, credentials.key, key_id=f"KeyInfo-{draw(32)}")
    return parsed


def _security(envelope: etree._Element) -> etree._Element:
    header = envelope.find(HEADER)
    if header is None:
        header = etree.Element(HEADER)
        envelope.insert(0, header)
    header.text = None
    return etree.SubElement(header, SECURITY, nsmap=_NSMAP)


def binary_token(value: str, token_id: str, kind: str) -> etree._Element:
    """A BinarySecurityToken in base64."""
    attributes = {WSU_ID: token_id, "EncodingType": BASE64, "ValueType": kind}
    token = etree.Element(BINARY_TOKEN, attributes, nsmap=_NSMAP)
    token.text = value
    return token


def hashed(password: str) -> str:
    """The password as the field sends it: base64 of its SHA-1, although the type says text."""
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).digest()
    return base64.b64encode(digest).decode("ascii")


def _certificate(
    credentials: Credentials, profile: SigningProfile, _now: datetime, draw: Draw
) -> etree._Element:
    kind = ValueType.CERTIFICATE_MISSPELT if profile.misspelt else ValueType.CERTIFICATE
    return binary_token(credentials.key.encoded, f"X509-{draw(32)}", kind.value)


def _token(
    credentials: Credentials, _profile: SigningProfile, _now: datetime, _draw: Draw
) -> etree._Element:
    if credentials.token is None:
        raise ValueError("the profile needs a token")
    return binary_token(credentials.token.value, credentials.token.id, ValueType.MYSECU.value)


def _assertion(
    credentials: Credentials, _profile: SigningProfile, _now: datetime, _draw: Draw
) -> etree._Element:
    if credentials.assertion is None:
        raise ValueError("the profile needs an assertion")
    copied = deepcopy(credentials.assertion)
    copied.tail = None
    return copied


def _timestamp(
    _credentials: Credentials, _profile: SigningProfile, now: datetime, draw: Draw
) -> etree._Element:
    stamp = etree.Element(TIMESTAMP, {WSU_ID: f"TS-{draw(32)}"}, nsmap=_NSMAP)
    etree.SubElement(stamp, clark(Space.UTILITY, "Created")).text = milliseconds(now)
    expires = milliseconds(now + TIMESTAMP_LIFE)
    etree.SubElement(stamp, clark(Space.UTILITY, "Expires")).text = expires
    return stamp


def _username(
    credentials: Credentials, _profile: SigningProfile, now: datetime, draw: Draw
) -> etree._Element:
    account = credentials.username
    if account is None:
        raise ValueError("the profile needs a user name")
    token = etree.Element(USERNAME_TOKEN, {WSU_ID: f"UsernameToken-{draw(32)}"}, nsmap=_NSMAP)
    etree.SubElement(token, clark(Space.SECURITY, "Username")).text = account.name
    password = etree.SubElement(token, clark(Space.SECURITY, "Password"), Type=PASSWORD_TEXT)
    password.text = hashed(account.password)
    nonce = etree.SubElement(token, clark(Space.SECURITY, "Nonce"), EncodingType=BASE64)
    nonce.text = base64.b64encode(bytes.fromhex(draw(32))).decode("ascii")
    etree.SubElement(token, clark(Space.UTILITY, "Created")).text = milliseconds(now)
    return token


_MAKERS: dict[str, Callable[[Credentials, SigningProfile, datetime, Draw], etree._Element]] = {
    "assertion": _assertion,
    "certificate": _certificate,
    "timestamp": _timestamp,
    "token": _token,
    "username": _username,
}
