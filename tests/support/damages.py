"""The collection of damaged messages: each with what has to be said about it, and where.

``cases()`` makes them; they are the same for the same test keys. Two kinds: signed wrongly by an
independent signer (``damages_signed``), and changed after they were signed (``damages_changed``);
right but misnamed, mistimed or with a wrong password (``damages_named``);
two mistakes at once stand in ``damages_paired``; what is right, or beyond explaining, in
``damages_plain``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509

import secured
from damage_stock import CLOCK, PARTS, Right, right

Make = Callable[[Right], bytes]


@dataclass(frozen=True)
class Expected:
    """What has to be said at one place."""

    where: str
    """Local name of what a reference means, ``SignedInfo``, ``document``, or one of these after
    ``assertion/`` for the assertion's own signature in a token request."""
    accepted: tuple[frozenset[str], ...]
    """Sets of ids that are right; more than one where two descriptions yield the same octets."""


@dataclass(frozen=True)
class Case:
    """One damaged message."""

    name: str
    step: str
    make: Make
    expected: tuple[Expected, ...]
    """Empty: nothing is wrong."""
    known: bool = True
    """Whether the certificate of another practitioner is handed over."""
    passwords: tuple[str, ...] = ()
    later: timedelta | None = None
    """How long after it was made the message is read; None: at no instant."""
    parts: tuple[str, ...] = field(default=())
    """References of the first signature where they are not those of the step."""

    @property
    def data(self) -> bytes:
        """The message."""
        return self.make(right(self.step))

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """What is known beside the message."""
        return (secured.pki().practitioner("demo-2").certificate,) if self.known else ()

    @property
    def now(self) -> datetime | None:
        """When it is read."""
        return None if self.later is None else CLOCK.now() + self.later

    @property
    def references(self) -> tuple[str, ...]:
        """Local names of what the first signature means, in order."""
        return self.parts or PARTS[self.step]


def at(where: str, *accepted: str) -> Expected:
    """What has to be said; ids joined by ``+`` belong together, several are alternatives."""
    return Expected(where, tuple(frozenset(f"DIA-{i}" for i in a.split("+")) for a in accepted))


def cases() -> tuple[Case, ...]:
    """Every case."""
    import damages_changed
    import damages_named
    import damages_paired
    import damages_plain
    import damages_signed

    found = (
        *damages_signed.CASES,
        *damages_changed.CASES,
        *damages_named.CASES,
        *damages_paired.CASES,
        *damages_plain.CASES,
    )
    assert len(found) == len({case.name for case in found})
    return found
