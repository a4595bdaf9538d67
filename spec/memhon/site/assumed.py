"""Everything that carries the tag of a hypothesis, enumerated from the data that carry it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from memhon.catalogue import Catalogue
from memhon.site.addresses import element_anchor, schema_page, type_page
from memhon.site.engine_page import PAGE as ENGINE
from memhon.site.engine_page import rule_anchor
from memhon.site.reference_pages import (
    CODES,
    DEMO,
    FINDINGS,
    OURS,
    SETTINGS,
    code_anchor,
    setting_anchor,
    tariff_anchor,
)

TAG = "hypothese"
_XS = "{http://www.w3.org/2001/XMLSchema}"
_PROVENANCE = "urn:memhon:provenance"
_TYPES = (f"{_XS}complexType", f"{_XS}simpleType")
_KINDS = {
    f"{_XS}schema": "fichier",
    f"{_XS}complexType": "type",
    f"{_XS}simpleType": "type",
    f"{_XS}element": "élément",
    f"{_XS}attribute": "attribut",
    f"{_XS}any": "contenu libre",
    f"{_XS}enumeration": "valeur",
}


@dataclass(frozen=True, slots=True)
class Assumed:
    """One statement that nothing public confirms, or not wholly."""

    place: str
    """What a hypothesis covers: see ``Hypothesis.covers``."""
    kind: str
    """French, singular."""
    label: str
    """Names from the outermost, separated by `` / ``; to the letter."""
    text: str
    """French."""
    partly: bool
    """Whether another source confirms a part of it, e.g. the name."""
    address: str
    """Page on which it stands."""
    anchor: str
    """Id on that page; empty for the page as a whole."""


def assumed(
    catalogue: Catalogue, schemas: Mapping[str, bytes], aliases: Mapping[str, str]
) -> tuple[Assumed, ...]:
    """Every tagged statement of the catalogue and of the schema files.

    Args:
        catalogue: Codes, findings, tariffs, settings, rules of the engine and printed forms.
        schemas: XSD and WSDL by path below ``memhon_xsd``.
        aliases: Short name of each schema file that has pages of its own.
    """
    found = list(_codes(catalogue))
    found += _findings(catalogue)
    found += _tariffs(catalogue)
    found += _settings(catalogue)
    found += _rules(catalogue)
    found += _forms(catalogue)
    for path, data in sorted(schemas.items()):
        for schema in ET.fromstring(data).iter(f"{_XS}schema"):
            found += _declared(path, aliases.get(path), schema)
    return tuple(found)


def _codes(catalogue: Catalogue) -> Iterator[Assumed]:
    for codes in catalogue.code_lists:
        place = f"codelists/{codes.id}"
        if TAG in codes.provenance:
            partly = len(codes.provenance) > 1
            yield Assumed(place, "liste", codes.id, codes.title, partly, CODES, codes.id)
        for code in codes.codes:
            if TAG in code.provenance:
                anchor = code_anchor(codes.id, code.value)
                partly = len(code.provenance) > 1
                yield Assumed(place, "code", code.value, code.label, partly, CODES, anchor)


def _findings(catalogue: Catalogue) -> Iterator[Assumed]:
    for finding in catalogue.findings.values():
        family = finding.id.partition("-")[0]
        if family in OURS:
            place, title = f"findings/{family}", finding.texts["fr"].title
            anchor = finding.id.lower()
            yield Assumed(place, "anomalie", finding.id, title, False, FINDINGS, anchor)


def _tariffs(catalogue: Catalogue) -> Iterator[Assumed]:
    for tariff in catalogue.tariffs.values():
        anchor = tariff_anchor(tariff.code)
        if TAG in tariff.provenance:
            partly = len(tariff.provenance) > 1
            yield Assumed("tariffs", "acte", tariff.code, tariff.label, partly, DEMO, anchor)
        for period in tariff.periods:
            if TAG in period.provenance:
                label = f"{tariff.code} / {period.start.isoformat()}"
                text = f"{period.amount} €"
                yield Assumed("tariffs", "montant", label, text, False, DEMO, anchor)


def _settings(catalogue: Catalogue) -> Iterator[Assumed]:
    for profile in catalogue.profiles.values():
        for name, tags in profile.provenance.items():
            if TAG in tags:
                place = f"profiles/{profile.id}/{name}"
                value, anchor = str(profile.values[name]), setting_anchor(profile.id, name)
                partly = len(tags) > 1
                yield Assumed(place, "réglage", name, value, partly, SETTINGS, anchor)


def _rules(catalogue: Catalogue) -> Iterator[Assumed]:
    for rule in catalogue.engine:
        if TAG in rule.provenance:
            partly, anchor = len(rule.provenance) > 1, rule_anchor(rule)
            yield Assumed("engine/pid", "règle", rule.id, rule.title, partly, ENGINE, anchor)


def _forms(catalogue: Catalogue) -> Iterator[Assumed]:
    for form in catalogue.forms.values():
        if TAG in form.provenance:
            partly = len(form.provenance) > 1
            yield Assumed(
                f"forms/{form.id}", "document", form.id, form.title, partly, form.page, ""
            )


def _declared(path: str, alias: str | None, schema: ET.Element) -> Iterator[Assumed]:
    types = {node.get("name") for node in schema if node.tag in _TYPES}
    for node, names in _walk(schema, ()):
        tags = _provenance(node)
        if TAG not in tags:
            continue
        label = " / ".join((*names, *_value(node))) or path
        address, anchor = _location(alias, types, names)
        kind, partly = _KINDS[node.tag], len(tags) > 1
        yield Assumed(path, kind, label, _documentation(node), partly, address, anchor)


def _walk(node: ET.Element, names: tuple[str, ...]) -> Iterator[tuple[ET.Element, tuple[str, ...]]]:
    own = node.get("name") or node.get("ref", "").rpartition(":")[2]
    inside = (*names, own) if own and node.tag in (*_TYPES, f"{_XS}element") else names
    yield node, inside
    for child in node:
        yield from _walk(child, inside)


def _value(node: ET.Element) -> tuple[str, ...]:
    if node.tag == f"{_XS}attribute":
        return (f"@{node.get('name')}",)
    return (node.get("value", ""),) if node.tag == f"{_XS}enumeration" else ()


def _location(
    alias: str | None, types: Collection[str | None], names: tuple[str, ...]
) -> tuple[str, str]:
    """The place on the pages of the type reference; the downloads for a file without such pages."""
    if alias is None:
        return "telechargements/index.md", ""
    if not names:
        return schema_page(alias), ""
    if names[0] in types:
        return type_page(alias, names[0]), element_anchor(*names[1:])
    return schema_page(alias), element_anchor(*names)


def _documentation(node: ET.Element) -> str:
    """The words of a declaration, as one line."""
    parts = node.findall(f"{_XS}annotation/{_XS}documentation")
    return " ".join(" ".join("".join(part.itertext()) for part in parts).split())


def _provenance(node: ET.Element) -> tuple[str, ...]:
    """The source tags of a declaration."""
    notes = node.findall(f"{_XS}annotation/{_XS}appinfo")
    tags = [(note.text or "").split() for note in notes if note.get("source") == _PROVENANCE]
    return tuple(tag for group in tags for tag in group)
