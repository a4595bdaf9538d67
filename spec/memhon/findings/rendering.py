"""A report as text for a person, in French or English."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable
from typing import Protocol

from memhon.findings.model import Check, CheckStatus, Finding, Verdict
from memhon.findings.words import WORDS, colon, safe

_STYLES = {
    "error": "1;31",
    "open": "1;33",
    "warning": "1;33",
    "information": "1;36",
    "invalid": "1;31",
    "undecided": "1;33",
    "valid": "1;32",
    "label": "2",
    "mark": "1;31",
    "removed": "31",
    "added": "32",
}
_MARK = re.compile(r"[\s|│>0-9]*\^[\^~]*\s*")
_BEFORE = re.compile(r" (?=[»:;?!](?: |$))")
_AFTER = re.compile(r"(?<=«) ")
_INDENT = "  "
_DEEPER = "    "

Paint = Callable[[str, str], str]
"""Text and style → text, coloured or not."""


class Judged(Protocol):
    """What the text of a report is made from."""

    @property
    def verdict(self) -> Verdict: ...  # noqa: D102
    @property
    def exchange(self) -> str | None: ...  # noqa: D102
    @property
    def direction(self) -> str | None: ...  # noqa: D102
    @property
    def version(self) -> str | None: ...  # noqa: D102
    @property
    def findings(self) -> tuple[Finding, ...]: ...  # noqa: D102
    @property
    def checks(self) -> tuple[Check, ...]: ...  # noqa: D102
    @property
    def source(self) -> str | None: ...  # noqa: D102


def painter(colour: bool) -> Paint:
    """What colours a text for a terminal, or leaves it as it is."""
    if not colour:
        return lambda text, style: text
    return lambda text, style: f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def report_text(
    report: Judged, lang: str = "fr", *, colour: bool = False, width: int | None = None
) -> str:
    """The whole report, headline first, one paragraph a finding.

    Cause, correction and page of an id stand with its first finding only.
    """
    lines = [headline(report, lang, colour=colour)]
    told: set[str] = set()
    for finding in report.findings:
        known = finding.id in told
        lines += ["", *finding_lines(finding, lang, colour=colour, width=width, known=known)]
        told.add(finding.id)
    return "\n".join(lines)


def headline(report: Judged, lang: str = "fr", *, colour: bool = False) -> str:
    """Source, verdict, layers and message on one line."""
    words = WORDS[lang]
    verdict = painter(colour)(words[report.verdict.value], report.verdict.value)
    names = ", ".join(layer_name(check, lang) for check in report.checks)
    scope = f" ({names})" if names else ""
    if names and report.verdict is Verdict.VALID:
        scope = f" {words['for']}{colon(lang)}{names}"
    source = f"{safe(report.source)}{colon(lang)}" if report.source else ""
    return f"{source}{verdict}{scope} – {message_name(report, lang)}"


def layer_name(check: Check, lang: str) -> str:
    """The layer, and that it was not run or was stopped where that is so."""
    words = WORDS[lang]
    name = words.get(check.layer, check.layer)
    if check.status is CheckStatus.SKIPPED:
        return f"{name} ({words['not_run']})"
    return f"{name} ({words['interrupted']})" if check.status is CheckStatus.CRASHED else name


def message_name(report: Judged, lang: str) -> str:
    """Exchange, direction and version, or that the message was not recognised."""
    words = WORDS[lang]
    if report.exchange and report.direction:
        return f"{report.exchange}, {words[report.direction]} V{report.version}"
    return words["unknown"]


def weight(finding: Finding) -> str:
    """The severity, or ``open`` where something was not judged and so proves no fault."""
    return "open" if finding.kind in ("limit", "crash") else finding.severity.value


def place(finding: Finding, lang: str) -> str:
    """Line and column as far as they are known."""
    words = WORDS[lang]
    parts = [(words["line"], finding.line), (words["column"], finding.column)]
    return ", ".join(f"{name} {number}" for name, number in parts if number)


def finding_lines(
    finding: Finding,
    lang: str = "fr",
    *,
    colour: bool = False,
    width: int | None = None,
    known: bool = False,
) -> list[str]:
    """One finding; its first line says id, severity, place and what is wrong.

    Args:
        finding: The finding.
        lang: Language of the texts.
        colour: Whether the text is coloured.
        width: Columns at which long lines are wrapped; never by default.
        known: Whether cause, correction and page have been told already.
    """
    words, paint, wording = WORDS[lang], painter(colour), finding.wording(lang)
    severity = weight(finding)
    where = ", ".join(filter(None, [words[severity], place(finding, lang)]))
    sentence = safe(finding.text(lang))
    first, *rest = _wrapped(f"{finding.id} ({where}) {sentence}", _INDENT, width)
    lines = [paint(finding.id, severity) + first.removeprefix(finding.id), *rest]
    lines += _block(finding.excerpt, lines, _shown, paint)
    lines += _pairs(
        [
            (words["found"], finding.found),
            (words["expected"], finding.expectation(lang)),
            (words["cause"], None if known else wording.cause),
            (words["fix"], None if known else wording.fix),
        ],
        paint,
        width,
    )
    lines += _block(finding.edit, lines, _changed, paint)
    page = None if known else f"{finding.page} (memhon explain {finding.id})"
    if finding.xpath is None and page is None:
        return lines[:-1] if lines[-1] == "" else lines
    return lines + _pairs([("XPath", finding.xpath), (words["page"], page)], paint, width)


def _block(
    block: str | None, before: list[str], style: Callable[[str, Paint], str], paint: Paint
) -> list[str]:
    """An excerpt or a diff between two empty lines, of which the first may be there already."""
    if not block:
        return []
    gap = [""] if before[-1] else []
    return [*gap, *(_DEEPER + style(line, paint) for line in split(block)), ""]


def split(block: str) -> list[str]:
    """The lines of an excerpt or a diff, safe to show."""
    return [safe(line.rstrip("\r")).expandtabs(4) for line in block.strip("\n").split("\n")]


def is_mark(line: str) -> bool:
    """Whether a line of an excerpt only points at the place."""
    return _MARK.fullmatch(line) is not None


def _pairs(pairs: Iterable[tuple[str, str | None]], paint: Paint, width: int | None) -> list[str]:
    lines = []
    for name, value in pairs:
        if not value:
            continue
        label = f"{_INDENT}{name:<10}  "
        first, *rest = _wrapped(label + safe(value), " " * len(label), width)
        lines += [paint(label, "label") + first[len(label) :], *rest]
    return lines


def _wrapped(text: str, indent: str, width: int | None) -> list[str]:
    flat = text.replace("\n", " ")
    if width is None:
        return [flat]
    made = textwrap.wrap(
        _BEFORE.sub("\u00a0", _AFTER.sub("\u00a0", flat)),
        max(width, 40),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
    return made or [flat]


def _shown(line: str, paint: Paint) -> str:
    return paint(line, "mark") if is_mark(line) else line


def _changed(line: str, paint: Paint) -> str:
    if line.startswith(("@@", "---", "+++")):
        return paint(line, "label")
    if line[:1] in "-+" and line:
        return paint(line, "removed" if line[0] == "-" else "added")
    return line
