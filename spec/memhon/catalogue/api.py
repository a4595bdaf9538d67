"""What the description of an HTTP interface says beyond the table of its operations."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from memhon.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class ApiWords:
    """Schemas and words of one interface, as the catalogue has them."""

    title: str
    description: str
    tags: Mapping[str, str]
    """Subjects, French."""
    parameters: Mapping[str, str]
    """What each parameter is, French."""
    statuses: Mapping[str, str]
    """What each status means, French."""
    headers: Mapping[str, str]
    """What each header of an answer tells, French."""
    schemas: Mapping[str, Mapping[str, Any]]
    """``description``, ``provenance``, ``required``, ``properties`` and perhaps ``closed``."""


@cache
def api_words(name: str) -> ApiWords:
    """The words of an interface.

    Args:
        name: Of the file below ``catalogue/api``, without its ending.

    Raises:
        CatalogueError: The file is missing, unreadable or incomplete.
    """
    try:
        text = (files("memhon.catalogue") / "api" / f"{name}.toml").read_text(encoding="utf-8")
        return ApiWords(**tomllib.loads(text))
    except (OSError, TypeError, ValueError) as error:
        raise CatalogueError(f"catalogue illisible : api/{name}.toml : {error}") from error
