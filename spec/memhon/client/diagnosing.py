"""Why a digest or a signature of a document does not fit, with what this machine knows of keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from memhon.catalogue import SigningProfile, load
from memhon.errors import CatalogueError
from memhon.home import pki_path
from memhon.security import Pki
from memhon.security.diagnosis import Diagnosis, compare, explain


def explain_signature(
    data: bytes,
    *,
    against: bytes | None = None,
    profile: str | None = None,
    passwords: Sequence[str] = (),
    at: datetime | None = None,
    pki: Path | None = None,
) -> Diagnosis:
    """Say of every XML signature of a document why it does not fit.

    A cause is named only when trying it yields the digest, or the signature value, that the
    document holds; what nothing reproduces says so, with the octets that were digested.

    Args:
        data: The document, byte for byte as it was sent or received.
        against: Another document that is right, or was before it changed; the first difference of
            every step then stands in ``comparison``.
        profile: Step and direction, e.g. ``exchange-request-pid``; by default what the Body says.
        passwords: Passwords that a UsernameToken may mean, beside that of the sandbox.
        at: Instant at which the document arrived; without it no clock is looked at.
        pki: Folder of test keys whose certificates are tried; that of the sandbox by default. No
            key is made.

    Raises:
        CatalogueError: There is no such profile.
        MessageError: A document is no XML that the door lets in.
        SecurityError: A file of the folder holds no certificate.
    """
    catalogue = load()
    folder = pki or pki_path()
    known = [file.certificate for file in Pki(folder).inventory()] if folder.is_dir() else []
    found = explain(
        data,
        profile=None if profile is None else _profile(profile),
        known=known,
        passwords=(*passwords, str(catalogue.settings["account_password"])),
        now=at,
    )
    return found if against is None else replace(found, comparison=compare(data, against))


def _profile(name: str) -> SigningProfile:
    profiles = load().signing
    if name not in profiles:
        raise CatalogueError(
            f"profil de signature inconnu : {name} ; connus : {', '.join(profiles)}"
        )
    return profiles[name]
