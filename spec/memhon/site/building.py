"""The build of the site, step by step."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from memhon import schemas
from memhon.catalogue import Catalogue, load
from memhon.errors import MemhonError
from memhon.schemas import Outline
from memhon.site import assembly, cache, execution, navigation
from memhon.site.checkout import Checkout
from memhon.site.composition import Material, downloads_of, generated
from memhon.site.downloads import SUMS, Download, checksums
from memhon.site.home import completed
from memhon.site.markup import Page, typeset
from memhon.site.progress import Progress
from memhon.site.recording import record_all

_MADE_HERE = "reference/anomalies/index.html"
_COMMANDS = (
    "validate",
    "send",
    "sandbox serve",
    "exchanges",
    "bindings",
    "explain",
    "site build",
    "site serve",
)


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


def build(checkout: Checkout, output: Path | None = None, progress: Progress | None = None) -> Path:
    """Build the site and return its folder.

    Args:
        checkout: The project's folder.
        output: Folder of the site, ``build/site`` by default.
        progress: Prints the steps.

    Raises:
        MemhonError: A notebook, an example or MkDocs failed; the old site stays as it was.
    """
    told = progress or Progress()
    target = (output or checkout.build / "site").resolve()
    _refuse_foreign(target)
    material = gather(checkout, told)
    with told.step("pages") as remarks:
        composed = compose(checkout, material)
        _write(checkout, composed)
        remarks.append(f"{len(composed.pages)} pages")
    with told.step("MkDocs"):
        assembly.run_mkdocs(checkout.build / "mkdocs.yml", target, root=checkout.root)
    return target


def gather(checkout: Checkout, told: Progress) -> Material:
    """Everything that the pages are made of: executes notebooks and records exchanges.

    Raises:
        MemhonError: A notebook or an example failed.
    """
    catalogue = load()
    with told.step("carnets") as remarks:
        executed, fresh = _notebooks(checkout)
        remarks.append(f"{len(fresh)} exécuté(s), {len(executed) - len(fresh)} repris")
    with told.step("échanges") as remarks:
        records = record_all(catalogue)
        remarks.append(f"{len(records)} enregistrés")
    return Material(catalogue, executed, records, _outlines(catalogue), _helps(checkout))


def regather(kept: Material, executed: Mapping[str, Any]) -> Material:
    """The material anew, but for what takes long: exchanges and helps are those of before."""
    catalogue = load()
    return Material(catalogue, executed, kept.records, _outlines(catalogue), kept.helps)


def compose(checkout: Checkout, material: Material) -> Composed:
    """The pages and files of the site, and the settings for MkDocs; nothing is written.

    Raises:
        MemhonError: A hand-written page asks for something that does not exist.
    """
    exchanges = material.catalogue.exchanges
    written, assets = assembly.handwritten(checkout.docs)
    files = downloads_of(material)
    pages = (
        *(typeset(completed(page, exchanges)) for page in written),
        *generated(material, files),
    )
    sums = Download("", SUMS, checksums(files))
    tree = navigation.navigation(exchanges, [page.address for page in written])
    return Composed(pages, (*files, sums), assets, navigation.settings(tree))


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
    return cache.NotebookCache(checkout.build / "notebooks", cache.surroundings(checkout.sources))


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


def _helps(checkout: Checkout) -> dict[str, str]:
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        texts = pool.map(_help, _COMMANDS, [checkout.root] * len(_COMMANDS))
        return {f"memhon {name}": text for name, text in zip(_COMMANDS, texts, strict=True)}


def _help(command: str, root: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "memhon", *command.split(), "--help"],
        cwd=root,
        env=os.environ | {"COLUMNS": "88", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise MemhonError(f"memhon {command} --help a échoué :\n{done.stderr.strip()}")
    return done.stdout


def _write(checkout: Checkout, composed: Composed) -> None:
    docs = checkout.build / "docs"
    assembly.assemble(docs, composed.pages, composed.files, composed.assets, checkout.docs)
    (checkout.build / "mkdocs.yml").write_text(composed.settings, encoding="utf-8")
