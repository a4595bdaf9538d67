"""The life of what the sandbox remembers, as a page: diagrams, transitions, anomalies, tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from memhon.catalogue import Catalogue, Event, FindingText, Lifecycle, Transition
from memhon.site.families import exchange_link
from memhon.site.journeys import Journey, journey_link
from memhon.site.life_diagram import decision_diagram, state_diagram
from memhon.site.markup import Page, cell, code, front_matter, inline, link, table
from memhon.site.provenance import badges
from memhon.site.reference_pages import CODES, FINDINGS

Reached = Mapping[str, Sequence[str]]
"""Tests that speak HTTP, by the id that they name."""
_DECIDED = ("validation", "contestation")
"""Events whose questions are drawn too."""
_SHOWN = 3
"""Tests of one anomaly that are named before the rest is only counted."""
_TABLE_INTRO = (
    "Les lignes d'un même événement s'essaient dans leur ordre : la première dont l'état et la "
    "condition conviennent décide. Un refus ne change rien. Les tests sont trouvés dans leur "
    "source : ce sont ceux qui parlent HTTP à un bac à sable et nomment la ligne."
)
_ANOMALIES_INTRO = (
    "Les anomalies des réponses de cette famille, et les tests qui les provoquent par HTTP, en "
    "nommant l'anomalie ou une ligne de la table qui la rend."
)


def life_address(life: Lifecycle) -> str:
    """Address of the page of a life, e.g. ``ra/vie.md``."""
    return f"{life.family}/vie.md"


def transition_anchor(row: Transition) -> str:
    """Id of a transition on its page."""
    return f"transition-{row.id}"


def life_page(
    life: Lifecycle, catalogue: Catalogue, reached: Reached, journeys: Sequence[Journey] = ()
) -> Page:
    """The page of one life.

    Args:
        life: The table.
        catalogue: Its states, exchanges and anomalies.
        reached: The tests that reach its rows and anomalies.
        journeys: Those that touch its exchanges are linked.
    """
    here = life_address(life)
    states = catalogue.code_list(life.states)
    parts = [
        front_matter(life.title, life.statement),
        f"# {life.title}",
        f"{inline(life.statement)} {badges(here, life.provenance)}",
        *_lived(here, life, journeys),
        "## États { #etats }",
        "Un cadre double marque un état définitif ; chaque flèche mène à sa ligne de la table.",
        state_diagram(life, states),
        table(
            ("État", "Signification"),
            [(_state(state.value), cell(state.description)) for state in states.codes],
        ),
        f'Ces valeurs sont dans la <a href="{link(here, CODES, states.id)}">liste de codes</a>.',
        *_decisions(life),
        "## Transitions { #transitions }",
        _TABLE_INTRO,
        *_events(here, life, catalogue, reached),
        "## Anomalies et tests { #anomalies }",
        _ANOMALIES_INTRO,
        _anomalies(here, life, catalogue, reached),
    ]
    return Page(here, "\n\n".join(parts) + "\n")


def reaching_tests(life: Lifecycle, finding: str, reached: Reached) -> tuple[str, ...]:
    """The tests that reach an anomaly: through a row that it refuses, or by its id."""
    rows = [row.id for row in life.transitions if row.refusal == finding]
    return tuple(dict.fromkeys(test for name in (*rows, finding) for test in reached.get(name, ())))


def _lived(here: str, life: Lifecycle, journeys: Sequence[Journey]) -> list[str]:
    own = {event.exchange for event in life.events}
    links = [journey_link(here, journey) for journey in journeys if own & set(journey.exchanges)]
    return [f"Des vies enregistrées : {', '.join(links)}."] if links else []


def _decisions(life: Lifecycle) -> list[str]:
    drawn = [event for event in life.events if event.id in _DECIDED]
    if not drawn:
        return []
    parts = [
        "## Décisions { #decisions }",
        "Le bac à sable pose ces questions de haut en bas ; le premier « oui » décide.",
    ]
    for event in drawn:
        parts += [
            f"### {event.title} {{ #decision-{event.id} }}",
            decision_diagram(life, event.id),
        ]
    return parts


def _events(here: str, life: Lifecycle, catalogue: Catalogue, reached: Reached) -> list[str]:
    parts = []
    for event in life.events:
        rows = [row for row in life.transitions if row.event == event.id]
        parts += [
            f"### {event.title} {{ #evenement-{event.id} }}",
            _asked(here, event, catalogue),
            table(
                ("Depuis", "Condition, tests", "Effet"),
                [_row(here, row, reached.get(row.id, ())) for row in rows],
            ),
        ]
    return parts


def _asked(here: str, event: Event, catalogue: Catalogue) -> str:
    if not event.exchange:
        return f"Vient de {event.actor} : aucune requête n'est nécessaire."
    service = exchange_link(here, catalogue.exchange(event.exchange))
    return f"Demandé par {event.actor} : {service}."


def _row(here: str, row: Transition, tests: Sequence[str]) -> tuple[str, str, str]:
    states = "<br>".join(_state(state) for state in row.states) or "rien"
    named = f'<span id="{transition_anchor(row)}">{code(row.id)}</span>'
    return (states, f"{named}<br>{cell(row.condition)}<br>{_tests(tests)}", _effect(here, row))


def _effect(here: str, row: Transition) -> str:
    if row.refusal:
        return f"refus {_finding(here, row.refusal)}"
    return f"→ {_state(row.to)}" if row.to else "accepté, état inchangé"


def _anomalies(here: str, life: Lifecycle, catalogue: Catalogue, reached: Reached) -> str:
    exchanges = {event.exchange for event in life.events} - {""}
    rows = []
    for finding in catalogue.findings.values():
        if not exchanges & set(finding.exchanges):
            continue
        services = ", ".join(
            exchange_link(here, catalogue.exchange(name)) for name in finding.exchanges
        )
        told = f"{_finding(here, finding.id)} {cell(_title(finding))}<br>{services}"
        rows.append((told, _tests(reaching_tests(life, finding.id, reached))))
    return table(("Anomalie, service", "Tests"), rows)


def _state(value: str) -> str:
    return f'<span class="state">{code(value)}</span>'


def _title(finding: FindingText) -> str:
    return finding.texts["fr"].title


def _finding(here: str, finding: str) -> str:
    return f'<a href="{link(here, FINDINGS, finding.lower())}">{finding}</a>'


def _tests(tests: Iterable[str]) -> str:
    """Each test in small letters, its file and its name on lines that may break."""
    names = list(tests)
    shown = [
        f'<span class="test">{code(name).replace("::", "<wbr>::<wbr>").replace("_", "<wbr>_")}'
        "</span>"
        for name in names[:_SHOWN]
    ]
    rest = len(names) - len(shown)
    return "<br>".join([*shown, *([f"<small>et {rest} de plus</small>"] if rest else [])]) or "–"
