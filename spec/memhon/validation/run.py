"""What the layers of one validation hand on to each other."""

from __future__ import annotations

from memhon.findings import Check, Finding
from memhon.intake import Document, Limits, Recognised


class Run:
    """One validation under way; the layers fill it in.

    Args:
        data: The document as received.
        exchange: Id of the exchange that the caller expects.
        show_values: Whether values of personal fields are shown.
        limits: Sizes and time above which the document is not judged.
    """

    def __init__(
        self, data: bytes, exchange: str | None, *, show_values: bool, limits: Limits
    ) -> None:
        self.data = data
        self.exchange = exchange
        self.show_values = show_values
        self.limits = limits
        self.document: Document | None = None
        self.recognised: Recognised | None = None
        self.findings: list[Finding] = []
        self.checks: list[Check] = []
