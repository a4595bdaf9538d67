"""The documents that the judges compare notes on: every example, every case, and their mutants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

import mutations
import odd_values
from memhon.catalogue import Message, load
from memhon.errors import MessageError
from memhon.intake import read

CASES = Path(__file__).resolve().parent.parent / "cases"
DRAWN = 2_200
"""Mutants with one to three mutations; a few of them come out alike, 2,000 do not."""
EACH = 2
"""Mutants of every example for every mutation."""
VALUES = (
    ("ra-depot", "request", "rich", "dateMemoireHonoraires"),
    ("ra-depot", "request", "rich", "heureDebut"),
    ("ra-depot", "request", "rich", "acquitte"),
    ("ra-depot", "request", "rich", "montantBrut"),
    ("ra-depot", "request", "rich", "nombre"),
    ("ra-depot", "request", "rich", "codePrestataire"),
    ("ra-depot", "request", "rich", "matricule"),
    ("ra-depot", "request", "rich", "document"),
    ("ra-depot", "request", "rich", "titre"),
    ("pid-con", "response", "rich", "dateContestation"),
    ("ra-rembcons", "response", "rich", "dateConsentement"),
    ("ra-remblist", "response", "rich", "nombreTotal"),
)
"""Elements, one for each built-in type, that take every odd value in turn."""
TYPED = (" xs:string ", "xs:string", "\txs:date\n", "xs:base64Binary", "cns:rien", "a b", "")


@dataclass(frozen=True, slots=True)
class Case:
    """A document and the message it was made from."""

    name: str
    message: Message
    data: bytes


def documents() -> Iterator[Case]:
    """All of them, in the same order at every call."""
    yield from examples()
    yield from cases()
    yield from mutants()
    yield from values()
    yield from chosen()


def examples() -> tuple[Case, ...]:
    """The examples of the catalogue, all of them valid."""
    return tuple(
        Case(f"{exchange.id} {example.direction} {example.name}", message, example.data)
        for exchange in load().exchanges
        for example in load().examples(exchange.id)
        for message in (exchange.request, exchange.response)
        if message.direction is example.direction
    )


def example_of(exchange_id: str, direction: str, name: str) -> Case:
    """One example with its message."""
    return next(case for case in examples() if case.name == f"{exchange_id} {direction} {name}")


def cases() -> Iterator[Case]:
    """The files of tests/cases that are messages; most of them have a fault."""
    for path in sorted(CASES.rglob("*.xml")) if CASES.is_dir() else ():
        data = path.read_bytes()
        message = _message_of(data)
        if message is not None:
            yield Case(path.name, message, data)


def mutants() -> Iterator[Case]:
    """Every mutation on every example, then the drawn ones."""
    bases = examples()
    for number, base in enumerate(bases):
        for kind in mutations.MUTATIONS:
            for seed in range(EACH):
                yield _case(base, mutations.mutated(base.data, kind, number * EACH + seed))
    for seed in range(DRAWN):
        base = bases[seed % len(bases)]
        yield _case(base, mutations.mutant(base.data, seed))


def values() -> Iterator[Case]:
    """Every odd value in one element of every built-in type."""
    for exchange_id, direction, name, element in VALUES:
        example = example_of(exchange_id, direction, name)
        for value in dict.fromkeys(odd_values.ALL):
            data = with_value(example.data, element, value)
            label = f"{exchange_id} {direction} {element}={value[:40]!a}"
            yield Case(label, example.message, data)


def chosen() -> Iterator[Case]:
    """What chance makes too seldom: attributes of xsi: and xml: in places that are open."""
    consent = load().exchange("ra-rembcons").request
    data = load().example("ra-rembcons", "request", "rich").data
    for name in TYPED:
        for value in ("JVBE@@Ri0=", "JVBERi0=", "2024-02-29", " 2024-02-29 ", "x"):
            attributes = {f"{{{mutations.XSI}}}type": name}
            changed = with_value(data, "idenitifiantUnique", value, attributes)
            yield Case(f"ra-rembcons xsi:type={name!a} {value!a}", consent, changed)
    answer = load().exchange("ra-depot").response
    data = load().example("ra-depot", "response", "rich").data
    for attribute in (f"{{{mutations.XSI}}}nil", f"{{{mutations.XML}}}space"):
        for value in ("true", "false", "oui", "default"):
            changed = with_value(data, "code", "MH-901", {attribute: value})
            yield Case(f"ra-depot {attribute}={value}", answer, changed)


def with_value(
    data: bytes, element: str, value: str, attributes: Mapping[str, str] | None = None
) -> bytes:
    """The document with another value in the first element of that local name."""
    root = mutations.with_prefixes(etree.fromstring(data))
    node = next(root.iter(f"{{*}}{element}"))
    node.text = value
    node.attrib.update(attributes or {})
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def text_of(data: bytes, element: str) -> str:
    """The text of the first element of that local name."""
    return next(etree.fromstring(data).iter(f"{{*}}{element}")).text or ""


def _case(base: Case, mutant: mutations.Mutant) -> Case:
    return Case(f"{base.name} {mutant.name}", base.message, mutant.data)


def _message_of(data: bytes) -> Message | None:
    try:
        known = load().by_root(str(read(data).root.tag))
    except MessageError:
        return None
    return known[1] if known else None
