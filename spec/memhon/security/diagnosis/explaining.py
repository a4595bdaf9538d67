"""The diagnosis of a document: every signature, every reference, then what surrounds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from lxml import etree

from memhon import intake
from memhon.catalogue import SigningProfile
from memhon.security.diagnosis import serial
from memhon.security.diagnosis.documents import document_causes
from memhon.security.diagnosis.lenient import read_leniently
from memhon.security.diagnosis.model import Diagnosis, SignatureDiagnosis
from memhon.security.diagnosis.nodes import Tree
from memhon.security.diagnosis.references import Context, diagnose_reference
from memhon.security.diagnosis.search import Budget
from memhon.security.diagnosis.signedinfo import judge
from memhon.security.diagnosis.signers import signers_of
from memhon.security.keys import subject
from memhon.security.listing import profile_of
from memhon.security.names import ASSERTION, SECURITY, SIGNATURE

MOST_SIGNATURES = 8
"""More than any message of the chain carries."""
_SIGNED = (SECURITY, ASSERTION)
"""Where the chain looks for signatures."""


def explain(
    data: bytes,
    *,
    profile: SigningProfile | None = None,
    known: Sequence[x509.Certificate] = (),
    passwords: Sequence[str] = (),
    now: datetime | None = None,
) -> Diagnosis:
    """Say why digests and signature values of a document do not fit.

    Every cause was tried: its octets have the digest that the message holds, or the signature value
    itself proves it. What nothing reproduces is ``DIA-090``, with the octets.

    Args:
        data: The document, byte for byte as it was sent or received.
        profile: Step and direction; by default what the Body says.
        known: Further certificates whose keys may have signed.
        passwords: Passwords that a UsernameToken may mean; none is shown.
        now: Instant at which the document arrived; None leaves the clock alone.

    Raises:
        MessageError: The document is no XML that the door lets in; comments and processing
            instructions inside are.
    """
    document = intake.read(data, interrupted=True)
    root = document.root
    tree = Tree(root, data, document.encoding)
    step, budget, elements = profile or profile_of(root), Budget(), signatures_of(root)
    try:
        signatures = tuple(
            _signature(root, element, Context(tree, step, tree.of(element), budget), known)
            for element in elements
        )
    finally:
        serial.forget()
    causes = document_causes(root, elements, signatures, passwords, now)
    return Diagnosis(signatures, causes, budget.exhausted)


def signatures_of(root: etree._Element) -> list[etree._Element]:
    """The signatures that the chain verifies, or all if it would verify none.

    A signature that a business message carries for its own ends says nothing of the envelope.

    Args:
        root: Document element.
    """
    found = list(root.iter(SIGNATURE))
    chain = [one for one in found if (up := one.getparent()) is not None and up.tag in _SIGNED]
    return (chain or found)[:MOST_SIGNATURES]


def _signature(
    root: etree._Element,
    element: etree._Element,
    context: Context,
    known: Sequence[x509.Certificate],
) -> SignatureDiagnosis:
    written = read_leniently(element)
    references = tuple(diagnose_reference(one, context) for one in written.references)
    signers = signers_of(written, root, known)
    judged = judge(written, signers, context, references)
    return SignatureDiagnosis(
        xpath=root.getroottree().getpath(element),
        line=element.sourceline or 0,
        signer=subject(signers.named) if signers.named else "",
        references=references,
        octets=judged.octets,
        right=judged.right,
        causes=judged.causes,
    )
