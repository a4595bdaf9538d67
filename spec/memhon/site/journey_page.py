"""The page of a journey, and the table of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from memhon.catalogue import Catalogue
from memhon.site import notebook
from memhon.site.families import exchange_link, rank
from memhon.site.journeys import Journey, journey_link
from memhon.site.life_page import life_address
from memhon.site.markup import Page, cell, front_matter, html, link, table

_INTRO = (
    "Ce carnet Python a été exécuté contre le bac à sable pour construire cette page : les "
    "résultats et les schémas sont les siens. Personnes, prestataires et montants autres que celui "
    "de `C1` sont fictifs."
)
_MARKS = re.compile(r"[`*]")


def journey_page(journey: Journey, catalogue: Catalogue) -> Page:
    """The page of one journey."""
    here = journey.address
    button = (
        '<a class="md-button" download'
        f' href="{link(here, f"telechargements/carnets/{journey.name}.ipynb")}">'
        "Télécharger le carnet avec ses résultats</a>"
    )
    parts = [
        front_matter(journey.title, _MARKS.sub("", journey.purpose)),
        f"# {journey.title}",
        journey.purpose,
        f"Services : {_services(here, journey, catalogue)}. {_lives(here, journey, catalogue)}",
        _INTRO,
        button,
        notebook.part(_without_head(journey), whole=True).strip(),
    ]
    return Page(here, "\n\n".join(parts) + "\n")


def journeys_table(here: str, journeys: Iterable[Journey], catalogue: Catalogue) -> str:
    """Every journey with what it tells and what it touches."""
    rows = [
        (
            journey_link(here, journey),
            f"{cell(journey.purpose)}<br>{_services(here, journey, catalogue)}",
        )
        for journey in journeys
    ]
    return table(("Parcours", "Ce qui s'y passe, services"), rows)


def _services(here: str, journey: Journey, catalogue: Catalogue) -> str:
    exchanges = [entry for entry in catalogue.exchanges if entry.id in journey.exchanges]
    return ", ".join(exchange_link(here, exchange) for exchange in exchanges)


def _lives(here: str, journey: Journey, catalogue: Catalogue) -> str:
    lives = sorted(catalogue.lifecycles.values(), key=lambda life: rank(life.family))
    touched = [
        life for life in lives if any(one.exchange in journey.exchanges for one in life.events)
    ]
    links = [
        f'<a href="{link(here, life_address(life))}">{html(life.title)}</a>' for life in touched
    ]
    return f"États et transitions : {', '.join(links)}." if links else ""


def _without_head(journey: Journey) -> Any:
    """The notebook without its first cell, which the page tells in its own head."""
    rest = journey.executed.copy()
    rest.cells = journey.executed.cells[1:]
    return rest
