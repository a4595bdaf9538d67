"""The words of a usage report in French and English."""

from __future__ import annotations

from collections.abc import Mapping

from memhon.catalogue import load
from memhon.usage.figures import UNDECLARED, Figures
from memhon.usage.period import By

WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "title": "Relevé d'utilisation",
        "period": "Du {first} au {last} inclus, jours de Luxembourg",
        "month": "Mois",
        "practitioner": "Prestataire",
        "family": "Famille",
        "total": "Total",
        "unknown": "inconnu",
        "undeclared": "Forme non déclarée",
        "journal": "Source : journal d'utilisation, {read} événement(s) lu(s).",
        "store": "Source : dépôt de données du bac à sable.",
        "repeated": "{repeated} événement(s) en double, compté(s) une seule fois.",
        "counts": "Les nombres comptent des mémoires d'honoraires, chacun une fois par événement.",
        "blind": "Les mémoires remis sur papier ne passent pas par le bac à sable : "
        "leur nombre n'y est pas connu, et un mémoire refusé y compte à chaque refus.",
        "forms": "Mémoires remis, par forme",
        "kinds": "Mémoires par événement, sur toute la période",
        "table": "Tous les nombres",
        "first_rows": "Les {shown} premières lignes sur {rows} ; le tableau les contient toutes.",
        "told_row": "{key} : {counts}",
        "made_by": "Établi par MemHon {version}, sans requête vers l'extérieur.",
    },
    "en": {
        "title": "Usage report",
        "period": "From {first} to {last} inclusive, days of Luxembourg",
        "month": "Month",
        "practitioner": "Provider",
        "family": "Family",
        "total": "Total",
        "unknown": "unknown",
        "undeclared": "Form not declared",
        "journal": "Source: usage journal, {read} event(s) read.",
        "store": "Source: store of the sandbox.",
        "repeated": "{repeated} repeated event(s), counted once.",
        "counts": "The numbers count fee notes, each once for an event.",
        "blind": "Fee notes handed over on paper do not pass through the sandbox: "
        "their number is not known there, and a refused fee note counts at every refusal.",
        "forms": "Fee notes handed over, by form",
        "kinds": "Fee notes by event, over the whole period",
        "table": "All numbers",
        "first_rows": "The first {shown} rows of {rows}; the table has them all.",
        "told_row": "{key}: {counts}",
        "made_by": "Made by MemHon {version}, without any request to the outside.",
    },
}


def kind_titles(lang: str) -> dict[str, str]:
    """Titles of the kinds of events, in their order."""
    return {kind.name: kind.title[lang] for kind in load().journal.kinds}


def form_titles(lang: str) -> dict[str, str]:
    """Titles of the forms, in their order."""
    titles = {word.name: word.title[lang] for word in load().journal.forms}
    return titles | {UNDECLARED: WORDS[lang]["undeclared"]}


def key_title(report: Figures, key: str, lang: str) -> str:
    """A row's key as a reader sees it."""
    if not key:
        return WORDS[lang]["unknown"]
    if report.by is By.FAMILY:
        return next(w.title[lang] for w in load().journal.families if w.name == key)
    return key


def period_text(report: Figures, lang: str) -> str:
    """The period in words."""
    period = report.period
    return WORDS[lang]["period"].format(first=period.first, last=period.last)


def remarks(report: Figures, lang: str) -> tuple[str, ...]:
    """What a reader has to know besides the numbers."""
    words = WORDS[lang]
    told = [_counted(words[report.source], "read", report.read), words["counts"]]
    if report.repeated:
        told.append(_counted(words["repeated"], "repeated", report.repeated))
    if report.source == "store":
        told.append(words["blind"])
    return tuple(told)


def number(value: int | None) -> str:
    """A count, or a dash where it cannot be known."""
    return "–" if value is None else str(value)


def _counted(sentence: str, name: str, value: int) -> str:
    return sentence.format(**{name: value}).replace("(s)", "s" if value > 1 else "")
