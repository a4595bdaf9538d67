"""Causes, octets and differences as pieces of HTML; everything in them is escaped and drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from memhon.findings.words import safe
from memhon.security.diagnosis.differing import first_difference, split
from memhon.security.diagnosis.model import Cause, Difference
from memhon.security.diagnosis.rendering_words import WORDS
from memhon.security.diagnosis.visible import shortened, visible

_DRAWING = re.compile("[·→←↵]+|‹[^›]*›")
_LABEL = {"fr": " : ", "en": ": "}


def shown(text: str) -> str:
    """A short text of the message, drawn but with true blanks."""
    return visible(text.encode("utf-8", errors="surrogatepass")).replace("·", " ")


def pairs(values: Sequence[tuple[str, str]]) -> str:
    """Names and values as a list."""
    rows = [
        f"<dt>{escape(name)}</dt><dd><code>{escape(value)}</code></dd>"
        for name, value in values
        if value
    ]
    return f"<dl>{''.join(rows)}</dl>" if rows else ""


def octets_block(word: str, octets: bytes, words: Mapping[str, str]) -> str:
    """Octets that unfold, cut in the middle when there are many."""
    if not octets:
        return ""
    title = escape(word.format(count=len(octets)))
    head, left, tail = shortened(octets)
    text = _drawn(head, lines=True)
    if left:
        text += f"\n<b>{words['left_out'].format(count=left)}</b>\n{_drawn(tail, lines=True)}"
    pre = f'<pre tabindex="0" aria-label="{title}">{text}</pre>'
    return f"<details><summary>{title}</summary>{pre}</details>"


def difference(found: Difference, words: Mapping[str, str], names: tuple[str, str]) -> str:
    """Two contexts below each other, marked where they part."""
    common, *rests = split(found)
    title = escape(words["differs"].format(offset=found.offset))
    width = max(len(words[name]) for name in names)
    rows = [
        f"<b>{escape(words[name]):<{width}}</b> {_drawn(common)}<mark>{_drawn(rest) or '∅'}</mark>"
        for name, rest in zip(names, rests, strict=True)
    ]
    pre = f'<pre tabindex="0" aria-label="{title}">' + "\n".join(rows) + "</pre>"
    return f"<figure><figcaption>{title}</figcaption>{pre}</figure>"


def causes(found: Sequence[Cause], actual: bytes, lang: str) -> str:
    """The causes, most likely first.

    Args:
        found: The causes.
        actual: What was digested or signed as the message stands; empty when nothing was.
        lang: Language of the texts.
    """
    if not found:
        return ""
    title = f'<p class="soft">{escape(WORDS[lang]["causes"])}</p>'
    return title + "\n".join(_cause(cause, actual, lang) for cause in found)


def _cause(cause: Cause, actual: bytes, lang: str) -> str:
    words, wording = WORDS[lang], cause.finding.wording(lang)
    title = f'<span class="severity">{cause.finding.id}</span> {escape(wording.title)}'
    parts = [
        f'<section class="cause">\n<h4>{title}</h4>',
        f'<p class="what">{escape(safe(cause.finding.text(lang)))}</p>',
    ]
    parts += [_named(words["along"], f"{f.id} {f.text(lang)}", lang) for f in cause.along]
    parts.append(f'<p class="fix">{escape(words["fix"])}{_LABEL[lang]}{escape(wording.fix)}</p>')
    parts.append(_named(words["why"], wording.cause, lang))
    parts.append(pairs([(words["proof"], shown(cause.value))]))
    if cause.octets is not None:
        parted = first_difference(actual, cause.octets) if actual else None
        parts.append(difference(parted, words, ("ours", "theirs")) if parted else "")
        if parted:
            parts.append(octets_block(words["octets_cause"], cause.octets, words))
    return "\n".join(part for part in [*parts, "</section>"] if part)


def _named(name: str, text: str, lang: str) -> str:
    label = f'<span class="soft">{escape(name)}{_LABEL[lang]}</span>'
    return f"<p>{label}{escape(safe(text))}</p>"


def _drawn(octets: bytes, *, lines: bool = False) -> str:
    text = escape(visible(octets, lines=lines), quote=False)
    return _DRAWING.sub(lambda match: f"<i>{match[0]}</i>", text)
