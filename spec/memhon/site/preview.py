"""The quick pass of ``memhon site serve``: what one save changes, rendered in this process."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import _lru_cache_wrapper
from importlib.resources import files
from pathlib import Path
from typing import Any

from memhon.catalogue.loading import Catalogue
from memhon.site import assembly, building, cache, execution
from memhon.site.building import Composed
from memhon.site.checkout import Checkout
from memhon.site.commands import Command
from memhon.site.composition import Material
from memhon.site.markup import Page
from memhon.site.progress import Progress
from memhon.site.rendering import INDEX, Renderer
from memhon.site.spare_kernel import SpareKernel
from memhon.site.watching import Changes


class Preview:
    """Knows what the built site was made of and renders what differs from it.

    Nothing is written into the built site: the caller serves what ``update`` returns above it.

    Args:
        checkout: The project's folder.
        site: Folder of the built site.
        told: Prints the steps.
        commands: The command line, for its page.
    """

    def __init__(
        self, checkout: Checkout, site: Path, told: Progress, commands: Command | None = None
    ) -> None:
        self._checkout = checkout
        self._site = site
        self._told = told
        self._commands = commands
        folder = checkout.build / "notebooks" / "spare"
        self._kernel = SpareKernel(folder, building.neutral_roots(checkout), checkout.home)
        self._material: Material
        self._shown: dict[str, bytes]
        self._renderer: Renderer
        self._index: bytes

    def start(self) -> None:
        """Start the waiting kernel and take stock of the built site.

        Raises:
            MemhonError: See ``renew``.
        """
        self._kernel.start()
        self.renew()

    def stop(self) -> None:
        """End the waiting kernel."""
        self._kernel.stop()

    @property
    def ready(self) -> bool:
        """Whether the next notebook finds a kernel that waits."""
        return self._kernel.ready

    def renew(self) -> None:
        """Take stock of the site that was just built.

        Raises:
            MemhonError: A source has become unusable since.
        """
        docs = self._checkout.build / "docs"
        _reload_catalogue()
        self._material = building.gather(self._checkout, Progress.silent(), self._commands)
        # What MkDocs was given, not what the sources say by now: somebody may have saved since.
        paths = (path for path in docs.rglob("*") if path.is_file())
        self._shown = {path.relative_to(docs).as_posix(): path.read_bytes() for path in paths}
        pages, _ = assembly.handwritten(docs)
        self._renderer = Renderer(self._checkout.build / "mkdocs.yml", self._site, pages)
        self._index = (self._site / INDEX).read_bytes()

    def update(self, changes: Changes) -> dict[str, bytes] | None:
        """The files of the site that some changes touch, by path; all of them or none.

        None when a page comes or goes: every other page then changes too.

        Raises:
            MemhonError: A source is wrong; the text names it. What was known before stays.
        """
        if changes.catalogue:
            _reload_catalogue()
        executed = self._executed(changes)
        material = self._material
        if changes.catalogue or changes.notebooks:
            material = building.regather(material, executed)
        composed = building.compose(self._checkout, material)
        now = self._sources(composed)
        if now.keys() != self._shown.keys():
            return None
        touched = {address for address, data in now.items() if data != self._shown[address]}
        found = self._pages([page for page in composed.pages if page.address in touched])
        found |= {address: now[address] for address in touched if not address.endswith(".md")}
        self._material, self._shown = material, now
        return found

    def _sources(self, composed: Composed) -> dict[str, bytes]:
        pages = {page.address: page.text.encode() for page in composed.pages}
        files = {file.address: file.data for file in composed.files}
        docs = self._checkout.docs
        assets = {path.relative_to(docs).as_posix(): path.read_bytes() for path in composed.assets}
        return pages | files | assets

    def _executed(self, changes: Changes) -> Mapping[str, Any]:
        if not changes.notebooks:
            return self._material.executed
        known = self._material.executed
        return {
            name: self._one(name, notebook, known.get(name))
            for name, notebook in execution.read(self._checkout.notebooks).items()
        }

    def _one(self, name: str, notebook: Any, known: Any | None) -> Any:
        if known is not None and cache.same_code(notebook, known):
            return cache.with_outputs(notebook, known)
        with self._told.step(f"carnet {name}"):
            executed = self._kernel.execute(name, notebook)
        # The whole build that follows takes it from there.
        building.notebook_cache(self._checkout).keep(notebook, executed)
        return cache.with_outputs(notebook, executed)

    def _pages(self, touched: list[Page]) -> dict[str, bytes]:
        if not touched:
            return {}
        rendered = tuple(self._renderer.render(page) for page in touched)
        self._index = self._renderer.index(self._index, rendered)
        return {page.path: page.html for page in rendered} | {INDEX: self._index}


def _reload_catalogue() -> None:
    """Let everything read the catalogue anew; a broken one is refused before anybody sees it."""
    fresh = Catalogue(files("memhon.catalogue"))
    for name in dir(Catalogue):
        if not name.startswith("_"):
            getattr(fresh, name)
    for exchange in fresh.exchanges:
        fresh.examples(exchange.id)
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "memhon":
            for value in list(vars(module).values()):
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()
