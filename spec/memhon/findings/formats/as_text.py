"""Reports as text for a terminal or a log."""

from __future__ import annotations

from collections.abc import Sequence

from memhon.findings.model import Verdict
from memhon.findings.rendering import painter, report_text
from memhon.findings.report import Report, Summary
from memhon.findings.report import summary as summarise
from memhon.findings.words import WORDS, colon, counted


def text(
    reports: Sequence[Report],
    lang: str = "fr",
    summary: bool = True,
    *,
    planned: int | None = None,
    colour: bool = False,
    width: int | None = None,
) -> str:
    """Every report, then the summary when there is more than one or the work was cut short.

    Args:
        reports: The reports, in the order in which they are shown.
        lang: Language of the texts.
        summary: Whether the counts follow the reports.
        planned: How many documents were to be judged, when the work was cut short.
        colour: Whether the text is coloured, for a terminal that shows colours.
        width: Columns at which long lines are wrapped; never by default.
    """
    parts: list[str] = []
    for number, report in enumerate(reports):
        # files without a finding stand close together, the others apart
        apart = number and (report.findings or reports[number - 1].findings)
        parts += [""] if apart else []
        parts.append(report_text(report, lang, colour=colour, width=width))
    counts = summarise(reports, planned=planned)
    if summary and (counts.planned > 1 or not counts.complete):
        parts += ["", summary_text(counts, lang, colour=colour)]
    return "\n".join(parts)


def summary_text(counts: Summary, lang: str = "fr", *, colour: bool = False) -> str:
    """The counts by verdict, then one line for each finding id."""
    words, paint = WORDS[lang], painter(colour)
    verdicts = [
        paint(counted(number, f"{words[f'{verdict.value}_files']}"), verdict.value)
        for verdict, number in counts.verdicts.items()
        if number or verdict is Verdict.VALID
    ]
    lines = [
        f"{words['summary']}{colon(lang)}{counted(counts.judged, words['files'])}, "
        + ", ".join(verdicts)
    ]
    wide = max((len(str(tally.count)) for tally in counts.findings), default=0)
    for tally in counts.findings:
        id_ = paint(f"{tally.id:<9}", tally.weight)
        inside = f"{words['in']} {counted(tally.files, words['files'])}"
        lines.append(f"  {id_}  {tally.count:>{wide}} × {inside:<18}  {tally.title(lang)}")
    if not counts.complete:
        partial = words["partial"].format(judged=counts.judged, planned=counts.planned)
        lines.append(paint(partial.replace("(s)", "s"), "undecided"))
    return "\n".join(lines)
