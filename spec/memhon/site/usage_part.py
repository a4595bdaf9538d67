"""The parts of the page on usage: the form of the journal, and a statement made in this build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from memhon.catalogue import Catalogue, JournalFormat
from memhon.errors import MemhonError
from memhon.site.downloads import Download
from memhon.site.families import exchange_link
from memhon.site.markup import cell, code, fence, html, link, table
from memhon.site.provenance import badges
from memhon.site.reference_pages import FINDINGS
from memhon.usage import Period, UsageReport, report_of_journals
from memhon.usage.formats import chart
from memhon.usage.formats import table as numbers
from memhon.usage.formats.words import WORDS, remarks

_DEMO = "telechargements/usage/journal.csv"
_MONTHS = Period(date(2026, 1, 1), date(2026, 3, 31))


def demo_journal(form: JournalFormat) -> Download:
    """The fictitious journal of the catalogue, to download."""
    return Download("Journal d'utilisation fictif", _DEMO, form.demo)


def demo_report(form: JournalFormat) -> UsageReport:
    """The statement on the fictitious journal of the catalogue."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.csv"
        path.write_bytes(form.demo)
        return report_of_journals([path], _MONTHS)


def usage_part(here: str, what: str, catalogue: Catalogue, report: UsageReport | None) -> str:
    """One part of the page.

    Args:
        here: Address of the page.
        what: ``statement``, ``columns``, ``kinds`` or ``findings``.
        catalogue: Holds the form of the journal.
        report: The statement of this build.

    Raises:
        MemhonError: There is no such part.
    """
    made: Mapping[str, Callable[[], str]] = {
        "columns": lambda: _columns(here, catalogue.journal),
        "kinds": lambda: _kinds(here, catalogue),
        "findings": lambda: _findings(here, catalogue),
    }
    if what == "statement" and report is not None:
        return _statement(report)
    if what not in made:
        raise MemhonError(f"{here} : « usage {what} » n'existe pas dans cette construction")
    return made[what]()


def _statement(report: UsageReport) -> str:
    words = WORDS["fr"]
    told = "\n".join(f"<p>{html(sentence)}</p>" for sentence in remarks(report, "fr"))
    return "\n\n".join(
        (
            f"### {words['forms']} {{ #releve-formes }}",
            chart.forms_chart(report, mark="releve"),
            f"### {words['kinds']} {{ #releve-evenements }}",
            chart.kinds_chart(report, mark="releve"),
            f"### {words['table']} {{ #releve-nombres }}",
            numbers.table(report),
            told,
        )
    )


def _columns(here: str, form: JournalFormat) -> str:
    first = form.demo.decode().splitlines()[1].split(form.delimiter)
    rows = [
        (str(number), code(column.name), cell(column.text), code(value) if value else "vide")
        for number, (column, value) in enumerate(zip(form.columns, first, strict=True), 1)
    ]
    head = fence(form.header, "text", "En-tête, à la lettre")
    named = table(("Rang", "Colonne", "Contenu", "Exemple"), rows)
    return f"{badges(here, form.provenance)}\n\n{head}\n\n{named}"


def _kinds(here: str, catalogue: Catalogue) -> str:
    form = catalogue.journal
    rows = [
        (
            code(kind.name),
            ", ".join(code(family) for family in kind.families),
            cell(kind.text),
            exchange_link(here, catalogue.exchange(kind.exchange)) if kind.exchange else "–",
            "oui" if kind.hands_over else "–",
        )
        for kind in form.kinds
    ]
    forms = ", ".join(code(word.name) for word in form.forms)
    events = table(("`evenement`", "`famille`", "À enregistrer quand", "Réponse", "Forme"), rows)
    told = f"La colonne `forme` est vide ou vaut {forms} ; elle compte là où « oui » figure."
    return f"{events}\n\n{told}"


def _findings(here: str, catalogue: Catalogue) -> str:
    rows = [
        (
            f'<a href="{link(here, FINDINGS, finding.id.lower())}">{finding.id}</a>',
            cell(finding.texts["fr"].title),
            cell(finding.texts["fr"].allowed),
        )
        for finding in catalogue.findings.values()
        if finding.kind == "journal" or finding.layer == "journal"
    ]
    return table(("Identifiant", "Anomalie", "Ce qui est permis"), rows)
