"""Reports as one HTML file that needs nothing else: no request, no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from memhon.findings.formats.finding_html import finding_html
from memhon.findings.model import Check, CheckStatus, Verdict
from memhon.findings.rendering import layer_name, message_name, weight
from memhon.findings.report import Report, Summary
from memhon.findings.report import summary as summarise
from memhon.findings.words import WORDS, counted, safe

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_WEIGHTS = ("error", "open", "warning", "information")


def html(
    reports: Sequence[Report], lang: str = "fr", summary: bool = True, *, planned: int | None = None
) -> str:
    """A page for people: counts, then every document with findings, then the others."""
    from memhon import __version__

    words = WORDS[lang]
    counts = summarise(reports, planned=planned)
    with_findings = [report for report in reports if report.findings]
    others = [report for report in reports if not report.findings]
    parts = [
        _head(lang, counts),
        f"<header>\n<h1>{words['report']}</h1>",
        f'<p class="soft">{_made_by(words["made_by"], __version__)}</p>\n</header>\n<main>',
        _partial(counts, lang),
        _verdicts(counts, lang),
        _tallies(counts, with_findings, lang) if summary and len(reports) > 1 else "",
    ]
    if with_findings:
        parts += [f"<h2>{words['to_mend']}</h2>", _filters(reports, lang)]
        parts += [_document(report, n, lang) for n, report in enumerate(with_findings, 1)]
    if others:
        parts.append(_quiet(others, lang))
    return "\n".join(part for part in [*parts, "</main>\n</body>\n</html>"] if part)


def _head(lang: str, counts: Summary) -> str:
    words = WORDS[lang]
    style = files("memhon.findings.formats").joinpath("report.css").read_text(encoding="utf-8")
    told = ", ".join(
        counted(number, words[f"{verdict.value}_files"])
        for verdict, number in counts.verdicts.items()
        if number
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{words['report']} – {told or 'MemHon'}</title>\n"
        f"<style>\n{style}</style>\n</head>\n<body>"
    )


def _made_by(sentence: str, version: str) -> str:
    return escape(sentence.format(version=version), quote=False)


def _partial(counts: Summary, lang: str) -> str:
    if counts.complete:
        return ""
    told = WORDS[lang]["partial"].format(judged=counts.judged, planned=counts.planned)
    return f'<p class="partial">{escape(told.replace("(s)", "s"))}</p>'


def _verdicts(counts: Summary, lang: str) -> str:
    items = [
        f'<li class="{verdict.value if number else "none"}"><b>{number}</b> '
        f"{counted(number, WORDS[lang][f'{verdict.value}_files'])[len(str(number)) + 1 :]}</li>"
        for verdict, number in counts.verdicts.items()
    ]
    return f'<ul class="counts">\n{"".join(items)}\n</ul>'


def _tallies(counts: Summary, reports: Sequence[Report], lang: str) -> str:
    """The counts by id, each with a link to its first finding."""
    if not counts.findings:
        return ""
    words = WORDS[lang]
    first: dict[str, str] = {}
    for number, report in enumerate(reports, 1):
        for place, finding in enumerate(report.findings, 1):
            first.setdefault(finding.id, f"d{number}-{place}")
    rows = [
        f'<tr class="{tally.weight}"><td class="nowrap">'
        f'<a class="severity" href="#{first[tally.id]}">{tally.id}</a></td>'
        f'<td>{escape(tally.title(lang))}</td><td class="number">{tally.count}</td>'
        f'<td class="number">{tally.files}</td></tr>'
        for tally in counts.findings
    ]
    head = (
        f'<th colspan="2" scope="col">{words["finding"]}</th>'
        f'<th class="number" scope="col">{words["number"]}</th>'
        f'<th class="number" scope="col">{words["in_files"]}</th>'
    )
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>{''.join(rows)}</tbody>\n</table>"
    return f"<h2>{words['summary']}</h2>\n{table}"


def _filters(reports: Sequence[Report], lang: str) -> str:
    words = WORDS[lang]
    present = Counter(weight(finding) for report in reports for finding in report.findings)
    if len(present) < 2:
        return ""
    boxes = [
        f'<label class="filter {name}"><input type="checkbox" checked id="show-{name}">'
        f"{words[f'{name}_label']} ({present[name]})</label>"
        for name in _WEIGHTS
        if present[name]
    ]
    note = f'<span class="soft">{words["filter_note"]}</span>'
    return f'<p class="filters">{"".join(boxes)}<br>{note}</p>'


def _document(report: Report, number: int, lang: str) -> str:
    layers = ", ".join(escape(layer_name(check, lang)) + _time(check) for check in report.checks)
    about = " · ".join(filter(None, [escape(safe(message_name(report, lang))), layers]))
    ids = [finding.id for finding in report.findings]
    articles = [
        finding_html(finding, f"d{number}-{place}", lang, known=finding.id in ids[: place - 1])
        for place, finding in enumerate(report.findings, 1)
    ]
    return (
        f'<section class="document" id="d{number}">\n<header><h3>{_name(report, lang)} '
        f'{_badge(report.verdict, lang)}</h3><p class="soft">{about}</p></header>\n'
        + "\n".join(articles)
        + "\n</section>"
    )


def _time(check: Check) -> str:
    if check.status is CheckStatus.SKIPPED:
        return ""
    return f"&nbsp;{check.milliseconds:.1f}&nbsp;ms"


def _quiet(reports: Sequence[Report], lang: str) -> str:
    words = WORDS[lang]
    rows = [
        f'<tr><td class="name">{_name(report, lang)}</td>'
        f"<td>{escape(safe(message_name(report, lang)))}</td>"
        f"<td>{_badge(report.verdict, lang)}</td></tr>"
        for report in reports
    ]
    head = "".join(f'<th scope="col">{words[name]}</th>' for name in ("file", "message", "verdict"))
    title = words["no_findings"].format(number=counted(len(reports), f"{words['documents']}"))
    # an undecided document without a finding must be seen
    shown = len(reports) <= 20 or any(r.verdict is not Verdict.VALID for r in reports)
    return (
        f"<h2>{title}</h2>\n<details{' open' if shown else ''}><summary>{words['list']}</summary>\n"
        f'<table class="list">\n<thead><tr>{head}</tr></thead>\n<tbody>{"".join(rows)}</tbody>\n'
        "</table>\n</details>"
    )


def _name(report: Report, lang: str) -> str:
    return escape(safe(report.source)) if report.source else WORDS[lang]["unnamed"]


def _badge(verdict: Verdict, lang: str) -> str:
    return f'<span class="badge {verdict.value}">{WORDS[lang][verdict.value]}</span>'
