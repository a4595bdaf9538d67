"""One finding as an article of the HTML report; everything in it is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from memhon.findings.model import Finding
from memhon.findings.rendering import is_mark, place, split, weight
from memhon.findings.words import WORDS, safe


def finding_html(finding: Finding, anchor: str, lang: str, *, known: bool) -> str:
    """The article.

    Args:
        finding: The finding.
        anchor: Its id in the page.
        lang: Language of the texts.
        known: Whether its cause and correction have been told already; they are then folded.
    """
    words, wording, told = WORDS[lang], finding.wording(lang), weight(finding)
    where = ", ".join(filter(None, [words[told], place(finding, lang)]))
    values = [(words["found"], finding.found), (words["expected"], finding.expectation(lang))]
    texts = [
        (words["cause"], wording.cause),
        (words["allowed"], wording.allowed),
        (words["fix"], wording.fix),
        (words["page"], f"{finding.page} (memhon explain {finding.id})"),
    ]
    parts = [
        f'<article class="finding {told}" id="{anchor}">',
        f'<header><h4><span class="severity">{finding.id}</span> {escape(wording.title)}</h4>',
        f'<span class="soft">{escape(where)}</span>',
        f'<a class="link" href="#{anchor}" aria-label="{words["link"]}">#</a></header>',
        f'<p class="what">{escape(safe(finding.text(lang)))}</p>',
        _block(finding.excerpt, words["excerpt"], _excerpt_style),
        _pairs([*values, ("XPath", finding.xpath)], code=True),
        _block(finding.edit, words["edit"], _edit_style),
        f"<details{'' if known else ' open'}><summary>{words['why']}</summary>",
        _pairs(texts, code=False),
        "</details>\n</article>",
    ]
    return "\n".join(part for part in parts if part)


def _pairs(pairs: Sequence[tuple[str, str | None]], *, code: bool) -> str:
    mark, end = ("<code>", "</code>") if code else ("", "")
    rows = [
        f"<dt>{escape(name)}</dt><dd>{mark}{escape(safe(value))}{end}</dd>"
        for name, value in pairs
        if value
    ]
    return f"<dl>{''.join(rows)}</dl>" if rows else ""


def _block(block: str | None, title: str, style: Callable[[str], str]) -> str:
    if not block:
        return ""
    rows = [
        f'<span class="{style(line)}">{escape(line) or "&nbsp;"}</span>' for line in split(block)
    ]
    shown = f'<pre tabindex="0" aria-label="{escape(title)}">{"".join(rows)}</pre>'
    return f"<figure><figcaption>{escape(title)}</figcaption>{shown}</figure>"


def _excerpt_style(line: str) -> str:
    return "mark" if is_mark(line) else "place" if line.startswith(">") else "line"


def _edit_style(line: str) -> str:
    if line.startswith(("@@", "---", "+++")):
        return "head"
    return {"-": "removed", "+": "added"}.get(line[:1], "line")
