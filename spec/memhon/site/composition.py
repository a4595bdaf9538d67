"""Every generated page and file, from the material of one build; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from memhon import __version__, schemas
from memhon.catalogue import Catalogue, Exchange
from memhon.findings.formats import json_schema
from memhon.schemas import Outline
from memhon.site import notebook, provenance_page, reference_pages
from memhon.site.api import PublicName
from memhon.site.api_page import api_page
from memhon.site.assumed import assumed
from memhon.site.catalogue_json import catalogue_json, catalogue_schema
from memhon.site.command_page import command_page
from memhon.site.commands import Command
from memhon.site.downloads import Download, downloads_page
from memhon.site.engine_page import engine_page
from memhon.site.examples import Examples, example_values
from memhon.site.exchange_page import ExchangeMaterial, exchange_page
from memhon.site.hypotheses_page import hypotheses_page
from memhon.site.journey_page import journey_page
from memhon.site.journeys import Journey, journeys_of
from memhon.site.life_page import Reached, life_page
from memhon.site.markup import Page, typeset
from memhon.site.mentions import code_places, finding_places
from memhon.site.openapi_page import openapi_file, openapi_page
from memhon.site.parity_page import parity_page
from memhon.site.programs import Program, program_files
from memhon.site.records import Recorded
from memhon.site.refusals import ANOMALY, Refusal
from memhon.site.type_book import TypeMaterial
from memhon.site.type_links import TypeLinks
from memhon.site.type_reference import package_material, type_pages
from memhon.site.usage_part import demo_journal
from memhon.site.vectors import Vector, vector_archive, vector_files
from memhon.site.versions_page import versions_page
from memhon.usage import UsageReport


@dataclass(frozen=True, slots=True)
class Material:
    """What the pages are made of."""

    catalogue: Catalogue
    executed: Mapping[str, Any]
    """Notebooks with their outputs, by name."""
    records: tuple[Recorded, ...]
    """Every exchange of this build."""
    outlines: Mapping[str, Mapping[str, Outline]]
    """By exchange and direction."""
    commands: Command | None = None
    """The command line; None leaves its page out."""
    refusals: tuple[Refusal, ...] = ()
    """What errors looked like in this build."""
    api: tuple[PublicName, ...] = ()
    """The public Python names; without any there is no page."""
    bundles: tuple[Download, ...] = ()
    """Downloads that are costly to make."""
    vectors: tuple[Vector, ...] = ()
    """Signed messages of this build, taken apart."""
    reached: Reached = field(default_factory=dict)
    """Tests that speak HTTP, by what they name."""
    scripts: tuple[Download, ...] = ()
    """Code of others that a page loads."""
    programs: tuple[Program, ...] = ()
    """What takes them apart in other languages."""
    usage: UsageReport | None = None
    """A statement on the fictitious usage journal."""


def generated(material: Material, files: Sequence[Download]) -> tuple[Page, ...]:
    """Every page that is not written by hand; the same material gives the same pages."""
    catalogue = material.catalogue
    described = package_material(catalogue, material.outlines, _examples(material))
    types = type_pages(described)
    links = TypeLinks(described.aliases, frozenset(page.address for page in types))
    pages = [
        exchange_page(_exchange_material(material, exchange, files, described, links))
        for exchange in catalogue.exchanges
    ]
    pages += [
        reference_pages.codes_page(
            catalogue.code_lists, code_places(catalogue, material.outlines), catalogue.findings
        ),
        reference_pages.findings_page(
            catalogue.findings.values(), finding_places(catalogue, material.outlines)
        ),
        reference_pages.demo_page(
            catalogue.persons, catalogue.providers, catalogue.tariffs, catalogue.claims
        ),
        engine_page(catalogue.engine),
        openapi_page(),
        parity_page(catalogue),
        *(
            life_page(life, catalogue, material.reached, journeys_of(material.executed))
            for life in catalogue.lifecycles.values()
        ),
        reference_pages.settings_page(catalogue.profiles.values(), catalogue.signing.values()),
        downloads_page(files),
        *(journey_page(journey, catalogue) for journey in journeys_of(material.executed)),
        *types,
    ]
    if material.commands:
        pages.append(command_page(material.commands))
    if material.api:
        pages.append(api_page(material.api))
    pages += _sources(material, described, {page.address for page in pages})
    return tuple(typeset(page) for page in pages)


def _sources(
    material: Material, described: TypeMaterial, known: Collection[str]
) -> tuple[Page, ...]:
    """The pages that link to the others: versions, what is known from where, what is assumed."""
    catalogue = material.catalogue
    names = described.aliases
    sources = {**described.files, **{path: schemas.source(path) for path in schemas.paths(".wsdl")}}
    statements = assumed(catalogue, sources, names)
    return (
        _provenance(material, described, known),
        versions_page(catalogue.exchanges, sources, names, known),
        hypotheses_page(catalogue.hypotheses, statements, known),
    )


def _provenance(material: Material, described: TypeMaterial, known: Collection[str]) -> Page:
    catalogue = material.catalogue
    statements: list[provenance_page.Statement] = []
    for exchange in catalogue.exchanges:
        outlines = material.outlines[exchange.id]
        statements += provenance_page.element_statements(exchange, outlines)
    types = [kind for schema in described.reference.schemas for kind in schema.types]
    statements += provenance_page.type_statements(types, described.aliases, known)
    statements += provenance_page.code_statements(catalogue.code_lists)
    return provenance_page.provenance_page(statements, catalogue.exchanges)


def _exchange_material(
    material: Material,
    exchange: Exchange,
    files: Sequence[Download],
    described: TypeMaterial,
    links: TypeLinks,
) -> ExchangeMaterial:
    executed = material.executed.get(exchange.id)
    notes = {schema.path: schema.notes for schema in described.reference.schemas}
    return ExchangeMaterial(
        exchange=exchange,
        outlines=material.outlines[exchange.id],
        notes={
            str(message.direction): notes[message.schema]
            for message in (exchange.request, exchange.response)
        },
        records=tuple(r for r in material.records if r.exchange_id == exchange.id),
        notebook=None if executed is None else notebook.part(executed),
        files=tuple((file.name, file.address) for file in _of(exchange, files)),
        refusals=tuple(r for r in material.refusals if r.exchange_id == exchange.id),
        findings=material.catalogue.findings,
        examples=described.examples[exchange.id],
        types=links,
        life=material.catalogue.life_of(exchange),
        journeys=_through(material, exchange),
    )


def _through(material: Material, exchange: Exchange) -> tuple[Journey, ...]:
    found = journeys_of(material.executed)
    return tuple(journey for journey in found if exchange.id in journey.exchanges)


def _examples(material: Material) -> dict[str, Examples]:
    """The values recorded in each exchange of this build."""
    return {
        exchange.id: example_values(
            (r for r in material.records if r.exchange_id == exchange.id),
            (
                r.response
                for r in material.refusals
                if r.kind == ANOMALY and r.exchange_id == exchange.id
            ),
        )
        for exchange in material.catalogue.exchanges
    }


def _of(exchange: Exchange, files: Iterable[Download]) -> Iterable[Download]:
    own = {message.schema for message in exchange.messages}
    return [
        file
        for file in files
        if any(file.name == f"schemas/{schema}" for schema in own)
        or file.name.startswith(f"exemples/{exchange.id}/")
        or file.name == f"carnets/{exchange.id}.ipynb"
    ]


def _vectors(material: Material) -> tuple[Download, ...]:
    files = (*vector_files(material.vectors), *program_files(material.programs))
    return (*files, *vector_archive(files))


def downloads_of(material: Material) -> tuple[Download, ...]:
    """Schemas, WSDL, examples, executed notebooks, and what programs read of all that."""
    catalogue = material.catalogue
    found = [
        Download(title, f"telechargements/schemas/{path}", schemas.source(path))
        for title, suffix in (("Schémas XSD", ".xsd"), ("Descriptions WSDL", ".wsdl"))
        for path in schemas.paths(suffix)
    ]
    found += [
        Download(
            "Exemples de messages",
            f"telechargements/exemples/{example.exchange_id}/{example.direction}-{example.name}.xml",
            example.data,
        )
        for exchange in catalogue.exchanges
        for example in catalogue.examples(exchange.id)
    ]
    found.append(
        Download(
            "Schéma JSON des rapports de validation",
            "telechargements/rapports/report.schema.json",
            json_schema(),
        )
    )
    found += [
        Download(
            "Carnets exécutés", f"telechargements/carnets/{name}.ipynb", notebook.download(executed)
        )
        for name, executed in material.executed.items()
    ]
    found += [demo_journal(catalogue.journal), openapi_file(), *_vectors(material)]
    document = catalogue_json(catalogue, material.outlines, __version__)
    found += [
        Download("Catalogue pour les programmes", f"telechargements/{name}", data)
        for name, data in (
            ("catalogue.json", document),
            ("catalogue.schema.json", catalogue_schema()),
        )
    ]
    return tuple(found)
