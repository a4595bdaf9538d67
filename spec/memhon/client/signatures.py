"""Every signature of a document, laid open, judged as a client would, and explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from memhon.catalogue import SigningProfile, load
from memhon.clock import SystemClock
from memhon.errors import CatalogueError
from memhon.home import pki_path
from memhon.security import ListedSignature, Pki, list_signatures
from memhon.security.diagnosis import Diagnosis, compare, explain


def verify_signature(
    data: bytes, *, trust_embedded: bool = False, pki: Path | None = None
) -> tuple[ListedSignature, ...]:
    """List every XML signature of a document and say what is wrong with each.

    All forms are read from the document: algorithms, transforms, prefix lists, KeyInfo. Each
    signature carries its ``references``, with the digest found and the one computed, and its
    ``findings``; it is right when it has none. A document without a signature gives an empty tuple.

    Args:
        data: The document, byte for byte as it was received.
        trust_embedded: Believe the certificate in the document: chain, dates and signed parts are
            not looked at, only the arithmetic counts.
        pki: Folder of the test keys whose authority is believed; that of the sandbox by default.

    Raises:
        MessageError: The document is no XML that the door lets in.
        SecurityError: The test keys cannot be read or made.
    """
    trust = None if trust_embedded else Pki(pki or pki_path()).trust()
    return list_signatures(data, trust=trust, now=SystemClock().now())


def explain_signature(
    data: bytes,
    *,
    against: bytes | None = None,
    pki: Path | None = None,
    profile: str | None = None,
    passwords: Sequence[str] = (),
    now: datetime | None = None,
) -> Diagnosis:
    """Say why a digest or a signature value of a document does not fit.

    Each cause was tried: the octets that it names have the digest that the document holds, or the
    signature value itself proves it. What nothing reproduces is ``DIA-090``, with the octets that
    were computed. The causes of a part stand most likely first, each with a ``finding`` whose
    ``text`` says what differs and whose ``fix`` how to mend it.

    Args:
        data: The document, byte for byte as it was sent or received.
        against: A document that is right; ``comparison`` then tells step by step where the two
            part.
        pki: Folder of test keys whose certificates may have signed; that of the sandbox by default.
        profile: Step and direction, e.g. ``exchange-request-pid``; by default what the Body says.
        passwords: Passwords that a UsernameToken may mean, beside that of the sandbox.
        now: Instant at which the document arrived, with its zone; the clock is left alone without.

    Raises:
        CatalogueError: There is no such profile.
        MessageError: A document is no XML that the door lets in.
        SecurityError: The test keys cannot be read.
    """
    folder = Pki(pki or pki_path())
    found = explain(
        data,
        profile=None if profile is None else _profile(profile),
        known=[file.certificate for file in folder.inventory()],
        passwords=(*passwords, str(load().settings["account_password"])),
        now=now,
    )
    return found if against is None else replace(found, comparison=compare(data, against))


def _profile(name: str) -> SigningProfile:
    profiles = load().signing
    if name not in profiles:
        known = ", ".join(profiles)
        raise CatalogueError(f"profil de signature inconnu : {name} ; connus : {known}")
    return profiles[name]
