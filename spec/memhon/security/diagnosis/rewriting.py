"""What may have been written otherwise in SignedInfo when it was signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from memhon.catalogue import load
from memhon.security.diagnosis.content import edited
from memhon.security.diagnosis.forms import Axis, Form, Step
from memhon.security.diagnosis.lenient import DIGEST_URIS, SIGNATURE_URIS
from memhon.security.diagnosis.model import ReferenceDiagnosis
from memhon.security.diagnosis.nodes import Node
from memhon.security.names import Algorithm

_CHANGED = "DIA-013"
_MOST = 4


def rewriting_steps(
    form: Form, references: Sequence[ReferenceDiagnosis], used: str
) -> Iterator[Step]:
    """Other contents of SignedInfo that the message itself suggests.

    Args:
        form: Of SignedInfo.
        references: What was found out about its references.
        used: The hash that was signed.
    """
    wrong = [one for one in references if not one.right and one.computed]
    if wrong:
        yield _digests(wrong)
    if len(wrong) > 1:
        yield from (_digests([one]) for one in wrong)
    yield from _orders(form.node)
    yield from _methods(used)
    yield from _lists(form.node)


def _step(edit: Callable[[Node], Node], found: str, expected: str) -> Step:
    return edited(Axis.ORDER, _CHANGED, edit, found=found, expected=expected, detail=_CHANGED)


def _mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """An element and everything below it, changed from the leaves up."""
    children = [_mapped(one, change) if isinstance(one, Node) else one for one in node.children]
    same = all(new is old for new, old in zip(children, node.children, strict=True))
    return change(node if same else node.with_children(*children))


def _digests(wrong: Sequence[ReferenceDiagnosis]) -> Step:
    """The digests of the message as it stands now."""
    values = {one.found: one.computed for one in wrong}

    def change(node: Node) -> Node:
        value = "".join(node.text.split()) if node.local == "DigestValue" else ""
        return node.with_children(values[value]) if value in values else node

    first = wrong[0]
    return _step(lambda node: _mapped(node, change), first.found, first.computed)


def _orders(info: Node) -> Iterator[Step]:
    references = [node for node in info.elements if node.local == "Reference"]
    if not 2 <= len(references) <= _MOST:
        return
    for order in permutations(references):
        if list(order) != references:
            yield _order(info, references, order)


def _order(info: Node, references: Sequence[Node], order: Sequence[Node]) -> Step:
    places = dict(zip(references, order, strict=True))

    def change(node: Node) -> Node:
        if node is not info:
            return node
        children = (places.get(one, one) if isinstance(one, Node) else one for one in node.children)
        return node.with_children(*children)

    shown = [" ".join(_uri(node) for node in nodes) for nodes in (references, order)]
    return _step(change, shown[0], shown[1])


def _uri(node: Node) -> str:
    return next((value for _, _, local, value in node.attributes if local == "URI"), "–")


def _methods(used: str) -> Iterator[Step]:
    """The algorithms named otherwise."""
    uri = next(name for name, known in SIGNATURE_URIS.items() if known == used)
    yield _algorithm("SignatureMethod", uri)
    for name in DIGEST_URIS:
        yield _algorithm("DigestMethod", name)
    for name in (Algorithm.EXCLUSIVE.value, "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"):
        yield _algorithm("CanonicalizationMethod", name)


def _algorithm(owner: str, uri: str) -> Step:
    return _step(lambda node: _attribute(node, owner, "Algorithm", uri), owner, uri)


def _attribute(info: Node, owner: str, name: str, value: str) -> Node:
    def change(node: Node) -> Node:
        if node.local != owner:
            return node
        old = next((item for item in node.attributes if item[2] == name), None)
        if old is None or old[3] == value:
            return node
        rest = tuple(item if item is not old else (*old[:3], value) for item in node.attributes)
        return replace(node, attributes=rest)

    return _mapped(info, change)


def _lists(info: Node) -> Iterator[Step]:
    """Another list written, or none, with the canonicalisation of SignedInfo or one reference."""
    known = {" ".join(step.signed_info) for step in load().signing.values()}
    known |= {" ".join(part.prefixes) for step in load().signing.values() for part in step.parts}
    owners = [
        node
        for node in info.walk()
        if any(one.local == "InclusiveNamespaces" for one in node.elements)
    ]
    for owner in owners[:6]:
        for prefixes in sorted(known):
            yield _list(owner, prefixes)


def _list(owner: Node, prefixes: str) -> Step:
    def change(node: Node) -> Node:
        if node is not owner:
            return node
        if not prefixes:
            return node.with_children()
        return _attribute(node, "InclusiveNamespaces", "PrefixList", prefixes)

    inner = owner.elements[0]
    found = next((value for _, _, local, value in inner.attributes if local == "PrefixList"), "–")
    return _step(lambda node: _mapped(node, change), found, prefixes or "–")
