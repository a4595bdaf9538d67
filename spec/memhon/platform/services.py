"""What every operation of the platform has at hand."""

from __future__ import annotations

from dataclasses import dataclass

from memhon.clock import Clock
from memhon.platform.directory import Directory
from memhon.platform.settings import Settings
from memhon.platform.tokens import Tokens
from memhon.store import Store


@dataclass(frozen=True, slots=True)
class Platform:
    """The platform of one sandbox; safe to use from several threads."""

    store: Store
    clock: Clock
    """Of the sandbox."""
    tokens: Tokens
    """Issues and reads JWT."""
    directory: Directory
    """Knows the fictitious persons and practitioners."""
    settings: Settings
