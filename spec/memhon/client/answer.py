"""What a client returns, and how a notebook shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from memhon.errors import MessageError
from memhon.findings import Report, cut
from memhon.intake import indented

_PROLOG = re.compile(r"(?:\s*(?:<\?.*?\?>|<!--.*?-->))*\s*", re.DOTALL)
_WIDE = 400
"""A signed envelope has lines of thousands of characters; nobody reads them so."""
_LONG = re.compile(r">([A-Za-z0-9+/=\s]{240,})<")
_KEPT = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One HTTP exchange of the chain, as it went over the wire."""

    name: str
    """French name of the step."""
    url: str
    """Where it went."""
    request: bytes = field(repr=False)
    """Body as sent."""
    request_headers: Mapping[str, str]
    """Headers that the client set."""
    status: int
    """HTTP status of the answer."""
    response: bytes = field(repr=False)
    """Body as received."""
    response_headers: Mapping[str, str]
    """Headers as received, names in lower case."""

    def _repr_markdown_(self) -> str:
        """Request and answer for a notebook; the port is left out, it changes at every run."""
        path = "/" + self.url.partition("://")[2].partition("/")[2]
        marks = ", ".join(
            f"`{name}: {value}`"
            for name, value in sorted(self.response_headers.items())
            if name.startswith("x-memhon-")
        )
        head = f"**{self.name}** : `POST {path}`"
        tail = f"Réponse : HTTP {self.status}" + (f" ({marks})" if marks else "")
        return f"{head}\n\n{fence(self.request)}\n\n{tail}\n\n{fence(self.response)}\n"


def on_demand(step: Step) -> str:
    """A remark that somebody asked the sandbox for what the step met; empty otherwise."""
    effect = step.response_headers.get("x-memhon-on-demand", "")
    return f" Provoqué par le commutateur du bac à sable ({cut(effect)})." if effect else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one message."""

    message: Any
    """The answer's binding, an instance of a generated class."""
    raw: bytes = field(repr=False)
    """The whole envelope as received, byte for byte."""
    report: Report
    """Checks on the answer, with every anomaly that its sender put into it."""
    correlation_id: str | None
    """``Id-`` and 24 hexadecimal digits, for the help desk."""
    trace: tuple[Step, ...]
    """Every HTTP exchange that led here, in order."""

    def _repr_markdown_(self) -> str:
        """The envelope for a notebook."""
        return fence(self.raw) + "\n"


def fence(data: bytes) -> str:
    """XML as a Markdown block; long base64 is cut, and says so.

    What stands on very long lines is shown indented: these bytes differ from those of the wire.
    """
    text = _LONG.sub(_shorten, data.decode("utf-8", "replace").strip())
    if any(len(line) > _WIDE for line in text.splitlines()):
        text = _LONG.sub(_shorten, _readable(data, text))
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}xml\n{text}\n{ticks}"


def _readable(data: bytes, text: str) -> str:
    """The text indented, with what stands before the document element; as it is if no XML."""
    prolog = _PROLOG.match(text)
    try:
        return f"{prolog[0] if prolog else ''}{indented(data)}"
    except MessageError:
        return text


def _shorten(match: re.Match[str]) -> str:
    content = match.group(1).strip()
    return f">{content[:_KEPT]}… ({len(content)} caractères)<"
