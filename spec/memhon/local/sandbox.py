"""``memhon.Sandbox``: store, synchronous exchange, server and clients together."""

from __future__ import annotations

import ssl
from pathlib import Path
from types import TracebackType
from typing import Self

from memhon.catalogue import load
from memhon.client import Client, ClientKeys
from memhon.clock import Clock, SystemClock
from memhon.errors import SandboxError
from memhon.home import pki_path
from memhon.sandbox import (
    Gate,
    IdentityProvider,
    Numbering,
    Rules,
    Server,
    ServiceKeys,
    Services,
    StoreClock,
    SynchronousExchange,
    TokenService,
    create_app,
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
        self._store: Store | None = None
        self._server: Server | None = None

    @property
    def url(self) -> str:
        """Address of the running sandbox, without a path.

        Raises:
            SandboxError: It is not running.
        """
        if self._server is None:
            raise SandboxError("le bac à sable n'est pas démarré")
        return self._server.url

    def client(self, practitioner: str = "demo-1") -> Client:
        """A client that sends to this sandbox and lives in its time.

        Args:
            practitioner: Id of the fictitious provider in whose name it signs.

        Raises:
            SandboxError: The sandbox is not running.
            SecurityError: The test keys cannot be made or read.
        """
        url = self.url
        keyed = self._tls or self._security == STRICT
        keys = ClientKeys.of_sandbox(pki_path(), practitioner) if keyed else None
        return Client(
            url,
            keys=keys,
            clock=self.clock,
            security=self._security,
            numbering=Numbering(self._seed),
        )

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
            services = self._services(self._store, numbering, rules)
            if self._populated:
                populate(services.exchange)
            server = Server(create_app(services), port=self._port, tls=self._context())
            server.start()
        except BaseException:
            self.stop()
            raise
        self._server = server
        return self

    def _context(self) -> ssl.SSLContext | None:
        if not self._tls:
            return None
        pki = Pki(pki_path())
        return server_context(pki.service(TLS), pki.trust().authorities)

    def _services(self, store: Store, numbering: Numbering, rules: Rules) -> Services:
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
            SynchronousExchange(store, self.clock, numbering, rules, gate),
            IdentityProvider(keys, self.clock, numbering, str(identity["assertion_issuer"])),
            TokenService(keys, store, self.clock, numbering, account),
            self._tls,
        )

    def stop(self) -> None:
        """Stop the server and close the store; a store in memory is gone."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()
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
