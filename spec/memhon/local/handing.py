"""The platform's hand-over in a sandbox: a client of its own, and the rounds of the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property

from memhon.client import Answer, Client, ClientKeys
from memhon.clock import Clock
from memhon.home import pki_path
from memhon.local.services import STRICT, Setting
from memhon.platform.handover import HandOver, Rounds
from memhon.sandbox import Numbering
from memhon.store import Store

_SECONDS = 10.0
"""How long the hand-over waits for an answer; its next run tries again."""


class _Late:
    """A client that is made when the first message leaves: only then is the address known."""

    def __init__(self, make: Callable[[], Client]) -> None:
        self._make = make

    @cached_property
    def _client(self) -> Client:
        return self._make()

    def send(self, message: object, exchange: str | None = None) -> Answer:
        """Send one message and read the answer."""
        return self._client.send(message, exchange)


def hand_over_of(setting: Setting, store: Store, clock: Clock, url: Callable[[], str]) -> HandOver:
    """The hand-over of a sandbox.

    Args:
        setting: How the sandbox answers.
        store: Holds what waits.
        clock: The time of the sandbox.
        url: Address of the sandbox, once it answers.
    """
    # Ranks of its own: what the sandbox and its clients draw stays as it is without a platform.
    seed = None if setting.seed is None else f"{setting.seed}/handover"
    numbering = Numbering(seed, lambda count: store.reserve_numbers(str(seed), count))

    def client() -> Client:
        keyed = setting.tls or setting.security == STRICT
        return Client(
            url(),
            keys=ClientKeys.of_platform(pki_path()) if keyed else None,
            clock=clock,
            security=setting.security,
            numbering=numbering,
            timeout=_SECONDS,
        )

    return HandOver(store.platform, clock, _Late(client), numbering.uuid)


def rounds_of(hand_over: HandOver, clock: Clock, seconds: float) -> Rounds | None:
    """The rounds of the hand-over, begun; None without an interval.

    Args:
        hand_over: What is done.
        clock: The time of the sandbox.
        seconds: Of that clock, between two rounds; 0: no rounds.
    """
    if not seconds:
        return None
    rounds = Rounds(hand_over.run, clock, timedelta(seconds=seconds))
    rounds.start()
    return rounds
