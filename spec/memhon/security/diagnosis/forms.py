"""A form: one way in which octets may be made from a place of the document.

The verifier's own form is where every search begins; a step changes one setting of it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from memhon.security.diagnosis.nodes import Node, Tree
from memhon.security.diagnosis.serial import Method, canonical


class Axis(IntEnum):
    """What a step changes; the steps of a form are applied in this order, one for each axis."""

    NODE = 1
    ORDER = 2
    NAMES = 3
    BLANKS = 4
    BASE64 = 5
    LINES = 6
    REMARKS = 7
    METHOD = 8
    SCOPE = 9
    ENDS = 10
    OCTETS = 11


class Source(IntEnum):
    """From what the octets are made."""

    CANONICAL = 1
    WRITTEN = 2
    """The text of the document as it stands."""
    STRING = 3
    """The text below the element, without any tag."""
    DECODED = 4
    """What this text says in base64."""


@dataclass(frozen=True, slots=True)
class Form:
    """Settings from which octets follow."""

    tree: Tree
    place: Node
    """The element of the document: its ancestors and its source text."""
    node: Node
    """The same element, or what is made of it."""
    scope: Mapping[str, str]
    method: Method
    content: bool = False
    """Without the element's own tags."""
    cut: bool = False
    """As ``content``, but cut out of the canonical form of the whole element."""
    source: Source = Source.CANONICAL
    line_end: bytes = b"\n"
    front: str = ""
    back: str = ""
    encoding: str = "utf-8"
    mark: bytes = b""
    """Byte order mark."""

    def pieces(self) -> list[bytes]:
        """The octets, in pieces that are not copied; empty when there are none."""
        found = self._pieces()
        if self.encoding != "utf-8" or self.line_end != b"\n":
            found = self._recoded(b"".join(found))
        if not found:
            return []
        front, back = self.front.encode(self.encoding), self.back.encode(self.encoding)
        return [self.mark + front, *found, back] if self.mark or front or back else found

    def _recoded(self, octets: bytes) -> list[bytes]:
        if self.line_end != b"\n":
            octets = octets.replace(b"\r\n", b"\n").replace(b"\n", self.line_end)
        if self.encoding == "utf-8":
            return [octets]
        try:
            return [octets.decode().encode(self.encoding)]
        except UnicodeError:
            return []

    def _pieces(self) -> list[bytes]:
        match self.source:
            case Source.CANONICAL:
                found = canonical(self.node, self.scope, self.method, content=self.content)
                return found[1:-1] if self.cut else found
            case Source.WRITTEN:
                return [self.tree.source(self.place, content=self.content).encode()]
            case Source.STRING:
                return [
                    self.node.text.strip().encode() if self.content else self.node.text.encode()
                ]
            case Source.DECODED:
                return _decoded(self.node.text)


def _decoded(text: str) -> list[bytes]:
    try:
        return [base64.b64decode("".join(text.split()), validate=True)]
    except (binascii.Error, ValueError):
        return []


Change = Callable[[Form], Form | None]
"""Another form, or None where the step does not apply."""


@dataclass(frozen=True, slots=True)
class Step:
    """One hypothesis: what was done otherwise, and what octets would follow."""

    axis: Axis
    cause: str
    """Finding, e.g. ``DIA-003``."""
    change: Change = field(repr=False)
    found: str = ""
    """What the message says or does."""
    expected: str = ""
    """What must have been done."""
    detail: str = ""
    alone: bool = False
    """Whether it is not tried together with other steps."""


def applied(form: Form, steps: tuple[Step, ...]) -> Form | None:
    """A form after some steps, in the order of their axes; None where one does not apply."""
    found: Form | None = form
    for step in sorted(steps, key=lambda step: step.axis):
        if found is None:
            return None
        found = step.change(found)
    return found
