"""The error tree: everything this package raises on purpose, and nothing else.

    MemhonError
    ├── CatalogueError        the specification as data contradicts itself
    ├── SchemaError           an XSD is missing or cannot be compiled
    ├── MessageError          the bytes are no message we know; carries its findings
    ├── BindingsDriftError    generated/ is not what xsd/ produces
    ├── SecurityError         key, certificate, signature, assertion or token unusable
    ├── TransportError        no usable HTTP answer
    │   └── SoapFault         the peer answered with a fault: code, reason, detail, correlation id
    ├── JournalError          a usage journal cannot be read or written; carries its findings
    ├── StoreError            the store cannot be read or written
    └── SandboxError          the local counterpart could not start

Every class knows the exit code that the command line returns for it. This module knows nothing of
the other rooms: findings are held through a protocol.
"""

from __future__ import annotations

from typing import ClassVar, Protocol


class FindingLike(Protocol):
    """What an error needs of a finding: its id and its texts."""

    @property
    def id(self) -> str:
        """The stable identifier, e.g. ``XSD-013``."""
        ...

    def text(self, lang: str = "fr") -> str:
        """One sentence that says what was found and where."""
        ...


class MemhonError(Exception):
    """Base of every error raised on purpose.

    Args:
        message: French sentence for the reader; made from the findings when empty.
        findings: What was found, in the order in which it was found.
    """

    exit_code: ClassVar[int] = 4

    def __init__(self, message: str = "", *, findings: tuple[FindingLike, ...] = ()) -> None:
        self.findings = findings
        super().__init__(message or _summary(findings))


class CatalogueError(MemhonError):
    """The specification as data contradicts itself."""


class SchemaError(MemhonError):
    """An XSD is missing or cannot be compiled."""


class MessageError(MemhonError):
    """The bytes are no message we know; ``findings`` says why."""

    exit_code = 1


class BindingsDriftError(MemhonError):
    """``generated/`` is not what ``xsd/`` produces."""

    exit_code = 1


class SecurityError(MemhonError):
    """A key, certificate, signature, assertion or token cannot be used."""


class TransportError(MemhonError):
    """There was no usable HTTP answer."""


class SoapFault(TransportError):
    """The peer answered with a SOAP 1.1 fault.

    Args:
        message: French sentence for the reader.
        code: ``faultcode`` as sent, e.g. ``soap:Client.MessageInvalide``.
        reason: ``faultstring`` as sent.
        detail_id: Finding id in the fault's detail, when the peer is the sandbox.
        correlation_id: ``Id-`` and 24 hexadecimal digits, for the help desk.
        findings: What the peer found, as far as its detail says so.
        raw: The whole answer, byte for byte.
        status: HTTP status of the answer, 0 when unknown.
    """

    exit_code = 1
    diagnostic_url: str | None = None
    """Page of a local sandbox that explains the fault, for half an hour of its clock."""

    def __init__(
        self,
        message: str = "",
        *,
        code: str = "",
        reason: str = "",
        detail_id: str | None = None,
        correlation_id: str | None = None,
        findings: tuple[FindingLike, ...] = (),
        raw: bytes = b"",
        status: int = 0,
    ) -> None:
        super().__init__(message or reason, findings=findings)
        self.code = code
        self.reason = reason
        self.detail_id = detail_id
        self.correlation_id = correlation_id
        self.raw = raw
        self.status = status


class JournalError(MemhonError):
    """A usage journal cannot be read or written; ``findings`` says why.

    Args:
        message: French sentence for the reader.
        findings: What was found, in the order of files and lines.
        places: Name of the file of each finding.
    """

    exit_code = 1

    def __init__(
        self,
        message: str = "",
        *,
        findings: tuple[FindingLike, ...] = (),
        places: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, findings=findings)
        self.places = places


class StoreError(MemhonError):
    """The store cannot be read or written."""


class SandboxError(MemhonError):
    """The local counterpart could not start."""


def _summary(findings: tuple[FindingLike, ...]) -> str:
    if not findings:
        return "erreur sans description"
    first = f"{findings[0].id} : {findings[0].text('fr')}"
    others = len(findings) - 1
    return first if not others else f"{first} (et {others} autre{'s' if others > 1 else ''})"
