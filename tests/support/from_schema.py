"""Hypothesis strategies made from the schemas: valid messages, as lxml elements.

Written against the XSD text itself, not against the bindings: what the bindings lose, this finds.
Values are drawn in their canonical lexical form, so that a faithful round trip is byte-identical.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from decimal import Decimal

from hypothesis import strategies as st
from lxml import etree

from memhon.catalogue import Message
from memhon.schemas import strict_tree, tree

XS = "{http://www.w3.org/2001/XMLSchema}"
Element = etree._Element
Build = Callable[[Element, st.DrawFn], None]

_TEXT = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufffe\uffff"
)
_FOREIGN = (
    '<s:Sceau xmlns:s="urn:essai:s" xmlns:v="urn:essai:v" type="v:nom"> a <s:b/> </s:Sceau>',
    '<Sceau xmlns="urn:essai:sceau"><b xmlns="">x</b></Sceau>',
)


class Schema:
    """The declarations of a schema file and of those it includes or imports."""

    def __init__(self, path: str, root: Element) -> None:
        self.namespace = root.get("targetNamespace")
        self.qualified = root.get("elementFormDefault") == "qualified"
        self.types: dict[str, tuple[Element, Schema]] = {}
        self.elements: dict[str, tuple[Element, Schema]] = {}
        for child in root.iterchildren(f"{XS}complexType", f"{XS}simpleType"):
            self.types[f"{{{self.namespace}}}{child.get('name')}"] = (child, self)
        for child in root.iterchildren(f"{XS}element"):
            self.elements[f"{{{self.namespace}}}{child.get('name')}"] = (child, self)
        folder = path.rpartition("/")[0]
        for link in root.iterchildren(f"{XS}include", f"{XS}import"):
            other = f"{folder}/{link.get('schemaLocation')}"
            more = Schema(other, tree(other).getroot())
            self.types.update(more.types)
            self.elements.update(more.elements)


@st.composite
def messages(draw: st.DrawFn, message: Message) -> Element:
    """A valid message of that kind, in the strict reading of its schema."""
    schema = Schema(message.schema, strict_tree(message).getroot())
    declaration, home = schema.elements[message.qname]
    root = etree.Element(message.qname, nsmap=dict(message.prefixes))
    _fill(draw, root, declaration, home, schema)
    return root


def _fill(draw: st.DrawFn, node: Element, declared: Element, home: Schema, all_: Schema) -> None:
    name = declared.get("type")
    if name:
        qname = _qname(declared, name)
        if qname.startswith(XS):
            node.text = draw(_values(qname.removeprefix(XS), []))
            return
        definition, home = all_.types[qname]
    else:
        definition = next(
            child for child in declared if child.tag in (f"{XS}complexType", f"{XS}simpleType")
        )
    if definition.tag == f"{XS}simpleType":
        node.text = draw(_simple(definition, all_))
    else:
        _content(draw, node, definition, home, all_)


def _content(draw: st.DrawFn, node: Element, group: Element, home: Schema, all_: Schema) -> None:
    for part in group:
        if part.tag in (f"{XS}sequence", f"{XS}complexContent"):
            _content(draw, node, part, home, all_)
        elif part.tag == f"{XS}extension":
            base, base_home = all_.types[_qname(part, str(part.get("base")))]
            _content(draw, node, base, base_home, all_)
            _content(draw, node, part, home, all_)
        elif part.tag == f"{XS}choice":
            branches = [child for child in part if child.tag == f"{XS}element"]
            _element(draw, node, draw(st.sampled_from(branches)), home, all_)
        elif part.tag == f"{XS}element":
            _element(draw, node, part, home, all_)
        elif part.tag == f"{XS}any" and draw(st.booleans()):
            node.append(etree.fromstring(draw(st.sampled_from(_FOREIGN))))


def _element(draw: st.DrawFn, node: Element, part: Element, home: Schema, all_: Schema) -> None:
    least = int(part.get("minOccurs", "1"))
    most = part.get("maxOccurs", "1")
    top = least + 2 if most == "unbounded" else min(int(most), least + 2)
    for _ in range(draw(st.integers(least, top))):
        reference = part.get("ref")
        if reference:
            qname = _qname(part, reference)
            declared, owner = all_.elements[qname]
        else:
            declared, owner = part, home
            qname = (
                f"{{{home.namespace}}}{part.get('name')}" if home.qualified else part.get("name")
            )
        _fill(draw, etree.SubElement(node, str(qname)), declared, owner, all_)


def _simple(definition: Element, all_: Schema) -> st.SearchStrategy[str]:
    restriction = definition.find(f"{XS}restriction")
    assert restriction is not None
    facets = [f for f in restriction if f.get("value") is not None]
    base = _qname(restriction, str(restriction.get("base")))
    if not base.startswith(XS):
        return _simple(all_.types[base][0], all_)
    return _values(base.removeprefix(XS), facets)


def _values(builtin: str, facets: list[Element]) -> st.SearchStrategy[str]:
    by_name = {str(facet.tag).removeprefix(XS): str(facet.get("value")) for facet in facets}
    choices = [str(f.get("value")) for f in facets if f.tag == f"{XS}enumeration"]
    if choices:
        return st.sampled_from(choices)
    if "pattern" in by_name and builtin not in _OTHERS:
        pattern = by_name["pattern"].replace("\\p{Nd}", "[0-9]").replace("\\d", "[0-9]")
        return st.from_regex(re.compile(pattern), fullmatch=True)
    if builtin in ("int", "integer", "decimal"):
        return _numbers(builtin, by_name)
    if builtin == "string":
        exact = by_name.get("length")
        least = int(exact or by_name.get("minLength", 0))
        most = int(exact or by_name.get("maxLength", least + 5))
        return st.text(_TEXT, min_size=least, max_size=min(most, least + 12))
    return _OTHERS[builtin]


def _numbers(builtin: str, facets: dict[str, str]) -> st.SearchStrategy[str]:
    least = int(facets["minInclusive"]) if "minInclusive" in facets else None
    most = int(facets["maxInclusive"]) if "maxInclusive" in facets else None
    if builtin != "decimal":
        return st.integers(least, most).map(str)
    cents = st.integers(None if least is None else least * 100, None)
    return cents.map(
        lambda value: str(Decimal(value).scaleb(-2)) if abs(value) < 10**20 else str(value)
    )


_INSTANTS = st.datetimes().map(lambda value: value.replace(microsecond=0).isoformat())
_OTHERS: dict[str, st.SearchStrategy[str]] = {
    "boolean": st.sampled_from(["true", "false"]),
    "date": st.dates().map(lambda value: value.isoformat()),
    "time": st.times().map(lambda value: value.replace(microsecond=0).isoformat()),
    "dateTime": st.builds("{}{}".format, _INSTANTS, st.sampled_from(["Z", "+01:00", "-05:30"])),
    "base64Binary": st.binary(max_size=30).map(lambda value: base64.b64encode(value).decode()),
}


def _qname(node: Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    namespace = node.nsmap.get(prefix or None)
    return f"{{{namespace}}}{local}" if namespace else local
