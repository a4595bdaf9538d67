"""Reads what a verified header says of time and of a system account."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lxml import etree

from memhon.errors import SecurityError
from memhon.findings import make
from memhon.security.instants import milliseconds, read
from memhon.security.names import HEADER, SECURITY, USERNAME_TOKEN, Space, clark
from memhon.security.refusing import refused

TOLERANCE = timedelta(seconds=5)
"""How far a peer's clock may be ahead of ours."""


@dataclass(frozen=True, slots=True)
class UsernameRead:
    """A UsernameToken."""

    name: str
    password: str = field(repr=False)
    """As sent: base64 of the SHA-1 of the password."""


def check_stamp(stamp: etree._Element, now: datetime) -> None:
    """Accept a verified Timestamp.

    Raises:
        SecurityError: It has expired (SEC-020), lies in the future (SEC-021) or is unreadable
            (SEC-022).
    """
    created = read(stamp.findtext(clark(Space.UTILITY, "Created")))
    expires = read(stamp.findtext(clark(Space.UTILITY, "Expires")))
    if created is None or expires is None or expires <= created:
        raise refused("SEC-022", stamp, "Created et Expires")
    if now >= expires:
        raise refused("SEC-020", stamp, milliseconds(expires), milliseconds(now))
    check_not_future(created, now, "Timestamp")


def check_not_future(instant: datetime, now: datetime, element: str) -> None:
    """Accept an instant that is not ahead of our clock by more than the tolerance.

    Raises:
        SecurityError: It is (SEC-021); the finding tells by how much.
    """
    ahead = instant - now
    if ahead > TOLERANCE:
        finding = make(
            "SEC-021",
            element=element,
            found=milliseconds(instant),
            expected=milliseconds(now),
            detail=f"{ahead.total_seconds():.0f} s",
        )
        raise SecurityError(findings=(finding,))


def has_username(root: etree._Element) -> bool:
    """Whether an envelope, not verified yet, carries a UsernameToken instead of an assertion."""
    return root.find(f"{HEADER}/{SECURITY}/{USERNAME_TOKEN}") is not None


def read_username(token: etree._Element) -> UsernameRead:
    """What a verified UsernameToken says; what is missing is empty."""
    return UsernameRead(
        (token.findtext(clark(Space.SECURITY, "Username")) or "").strip(),
        (token.findtext(clark(Space.SECURITY, "Password")) or "").strip(),
    )
