"""``memhon.Sandbox``: store, synchronous exchange, server and clients together."""

from __future__ import annotations

import ssl
from pathlib import Path
from types import TracebackType
from typing import Self

from memhon.catalogue import load
from memhon.client import Client, ClientKeys, Recorder
from memhon.clock import Clock, SystemClock
from memhon.errors import SandboxError
from memhon.home import pki_path
from memhon.local.explaining import explain_refused
from memhon.sandbox import (
    Diagnostics,
    Faults,
    Gate,
    IdentityProvider,
    Numbering,
    Rules,
    Server,
    ServiceKeys,
    Services,
    StoreClock,
    Sweeper,
    SynchronousExchange,
    TokenService,
    create_app,
    create_desk,
    populate,
    rules_of,
)
from memhon.security import IDENTITY_PROVIDER, MYSECU, TLS, Pki, Username, server_context
from memhon.store import Store, open_store

STRICT, OFF = "strict", "off"


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
        desk_port: TCP port of the desk, which explains faults of the security chain in a browser;
            0 lets the system choose. None: no desk, and no fault names one.
    """

    def __init__(
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
    ) -> None:
        self.clock: Clock = clock or SystemClock()
        self._shared: StoreClock | None = None
        self._own_time = clock is not None
        self._port = port
        self._where = store
        self._security = _known(security)
        self._tls = tls
        self._seed = seed
        self._populated = populated
        self._desk_port = desk_port
        self._store: Store | None = None
        self._server: Server | None = None
        self._desk: Server | None = None
        self._sweeper: Sweeper | None = None

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
        keyed = self._tls or self._security == STRICT
        keys = ClientKeys.of_sandbox(pki_path(), practitioner) if keyed else None
        client = Client(
            url,
            keys=keys,
            clock=self.clock,
            security=self._security,
            numbering=Numbering(self._seed),
            timeout=timeout,
        )
        client.trace = trace
        return client

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
            rules = rules_of(load())
            numbering = Numbering(self._seed)
            diagnostics = self._open_desk(self._store)
            services = self._services(self._store, numbering, rules, diagnostics)
            if self._populated:
                populate(services.exchange)
            server = Server(create_app(services), port=self._port, tls=self._context())
            server.start()
        except BaseException:
            self.stop()
            raise
        self._server = server
        return self

    def _open_desk(self, store: Store) -> Diagnostics | None:
        """Start the desk where one is wanted, and what keeps refused messages for it."""
        if self._desk_port is None:
            return None
        app = create_desk(store, self.clock, explain_refused)
        self._desk = Server(app, port=self._desk_port, option="--desk-port")
        self._desk.start()
        diagnostics = Diagnostics(store, self.clock, self._desk.url)
        self._sweeper = Sweeper(diagnostics)
        self._sweeper.start()
        return diagnostics

    def _context(self) -> ssl.SSLContext | None:
        if not self._tls:
            return None
        pki = Pki(pki_path())
        return server_context(pki.service(TLS), pki.trust().authorities)

    def _services(
        self,
        store: Store,
        numbering: Numbering,
        rules: Rules,
        diagnostics: Diagnostics | None,
    ) -> Services:
        if self._security != STRICT:
            exchange = SynchronousExchange(store, self.clock, numbering, rules)
            return Services(exchange, tls=self._tls)
        catalogue = load()
        identity = catalogue.profiles["certification"].values
        pki = Pki(pki_path())
        mysecu = pki.service(MYSECU)
        keys = ServiceKeys(pki.service(IDENTITY_PROVIDER), mysecu, pki.trust())
        gate = Gate(keys, store, self.clock, str(identity["business_address"]))
        settings = catalogue.settings
        account = Username(str(settings["account_name"]), str(settings["account_password"]))
        return Services(
            SynchronousExchange(store, self.clock, numbering, rules, gate, diagnostics=diagnostics),
            IdentityProvider(
                keys, self.clock, numbering, str(identity["assertion_issuer"]), diagnostics
            ),
            TokenService(keys, store, self.clock, numbering, account, diagnostics),
            self._tls,
        )

    def stop(self) -> None:
        """Stop the servers, delete refused messages and close the store; in memory it is gone."""
        servers = self._server, self._desk
        self._server = self._desk = None
        for server in servers:
            if server is not None:
                server.stop()
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
