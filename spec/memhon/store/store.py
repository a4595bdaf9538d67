"""The store: what was deposited, simulated, issued, used and refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from memhon.store import circumstances, copying, credentials, deposits, retention, simulations
from memhon.store.access import Access
from memhon.store.accesses import Accesses
from memhon.store.circumstances import ClockState
from memhon.store.copying import Row
from memhon.store.platform import PlatformStore
from memhon.store.records import (
    Cancellation,
    Deposit,
    DepositPage,
    IssuedToken,
    Outcome,
    Status,
)
from memhon.store.refused import RefusedMessages
from memhon.store.simulated import (
    Claimant,
    Contestation,
    NoteHistory,
    Payment,
    Simulation,
    SimulationOutcome,
)
from memhon.store.switches import Switches
from memhon.store.usage import UsageCounts
from memhon.store.views import Views
from memhon.store.wire import WireLog
from memhon.store.writing import Writer


class Store:
    """What the sandbox remembers; safe to use from several threads and processes.

    Every method that changes something is one transaction, and what it changed is on the disk when
    it returns. It raises ``StoreError`` when the database does not answer.
    """

    def __init__(self, reading: Engine, writer: Writer) -> None:
        self._access = Access(reading, writer)
        self._read = self._access.read
        self._write = self._access.write
        self._tidied = retention.Tidied()
        self.switches = Switches(self._access)
        """What the next calls have to meet."""
        self.refused = RefusedMessages(self._access)
        """What was refused for its security, for a short time."""
        self.usage = UsageCounts(self._access)
        """How often what happened, for as long as the store exists."""
        self.accesses = Accesses(self._access, self._tidied)
        """Who read whose data."""
        self.platform = PlatformStore(self._access)
        """What the platform keeps."""
        self.wire = WireLog(self._access)
        """What went over the wire, where there is a desk."""
        self.views = Views(self._access)
        """Lists for the desk."""

    def add_deposit(self, deposit: Deposit) -> None:
        """Keep a deposit; the unique key makes the test for a duplicate atomic.

        Raises:
            DuplicateError: A deposit with that UUID exists, in whatever letter case.
            StoreError: The store cannot be written.
        """
        self._add(deposit.received_at, lambda connection: deposits.add(connection, deposit))

    def deposit(self, uuid: str) -> Deposit | None:
        """The deposit with that sender's UUID, or None."""
        return self._read(lambda connection: deposits.by_uuid(connection, uuid))

    def deposit_by_secu(self, secu_uuid: str) -> Deposit | None:
        """The deposit with that identifier of the sandbox's, or None."""
        return self._read(lambda connection: deposits.by_secu_uuid(connection, secu_uuid))

    def count_deposits(self) -> int:
        """How many deposits the store holds."""
        return self._read(deposits.count)

    def deposits_of(
        self,
        matricule: str,
        *,
        first_day: str | None = None,
        last_day: str | None = None,
        status: Status | None = None,
        page: int = 1,
        size: int = 20,
    ) -> DepositPage:
        """The deposits of a patient, the newest first, without their bytes.

        Args:
            matricule: National number of the patient; one who is unknown has no deposits.
            first_day: First day of the fee note that counts, ``YYYY-MM-DD``.
            last_day: Last day that counts.
            status: The only status that counts.
            page: Which page, from 1.
            size: Deposits to a page.
        """
        wanted = deposits.wanted(first_day, last_day, status)
        return self._read(
            lambda connection: deposits.page_of(connection, matricule, wanted, page, size)
        )

    def consent(self, secu_uuid: str, matricule: str, at: datetime) -> Outcome:
        """Let the patient consent: from ``DEPOSE`` to ``CONSENTI``, or the obstacle."""
        return self._write(
            lambda connection: deposits.consent(connection, secu_uuid, matricule, at)
        )

    def cancel(self, wish: Cancellation) -> Outcome:
        """Cancel a deposit or let another one replace it, or the obstacle."""
        return self._write(lambda connection: deposits.cancel(connection, wish))

    def add_simulation(self, simulation: Simulation) -> None:
        """Keep a simulation; it supersedes open ones of the same biller and fee note.

        Raises:
            DuplicateError: A simulation with that id exists.
            StoreError: The store cannot be written.
        """
        now = simulation.simulated_at
        self._add(now, lambda connection: simulations.add(connection, simulation))

    def simulation(self, simulation_id: str) -> Simulation | None:
        """The simulation with that id, in whatever letter case, or None."""
        return self._read(lambda connection: simulations.by_id(connection, simulation_id))

    def pay(
        self, simulation_id: str, payment_id: str, claim: Decimal, claimant: Claimant
    ) -> SimulationOutcome:
        """Pay an open simulation once, or the hindrance.

        Args:
            simulation_id: Which one.
            payment_id: Identifier of the payment, if it comes to one.
            claim: All that the insurance ever claimed from the biller, in euros; what earlier
                payments held back of it is subtracted here.
            claimant: Who asks, and when.
        """
        return self._write(
            lambda connection: simulations.pay(
                connection, simulation_id, payment_id, claim, claimant
            )
        )

    def contest(self, contestation: Contestation, claimant: Claimant) -> SimulationOutcome:
        """Contest anomalies of an open simulation once, or the hindrance."""
        return self._write(
            lambda connection: simulations.contest(connection, contestation, claimant)
        )

    def payment(self, simulation_id: str) -> Payment | None:
        """The payment of a simulation, or None."""
        return self._read(lambda connection: simulations.payment_of(connection, simulation_id))

    def history_of(self, sender: str, fee_note: str) -> NoteHistory:
        """What earlier simulations of a provider's fee note left behind."""
        return self._read(lambda connection: simulations.history_of(connection, sender, fee_note))

    def recovered_from(self, sender: str) -> Decimal:
        """What was held back of a provider's payments so far, in euros."""
        return self._read(lambda connection: simulations.recovered_from(connection, sender))

    def purge(self, now: datetime) -> int:
        """Forget what is older than 30 days.

        Args:
            now: The sandbox's instant.

        Returns:
            How many rows were deleted.
        """
        return sum(iter(lambda: self._write(retention.forgetting(now)), 0))

    def clock_state(self) -> ClockState | None:
        """How the clock was set; None: it shows the machine's time."""
        return self._read(circumstances.clock_state)

    def set_clock(
        self, change: Callable[[ClockState | None], ClockState | None]
    ) -> ClockState | None:
        """Set the clock from how it was set before, in one transaction.

        Args:
            change: Gives the new setting for the earlier one; None is the machine's time.
        """
        return self._write(lambda connection: circumstances.set_clock(connection, change))

    def reserve_numbers(self, seed: str, count: int) -> int:
        """Take numbers of a seed that nobody else gets, now or after a restart.

        Args:
            seed: What the numbering is drawn from.
            count: How many.

        Returns:
            The first of them; 0 in a new store.
        """
        return self._write(
            lambda connection: circumstances.reserve_numbers(connection, seed, count)
        )

    def reset(self) -> dict[str, int]:
        """Forget everything, the clock included, but not how far each seed was numbered.

        Returns:
            How many rows each table had, by its name.
        """
        return self._write(copying.empty)

    def dump(self, keep: Callable[[Row], object]) -> None:
        """Give every row but those of tokens and assertions, as values of JSON."""
        self._read(lambda connection: [keep(row) and None for row in copying.rows(connection)])

    def load(self, rows: Iterable[Row], *, instead: bool = False) -> int:
        """Keep rows that ``dump`` gave, all or none, ``instead`` of what is there; how many.

        Raises:
            DuplicateError: One of them is there already.
            StoreError: They are not of this version.
        """
        given = list(rows)
        return self._write(lambda connection: copying.add_rows(connection, given, instead=instead))

    def add_token(self, token: IssuedToken) -> None:
        """Keep a token that was issued.

        Raises:
            DuplicateError: The token exists already.
            StoreError: The store cannot be written.
        """
        self._write(lambda connection: credentials.add_token(connection, token))

    def token(self, digest: str) -> IssuedToken | None:
        """The token with that digest, or None."""
        return credentials.token_of(self._access.first(credentials.TOKEN, {"wanted": digest}))

    def cancel_token(self, digest: str) -> bool:
        """Mark a token as handed back; False when there is none that still counts."""
        return self._write(lambda connection: credentials.cancel_token(connection, digest))

    def use_assertion(self, mark: str, expires_at: datetime, now: datetime) -> None:
        """Remember that an assertion bought its token.

        Args:
            mark: What identifies it.
            expires_at: Until when it has to be remembered.
            now: Older ones are forgotten.

        Raises:
            DuplicateError: It was used before.
            StoreError: The store cannot be written.
        """
        self._write(lambda connection: credentials.use_assertion(connection, mark, expires_at, now))

    def close(self) -> None:
        """Finish what waits and close every connection; a store in memory is gone."""
        self._access.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()

    def _add(self, now: datetime, add: Callable[[Connection], None]) -> None:
        retention.together(self._access, self._tidied, now, add)
