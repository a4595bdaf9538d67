"""The sandbox compared with the real systems, as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from memhon.catalogue import Catalogue, Parity, Verdict
from memhon.site.engine_page import PAGE as ENGINE
from memhon.site.engine_page import rule_anchor
from memhon.site.families import exchange_link
from memhon.site.life_page import life_address, transition_anchor
from memhon.site.markup import Page, badge, cell, code, front_matter, link, slug, table
from memhon.site.provenance import badges
from memhon.site.reference_pages import (
    CODES,
    DEMO,
    FINDINGS,
    SETTINGS,
    setting_anchor,
    tariff_anchor,
)

PAGE = "reference/parite.md"
_TITLE = "Bac à sable et systèmes réels"
_WORDS: Mapping[Verdict, tuple[str, str, str]] = {
    Verdict.SAME: (
        "identique",
        "alive",
        "une source publique le montre, et le bac à sable le fait",
    ),
    Verdict.DIFFERENT: ("différent", "example", "le bac à sable fait autre chose, et le dit"),
    Verdict.UNKNOWN: (
        "inconnu",
        "hypothesis",
        "rien de public ne dit ce que font les vrais systèmes",
    ),
}
_INTRO = (
    "Pour chaque comportement du bac à sable, cette page dit si les systèmes réels font de même, "
    "et d'où on le sait. Elle couvre les anomalies, les fautes, les transitions, les règles, les "
    "réglages, les tarifs, les listes de codes et les services, tous : un essai le vérifie. Le "
    "verdict porte sur la règle ; les identifiants et les textes des anomalies et des fautes sont "
    "toujours ceux du bac à sable, qui joue le rôle de mySecu."
)
_ADVICE = (
    "Un essai réussi ici ne prouve donc que ce qui est « identique ». Pour le reste, écrivez un "
    "logiciel qui supporte les deux issues, et vérifiez dans l'environnement d'essai officiel."
)


def parity_page(catalogue: Catalogue) -> Page:
    """The page of the comparison."""
    entries = catalogue.parity
    topics = list(dict.fromkeys(entry.topic for entry in entries))
    places = _places(catalogue)
    parts = [
        front_matter(_TITLE, "Ce que le bac à sable fait comme les systèmes réels, et le reste."),
        f"# {_TITLE}",
        _INTRO,
        _ADVICE,
        _legend(),
        _summary(topics, entries),
    ]
    for topic in topics:
        parts.append(f"## {topic} {{ #sujet-{slug(topic)} }}")
        rows = [_row(entry, places) for entry in entries if entry.topic == topic]
        parts.append(table(("Comportement", "Ce qui est connu, ce que fait le bac à sable"), rows))
    return Page(PAGE, "\n\n".join(parts) + "\n")


def parity_anchor(entry: Parity) -> str:
    """Id of an entry on its page."""
    return f"parite-{entry.id}"


def _legend() -> str:
    rows = [(_mark(verdict), cell(told)) for verdict, (_, _, told) in _WORDS.items()]
    return table(("Verdict", "Sens"), rows)


def _summary(topics: Sequence[str], entries: Sequence[Parity]) -> str:
    rows: list[tuple[str, ...]] = []
    for topic in topics:
        own = [entry.verdict for entry in entries if entry.topic == topic]
        counts = [str(own.count(verdict)) for verdict in Verdict]
        rows.append((f'<a href="#sujet-{slug(topic)}">{cell(topic)}</a>', *counts))
    totals = [str(sum(entry.verdict is verdict for entry in entries)) for verdict in Verdict]
    rows.append(("**Total**", *(f"**{total}**" for total in totals)))
    return table(("Sujet", *(_WORDS[verdict][0].capitalize() for verdict in Verdict)), rows)


def _row(entry: Parity, places: Mapping[str, str]) -> tuple[str, str]:
    title = f'<span id="{parity_anchor(entry)}">**{cell(entry.title)}**</span>'
    covered = ", ".join(places[place] for place in entry.covers)
    told = [cell(entry.statement), badges(PAGE, entry.provenance)]
    if covered:
        told.append(f"Concerne : {covered}")
    return (f"{title}<br>{_mark(entry.verdict)}", "<br>".join(told))


def _mark(verdict: Verdict) -> str:
    word, kind, told = _WORDS[verdict]
    return badge(word, kind, told)


def _places(catalogue: Catalogue) -> dict[str, str]:
    """A link to everything that an entry may cover, by the name under which it does."""
    found = {f"exchanges/{one.id}": exchange_link(PAGE, one) for one in catalogue.exchanges}
    for identifier in catalogue.findings:
        found[f"findings/{identifier}"] = _link(FINDINGS, identifier.lower(), identifier)
    for life in catalogue.lifecycles.values():
        for row in life.transitions:
            place = _link(life_address(life), transition_anchor(row), code(row.id))
            found[f"transitions/{life.id}/{row.id}"] = place
    for rule in catalogue.engine:
        found[f"engine/{rule.id}"] = _link(ENGINE, rule_anchor(rule), code(rule.id))
    for act in catalogue.tariffs:
        found[f"tariffs/{act}"] = _link(DEMO, tariff_anchor(act), code(act))
    for codes in catalogue.code_lists:
        found[f"codelists/{codes.id}"] = _link(CODES, codes.id, cell(codes.title))
    for profile in catalogue.profiles.values():
        for name in profile.values:
            place = _link(SETTINGS, setting_anchor(profile.id, name), code(name))
            found[f"settings/{profile.id}/{name}"] = place
    return found


def _link(page: str, anchor: str, words: str) -> str:
    return f'<a href="{link(PAGE, page, anchor)}">{words}</a>'
