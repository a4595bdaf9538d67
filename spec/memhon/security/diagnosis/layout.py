"""White space between elements: dropped, or written as some tool would."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from memhon.security.diagnosis.content import Child, edited, texts
from memhon.security.diagnosis.forms import Axis, Form, Step
from memhon.security.diagnosis.nodes import Node

_INDENTS = {"  ": "␣␣", "    ": "␣␣␣␣", "\t": "→", " ": "␣", "   ": "␣␣␣", "": ""}
_UNITS = ("  ", "    ", "\t")
_LEVELS = (1, 2, 3)
_CAUSE = "DIA-001"

Edit = Callable[[Node], Node]


def blank_steps(form: Form) -> Iterator[Step]:
    """White space between elements dropped, or written otherwise.

    Args:
        form: The verifier's form.
    """
    yield _step(between, "><")
    yield _step(_all_blanks, "><, <a></a>")
    yield _step(_trimmed, "><, <a>x</a>")
    deep = form.tree.depth(form.place)
    for unit, shown in _INDENTS.items():
        for depth in sorted({0, deep}):
            yield _step(_indenting(unit, depth), f">↵{shown}<" + (f" (+{depth})" if depth else ""))
    yield from _mixed(deep)


def _step(edit: Edit, expected: str) -> Step:
    return edited(Axis.BLANKS, _CAUSE, edit, expected=expected)


def _mixed(deep: int) -> Iterator[Step]:
    """An envelope laid out in one way around a content laid out in another."""
    for levels in _LEVELS:
        flat = "><" * levels
        yield _step(_nested(levels, _flat, _same), f"{flat} …")
        for unit in _UNITS:
            inner, shown = _indenting(unit, 0), f">↵{_INDENTS[unit]}<"
            yield _step(_nested(levels, _same, inner), f"… {levels}: {shown}")
            yield _step(_nested(levels, _flat, inner), f"{flat} {levels}: {shown}")
            outer = _level(unit, deep)
            yield _step(_nested(levels, outer, inner), f"{shown} (+{deep}) {levels}: {shown}")


def between(node: Node) -> Node:
    """An element without blanks beside elements."""
    return texts(node, lambda text, owner: text if text.strip() or not owner.elements else "")


def _all_blanks(node: Node) -> Node:
    return texts(node, lambda text, _: text if text.strip() else "")


def _trimmed(node: Node) -> Node:
    return texts(node, lambda text, _: text.strip())


def _indenting(unit: str, depth: int) -> Edit:
    return lambda node: _indented(between(node), unit, depth)


def _indented(node: Node, unit: str, depth: int) -> Node:
    """An element without blanks, laid out anew."""
    inner = [child for child in node.children if not isinstance(child, str)]
    if not inner or len(inner) < len(node.children):
        return node
    children: list[Child] = []
    for child in inner:
        children.append("\n" + unit * (depth + 1))
        children.append(_indented(child, unit, depth + 1) if isinstance(child, Node) else child)
    return node.with_children(*children, "\n" + unit * depth)


Level = Callable[[Node, int], Node]
"""Lays the direct children of an element out; the number is its level."""


def _same(node: Node, _level: int = 0) -> Node:
    return node


def _flat(node: Node, _level: int = 0) -> Node:
    children = [one for one in node.children if not isinstance(one, str) or one.strip()]
    return node.with_children(*children) if node.elements else node


def _level(unit: str, deep: int) -> Level:
    def lay_out(node: Node, level: int) -> Node:
        inner = _flat(node).children
        if not node.elements or any(isinstance(child, str) for child in inner):
            return node
        children: list[Child] = []
        for child in inner:
            children += ["\n" + unit * (deep + level + 1), child]
        return node.with_children(*children, "\n" + unit * (deep + level))

    return lay_out


def _nested(levels: int, outer: Level, inner: Edit) -> Edit:
    """The first levels laid out in one way, everything below in another."""

    def lay_out(node: Node, level: int) -> Node:
        if level == levels:
            return inner(node)
        children = [
            lay_out(child, level + 1) if isinstance(child, Node) else child
            for child in node.children
        ]
        same = all(new is old for new, old in zip(children, node.children, strict=True))
        return outer(node if same else node.with_children(*children), level)

    return lambda node: lay_out(node, 0)
