"""Small pieces of Markdown and HTML that every page is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape as _escape
from posixpath import dirname, relpath
from typing import NamedTuple

_FENCE = re.compile(r"^ *(`{3,}|~{3,})")
_BEFORE = re.compile(r"(?<=[\w»)*`”.%€>]) (?=[:;?!»](?:[\s<).,*|\"]|$))")


class Page(NamedTuple):
    """A finished page: where it goes below the documentation folder, and its Markdown."""

    address: str
    text: str


def html(text: str) -> str:
    """Text for HTML content or an attribute in double quotes."""
    return _escape(text, quote=True)


def inline(text: str) -> str:
    """Text with Markdown code spans as HTML, everything else literal."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _literal(text)
    return "".join(
        f"<code>{_literal(part)}</code>" if number % 2 else _literal(part)
        for number, part in enumerate(parts)
    )


def _literal(text: str) -> str:
    # Markdown reads its marks between HTML tags too
    return html(text).replace("\\", "&#92;").replace("*", "&#42;")


def cell(text: str) -> str:
    """Text for one cell of a Markdown table: a single line, literal but for code spans."""
    return inline(" ".join(text.split())).replace("|", "&#124;") or "–"


def code(text: str) -> str:
    """A code span in HTML."""
    return f"<code>{_literal(text)}</code>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; cells are finished Markdown or HTML without line breaks."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def fence(source: str, language: str, title: str | None = None) -> str:
    """A code block that holds the source whatever it contains."""
    longest = max((len(run) for run in re.findall(r"`+", source)), default=0)
    marks = "`" * max(3, longest + 1)
    named = f' title="{html(title)}"' if title else ""
    return f"{marks} {{ .{language}{named} }}\n{source.rstrip()}\n{marks}"


def indent(text: str) -> str:
    """The text four columns to the right, empty lines left empty."""
    return "\n".join(f"    {line}" if line.strip() else "" for line in text.splitlines())


def folded(title: str, body: str, kind: str = "note") -> str:
    """A block that opens on click."""
    return f'??? {kind} "{html(title)}"\n\n{indent(body)}'


def admonition(kind: str, title: str, body: str) -> str:
    """A box that is always open."""
    return f'!!! {kind} "{html(title)}"\n\n{indent(body)}'


def link(here: str, there: str, anchor: str = "") -> str:
    """The URL from one page to another as it is in the built site, for raw HTML.

    Args:
        here: Address of the page that holds the link, e.g. ``ra/depot.md``.
        there: Address of the page or file meant.
        anchor: Id in that page, without ``#``.
    """
    fragment = f"#{anchor}" if anchor else ""
    if here == there and fragment:
        return fragment
    target = relpath(_folder(there), _folder(here))
    return f"{target}{'/' if there.endswith('.md') else ''}{fragment}"


def badge(text: str, kind: str, title: str = "", href: str = "") -> str:
    """A small label, a link when ``href`` is given."""
    tip = f' title="{html(title)}"' if title else ""
    if href:
        return f'<a class="badge badge--{kind}"{tip} href="{html(href)}">{html(text)}</a>'
    return f'<span class="badge badge--{kind}"{tip}>{html(text)}</span>'


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens, for ids."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def front_matter(title: str, description: str, hide: Sequence[str] = ()) -> str:
    """The head of a page for MkDocs; values are quoted for YAML.

    Args:
        title: Of the page.
        description: For search engines.
        hide: Parts of the theme to leave out, e.g. ``toc``.
    """
    quoted = [value.replace("\\", "\\\\").replace('"', '\\"') for value in (title, description)]
    left_out = "".join(f"hide:\n  - {part}\n" for part in hide)
    description = " ".join(quoted[1].split())
    return f'---\ntitle: "{quoted[0]}"\ndescription: "{description}"\n{left_out}---\n'


def typeset(page: Page) -> Page:
    """The page with the unbreakable spaces of French punctuation; code is left as it is."""
    lines, fenced = [], ""
    for line in page.text.splitlines():
        mark = _FENCE.match(line)
        if mark and not fenced:
            fenced = mark[1]
        elif mark and mark[1].startswith(fenced) and not line.strip().strip(fenced[0]):
            fenced = ""
        lines.append(line if fenced else _BEFORE.sub("\u00a0", line).replace("« ", "«\u00a0"))
    return Page(page.address, "\n".join(lines) + "\n")


def _folder(address: str) -> str:
    if not address.endswith(".md"):
        return address
    stem = address.removesuffix(".md")
    return (dirname(stem) or ".") if stem.rpartition("/")[2] == "index" else stem
