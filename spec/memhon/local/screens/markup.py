"""HTML from Python: whatever is not HTML already is escaped, and there is no other way in."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias, Union

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Html(str):
    """Text that is HTML already; only this module and trusted drawings make it."""

    __slots__ = ()


Node: TypeAlias = Union[Html, str, int, "Iterable[Node]", None]
"""What an element may hold: a text is escaped, None is nothing."""


def el(name: str, /, *children: Node, **attributes: str | int | bool | None) -> Html:
    """An element.

    Args:
        name: Of the element.
        children: What it holds.
        attributes: Underscores stand for hyphens, one at the end is dropped: ``class_``. True: an
            attribute without a value; False and None: none.
    """
    marks = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{marks}>")
    return Html(f"<{name}{marks}>{html(children)}</{name}>")


def html(node: Node) -> Html:
    """What an element holds, as HTML."""
    if node is None:
        return Html("")
    if isinstance(node, Html):
        return node
    if isinstance(node, str | int):
        return Html(escape(str(node), quote=False))
    return Html("".join(html(each) for each in node))


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
