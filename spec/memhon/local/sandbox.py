"""``memhon.Sandbox``: store, synchronous exchange, server and clients together."""

from __future__ import annotations

import itertools
from pathlib import Path
from types import TracebackType
from typing import Self

from memhon.client import Client, ClientKeys, Recorder
from memhon.clock import Clock, SystemClock
from memhon.errors import SandboxError
from memhon.home import pki_path
from memhon.local.explaining import explain_refused
from memhon.local.handing import hand_over_of, rounds_of
from memhon.local.parts import desk_parts
from memhon.local.screens import Desk
from memhon.local.services import OFF, STRICT, Setting, context_of, services_of
from memhon.local.sharing import Share, check_workers
from memhon.local.workers import Workers
from memhon.platform.handover import HandOver, HandOverReport, Rounds
from memhon.sandbox import (
    Control,
    Diagnostics,
    Faults,
    Numbering,
    Server,
    Services,
    StoreClock,
    Sweeper,
    Wiretap,
    create_app,
    create_desk,
    listen,
    numbering_in,
    populate,
)
from memhon.store import Store, open_store


class Sandbox:
    """The local counterpart, as a context manager.

    ```python
    with memhon.Sandbox() as sandbox:
        answer = sandbox.client().send(message)
    ```

    Args:
        port: TCP port on the loopback address; 0 lets the system choose.
        store: ``memory``, ``default``, a path, or a URL: ``sqlite:///PATH``, ``postgresql://…``.
        clock: The time in which the sandbox and its clients live; by default that which is set in
            the store, otherwise the machine's.
        security: ``strict``: signatures, certificates and tokens are checked; ``off``: nothing is.
        tls: Speaks HTTPS and demands a client certificate; with ``strict``, that of the signer.
        seed: Makes identifiers repeatable: the same seed and the same clock give the same bytes.
        populated: Starts with the fictitious messages that the catalogue's examples speak of.
        desk_port: TCP port of the desk, which explains faults of the security chain in a browser
            sets clock and switchboard, and answers as the exchange platform; 0 lets the system
            choose. None: no desk, and no fault names one.
        workers: How many processes answer. More than one needs a store that outlives them and the
            clock of that store, and a script that starts them has to be importable, as
            ``multiprocessing`` demands: ``if __name__ == "__main__":``.
        handover: After how many seconds of its clock the platform hands over what waits; 0: only
            when it is asked to, by ``hand_over`` or at the desk.

    Raises:
        SandboxError: The security is unknown, or these workers cannot work together.
    """

    def __init__(  # noqa: PLR0913 - all by keyword, one for each thing a user may want
        self,
        *,
        port: int = 0,
        store: str | Path = "memory",
        clock: Clock | None = None,
        security: str = "strict",
        tls: bool = False,
        seed: int | None = None,
        populated: bool = False,
        desk_port: int | None = None,
        workers: int = 1,
        handover: float = 0,
    ) -> None:
        check_workers(workers, store, clock)
        self.clock: Clock = clock or SystemClock()
        self._shared: StoreClock | None = None
        self._own_time = clock is not None
        self._port = port
        self._where = store
        self._setting = Setting(_known(security), tls, seed)
        self._populated = populated
        self._desk_port = desk_port
        self._workers = workers
        self._interval = handover
        self._hand_over: HandOver | None = None
        self._rounds: Rounds | None = None
        self._clients = itertools.count()
        self._store: Store | None = None
        self._server: Server | Workers | None = None
        self._desk: Server | None = None
        self._sweeper: Sweeper | None = None
        self._tap: Wiretap | None = None

    @property
    def url(self) -> str:
        """Address of the running sandbox, without a path.

        Raises:
            SandboxError: It is not running.
        """
        if self._server is None:
            raise SandboxError("le bac à sable n'est pas démarré")
        return self._server.url

    @property
    def desk_url(self) -> str:
        """Address of the desk of the running sandbox, without a path.

        Raises:
            SandboxError: It is not running, or was made without ``desk_port``.
        """
        _ = self.url
        if self._desk is None:
            raise SandboxError(
                "ce bac à sable n'a pas de poste de commande : ouvrez-le avec desk_port=0"
            )
        return self._desk.url

    @property
    def faults(self) -> Faults:
        """What the next calls of the running sandbox meet, on demand.

        Raises:
            SandboxError: It is not running.
        """
        _ = self.url
        assert self._store is not None
        return Faults(self._store)

    def client(
        self,
        practitioner: str = "demo-1",
        *,
        timeout: float = 30.0,
        trace: Recorder | None = None,
    ) -> Client:
        """A client that sends to this sandbox and lives in its time.

        Args:
            practitioner: Id of the fictitious provider in whose name it signs.
            timeout: Seconds for each of connecting, sending and waiting.
            trace: Keeps every call with its messages; e.g. a ``Trace``.

        Raises:
            SandboxError: The sandbox is not running.
            SecurityError: The test keys cannot be made or read.
        """
        url = self.url
        setting = self._setting
        keyed = setting.tls or setting.security == STRICT
        keys = ClientKeys.of_sandbox(pki_path(), practitioner) if keyed else None
        client = Client(
            url,
            keys=keys,
            clock=self.clock,
            security=setting.security,
            numbering=self._of_client(),
            timeout=timeout,
        )
        client.trace = trace
        return client

    def hand_over(self) -> HandOverReport:
        """Let the platform hand over what waits: deposits, then consents, then cancellations.

        Returns:
            What became of each document; what failed waits for the next time.

        Raises:
            SandboxError: It is not running.
            StoreError: The store does not answer.
        """
        _ = self.url
        assert self._hand_over is not None
        return self._hand_over.run()

    def _of_client(self) -> Numbering:
        """What one client draws: neither the ids of the sandbox nor those of another client."""
        seed, number = self._setting.seed, next(self._clients)
        return Numbering(None if seed is None else f"{seed}/client/{number}")

    def start(self) -> Self:
        """Start and return as soon as requests are answered.

        Raises:
            SandboxError: It runs already, or the port cannot be opened.
            StoreError: The store cannot be opened.
        """
        if self._server is not None:
            raise SandboxError("le bac à sable est déjà démarré")
        self._store = open_store(self._where)
        try:
            if not self._own_time:
                self.clock = self._shared = StoreClock(self._store)
            self._store.purge(self.clock.now())
            numbering = numbering_in(self._store, self._setting.seed)
            self._hand_over = hand_over_of(self._setting, self._store, self.clock, lambda: self.url)
            diagnostics = self._open_desk(Control(self._store, self.clock, numbering))
            tap = self._open_tap()
            services = services_of(self._setting, self._store, self.clock, diagnostics, tap)
            if self._populated:
                populate(services.exchange)
            self._server = self._answering(services)
            self._rounds = rounds_of(self._hand_over, self.clock, self._interval)
        except BaseException:
            self.stop()
            raise
        return self

    def _answering(self, services: Services) -> Server | Workers:
        """Start what answers: this process, or several others."""
        context = context_of(self._setting)
        server: Server | Workers
        if self._workers == 1:
            server = Server(create_app(services), port=self._port, tls=context)
        else:
            desk = None if self._desk is None else self._desk.url
            share = Share(str(self._where), self._setting, desk)
            server = Workers(self._workers, listen(self._port), share, tls=self._setting.tls)
        server.start()
        return server

    def _open_desk(self, control: Control) -> Diagnostics | None:
        """Start the desk where one is wanted, and what keeps refused messages for it."""
        if self._desk_port is None:
            return None
        assert self._hand_over is not None
        desk = Desk(control, self._setting, lambda: self._server.url if self._server else "")
        app = create_desk(control, explain_refused, *desk_parts(desk, self._hand_over))
        self._desk = Server(app, port=self._desk_port, option="--desk-port")
        self._desk.start()
        diagnostics = Diagnostics(control.store, control.clock, self._desk.url)
        self._sweeper = Sweeper(diagnostics)
        self._sweeper.start()
        return diagnostics

    def _open_tap(self) -> Wiretap | None:
        """Begin to keep what goes over the wire, when a desk shows it and this process answers."""
        if self._desk is None or self._workers > 1:
            return None
        assert self._store is not None
        self._tap = Wiretap(self._store)
        self._tap.start()
        return self._tap

    def stop(self) -> None:
        """Stop the servers, delete refused messages and close the store; in memory it is gone."""
        rounds, self._rounds = self._rounds, None
        if rounds is not None:
            rounds.stop()
        servers = self._server, self._desk
        self._server = self._desk = None
        for server in servers:
            if server is not None:
                server.stop()
        tap, self._tap = self._tap, None
        if tap is not None:
            tap.stop()
        sweeper, self._sweeper = self._sweeper, None
        if sweeper is not None:
            sweeper.stop()
        shared, self._shared = self._shared, None
        if shared is not None:
            shared.detach()
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def __enter__(self) -> Self:
        """Start the sandbox."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the sandbox."""
        self.stop()


def _known(security: str) -> str:
    if security not in (STRICT, OFF):
        raise SandboxError(f"sécurité inconnue : « {security} » ; {STRICT} ou {OFF} est attendu")
    return security
