"""Two other judges of a message, and what they and MemHon do not agree on.

MemHon judges with libxml2, corrected where libxml2 leaves the recommendation. The other judges are
libxml2 alone and xmlschema, which shares no code with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import xmlschema
from lxml import etree

from memhon.catalogue import Message, load
from memhon.findings import Finding
from memhon.schemas import compiled, findings_of, is_loose, strict, strict_source
from memhon.validation import examine

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that one judge objects to."""

    reason: str
    """Id of the finding, or the judge's own sentence."""
    place: str
    """Path of the element, as the judge writes it."""
    value: str
    """The text that stands there, to the letter."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one judge thinks of one message."""

    says: str
    """``valid``, ``invalid``, ``undecided``, or ``raises`` when the judge gave up."""
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A message on which MemHon and another judge differ."""

    judge: str
    """``xmlschema`` or ``libxml2``."""
    name: str
    """Example, mutations and schema, for the reader."""
    memhon: Opinion
    other: Opinion
    data: bytes

    @property
    def to_explain(self) -> tuple[Objection, ...]:
        """The objections that one side raises alone; every one wants its explanation."""
        if self.other.says in ("invalid", "raises"):
            return self.other.objections
        return self.memhon.objections

    def __str__(self) -> str:
        """The disagreement on a few lines, with the document at the end."""
        reasons = "\n".join(f"  {o.reason} at {o.place}: {o.value!a}" for o in self.to_explain)
        head = f"{self.name}: memhon {self.memhon.says}, {self.judge} {self.other.says}"
        return f"{head}\n{reasons}\n{self.data.decode('utf-8', 'replace')[:4000]}"


def disagreements(data: bytes, message: Message, name: str) -> Iterator[Disagreement]:
    """What the judges do not agree on, in the published and in the strict reading.

    Args:
        data: The document.
        message: What it was made from; its schema is the one that is applied.
        name: Says to a reader which document this is.
    """
    root = etree.fromstring(data)
    ours = memhon_opinion(data, message)
    others = {
        "libxml2": libxml2_opinion(root, message),
        "xmlschema": xmlschema_opinion(data, message),
    }
    for judge, opinion in others.items():
        if opinion.says != ours.says:
            yield Disagreement(judge, name, ours, opinion, data)
    if is_loose(message) and ours.says == "valid":
        ours = _of_findings(findings_of(strict(message), root, message), root, message)
        other = xmlschema_opinion(data, message, strictly=True)
        if other.says != ours.says:
            yield Disagreement("xmlschema", f"{name} (strict)", ours, other, data)


def memhon_opinion(data: bytes, message: Message) -> Opinion:
    """The verdict of ``memhon.validate`` and the errors behind it."""
    examination = examine(data, exchange=message.exchange_id)
    report = examination.report
    root = None if examination.document is None else examination.document.root
    opinion = _of_findings(report.errors, root, message)
    return Opinion(report.verdict.value, opinion.objections)


def libxml2_opinion(root: Element, message: Message) -> Opinion:
    """What libxml2 says by itself."""
    schema = compiled(message)
    if schema.validate(root):
        return Opinion("valid")
    return Opinion("invalid", tuple(_of_entry(entry, root) for entry in schema.error_log))


def xmlschema_opinion(data: bytes, message: Message, *, strictly: bool = False) -> Opinion:
    """What xmlschema says, which has a parser, content models and lexical rules of its own."""
    judge = _xmlschema(message.exchange_id, message.direction.value, strictly)
    try:
        errors = list(judge.iter_errors(etree.fromstring(data)))
    except Exception as error:
        return Opinion("raises", (Objection(f"{type(error).__name__}: {error}", "", ""),))
    if not errors:
        return Opinion("valid")
    return Opinion("invalid", tuple(_of_error(error) for error in errors))


@cache
def _xmlschema(exchange_id: str, direction: str, strictly: bool) -> xmlschema.XMLSchema10:
    exchange = load().exchange(exchange_id)
    message = exchange.request if direction == "request" else exchange.response
    path = Path(str(files("memhon_xsd"))) / message.schema
    if not strictly:
        return xmlschema.XMLSchema10(str(path))
    return xmlschema.XMLSchema10(strict_source(message).decode(), base_url=str(path.parent))


def _of_findings(findings: tuple[Finding, ...], root: Element | None, message: Message) -> Opinion:
    objections = tuple(_of_finding(finding, root, message) for finding in findings)
    return Opinion("invalid" if objections else "valid", objections)


def _of_finding(finding: Finding, root: Element | None, message: Message) -> Objection:
    node = None
    if finding.xpath and root is not None:
        nodes = root.xpath(finding.xpath, namespaces=dict(message.prefixes))
        node = nodes[0] if isinstance(nodes, list) and nodes else None
    value = _own_text(node) if isinstance(node, etree._Element) else finding.found or ""
    return Objection(finding.id, finding.xpath or "", value)


def _of_entry(entry: etree._LogEntry, root: Element) -> Objection:
    nodes = root.getroottree().xpath(entry.path or "/*", namespaces=_prefixes(root))
    node = nodes[0] if isinstance(nodes, list) and nodes else root
    value = _own_text(node) if isinstance(node, etree._Element) else ""
    return Objection(f"{entry.type_name}: {entry.message}", entry.path or "", value)


def _of_error(error: xmlschema.XMLSchemaValidationError) -> Objection:
    value = _own_text(error.elem) if isinstance(error.elem, etree._Element) else ""
    return Objection(str(error.reason or error.message), error.path or "", value)


def _own_text(node: Element) -> str:
    return (node.text or "") + "".join(child.tail or "" for child in node)


def _prefixes(root: Element) -> dict[str, str]:
    nodes = reversed(list(root.iter(etree.Element)))
    return {prefix: uri for node in nodes for prefix, uri in node.nsmap.items() if prefix}
