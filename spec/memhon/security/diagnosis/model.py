"""What a diagnosis says: for every signature what was computed, and causes that were tried."""

from __future__ import annotations

from dataclasses import dataclass, field

from memhon.findings import Finding


@dataclass(frozen=True, slots=True)
class Cause:
    """A hypothesis that reproduces what the message says."""

    finding: Finding
    """Its id is the cause; text and fix name the concrete values."""
    octets: bytes | None = field(repr=False)
    """What has to be digested, or signed, to obtain the value in the message; None when the cause
    is proven by the signature value, an identifier or an instant instead."""
    value: str
    """What the hypothesis yields: a digest in base64, an id, a shifted instant; it equals what the
    message holds, so that anybody can check the claim."""
    changes: int = 1
    """How many things the hypothesis changes; causes with fewer changes come first."""
    along: tuple[Finding, ...] = ()
    """Further causes that are needed together with this one, e.g. line ends and another list."""


@dataclass(frozen=True, slots=True)
class ReferenceDiagnosis:
    """One reference of a signature."""

    uri: str
    """Without ``#``."""
    element: str
    """Local name of the element it leads to; empty when it leads nowhere."""
    prefixes: tuple[str, ...]
    """``PrefixList`` as written."""
    octets: bytes
    """Canonical octets of the element as the message stands."""
    found: str
    """``DigestValue`` as written, without white space."""
    computed: str
    """Digest of ``octets``; empty when there is none."""
    right: bool
    causes: tuple[Cause, ...]
    """Most likely first; empty when the reference is right, never empty otherwise (DIA-090)."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class SignatureDiagnosis:
    """One ``ds:Signature``."""

    xpath: str
    line: int
    signer: str
    """Subject of the certificate it names; empty when there is none."""
    references: tuple[ReferenceDiagnosis, ...]
    octets: bytes
    """Canonical octets of SignedInfo as the message stands."""
    right: bool
    """Whether the signature value fits SignedInfo and the certificate."""
    causes: tuple[Cause, ...]
    """Why the signature value does not fit; most likely first."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with the signatures of a document, and why."""

    signatures: tuple[SignatureDiagnosis, ...]
    causes: tuple[Cause, ...]
    """Causes that belong to the document: identifiers, clock, password; and, where every digest and
    value is right, what the verifier refuses all the same (``SEC-…``)."""
    exhausted: bool = False
    """Whether the search stopped at its budget before every hypothesis was tried."""
    comparison: Comparison | None = None
    """The same document beside another one, where one was given."""

    @property
    def right(self) -> bool:
        """Whether there is at least one signature and nothing is wrong."""
        return (
            bool(self.signatures)
            and not self.causes
            and all(
                signature.right and all(reference.right for reference in signature.references)
                for signature in self.signatures
            )
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """The first octet at which two canonical forms part."""

    offset: int
    """Octets before it, from 0."""
    ours: bytes
    """Context from the first document, some octets before and after."""
    theirs: bytes
    """The same from the other document."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One step of two messages side by side."""

    step: str
    """``document``, ``reference <part>``, ``digest <part>``, ``signed-info``,
    ``signature-value`` or ``certificate``."""
    same: bool
    difference: Difference | None
    """None when the octets are the same, or one message lacks the step."""
    missing: str = ""
    """``ours`` or ``theirs``: the message that lacks the step."""
    signature: str = ""
    """``message`` or ``assertion``: whose signature it is; empty for the document."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two messages, signature by signature and step by step."""

    steps: tuple[Compared, ...]
