"""What may have been done to the content of an element after it was signed, or before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, permutations

from memhon.security.diagnosis.forms import Axis, Form, Step
from memhon.security.diagnosis.nodes import Node, Remark

_BASE64 = re.compile(r"[A-Za-z0-9+/\s]*={0,2}\s*")
_LEAST_BASE64 = 64
"""Characters above which a text may be folded."""
_LEAST_FOLDED = 16
"""Characters above which a text with white space may be folded base64."""
_WIDTHS = (76, 64)
_MOST_SHUFFLED = 5
_MOST_SWAPPED = 12
_MOST_ORDERS = 400

Child = Node | Remark | str


def edited(
    axis: Axis,
    cause: str,
    edit: Callable[[Node], Node],
    *,
    found: str = "",
    expected: str = "",
    detail: str = "",
) -> Step:
    """A step that changes the element itself.

    Args:
        axis: What it changes.
        cause: Finding.
        edit: Element → another element, or the same one.
        found: What the message says or does.
        expected: What must have been done.
        detail: Anything else.
    """

    def change(form: Form) -> Form | None:
        node = edit(form.node)
        return None if node is form.node else replace(form, node=node)

    return Step(axis, cause, change, found, expected, detail)


def texts(node: Node, change: Callable[[str, Node], str]) -> Node:
    """An element whose texts are changed; the same one when nothing is.

    Args:
        node: The element.
        change: Text and the element in which it stands → text.
    """
    children: list[Child] = []
    for child in node.children:
        if isinstance(child, str):
            children.append(change(child, node))
        else:
            children.append(texts(child, change) if isinstance(child, Node) else child)
    pairs = zip(children, node.children, strict=True)
    if all(new is old or (isinstance(new, str) and new == old) for new, old in pairs):
        return node
    return node.with_children(*[child for child in children if child != ""])


# Line ends


def line_steps() -> Iterator[Step]:
    """Line ends inside the text, as the canonical form shows them."""
    for found, expected, before, after in (
        ("↵", "&#xD;↵", "\n", "\r\n"),
        ("&#xD;↵", "↵", "\r\n", "\n"),
        ("&#xD;", "", "\r", ""),
        ("↵", "&#xD;", "\n", "\r"),
    ):
        yield _line_step(before, after, found, expected)


def _line_step(before: str, after: str, found: str, expected: str) -> Step:
    def change(node: Node) -> Node:
        return texts(node, lambda text, _: text.replace(before, after))

    return edited(Axis.LINES, "DIA-002", change, found=found, expected=expected)


# Base64


def base64_steps(form: Form) -> Iterator[Step]:
    """Base64 on one line, or folded: everywhere, then element by element."""
    owners = [node for node in form.node.walk() if _is_base64(node)]
    if not owners:
        return
    chosen: list[Node | None] = [None, *owners[:4]] if len(owners) > 1 else [None]
    for owner in chosen:
        where = owner.local if owner else ", ".join(dict.fromkeys(one.local for one in owners))
        yield _fold_step(owner, 0, "", "", where)
        for width in _WIDTHS:
            for end in ("\n", "\r\n"):
                yield _fold_step(owner, width, end, "", where)
                yield _fold_step(owner, width, end, end, where)


def _is_base64(node: Node) -> bool:
    if len(node.children) != 1 or not isinstance(text := node.children[0], str):
        return False
    if _BASE64.fullmatch(text) is None:
        return False
    flat = text if len(text) >= _LEAST_BASE64 else "".join(text.split())
    folded = flat != text and len(flat) >= _LEAST_FOLDED and not len(flat) % 4
    return len(text) >= _LEAST_BASE64 or folded


def _fold_step(owner: Node | None, width: int, end: str, last: str, where: str) -> Step:
    local = owner.local if owner else None
    text = owner.text if owner else None

    def fold(value: str, node: Node) -> str:
        mine = local is None or (node.local == local and value == text)
        if not mine or not _is_base64(node):
            return value
        flat = "".join(value.split())
        if not width:
            return flat
        return end.join(flat[at : at + width] for at in range(0, len(flat), width)) + last

    shown = f"{width} {end and ('←↵' if end[0] == chr(13) else '↵')}".strip()
    return edited(
        Axis.BASE64,
        "DIA-011",
        lambda node: texts(node, fold),
        found=where,
        expected=shown + (" …↵" if last else ""),
        detail=where,
    )


# Comments and instructions


def remark_steps(form: Form) -> Iterator[Step]:
    """Comments and processing instructions kept, or dropped."""
    found = [child for node in form.node.walk() for child in node.children]
    remarks = [child for child in found if isinstance(child, Remark)]
    if any(one.comment for one in remarks):
        other = not form.method.comments
        words = ("–", "<!-- -->") if other else ("<!-- -->", "–")

        def kept(given: Form) -> Form:
            return replace(given, method=replace(given.method, comments=other))

        yield Step(Axis.REMARKS, "DIA-006", kept, found=words[0], expected=words[1])
    if not all(one.comment for one in remarks):
        words = ("<? ?>", "–")
        yield edited(Axis.REMARKS, "DIA-006", _bare, found=words[0], expected=words[1])


def _bare(node: Node) -> Node:
    if not any(not isinstance(child, str) for child in node.children):
        return node
    children: list[Child] = []
    for child in node.children:
        if isinstance(child, Remark) and not child.comment:
            continue
        children.append(_bare(child) if isinstance(child, Node) else child)
    pairs = zip(children, node.children, strict=False)
    if len(children) == len(node.children) and all(new is old for new, old in pairs):
        return node
    return node.with_children(*children)


# Order


def order_steps(form: Form) -> Iterator[Step]:
    """Other orders of the children of every element that has few."""
    count = 0
    for owner in form.node.walk():
        elements = owner.elements
        if not 2 <= len(elements) <= _MOST_SWAPPED:
            continue
        for order in _orders(len(elements)):
            count += 1
            if count > _MOST_ORDERS:
                return
            yield _order_step(owner, [elements[index] for index in order])


def _orders(count: int) -> Iterator[tuple[int, ...]]:
    straight = tuple(range(count))
    if count <= _MOST_SHUFFLED:
        yield from (order for order in permutations(straight) if order != straight)
        return
    for one, other in combinations(straight, 2):
        order = list(straight)
        order[one], order[other] = other, one
        yield tuple(order)


def _order_step(owner: Node, order: list[Node]) -> Step:
    def shuffled(node: Node) -> Node:
        if node is not owner:
            children = [shuffled(one) if isinstance(one, Node) else one for one in node.children]
            same = all(a is b for a, b in zip(children, node.children, strict=True))
            return node if same else node.with_children(*children)
        rest = iter(order)
        return node.with_children(
            *(next(rest) if isinstance(one, Node) else one for one in node.children)
        )

    words = [" ".join(node.local for node in nodes) for nodes in (owner.elements, order)]
    step = edited(
        Axis.ORDER,
        "DIA-022",
        shuffled,
        found=words[0],
        expected=words[1],
        detail=owner.local,
    )
    return replace(step, alone=True)
