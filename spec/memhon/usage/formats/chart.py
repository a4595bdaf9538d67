"""Bars as inline SVG: text that can be read aloud, patterns beside colours, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from memhon.findings.words import colon
from memhon.usage.figures import Figures
from memhon.usage.formats.words import WORDS, form_titles, key_title, kind_titles, number

SHOWN = 24
"""Rows of a chart at most."""
_WIDTH = 360
_LETTER = 6.7
"""Width of a letter at the font size of the chart, rather too much than too little."""
_ROW = 24
_BAR = 16
_END = 74
"""Room for the number behind a bar."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar, of several parts."""

    label: str
    parts: tuple[int | None, ...]
    shown: str
    """The number behind it."""


def forms_chart(report: Figures, lang: str = "fr", *, mark: str = "usage") -> str:
    """Fee notes handed over by form, one bar for a row.

    Args:
        report: What is drawn.
        lang: Language of the texts.
        mark: Begins every id, unique on the page.
    """
    titles = form_titles(lang)
    total = report.total.forms
    kinds = [place for place, name in enumerate(titles) if total[name] or not place]
    names = [name for place, name in enumerate(titles) if place in kinds]
    bars = [
        _Bar(
            key_title(report, row.key, lang),
            tuple(row.forms[name] for name in titles),
            " + ".join(number(row.forms[name]) for name in names),
        )
        for row in report.rows[:SHOWN]
    ]
    told = "".join(_told(bar, titles.values(), lang) for bar in bars)
    legend = [(place, titles[name]) for place, name in zip(kinds, names, strict=True)]
    note = ""
    if len(report.rows) > SHOWN:
        sentence = WORDS[lang]["first_rows"].format(shown=SHOWN, rows=len(report.rows))
        note = f"<figcaption>{escape(sentence)}</figcaption>"
    return _figure(f"{mark}-forms", WORDS[lang]["forms"], told, bars, legend, note)


def _told(bar: _Bar, titles: Iterable[str], lang: str) -> str:
    parts = zip(titles, bar.parts, strict=True)
    numbers = ", ".join(f"{title} {number(part)}" for title, part in parts)
    return f"{bar.label}{colon(lang)}{numbers}. "


def kinds_chart(report: Figures, lang: str = "fr", *, mark: str = "usage") -> str:
    """Fee notes of the whole period by kind of event, one bar for a kind."""
    titles = kind_titles(lang)
    counts = report.total.counts
    bars = [_Bar(title, (counts[name],), str(counts[name])) for name, title in titles.items()]
    told = "".join(f"{bar.label}{colon(lang)}{bar.shown}. " for bar in bars)
    return _figure(f"{mark}-kinds", WORDS[lang]["kinds"], told, bars, [], "")


def _figure(
    mark: str,
    title: str,
    told: str,
    bars: Sequence[_Bar],
    legend: Sequence[tuple[int, str]],
    note: str,
) -> str:
    top = 26 * -(-len(legend) // 2) if legend else 0
    height = top + _ROW * max(1, len(bars)) + 4
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" id="{mark}" '
        f'aria-labelledby="{mark}-title {mark}-desc" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}">'
        f'<title id="{mark}-title">{escape(title)}</title>'
        f'<desc id="{mark}-desc">{escape(told.strip())}</desc>'
    )
    parts = [
        f'<figure class="usage-chart" markdown="0">{head}',
        _pattern(mark),
        *_legend(mark, legend),
        *_bars(mark, top, bars),
        f"</svg>{note}</figure>",
    ]
    return "".join(parts)


def _pattern(mark: str) -> str:
    return (
        f'<defs><pattern id="{mark}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0V5" class="usage-stripe"/></pattern></defs>'
    )


def _legend(mark: str, names: Sequence[tuple[int, str]]) -> list[str]:
    drawn = []
    for place, (kind, name) in enumerate(names):
        x, y = (place % 2) * 120, 26 * (place // 2)
        drawn.append(_rectangle(mark, kind, x, y + 3, 14, 14))
        drawn.append(f'<text x="{x + 20}" y="{y + 15}">{escape(name)}</text>')
    return drawn


def _bars(mark: str, top: int, bars: Sequence[_Bar]) -> list[str]:
    left = max((len(bar.label) for bar in bars), default=0) * _LETTER + 8
    most = max((sum(part or 0 for part in bar.parts) for bar in bars), default=0) or 1
    scale = (_WIDTH - left - _END) / most
    drawn = []
    for place, bar in enumerate(bars):
        y, x = top + _ROW * place + 4, left
        drawn.append(f'<text x="0" y="{y + 12.5}">{escape(bar.label)}</text>')
        for kind, part in enumerate(bar.parts):
            if part:
                drawn.append(_rectangle(mark, kind, x, y, part * scale, _BAR))
                x += part * scale
        drawn.append(f'<text x="{x + 5:.1f}" y="{y + 12.5}">{escape(bar.shown)}</text>')
    return drawn


def _rectangle(mark: str, kind: int, x: float, y: float, width: float, height: float) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}"'
    frame = f'<rect {place} class="usage-bar usage-bar--{kind}"/>'
    if kind != 1:
        return frame
    return f'{frame}<rect {place} fill="url(#{mark}-hatch)"/>'
