"""Two messages side by side: the first step at which they part, and the first octet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from cryptography.hazmat.primitives.serialization import Encoding

from memhon import intake
from memhon.security.diagnosis.explaining import signatures_of
from memhon.security.diagnosis.forms import Form
from memhon.security.diagnosis.lenient import SignatureWritten, read_leniently
from memhon.security.diagnosis.model import Compared, Comparison, Difference
from memhon.security.diagnosis.nodes import Node, Tree, without
from memhon.security.diagnosis.places import ids_of
from memhon.security.diagnosis.signers import signers_of

_BEFORE = 32
_AFTER = 48


@dataclass(frozen=True, slots=True)
class _Taken:
    """The steps of one signature."""

    steps: Mapping[str, bytes]


def compare(data: bytes, other: bytes) -> Comparison:
    """Compare two messages after canonicalisation, signature by signature and step by step.

    Args:
        data: Our message.
        other: The one it should be like.

    Raises:
        MessageError: One of them is no XML that the door lets in.
    """
    steps: list[Compared] = []
    pairs = zip_longest(_signatures(data), _signatures(other), fillvalue=_Taken({}))
    for number, (ours, theirs) in enumerate(pairs, 1):
        prefix = f"{number}: " if number > 1 else ""
        names = dict.fromkeys((*ours.steps, *theirs.steps))
        steps += [
            _compared(f"{prefix}{name}", ours.steps.get(name), theirs.steps.get(name))
            for name in names
        ]
    return Comparison(tuple(steps))


def difference(ours: bytes, theirs: bytes) -> Difference | None:
    """The first octet at which two forms part, in its context; None when they are the same.

    Args:
        ours: Of our message.
        theirs: Of the other one.
    """
    if ours == theirs:
        return None
    low, high = 0, min(len(ours), len(theirs))
    while low < high:
        middle = (low + high + 1) // 2
        if ours[:middle] == theirs[:middle]:
            low = middle
        else:
            high = middle - 1
    start, end = max(0, low - _BEFORE), low + _AFTER
    return Difference(low, ours[start:end], theirs[start:end])


def _compared(name: str, ours: bytes | None, theirs: bytes | None) -> Compared:
    if ours is None or theirs is None:
        missing = "ours" if ours is None else "theirs"
        return Compared(name, same=False, difference=None, missing=missing)
    return Compared(name, ours == theirs, difference(ours, theirs))


def _signatures(data: bytes) -> list[_Taken]:
    document = intake.read(data, interrupted=True)
    tree = Tree(document.root, data, document.encoding)
    found = []
    for element in signatures_of(document.root):
        written = read_leniently(element)
        steps = dict(_steps(written, tree))
        named = signers_of(written, document.root, ()).named
        if named is not None:
            steps["certificate"] = named.public_bytes(Encoding.DER)
        found.append(_Taken(steps))
    return found


def _steps(written: SignatureWritten, tree: Tree) -> Iterator[tuple[str, bytes]]:
    signature = tree.of(written.element)
    for reference in written.references:
        node = _referred(reference.uri, tree)
        if node is None:
            continue
        content = without(node, signature) if reference.enveloped else node
        form = Form(tree, node, content, tree.scope(node), reference.method)
        yield f"reference {node.local}", b"".join(form.pieces())
    if written.info is not None:
        info = tree.of(written.info)
        form = Form(tree, info, info, tree.scope(info), written.method)
        yield "signed-info", b"".join(form.pieces())
    yield "signature-value", "".join(written.value.split()).encode()


def _referred(uri: str | None, tree: Tree) -> Node | None:
    if uri == "":
        return tree.root
    if uri is None or not uri.startswith("#"):
        return None
    return next((node for node in tree.root.walk() if uri[1:] in ids_of(node)), None)
