"""The public Python names as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """A parameter or an attribute."""

    name: str
    type: str
    """Annotation as written; empty without one."""
    default: str
    """Default or value as written; empty without one."""
    text: str
    """English."""


@dataclass(frozen=True, slots=True)
class PublicName:
    """A function, a class or a method."""

    name: str
    """With its class for a method, e.g. ``Report.to_json``."""
    kind: str
    """``function``, ``class`` or ``error``."""
    signature: str
    """As written in a call; empty for a class that its users do not make."""
    bases: tuple[str, ...]
    """Names that a class builds upon."""
    text: str
    """What it is, English; paragraphs separated by an empty line."""
    parameters: tuple[Variable, ...]
    returns: str
    """Annotation of what is returned; empty for nothing."""
    returned: str
    """What is returned, English."""
    raises: tuple[tuple[str, str], ...]
    """Error and when, English."""
    attributes: tuple[Variable, ...]
    methods: tuple[PublicName, ...]
