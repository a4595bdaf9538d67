"""MkDocs kept warm: one page of a built site rendered anew, without the others."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page as MkDocsPage

from memhon.errors import MemhonError
from memhon.site.markup import Page

INDEX = "search/search_index.json"
_ID = re.compile(r'\bid="?([^"\s>]+)')


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page of the site as a file."""

    path: str
    """Below the folder of the site, e.g. ``pid/sim/index.html``."""
    html: bytes
    location: str
    """Address in the search index, e.g. ``pid/sim/``."""
    entries: tuple[Mapping[str, Any], ...]
    """What the search index says of it."""


class Renderer:
    """Renders single pages with the settings, navigation and links of the whole site.

    Args:
        config: The settings from which the site was built.
        site: Folder of the built site; its pages say which anchors exist.
        pages: Every page of the site.

    Raises:
        MemhonError: The settings cannot be read.
    """

    def __init__(self, config: Path, site: Path, pages: tuple[Page, ...]) -> None:
        self._site = site
        with self._judged("réglages"):
            settings: Any = load_config(str(config), site_dir=str(site))
            settings.plugins.on_startup(command="serve", dirty=False)
            self._config = settings.plugins.on_config(settings)
            self._env = self._config.theme.get_env()
            self._files: Files = get_files(self._config)
            self._files.add_files_from_theme(self._env, self._config)
            self._nav = get_navigation(self._files, self._config)
            self._env = self._config.plugins.on_env(
                self._env, config=self._config, files=self._files
            )
            for page in pages:
                self._know(page)

    def render(self, page: Page) -> Rendered:
        """Render one page of the site.

        Raises:
            MemhonError: MkDocs warns of it, e.g. of a link that leads nowhere.
        """
        with self._judged(page.address):
            known = self._know(page)
            self._config._current_page = known  # as MkDocs does; extensions ask for it
            try:
                known.render(self._config, self._files)
                level = self._config.validation.links.anchors
                known.validate_anchor_links(files=self._files, log_level=level)
                html, entries = self._fill(known)
            finally:
                self._config._current_page = None
        return Rendered(known.file.dest_uri, html, known.url, entries)

    def index(self, before: bytes, rendered: tuple[Rendered, ...]) -> bytes:
        """The search index with the entries of some pages replaced."""
        told = json.loads(before)
        for page in rendered:
            kept = [e for e in told["docs"] if _of(e["location"]) != page.location]
            told["docs"] = [*kept, *page.entries]
        return json.dumps(told, separators=(",", ":"), default=str).encode()

    def _documents(self) -> Any:
        return self._files.documentation_pages()

    def _know(self, page: Page) -> MkDocsPage:
        file = self._files.get_file_from_path(page.address)
        if file is None:
            raise MemhonError(f"{page.address} : page inconnue de la navigation")
        file.content_string = page.text
        known = file.page or MkDocsPage(None, file, self._config)
        known.read_source(self._config)
        if known.present_anchor_ids is None:
            built = self._site / file.dest_uri
            text = built.read_text(encoding="utf-8") if built.is_file() else ""
            known.present_anchor_ids = set(_ID.findall(text))
        return known

    def _fill(self, page: MkDocsPage) -> tuple[bytes, tuple[Mapping[str, Any], ...]]:
        search = self._config.plugins["material/search"].search_index
        search.entries.clear()
        page.active = True
        try:
            context = get_context(self._nav, self._documents(), self._config, page)
            template = self._env.get_template(page.meta.get("template", "main.html"))
            context = self._config.plugins.on_page_context(
                context, page=page, config=self._config, nav=self._nav
            )
            html = template.render(context)
        finally:
            page.active = False
        return html.encode("utf-8", errors="xmlcharrefreplace"), tuple(search.entries)

    @contextmanager
    def _judged(self, what: str) -> Iterator[None]:
        """What MkDocs warns of becomes an error."""
        handler = _Collector()
        logger = logging.getLogger("mkdocs")
        logger.addHandler(handler)
        try:
            yield
        except MkDocsException as error:
            raise MemhonError(f"{what} : {error}") from error
        finally:
            logger.removeHandler(handler)
        if handler.told:
            raise MemhonError(f"{what} : " + "\n".join(handler.told))


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


def _of(location: str) -> str:
    return location.partition("#")[0]
