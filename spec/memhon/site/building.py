"""The build of the site, step by step."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import memhon
from memhon import schemas
from memhon.catalogue import Catalogue, load
from memhon.errors import MemhonError
from memhon.schemas import Outline
from memhon.site import assembly, cache, execution, navigation, wheel
from memhon.site.api import PublicName
from memhon.site.api_reading import read_api
from memhon.site.checkout import Checkout
from memhon.site.commands import Command
from memhon.site.composition import Material, downloads_of, generated
from memhon.site.diagnostic import data_file
from memhon.site.downloads import SUMS, Download, checksums
from memhon.site.finishing import finish
from memhon.site.home import completed
from memhon.site.markup import Page, typeset
from memhon.site.own_keys import at_home, certificates
from memhon.site.parts import parts_of
from memhon.site.printed import printed
from memhon.site.programs import SOURCES, read_programs
from memhon.site.progress import Progress
from memhon.site.reaching import reaching
from memhon.site.recording import record_all
from memhon.site.refusing import refuse_all
from memhon.site.usage_part import demo_report
from memhon.site.vector_recording import record_vectors
from memhon.site.vendored import vendored

_MADE_HERE = "reference/anomalies/index.html"


@dataclass(frozen=True, slots=True)
class Composed:
    """What MkDocs is given."""

    pages: tuple[Page, ...]
    """Hand-written and generated, by address unique."""
    files: tuple[Download, ...]
    """Files that pages link to."""
    assets: tuple[Path, ...]
    """Files below the hand-written pages that are copied as they are."""
    settings: str
    """Text of ``build/mkdocs.yml``."""


def build(
    checkout: Checkout,
    output: Path | None = None,
    progress: Progress | None = None,
    commands: Command | None = None,
) -> Path:
    """Build the site and return its folder.

    Args:
        checkout: The project's folder.
        output: Folder of the site, ``build/site`` by default.
        progress: Prints the steps.
        commands: The command line, for its page.

    Raises:
        MemhonError: A notebook, an example or MkDocs failed; the old site stays as it was.
    """
    told = progress or Progress()
    target = (output or checkout.build / "site").resolve()
    _refuse_foreign(target)
    material = gather(checkout, told, commands)
    with told.step("pages") as remarks:
        composed = compose(checkout, material)
        _write(checkout, composed)
        remarks.append(f"{len(composed.pages)} pages")
    with assembly.replacing(target) as site:
        with told.step("MkDocs"):
            assembly.run_mkdocs(checkout.build / "mkdocs.yml", site, root=checkout.root)
        with told.step("finition"):
            finish(site, navigation.of(checkout.build / "mkdocs.yml"))
    return target


def gather(checkout: Checkout, told: Progress, commands: Command | None) -> Material:
    """Everything that the pages are made of: executes notebooks and records exchanges.

    Raises:
        MemhonError: A notebook or an example failed, or a package of the site cannot be had.
    """
    catalogue = load()
    with told.step("carnets") as remarks, at_home(checkout.home):
        executed, fresh = _notebooks(checkout)
        remarks.append(f"{len(fresh)} exécuté(s), {len(executed) - len(fresh)} repris")
    with told.step("échanges") as remarks, at_home(checkout.home):
        outlines = _outlines(catalogue)
        records = record_all(catalogue)
        refusals = refuse_all(catalogue, outlines)
        vectors = record_vectors(catalogue)
        remarks.append(
            f"{len(records)} enregistrés, {len(refusals)} refus, {len(vectors)} vecteurs"
        )
    with told.step("paquets npm"):
        scripts = vendored(checkout.build)
    return Material(
        catalogue,
        executed,
        records,
        outlines,
        commands,
        refusals,
        _api(checkout),
        bundles=(wheel.bindings(checkout),),
        vectors=vectors,
        reached=reaching(checkout.root / "tests"),
        scripts=scripts,
        usage=demo_report(catalogue.journal),
    )


def regather(kept: Material, executed: Mapping[str, Any]) -> Material:
    """The material anew, but for what takes long: the exchanges are those of before."""
    catalogue = load()
    return replace(kept, catalogue=catalogue, executed=executed, outlines=_outlines(catalogue))


def compose(checkout: Checkout, material: Material) -> Composed:
    """The pages and files of the site, and the settings for MkDocs; nothing is written.

    Raises:
        MemhonError: A hand-written page asks for something that does not exist.
    """
    material = replace(material, programs=read_programs(checkout.docs))
    exchanges = material.catalogue.exchanges
    written, found = assembly.handwritten(checkout.docs)
    # These are offered as downloads.
    assets = tuple(path for path in found if path.parent != checkout.docs / SOURCES)
    files = (*downloads_of(material), *material.bundles)
    parts = parts_of(material)
    pages = (
        *(typeset(completed(page, exchanges, parts)) for page in written),
        *generated(material, files),
    )
    sums = Download("", SUMS, checksums(files))
    beside = (
        data_file(material.catalogue, material.vectors),
        *material.scripts,
        *printed(material.catalogue),
    )
    tree = navigation.navigation(exchanges, [page.address for page in pages])
    return Composed(pages, (*files, sums, *beside), assets, navigation.settings(tree))


def _refuse_foreign(target: Path) -> None:
    if not target.exists() or (target / _MADE_HERE).is_file():
        return
    if not target.is_dir() or any(target.iterdir()):
        raise MemhonError(f"{target} existe et n'est pas un site de MemHon : choisissez un dossier")


def _notebooks(checkout: Checkout) -> tuple[dict[str, Any], tuple[str, ...]]:
    notebooks = execution.read(checkout.notebooks)
    kept = notebook_cache(checkout)
    workdir = kept.folder / "kernel"
    return execution.execute(notebooks, kept, workdir=workdir, roots=neutral_roots(checkout))


def notebook_cache(checkout: Checkout) -> cache.NotebookCache:
    """Where executed notebooks are kept, for the sources as they are now."""
    versions = cache.installed() | certificates(checkout.home)
    surroundings = cache.surroundings(checkout.sources, versions)
    return cache.NotebookCache(checkout.build / "notebooks", surroundings)


def neutral_roots(checkout: Checkout) -> tuple[Path, ...]:
    """Folders of this machine that no output may show."""
    return (checkout.root, Path(sys.prefix), Path(sys.base_prefix))


def _outlines(catalogue: Catalogue) -> dict[str, dict[str, Outline]]:
    return {
        exchange.id: {
            str(message.direction): schemas.outline(message)
            for message in (exchange.request, exchange.response)
        }
        for exchange in catalogue.exchanges
    }


def _api(checkout: Checkout) -> tuple[PublicName, ...]:
    return read_api(memhon.__all__, checkout.root / "spec")


def _write(checkout: Checkout, composed: Composed) -> None:
    docs = checkout.build / "docs"
    assembly.assemble(docs, composed.pages, composed.files, composed.assets, checkout.docs)
    (checkout.build / "mkdocs.yml").write_text(composed.settings, encoding="utf-8")
