"""What is wrong beside the digests: identifiers, the clock, the form of a password."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from lxml import etree

from memhon.errors import SecurityError
from memhon.findings import Finding, make
from memhon.security.certificates import certificate_of
from memhon.security.diagnosis.model import Cause, SignatureDiagnosis
from memhon.security.instants import milliseconds, read
from memhon.security.names import ASSERTION, SECURITY, TIMESTAMP, USERNAME_TOKEN, Space, clark
from memhon.security.parts import identified
from memhon.security.reading import read_signature
from memhon.security.stamps import TOLERANCE

_HOUR = timedelta(hours=1)
_ZONES = 14
"""Hours between the earliest and the latest zone and UTC."""
_MOST = 8


def document_causes(
    root: etree._Element,
    elements: Sequence[etree._Element],
    signatures: Sequence[SignatureDiagnosis],
    passwords: Sequence[str],
    now: datetime | None,
) -> tuple[Cause, ...]:
    """Causes that belong to no single signature.

    Args:
        root: Document element.
        elements: The signatures.
        signatures: What was found out about them.
        passwords: Passwords that may have been meant.
        now: Instant at which the message arrived; None leaves the clock alone.
    """
    found = [*_doubles(root, signatures)]
    if now is not None:
        found += _clock(root, now)
    found += _passwords(root, passwords)
    if not found and all(_right(signature) for signature in signatures):
        found += [cause for element in elements for cause in _refused(root, element)]
    return tuple(found[:_MOST])


def _doubles(root: etree._Element, signatures: Sequence[SignatureDiagnosis]) -> Iterator[Cause]:
    references = [one for signature in signatures for one in signature.references]
    for value, nodes in identified(root).items():
        if len(nodes) < 2:
            continue
        names = ", ".join(
            f"{etree.QName(node).localname} ({node.sourceline})" for node in nodes[:4]
        )
        right = next((one for one in references if one.uri == value and one.right), None)
        finding = make("DIA-019", line=nodes[1].sourceline, found=value, expected=names)
        yield Cause(finding, right.octets if right else None, right.found if right else value)


def _right(signature: SignatureDiagnosis) -> bool:
    return signature.right and all(reference.right for reference in signature.references)


def _refused(root: etree._Element, signature: etree._Element) -> Iterator[Cause]:
    """What the verifier does not accept although the arithmetic is right."""
    parent = signature.getparent()
    security = parent if parent is not None and parent.tag == SECURITY else None
    try:
        certificate_of(read_signature(signature), security, identified(root))
    except SecurityError as error:
        for finding in error.findings:
            if isinstance(finding, Finding):
                yield Cause(finding, None, finding.found or "")


# The clock


def _clock(root: etree._Element, now: datetime) -> Iterator[Cause]:
    for node, start, end in _windows(root):
        first, last = read(start), read(end)
        if first is None or last is None or last <= first:
            continue
        if first <= now + TOLERANCE and now < last:
            continue
        shift = _shift(first, last, now)
        if shift is not None:
            yield _shifted(node, first, now, shift)


def _windows(root: etree._Element) -> Iterator[tuple[etree._Element, str | None, str | None]]:
    for stamp in root.iter(TIMESTAMP):
        names = clark(Space.UTILITY, "Created"), clark(Space.UTILITY, "Expires")
        yield stamp, stamp.findtext(names[0]), stamp.findtext(names[1])
    for assertion in root.iter(ASSERTION):
        for conditions in assertion.iterchildren(clark(Space.SAML, "Conditions")):
            yield conditions, conditions.get("NotBefore"), conditions.get("NotOnOrAfter")


def _shift(first: datetime, last: datetime, now: datetime) -> timedelta | None:
    """The smallest shift that makes a window hold now: whole hours, else less than an hour."""
    for hours in sorted(range(-_ZONES, _ZONES + 1), key=abs):
        shift = hours * _HOUR
        if first + shift <= now + TOLERANCE and now < last + shift:
            return shift
    skew = now - first
    return skew if abs(skew) < _HOUR else None


def _shifted(node: etree._Element, first: datetime, now: datetime, shift: timedelta) -> Cause:
    finding = make(
        "DIA-020",
        line=node.sourceline,
        element=etree.QName(node).localname,
        found=milliseconds(first),
        expected=milliseconds(now),
        detail=_signed(shift),
    )
    return Cause(finding, None, milliseconds(first + shift))


def _signed(shift: timedelta) -> str:
    seconds = round(shift.total_seconds())
    sign = "+" if seconds > 0 else "−"
    hours, rest = divmod(abs(seconds), 3600)
    return f"{sign}{hours} h" if not rest else f"{sign}{abs(seconds)} s"


# The password


def _passwords(root: etree._Element, passwords: Sequence[str]) -> Iterator[Cause]:
    for token in root.iter(USERNAME_TOKEN):
        found = (token.findtext(clark(Space.SECURITY, "Password")) or "").strip()
        nonce = (token.findtext(clark(Space.SECURITY, "Nonce")) or "").strip()
        created = (token.findtext(clark(Space.UTILITY, "Created")) or "").strip()
        forms = [form for given in passwords for form in _forms(given, nonce, created)]
        if any(value == found for name, value in forms if not name):
            continue
        name = next((name for name, value in forms if value == found), None)
        if name:
            finding = make("DIA-021", line=token.sourceline, found=name, element="Password")
            # a password in clear is never shown: its form is
            yield Cause(finding, None, name)


def _forms(password: str, nonce: str, created: str) -> Iterator[tuple[str, str]]:
    """Every form in which a password is met, the right one first, without a name."""
    octets = password.encode()
    plain = _hash("sha1", octets)
    yield "", _base64(plain)
    yield "text", password
    yield "base64(text)", _base64(octets)
    yield "hex(SHA-1)", plain.hex()
    yield "HEX(SHA-1)", plain.hex().upper()
    yield "base64(hex(SHA-1))", _base64(plain.hex().encode())
    yield "base64(base64(SHA-1))", _base64(_base64(plain).encode())
    yield "base64(SHA-1(SHA-1))", _base64(_hash("sha1", plain))
    yield "base64(SHA-1(UTF-16LE))", _base64(_hash("sha1", password.encode("utf-16-le")))
    yield "base64(SHA-1(ISO-8859-1))", _base64(_hash("sha1", password.encode("latin-1", "replace")))
    yield "base64(SHA-1(text + ↵))", _base64(_hash("sha1", octets + b"\n"))
    for name, shown in (("sha256", "SHA-256"), ("sha512", "SHA-512"), ("md5", "MD5")):
        yield f"base64({shown})", _base64(_hash(name, octets))
        yield f"hex({shown})", _hash(name, octets).hex()
    for salt in (_decoded(nonce), nonce.encode()):
        for inner, shown in ((octets, "text"), (plain, "SHA-1"), (_base64(plain).encode(), "…")):
            digest = _hash("sha1", salt + created.encode() + inner)
            yield f"PasswordDigest({shown})", _base64(digest)


def _hash(name: str, octets: bytes) -> bytes:
    return hashlib.new(name, octets, usedforsecurity=False).digest()


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""
