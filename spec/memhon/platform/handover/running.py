"""Runs a hand-over: the steps in their order, one document after the other, one run at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

from memhon.clock import Clock
from memhon.errors import MemhonError, SoapFault, StoreError, TransportError
from memhon.findings import Finding, make
from memhon.platform.handover.asking import Means, Sender
from memhon.platform.handover.cancellations import cancel
from memhon.platform.handover.consents import consent
from memhon.platform.handover.deposits import deposit
from memhon.platform.handover.report import Handed, HandOverReport, Outcome, Phase, Result
from memhon.store import DocumentStatus, PlatformDocument, PlatformStore

_STEPS: tuple[tuple[Phase, DocumentStatus, Callable[[PlatformDocument, Means], Result]], ...] = (
    (Phase.DEPOSIT, DocumentStatus.RECEIVED, deposit),
    (Phase.CONSENT, DocumentStatus.REIMBURSEMENT_ASKED, consent),
    (Phase.CANCELLATION, DocumentStatus.CANCEL_ASKED, cancel),
)
PATIENCE = 3
"""So many documents in a row without any answer, and the others wait for the next run."""
_LOG = logging.getLogger("memhon.platform")


class HandOver:
    """Hands over what waits; safe to call from several threads, which take turns.

    Args:
        store: Of the platform.
        clock: Of the sandbox.
        sender: Sends messages to the synchronous exchange, with a system account.
        uuid: Draws the identifiers of cancellations.
    """

    def __init__(
        self, store: PlatformStore, clock: Clock, sender: Sender, uuid: Callable[[], str]
    ) -> None:
        self._means = Means(store, clock, sender, uuid)
        self._turn = threading.Lock()
        self._silent = 0
        self._said: frozenset[tuple[str, str]] = frozenset()
        self.last: HandOverReport | None = None
        """What became of the latest run."""

    def run(self) -> HandOverReport:
        """Hand over everything that waits; what fails stays where it is, for the next run.

        Raises:
            StoreError: The store does not answer; what was handed over before is kept.
        """
        with self._turn:
            self._silent = 0
            at = self._means.clock.now()
            handed: list[Handed] = []
            left = 0
            for phase, status, step in _STEPS:
                for uuid in self._means.store.waiting(status):
                    if self._silent >= PATIENCE:
                        left += 1
                        continue
                    handed.extend(self._taken(uuid, phase, status, step))
            self.last = HandOverReport(at, tuple(handed), left)
            self._log(self.last)
            return self.last

    def _taken(
        self,
        uuid: str,
        phase: Phase,
        status: DocumentStatus,
        step: Callable[[PlatformDocument, Means], Result],
    ) -> Iterator[Handed]:
        document = self._means.store.document(uuid)
        if document is None or document.status is not status:
            return
        try:
            result = step(document, self._means)
            self._silent = 0
        except StoreError:
            raise
        except MemhonError as error:
            silent = isinstance(error, TransportError) and not isinstance(error, SoapFault)
            self._silent = self._silent + 1 if silent else 0
            result = Result(Outcome.FAILED, _reasons(uuid, error))
        after = self._means.store.document(uuid) or document
        yield Handed(uuid, phase, result.outcome, after.status, after.secu_uuid, result.findings)

    def _log(self, report: HandOverReport) -> None:
        """Tell what does not move on, once, and never whom it concerns."""
        stuck = [each for each in report.handed if not each.outcome.settled]
        said = frozenset((each.uuid, finding.id) for each in stuck for finding in each.findings[:1])
        for each in stuck:
            ids = ", ".join(finding.id for finding in each.findings)
            if any((each.uuid, finding.id) not in self._said for finding in each.findings[:1]):
                _LOG.warning("not handed over, %s, %s: %s", each.uuid, each.phase.value, ids)
        if report.left:
            _LOG.warning("hand-over stopped, %d documents left", report.left)
        self._said = said


def _reasons(uuid: str, error: MemhonError) -> tuple[Finding, ...]:
    found = tuple(each for each in error.findings if isinstance(each, Finding))
    known = error.detail_id if isinstance(error, SoapFault) else None
    cause = known or (found[0].id if found else type(error).__name__)
    return make("PLA-046", found=uuid, detail=cause), *found
