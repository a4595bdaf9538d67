"""What each of several processes does when a sandbox answers with more than one."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

from memhon.clock import Clock
from memhon.errors import SandboxError
from memhon.local.services import Setting, context_of, services_of
from memhon.sandbox import Diagnostics, Server, StoreClock, Wiretap, create_app
from memhon.store import open_store


@dataclass(frozen=True, slots=True)
class Share:
    """What one of several processes does: it answers; desk and sweeper are the first one's."""

    where: str
    """The store."""
    setting: Setting
    desk: str | None
    """Address of the desk, without a path."""

    def __call__(self, listener: socket.socket) -> Answering:
        """Begin."""
        return Answering(self, listener)


class Answering:
    """What answers in one of several processes.

    Args:
        share: What it has to know.
        listener: The socket of all.
    """

    def __init__(self, share: Share, listener: socket.socket) -> None:
        self._store = open_store(share.where)
        self._clock = StoreClock(self._store)
        kept = share.desk and Diagnostics(self._store, self._clock, share.desk)
        self._tap = Wiretap(self._store) if share.desk else None
        if self._tap is not None:
            self._tap.start()
        services = services_of(share.setting, self._store, self._clock, kept or None, self._tap)
        tls = context_of(share.setting)
        self._server = Server(create_app(services), listener=listener, tls=tls)
        self._server.start()

    def stop(self) -> None:
        """Finish running requests and close the store."""
        self._server.stop()
        if self._tap is not None:
            self._tap.stop()
        self._clock.detach()
        self._store.close()


def check_workers(workers: int, store: str | Path, clock: Clock | None) -> None:
    """Whether so many processes can work together.

    Raises:
        SandboxError: They do not share this store, or this clock.
    """
    if workers < 1:
        raise SandboxError(f"{workers} processus : il en faut au moins un")
    if workers > 1 and str(store) == "memory":
        raise SandboxError(
            "plusieurs processus ne partagent pas un dépôt de données en mémoire ; "
            "indiquez-en un qui dure avec --store (store=…)"
        )
    if workers > 1 and clock is not None:
        raise SandboxError(
            "plusieurs processus ne partagent pas une horloge de ce programme ; "
            "réglez celle du dépôt de données : memhon sandbox clock"
        )
