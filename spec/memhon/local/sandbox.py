"""``memhon.Sandbox``: store, synchronous exchange, server and clients together."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from memhon.catalogue import load
from memhon.client import Client
from memhon.clock import Clock, SystemClock
from memhon.errors import SandboxError
from memhon.sandbox import Numbering, Server, SynchronousExchange, create_app, rules_of
from memhon.store import Store, open_store


class Sandbox:
    """The local counterpart, as a context manager.

    ```python
    with memhon.Sandbox() as sandbox:
        answer = sandbox.client().send(message)
    ```

    Args:
        port: TCP port on the loopback address; 0 lets the system choose.
        store: ``memory``, ``default``, a path, or a URL ``sqlite:///PATH``.
        clock: The time in which the sandbox and its clients live; the machine's by default.
        seed: Makes identifiers repeatable: the same seed and the same clock give the same bytes.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        store: str | Path = "memory",
        clock: Clock | None = None,
        seed: int | None = None,
    ) -> None:
        self.clock: Clock = clock or SystemClock()
        self._port = port
        self._where = store
        self._seed = seed
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

    def client(self) -> Client:
        """A client that sends to this sandbox and lives in its time.

        Raises:
            SandboxError: The sandbox is not running.
        """
        return Client(self.url, clock=self.clock)

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
            rules = rules_of(load())
            numbering = Numbering(self._seed)
            exchange = SynchronousExchange(self._store, self.clock, numbering, rules)
            server = Server(create_app(exchange), port=self._port)
            server.start()
        except BaseException:
            self.stop()
            raise
        self._server = server
        return self

    def stop(self) -> None:
        """Stop the server and close the store; a store in memory is gone."""
        server, self._server = self._server, None
        if server is not None:
            server.stop()
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
