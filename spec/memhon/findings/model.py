"""A finding, a check and the words for severity and verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Protocol

from memhon.catalogue import FindingText, Wording, load
from memhon.errors import CatalogueError

_CUT = 60
_STEP = re.compile(r"[^/:]+:|\[\d+\]")


class Severity(StrEnum):
    """How much a finding weighs; only ``ERROR`` makes a message invalid."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Verdict(StrEnum):
    """What is known of a message after the checks."""

    VALID = "valid"
    INVALID = "invalid"
    UNDECIDED = "undecided"


class CheckStatus(StrEnum):
    """How one planned check ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Check:
    """One planned layer and how it ended."""

    layer: str
    status: CheckStatus
    milliseconds: float
    """Wall time of the layer."""


class Place(Protocol):
    """The place of a finding in its document."""

    def excerpt(self, finding: Finding) -> str | None:
        """The lines around the place."""
        ...

    def edit(self, finding: Finding) -> str | None:
        """The smallest correction as a unified diff."""
        ...


@dataclass(frozen=True, slots=True)
class Shown:
    """A place whose texts are already made."""

    excerpt_text: str | None = None
    edit_text: str | None = None

    def excerpt(self, finding: Finding) -> str | None:
        """The lines around the place."""
        return self.excerpt_text

    def edit(self, finding: Finding) -> str | None:
        """The smallest correction as a unified diff."""
        return self.edit_text


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was found in a message, with its place."""

    id: str
    """Stable id, never reused, e.g. ``XSD-013``."""
    layer: str
    severity: Severity
    kind: str
    """``form``, ``limit``, ``crash``, ``schema``, ``binding``, ``anomaly``, ``fault`` …"""
    line: int | None = None
    """Line in the document as given, counted from 1."""
    column: int | None = None
    xpath: str | None = None
    """Path of the node with the prefixes of the field."""
    found: str | None = None
    """What stands there, cut at 60 characters."""
    expected: str | None = None
    """What is allowed there."""
    element: str | None = None
    """Name of the element concerned."""
    detail: str | None = None
    """What no other field holds."""
    place: Place | None = field(default=None, compare=False, repr=False)
    """Shows the place in the document; excerpt and edit are made when they are asked for."""

    @property
    def excerpt(self) -> str | None:
        """The lines around the place with their numbers, and a caret below the place."""
        return self.place.excerpt(self) if self.place else None

    @property
    def edit(self) -> str | None:
        """The smallest correction as a unified diff, where one can be determined."""
        return self.place.edit(self) if self.place else None

    @property
    def path(self) -> str | None:
        """Local names from the document element, as the pages of the exchanges name them."""
        if self.xpath is None:
            return None
        return _STEP.sub("", self.xpath.lstrip("/")) if "local-name" not in self.xpath else None

    def __reduce__(self) -> tuple[type[Finding], tuple[Any, ...]]:
        """A finding that travels between processes takes its texts along, not its document."""
        shown = Shown(self.excerpt, self.edit) if self.place else None
        values = [getattr(self, part.name) for part in fields(self) if part.name != "place"]
        return Finding, (*values, shown)

    @property
    def page(self) -> str:
        """Address of the finding's text, relative to the root of the site."""
        return f"reference/anomalies/#{self.id.lower()}"

    def expectation(self, lang: str = "fr") -> str | None:
        """What is expected, in words."""
        if self.expected is None:
            return None
        return self.wording(lang).expected.format(expected=self.expected)

    def wording(self, lang: str = "fr") -> Wording:
        """The texts of this finding's id in that language."""
        return explain(self.id).texts[lang]

    def text(self, lang: str = "fr") -> str:
        """One sentence, with what was found and expected filled in."""
        unknown = "inconnu" if lang == "fr" else "unknown"
        values = {
            "element": self.element,
            "found": self.found,
            "expected": self.expected,
            "line": self.line,
            "detail": self.detail,
        }
        filled = {name: unknown if value is None else value for name, value in values.items()}
        return self.wording(lang).text.format(**filled)

    def to_dict(self, lang: str = "fr") -> dict[str, Any]:
        """The finding as plain values for JSON; texts in that language."""
        wording = self.wording(lang)
        return {
            "id": self.id,
            "layer": self.layer,
            "severity": self.severity.value,
            "kind": self.kind,
            "line": self.line,
            "column": self.column,
            "xpath": self.xpath,
            "path": self.path,
            "element": self.element,
            "found": self.found,
            "expected": self.expected,
            "excerpt": self.excerpt,
            "edit": self.edit,
            "title": wording.title,
            "text": self.text(lang),
            "cause": wording.cause,
            "allowed": wording.allowed,
            "fix": wording.fix,
            "page": self.page,
        }


def explain(finding_id: str) -> FindingText:
    """The registered texts of a finding id.

    Raises:
        CatalogueError: No finding has that id; the message names the nearest ones.
    """
    texts = load().findings
    if finding_id in texts:
        return texts[finding_id]
    family = finding_id.partition("-")[0]
    near = ", ".join(known for known in texts if known.startswith(family)) or ", ".join(texts)
    raise CatalogueError(f"anomalie inconnue : « {finding_id} » ; identifiants connus : {near}")


def make(
    finding_id: str,
    *,
    line: int | None = None,
    column: int | None = None,
    xpath: str | None = None,
    found: str | None = None,
    expected: str | None = None,
    element: str | None = None,
    detail: str | None = None,
) -> Finding:
    """A finding of a registered id; severity, layer and kind come from the registry.

    Raises:
        CatalogueError: The id is not registered.
    """
    registered = explain(finding_id)
    return Finding(
        id=finding_id,
        layer=registered.layer,
        severity=Severity(registered.severity),
        kind=registered.kind,
        line=line,
        column=column,
        xpath=xpath,
        found=None if found is None else cut(found),
        expected=expected,
        element=element,
        detail=detail,
    )


def cut(value: str) -> str:
    """The value on one line and at most 60 characters long."""
    flat = " ".join(value.split()) if len(value) < 10 * _CUT else " ".join(value[:600].split())
    return flat if len(flat) <= _CUT else flat[: _CUT - 1] + "…"
