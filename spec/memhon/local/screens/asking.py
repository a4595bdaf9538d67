"""What a screen is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from memhon.clock import Clock
from memhon.local.screens.markup import Html
from memhon.local.services import Setting
from memhon.sandbox import Control, Read, local_reader, write_down
from memhon.sandbox.access_log import DESK
from memhon.store import Store

ROWS = 20
"""Rows of a page."""
_LAST = 100_000


class MissingError(Exception):
    """Nothing is kept under what the address names.

    Args:
        what: The sentence that says so.
    """


@dataclass(frozen=True, slots=True)
class Desk:
    """What the screens show."""

    control: Control
    setting: Setting
    address: Callable[[], str]
    """Gives the address of the exchange, without a path; empty as long as it does not answer."""

    @property
    def store(self) -> Store:
        """Of the sandbox."""
        return self.control.store

    @property
    def clock(self) -> Clock:
        """Of the sandbox."""
        return self.control.clock

    def told(self, path: str) -> Any:
        """What the control says of clock or switchboard."""
        return self.control.ask("GET", path).value


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for a screen."""

    pattern: str
    """Path with the names of its parts in braces."""
    path: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    """Of the path, by name."""
    query: Mapping[str, str] = field(default_factory=dict)
    peer: str = ""
    """Network address of who asks."""

    @property
    def page(self) -> int:
        """Which page of a list, from 1; what is no number is the first."""
        text = self.query.get("page", "")
        return max(1, min(int(text), _LAST)) if text.isascii() and text.isdecimal() else 1

    def word(self, name: str) -> str:
        """A parameter without the white space around it; empty when there is none."""
        return self.query.get(name, "").strip()[:200]


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen, without what surrounds every screen."""

    title: str
    """Its only heading of the first degree."""
    parts: tuple[Html, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A file instead of a screen."""

    data: bytes
    media_type: str
    name: str = ""
    """Under which it is saved; empty: it is shown."""


Screen: TypeAlias = Callable[[Desk, Asked], Shown | Given]


def looked(desk: Desk, asked: Asked, *reads: Read) -> None:
    """Write down what a screen shows of patients, before it does.

    Args:
        desk: Its store keeps the log.
        asked: The request.
        reads: What is shown, of whom.

    Raises:
        StoreError: The log cannot be written, so that nothing may be shown.
    """
    reader = local_reader(DESK, f"GET {asked.pattern.replace(':int', '')}", asked.peer)
    write_down(desk.store, reader, reads, desk.clock.now())
