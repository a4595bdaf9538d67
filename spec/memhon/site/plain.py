"""A built page as Markdown: what a reader sees, without what only a screen needs.

Pure: HTML in, Markdown out. Links lead from Markdown to Markdown; headings keep their ids.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from memhon.errors import MemhonError
from memhon.site.links import explicit
from memhon.site.markup import front_matter

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_PRE = re.compile(r"(<pre[^>]*>)(.*?)(</pre>)", re.DOTALL)
_SPAN = re.compile(r"</?(?:span|a)\b[^>]*>")
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_DRAWN = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_TOLD = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)
_BREAK = re.compile(r"\n|&#10;")
"""What is told in several lines, line by line, stands for the whole drawing."""
_META = re.compile(r'<(?:meta name="(description)" content|link rel="(canonical)" href)="([^"]*)"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_SPECIAL = re.compile(r"([\\`*<])|(?<!\w)(_)|(_)(?!\w)")
_FOR_THE_SCREEN = (
    "a.headerlink",
    "button",
    "input",
    "nav",
    "script",
    "style",
    "[hidden]",
    "div.tabbed-labels",
    "[aria-hidden=true]",
)


def markdown(name: str, page: str, folders: frozenset[str]) -> str:
    """The Markdown of a page.

    Args:
        name: Path of the page in the site, e.g. ``pid/sim/index.html``.
        page: Its HTML.
        folders: Folders with a page of their own; a link to one becomes a link to its Markdown.

    Raises:
        MemhonError: The page has no article.
    """
    article = _ARTICLE.search(page)
    if article is None:
        raise MemhonError(f"{name} n'a pas de contenu à écrire en Markdown")
    slim = _PRE.sub(lambda found: found[1] + _SPAN.sub("", found[2]) + found[3], article[1])
    soup = BeautifulSoup(_DRAWING.sub(_words_of, slim), "html.parser")
    for unwanted in soup.select(", ".join(_FOR_THE_SCREEN)):
        unwanted.decompose()
    body = _Converter(name, folders).convert_soup(soup)
    head, source = _head(page)
    return f"{head}\n{source}{_tidy(body)}\n"


def _head(page: str) -> tuple[str, str]:
    found = {one or other: unescape(value) for one, other, value in _META.findall(page)}
    title = _TITLE.search(page)
    named = " ".join(unescape(title[1]).split()).rpartition(" - ")[0] if title else ""
    source = found.get("canonical", "")
    head = front_matter(named, found.get("description", ""))
    return head, f"Page : <{source}>\n\n" if source else ""


def _words_of(drawing: re.Match[str]) -> str:
    told = _TOLD.search(drawing[0])
    if told and _BREAK.search(told[1]):
        return f"<pre>{told[1]}</pre>"
    title = _DRAWN.search(drawing[0])
    return f"<p><em>{title[1]}</em></p>" if title else ""


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


_Library: Any = MarkdownConverter
"""Its type hints leave out the methods that are meant to be overridden."""


class _Converter(_Library):  # type: ignore[misc]
    """The library's converter with the forms that our pages use."""

    def __init__(self, name: str, folders: frozenset[str]) -> None:
        super().__init__(heading_style="ATX", bullets="-", autolinks=False)
        self._name = name
        self._folders = folders

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return _SPECIAL.sub(lambda found: f"\\{found[0]}", text or "")

    def process_tag(self, node: Tag, parent_tags: set[str] | None = None) -> str:
        for child in node.find_all("span", recursive=False):
            _part(child)
        return str(super().process_tag(node, parent_tags))

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "badge" in (el.get("class") or []):
            return f"({text.strip()})"
        el["href"] = explicit(self._name, str(el.get("href", "")), self._folders, "index.md")
        del el["title"]
        return str(super().convert_a(el, text, parent_tags))

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        heading = str(super().convert_hN(n, el, text, parent_tags)).rstrip()
        anchor = el.get("id")
        return f"{heading} {{#{anchor}}}\n\n" if anchor and n > 1 else f"{heading}\n\n"

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "admonition" in (el.get("class") or []):
            return str(self.convert_blockquote(el, text, parent_tags))
        return str(super().convert_div(el, text, parent_tags))

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "admonition-title" in (el.get("class") or []):
            text = f"**{text.strip()}**"
        return str(super().convert_p(el, text, parent_tags))

    def convert_details(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text if "li" in parent_tags else f"\n\n{text.strip()}\n\n"

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = " ".join(text.split())
        return f"{words}\n" if "li" in parent_tags else f"\n\n**{words}**\n\n"

    def convert_span(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "filename" in (el.get("class") or []):
            return f"\n\n*{text.strip()}*\n\n"
        return f"({text.strip()})" if "badge" in (el.get("class") or []) else text

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        source = el.get_text().strip("\n")
        longest = max((len(run) for run in re.findall(r"`{3,}", source)), default=2)
        marks = "`" * max(3, longest + 1)
        return f"\n\n{marks}{_language(el)}\n{source}\n{marks}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_td(el, text.replace("|", "\\|"), parent_tags))

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_th(el, text.replace("|", "\\|"), parent_tags))


def _part(span: Tag) -> None:
    """On a screen the style parts a span from what stands before it; here a character must."""
    before = span.previous_sibling
    if isinstance(before, Tag) and before.name == "span":
        span.insert_before(NavigableString(" · "))
    elif span.get("class") and isinstance(before, NavigableString) and before[-1:].strip():
        span.insert_before(NavigableString(" "))


def _language(pre: Tag) -> str:
    box: Any = pre.find_parent(class_="highlight")
    names = [str(name) for name in (box.get("class") or [])] if box is not None else []
    found = [name.removeprefix("language-") for name in names if name.startswith("language-")]
    return found[0] if found and found[0] != "text" else ""
