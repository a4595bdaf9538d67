"""How the sandbox speaks: the marks of an answer, its faults, and the signature of the service."""

from __future__ import annotations

from dataclasses import dataclass

from memhon import soap
from memhon.catalogue import load
from memhon.clock import Clock
from memhon.findings import Finding, explain, make
from memhon.sandbox.diagnostics import Diagnostics
from memhon.sandbox.numbering import Numbering, Undaunted
from memhon.sandbox.switchboard import Met
from memhon.security import Credentials, KeyPair, secure

_PLATFORM = "MemHon"
_OWNER = "Bac à sable, sans lien avec la plateforme réelle"
_PROFILE = "service-response"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the peer."""

    status: int
    """HTTP status: 200, or 500 for a fault."""
    data: bytes
    """The envelope."""
    exchange: str | None
    """Id of the exchange, once it is known."""
    computed: bool
    """False when the answer is the catalogue's example."""
    met: Met | None = None
    """What the switchboard did to it, or has still to do when it is sent."""
    notice: str | None = None
    """Id of the finding that the head of the answer tells besides, if any."""
    outcome: tuple[str, ...] = ()
    """Ids of what stood in the way: anomalies, or the fault."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The ids of one answer."""

    correlation: soap.Correlation
    body_id: str
    numbering: Numbering
    """Draws the others; never fails."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Writes answers and faults; safe to use from several threads."""

    clock: Clock
    numbering: Numbering
    key: KeyPair | None
    """Of the service that signs; None when the security is off."""
    diagnostics: Diagnostics | None = None
    """Keeps what is refused for the desk; None when there is no desk."""

    def marks(self) -> Marks:
        """Fresh ids for one answer; never raises."""
        numbering = Undaunted(self.numbering)
        state = "sécurité stricte" if self.key else "sécurité désactivée"
        correlation_id = f"Id-{numbering.digits(24)}"
        correlation = soap.Correlation(
            _PLATFORM, _OWNER, f"Environnement local, {state}", correlation_id
        )
        body_id = soap.identifier(self.clock.now(), numbering.digits(16), 1)
        return Marks(correlation, body_id, numbering)

    def written(self, envelope: soap.Element, marks: Marks) -> bytes:
        """The envelope, signed where there is a key, as bytes; nothing may touch it afterwards."""
        if self.key is not None:
            envelope = secure(
                envelope,
                load().signing[_PROFILE],
                Credentials(self.key),
                now=self.clock.now(),
                draw=marks.numbering.digits,
            )
        return soap.finish(envelope, marks.correlation)

    def fault(
        self,
        fault: str,
        findings: tuple[Finding, ...],
        marks: Marks,
        exchange: str | None = None,
        received: bytes | None = None,
    ) -> Answer:
        """A SOAP fault.

        Args:
            fault: Id of the finding that names it.
            findings: What led to it; one of the fault's own id is the fault itself.
            marks: Ids of the answer.
            exchange: Id of the exchange, if it is known.
            received: The message that is refused, if it was read.
        """
        registered = explain(fault)
        own = bool(findings) and findings[0].id == fault
        first = findings[0] if findings else None
        error = (
            findings[0]
            if own
            else make(
                fault,
                found=first.id if first else None,
                detail=first.text("fr") if first else None,
            )
        )
        kept = self.diagnostics if received is not None else None
        diagnostic = kept.keep(marks.correlation.id, fault, received or b"") if kept else None
        tree = soap.fault_tree(
            code=f"{registered.side}.{registered.fault}",
            error=error,
            findings=findings,
            correlation=marks.correlation,
            body_id=marks.body_id,
            diagnostic=diagnostic,
        )
        return Answer(500, self.written(tree, marks), exchange, True, outcome=(fault,))
