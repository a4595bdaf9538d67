"""Why an element does not fit: one cause for what libxml2 calls « not expected »."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from memhon.catalogue import Message
from memhon.schemas.content import Definition, Slot, content, definition_of
from memhon.schemas.possible import MISSING_BEFORE, RIVAL, TOO_OFTEN

_NEAR = 0.75


@dataclass(frozen=True, slots=True)
class Cause:
    """A finding id with the names that its text needs, as Clark names."""

    id: str
    expected: tuple[str, ...] = ()
    detail: str | None = None


def cause_of(node: etree._Element, root: etree._Element, message: Message) -> Cause | None:
    """The cause for which an element does not fit where it stands.

    Args:
        node: The element that the schema did not expect.
        root: Document element of the message.
        message: The catalogue's entry.

    Returns:
        None when the schema knows nothing of the element's parent.
    """
    parent = node.getparent()
    if node is root or parent is None:
        return None
    definition = definition_of(parent, root, message)
    if not any(slot.name for slot in definition.slots):
        return None
    name = str(node.tag)
    rank = definition.order.get(name)
    if rank is not None:
        return _misplaced(node, definition, rank)
    return _unknown(name, [slot.name for slot in definition.slots], message)


def _misplaced(node: etree._Element, definition: Definition, rank: int) -> Cause:
    slots, order = definition.slots, definition.order
    own = slots[rank]
    before = [str(other.tag) for other in node.itersiblings(etree.Element, preceding=True)]
    rival = next((s.name for s in slots if _rivals(s, own) and s.name in before), None)
    if rival:
        return Cause(RIVAL, (rival,))
    if own.maximum is not None and before.count(own.name) >= own.maximum:
        return Cause(TOO_OFTEN, (str(own.maximum),), str(own.maximum))
    present = {*before, *(str(other.tag) for other in node.itersiblings(etree.Element))}
    missing = [
        slot.name
        for slot in slots[:rank]
        if slot.minimum and slot.name not in present and not _answered(slot, slots, present)
    ]
    if missing and max((order.get(name, -1) for name in set(before)), default=-1) <= rank:
        return Cause(MISSING_BEFORE, tuple(missing))
    return Cause("XSD-006", _around(slots, rank, present))


def _around(slots: tuple[Slot, ...], rank: int, present: set[str] | None) -> tuple[str, ...]:
    """The names before, of and after a slot, among those that are there."""
    before = [s.name for s in slots[:rank] if present is None or s.name in present]
    after = [s.name for s in slots[rank + 1 :] if present is None or s.name in present]
    return (*before[-1:], slots[rank].name, *after[:1])


def _rivals(one: Slot, other: Slot) -> bool:
    return one.choice is not None and one.choice == other.choice and one.name != other.name


def _answered(slot: Slot, slots: tuple[Slot, ...], present: set[str]) -> bool:
    """Whether another branch of the slot's choice is there."""
    return any(_rivals(other, slot) and other.name in present for other in slots)


def _unknown(name: str, names: list[str], message: Message) -> Cause:
    local = _local(name)
    by_local = {_local(known): known for known in names if known}
    if local in by_local:
        return Cause("XSD-003", (by_local[local],))
    folded = {known.lower(): known for known in by_local}
    near = difflib.get_close_matches(local.lower(), folded, n=1, cutoff=_NEAR)
    if near:
        return Cause("XSD-005", (by_local[folded[near[0]]],))
    homes = {parent: around for parent, child, around in _places(message) if child == local}
    if homes:
        return Cause("XSD-019", next(iter(homes.values())), ", ".join(sorted(homes)))
    return Cause("XSD-001", tuple(known for known in names if known))


def _places(message: Message) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every parent and child of the schema by local name, with the child's neighbours."""
    seen: set[str] = set()
    waiting = [(message.root, content(message))]
    while waiting:
        parent, definition = waiting.pop()
        if parent in seen:
            continue
        seen.add(parent)
        for rank, slot in enumerate(definition.slots):
            yield parent, _local(slot.name), _around(definition.slots, rank, None)
            waiting.append((_local(slot.name), slot.definition))


def _local(name: str) -> str:
    return name.rpartition("}")[2]
