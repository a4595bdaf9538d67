"""Two messages side by side: the first step at which they part, and the first octet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from memhon import intake
from memhon.security.diagnosis import serial
from memhon.security.diagnosis.differing import first_difference
from memhon.security.diagnosis.explaining import signatures_of
from memhon.security.diagnosis.forms import Form
from memhon.security.diagnosis.lenient import SignatureWritten, Written, read_leniently
from memhon.security.diagnosis.model import Compared, Comparison
from memhon.security.diagnosis.nodes import Node, Tree, without
from memhon.security.diagnosis.places import ids_of
from memhon.security.diagnosis.serial import Method
from memhon.security.diagnosis.signers import signers_of
from memhon.security.names import (
    ASSERTION,
    BINARY_TOKEN,
    BODY,
    KEY_INFO,
    TIMESTAMP,
    USERNAME_TOKEN,
)

_PARTS = {
    ASSERTION: "assertion",
    BINARY_TOKEN: "certificate",
    BODY: "body",
    KEY_INFO: "keyinfo",
    TIMESTAMP: "timestamp",
    USERNAME_TOKEN: "username",
}
"""Parts of a signing profile, by the element."""
_PLAIN = Method(exclusive=True, prefixes=(), comments=False)
Step = tuple[str, str]
"""Whose signature, and which step of it."""


def compare(data: bytes, other: bytes) -> Comparison:
    """Compare two messages after canonicalisation, signature by signature and step by step.

    References are matched by the part of the profile that they cover, whatever their ids and order.

    Args:
        data: Our message.
        other: The one it should be like.

    Raises:
        MessageError: One of them is no XML that the door lets in.
    """
    ours, theirs = _taken(data), _taken(other)
    names = sorted({**ours, **theirs}, key=lambda step: _rank(step, [*ours, *theirs]))
    return Comparison(tuple(_compared(name, ours.get(name), theirs.get(name)) for name in names))


def _rank(step: Step, order: list[Step]) -> tuple[int, int]:
    """The document, then signature by signature, in the order of the first message."""
    whose = list(dict.fromkeys(signature for signature, _ in order))
    return whose.index(step[0]), order.index(step)


def _compared(step: Step, ours: bytes | None, theirs: bytes | None) -> Compared:
    signature, name = step
    if ours is None or theirs is None:
        missing = "ours" if ours is None else "theirs"
        return Compared(name, same=False, difference=None, missing=missing, signature=signature)
    return Compared(name, ours == theirs, first_difference(ours, theirs), signature=signature)


def _taken(data: bytes) -> Mapping[Step, bytes]:
    """The octets of every step of a message."""
    document = intake.read(data, interrupted=True)
    tree = Tree(document.root, data, document.encoding)
    found: dict[Step, bytes] = {
        ("", "document"): _octets(Form(tree, tree.root, tree.root, {}, _PLAIN))
    }
    try:
        for element in signatures_of(document.root):
            whose = _whose(element)
            for name, octets in _steps(read_leniently(element), tree, document.root):
                found[_free((whose, name), found)] = octets
    finally:
        serial.forget()
    return found


def _whose(signature: etree._Element) -> str:
    parent = signature.getparent()
    return "assertion" if parent is not None and parent.tag == ASSERTION else "message"


def _free(step: Step, found: Mapping[Step, bytes]) -> Step:
    """A second part of the same name gets a number."""
    whose, name = step
    number = 2
    while step in found:
        step, number = (whose, f"{name} {number}"), number + 1
    return step


def _steps(
    written: SignatureWritten, tree: Tree, root: etree._Element
) -> Iterator[tuple[str, bytes]]:
    signature = tree.of(written.element)
    for reference in written.references:
        yield from _reference(reference, tree, signature)
    if written.info is not None:
        info = tree.of(written.info)
        yield "signed-info", _octets(Form(tree, info, info, tree.scope(info), written.method))
    yield "signature-value", _flat(written.value)
    named = signers_of(written, root, ()).named
    if named is not None:
        yield "certificate", named.public_bytes(Encoding.DER)


def _reference(reference: Written, tree: Tree, signature: Node) -> Iterator[tuple[str, bytes]]:
    node = _referred(reference.uri, tree)
    part = "?" if node is None else _PARTS.get(node.tag, node.local)
    if node is not None:
        content = without(node, signature) if reference.enveloped else node
        form = Form(tree, node, content, tree.scope(node), reference.method)
        yield f"reference {part}", _octets(form)
    yield f"digest {part}", _flat(reference.value)


def _octets(form: Form) -> bytes:
    return b"".join(form.pieces())


def _flat(value: str) -> bytes:
    return "".join(value.split()).encode()


def _referred(uri: str | None, tree: Tree) -> Node | None:
    if uri == "":
        return tree.root
    if uri is None or not uri.startswith("#"):
        return None
    return next((node for node in tree.root.walk() if uri[1:] in ids_of(node)), None)
