"""The report as a page: quiet, accessible and readable on a phone and a wide screen."""

from datetime import date

import pytest

from memhon.catalogue import load
from memhon.usage import By, Period, report_of_journals
from memhon.usage.formats.as_html import html
from visits import VARIANTS, opened, overflow, violations

pytestmark = pytest.mark.browser

MONTHS = Period(date(2026, 1, 1), date(2026, 3, 31))
LONG = Period(date(2024, 1, 1), date(2026, 12, 31))
_LINES = """() => [...document.querySelectorAll("th.key")].map(
  cell => [cell.innerText, cell.scrollHeight > 2 * parseFloat(getComputedStyle(cell).lineHeight)]
)"""
_ROOM = """() => {
  const shown = document.querySelector(".usage-table");
  return shown.scrollWidth - shown.clientWidth;
}"""


@pytest.fixture(scope="module", params=[(MONTHS, By.MONTH), (MONTHS, By.FAMILY), (LONG, By.MONTH)])
def page(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("usage")
    journal = folder / "journal.csv"
    journal.write_bytes(load().journal.demo)
    written = folder / "report.html"
    period, by = request.param
    written.write_text(html(report_of_journals([journal], period, by)), encoding="utf-8")
    return written


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_it_is_quiet_fits_and_is_accessible(engine, page, variant):
    with opened(engine, page.as_uri(), "", variant) as shown:
        assert ([], 0) == (violations(shown), overflow(shown))


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_every_key_stands_on_one_line(engine, page, variant):
    with opened(engine, page.as_uri(), "", variant) as shown:
        keys = shown.evaluate(_LINES)
    assert len(keys) > 3
    assert [] == [key for key, wraps in keys if wraps]


def test_months_stand_on_one_line_beside_their_total_on_a_phone(engine, tmp_path):
    journal, written = tmp_path / "journal.csv", tmp_path / "report.html"
    journal.write_bytes(load().journal.demo)
    written.write_text(html(report_of_journals([journal], MONTHS)), encoding="utf-8")
    with opened(engine, written.as_uri(), "", VARIANTS[0]) as shown:
        heads = ["Mois", "2026-01", "2026-02", "2026-03", "Total"]
        assert [[head, False] for head in heads] == shown.evaluate(_LINES)
        assert 0 == shown.evaluate(_ROOM)
