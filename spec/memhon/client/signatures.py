"""Every signature of a document, laid open and judged as a client would."""

from __future__ import annotations

from pathlib import Path

from memhon.clock import SystemClock
from memhon.home import pki_path
from memhon.security import ListedSignature, Pki, list_signatures


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
