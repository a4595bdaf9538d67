"""Wrong, odd and borderline messages made from good ones, the same from the same seed.

A mutation knows names, values and namespaces of the message in hand, but no schema: what it makes
may be valid or not, and that is for the judges to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from lxml import etree

from changes import MUTATIONS, XML, XS, XSI, Element

__all__ = ["MUTATIONS", "XML", "XSI", "Mutant", "mutant", "mutated", "with_prefixes"]

_VALUES = ("borderline-value", "padded", "split-by-space", "one-character", "other-digits")
_DRAWN = (*MUTATIONS, *_VALUES, *_VALUES, "borderline-value", "borderline-value", "typed", "nil")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A document made from another one."""

    kinds: tuple[str, ...]
    """Names of the mutations, in the order in which they were applied."""
    data: bytes
    """The document, in UTF-8 unless a mutation says otherwise."""

    @property
    def name(self) -> str:
        """The mutations as one word."""
        return "+".join(self.kinds) or "unchanged"


def mutant(data: bytes, seed: int, *, most: int = 3) -> Mutant:
    """The mutant of a document that belongs to the seed.

    Args:
        data: A well-formed document.
        seed: Any number; the same one gives the same mutant.
        most: Largest number of mutations; one is the most frequent.
    """
    chance = Random(seed)
    root = with_prefixes(etree.fromstring(data))
    kinds = []
    for _ in range(chance.choice([1, 1, 1, 1, *range(1, most + 1)])):
        kind = chance.choice(_DRAWN)
        MUTATIONS[kind](chance, root)
        kinds.append(kind)
    encoding = chance.choice(["UTF-8"] * 30 + ["UTF-16", "ISO-8859-1"])
    return Mutant(tuple(kinds), etree.tostring(root, encoding=encoding, xml_declaration=True))


def mutated(data: bytes, kind: str, seed: int) -> Mutant:
    """The mutant that one named mutation makes with that seed."""
    root = with_prefixes(etree.fromstring(data))
    MUTATIONS[kind](Random(seed), root)
    return Mutant((kind,), etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def with_prefixes(root: Element) -> Element:
    """The document element with the prefixes ``xsi`` and ``xs`` declared."""
    names: dict[str | None, str] = {"xsi": XSI, "xs": XS, **root.nsmap}
    other = etree.Element(root.tag, nsmap=names)
    other.attrib.update(root.attrib)
    other.text = root.text
    other.extend(list(root))
    return other
