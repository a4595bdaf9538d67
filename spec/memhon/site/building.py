"""The build of the site, step by step."""

from __future__ import annotations

import sys
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
from memhon.site.downloads import SUMS, Download, checksums
from memhon.site.finishing import finish
from memhon.site.home import completed
from memhon.site.markup import typeset
from memhon.site.progress import Progress
from memhon.site.recording import record_all
from memhon.site.refusing import refuse_all

_MADE_HERE = "reference/anomalies/index.html"


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
    catalogue = load()
    with told.step("carnets") as remarks:
        executed, fresh = _notebooks(checkout)
        remarks.append(f"{len(fresh)} exécuté(s), {len(executed) - len(fresh)} repris")
    with told.step("échanges") as remarks:
        outlines = _outlines(catalogue)
        records = record_all(catalogue)
        refusals = refuse_all(catalogue, outlines)
        remarks.append(f"{len(records)} enregistrés, {len(refusals)} refus")
    with told.step("pages") as remarks:
        api = _api(checkout)
        material = Material(catalogue, executed, records, outlines, commands, refusals, api)
        count = _write(checkout, material)
        remarks.append(f"{count} pages")
    with assembly.replacing(target) as site:
        with told.step("MkDocs"):
            assembly.run_mkdocs(checkout.build / "mkdocs.yml", site, root=checkout.root)
        with told.step("finition"):
            finish(site, navigation.of(checkout.build / "mkdocs.yml"))
    return target


def _refuse_foreign(target: Path) -> None:
    if not target.exists() or (target / _MADE_HERE).is_file():
        return
    if not target.is_dir() or any(target.iterdir()):
        raise MemhonError(f"{target} existe et n'est pas un site de MemHon : choisissez un dossier")


def _notebooks(checkout: Checkout) -> tuple[dict[str, Any], tuple[str, ...]]:
    notebooks = execution.read(checkout.notebooks)
    folder = checkout.build / "notebooks"
    kept = cache.NotebookCache(folder, cache.surroundings(checkout.sources))
    roots = (checkout.root, Path(sys.prefix), Path(sys.base_prefix))
    return execution.execute(notebooks, kept, workdir=folder / "kernel", roots=roots)


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


def _write(checkout: Checkout, material: Material) -> int:
    exchanges = material.catalogue.exchanges
    written, assets = assembly.handwritten(checkout.docs)
    files = (*downloads_of(material), wheel.bindings(checkout))
    pages = [
        *(typeset(completed(page, exchanges)) for page in written),
        *generated(material, files),
    ]
    sums = Download("", SUMS, checksums(files))
    docs = checkout.build / "docs"
    assembly.assemble(docs, pages, (*files, sums), assets, checkout.docs)
    tree = navigation.navigation(exchanges, [page.address for page in pages])
    (checkout.build / "mkdocs.yml").write_text(navigation.settings(tree), encoding="utf-8")
    return len(pages)
