"""The usage report on what this sandbox answered, with its charts."""

from __future__ import annotations

from datetime import date, timedelta

from memhon.clock.luxembourg import local_day
from memhon.local.screens.asking import Asked, Desk, Shown
from memhon.local.screens.markup import Html, el, html
from memhon.local.screens.pieces import chosen, filters
from memhon.usage import By, Period, report_of_store
from memhon.usage.formats.chart import forms_chart, kinds_chart
from memhon.usage.formats.table import table
from memhon.usage.formats.words import WORDS, period_text, remarks

_BY = {By.MONTH: "par mois", By.PRACTITIONER: "par prestataire", By.FAMILY: "par famille"}
_DAYS = 89
"""Days before today that are shown when nothing else is asked for."""


def usage(desk: Desk, asked: Asked) -> Shown:
    """The report."""
    today = local_day(desk.clock.now())
    first, last = asked.word("du"), asked.word("au")
    wrong: list[Html] = []
    try:
        end = _day(last, today)
        period = Period(_day(first, end - timedelta(days=_DAYS)), end)
    except (OverflowError, ValueError):
        period = Period(today - timedelta(days=_DAYS), today)
        told = "La période demandée n'en est pas une : du premier au dernier jour, dix ans au plus."
        wrong.append(el("p", told, class_="partial"))
    given = asked.word("par")
    by = By(given) if given in set(By) else By.MONTH
    report = report_of_store(desk.store, period, by)
    words = WORDS["fr"]
    return Shown(
        "Utilisation",
        (
            filters(
                asked,
                _date("du", "Du", period.first),
                _date("au", "au", period.last),
                chosen(asked, "par", "Lignes", {each.value: _BY[each] for each in By}, ""),
            ),
            *wrong,
            el("p", period_text(report, "fr"), class_="soft"),
            el("h2", words["forms"]),
            _drawn(forms_chart(report)),
            el("h2", words["kinds"]),
            _drawn(kinds_chart(report)),
            el("h2", words["table"]),
            _drawn(table(report)),
            html([el("p", told) for told in remarks(report, "fr")]),
        ),
    )


def _drawn(text: str) -> Html:
    """What the report draws itself: it escapes as we do, and marks it for another use."""
    return Html(text.replace(' markdown="0"', ""))


def _date(name: str, label: str, day: date) -> Html:
    return el("label", label, " ", el("input", type="date", name=name, value=day.isoformat()))


def _day(text: str, default: date) -> date:
    return date.fromisoformat(text) if text else default
