"""What comes out of the press."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printing:
    """A printed form."""

    data: bytes
    """The PDF."""
    title: str
    """Its title, as a reader shows it."""
    pages: int
    """How many there are."""
