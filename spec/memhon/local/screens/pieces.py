"""Pieces of screens: instants, amounts, names, states, tables, pages of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from memhon.catalogue import load
from memhon.clock.luxembourg import local_time
from memhon.errors import CatalogueError
from memhon.findings import explain
from memhon.local.screens.asking import ROWS, Asked
from memhon.local.screens.markup import Html, Node, el, html
from memhon.security import instants

NONE = "–"
SERVICES = {
    "identity": "Fournisseur d'identité",
    "token": "Service de jetons",
    "self-test": "Auto-test mySecu",
}
"""Names of what answers on the wire besides the exchanges."""
_GOOD = frozenset({"CONSENTI", "PAYE", "REIMBURSEMENT_SENT"})
_OVER = frozenset({"ANNULE", "REMPLACE", "EXPIRE", "CANCELED", "CANCEL_REPLACED"})


def when(instant: datetime | None) -> Node:
    """An instant, as the clocks of Luxembourg show it."""
    if instant is None:
        return NONE
    exact = instants.seconds(instant)
    shown = local_time(instant).strftime("%d.%m.%Y %H:%M:%S")
    return el("time", shown, datetime=exact, title=exact, class_="nowrap")


def day(instant: datetime) -> Html:
    """The day of an instant in Luxembourg."""
    exact = instants.seconds(instant)
    shown = local_time(instant).strftime("%d.%m.%Y")
    return el("time", shown, datetime=exact, title=exact, class_="nowrap")


def money(amount: Decimal, currency: str = "EUR") -> str:
    """An amount as it is written in French."""
    whole, _, cents = f"{amount:.2f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = [digits[max(0, end - 3) : end] for end in range(len(digits), 0, -3)]
    unit = "€" if currency == "EUR" else currency
    return f"{sign}{' '.join(reversed(groups))},{cents} {unit}".strip()


def code(text: str | None) -> Node:
    """An identifier of the wire."""
    return el("code", text) if text else NONE


def person(matricule: str | None, birth_date: str | None = None) -> Node:
    """A patient: the name where we know it, and the number."""
    if not matricule:
        return ["né(e) le ", birth_date] if birth_date else NONE
    name = person_name(matricule)
    return [el("span", name, class_="name"), " ", code(matricule)] if name else code(matricule)


def person_name(matricule: str) -> str:
    """The name of a fictitious person; empty when it is none."""
    found = (each for each in load().persons if each.matricule == matricule)
    return next((f"{each.prenom} {each.nom}" for each in found), "")


def provider(number: str) -> Node:
    """A provider by code or eHealthID: the name where we know it, and the number."""
    known = (each for each in load().providers if number in (each.code, each.ehealth_id))
    name = next((f"{each.titre} {each.prenom} {each.nom}" for each in known), "")
    return [el("span", name, class_="name"), " ", code(number)] if name else code(number)


def exchange_title(exchange: str) -> str:
    """What an exchange or a service is called."""
    if exchange in SERVICES:
        return SERVICES[exchange]
    known = {each.id: each.title for each in load().exchanges}
    return known.get(exchange, "Échange non reconnu")


def state(value: str, codes: str) -> Html:
    """A state as a badge, with its name.

    Args:
        value: As it is kept.
        codes: Id of the list of codes that names it.
    """
    found = {each.value: each for each in load().code_list(codes).codes}.get(value)
    kind = "good" if value in _GOOD else "over" if value in _OVER else "open"
    label = found.label if found else value
    return el("span", label, class_=f"badge {kind}", title=f"{value}")


def outcome(ids: str) -> Html:
    """What an answer says, as a badge for each id."""
    if not ids:
        return el("span", "Acceptée", class_="badge good")
    return html([[" " if place else None, _told(each)] for place, each in enumerate(ids.split())])


def _told(identifier: str) -> Html:
    try:
        known = explain(identifier)
    except CatalogueError:
        return el("span", "à la demande : ", identifier, class_="badge open")
    kind = "bad" if known.severity == "error" else "open"
    title = known.texts["fr"].title
    return el("span", identifier, class_=f"badge {kind}", title=title)


def facts(pairs: Mapping[str, Node]) -> Html:
    """Names and values."""
    return el("dl", [[el("dt", name), el("dd", value)] for name, value in pairs.items()])


def table(
    caption: str, heads: Sequence[Node], rows: Iterable[Sequence[Node]], *, empty: str = ""
) -> Html:
    """A table that can be scrolled by keyboard where it is wider than the screen.

    Args:
        caption: What it shows.
        heads: Of the columns; the first column heads its row.
        rows: Their cells.
        empty: What is said instead of a table without rows.
    """
    lines = list(rows)
    if not lines and empty:
        return el("p", empty, class_="soft")
    head = el("tr", [el("th", each, scope="col") for each in heads])
    body = [
        el("tr", el("th", first, scope="row"), [el("td", each) for each in others])
        for first, *others in lines
    ]
    whole = el("table", el("caption", caption), el("thead", head), el("tbody", body))
    return el("div", whole, class_="scroll", role="region", aria_label=caption, tabindex=0)


def pager(asked: Asked, total: int) -> Html:
    """How many there are, and the way to the other pages of a list."""
    last = max(1, -(-total // ROWS))
    page = min(asked.page, last)
    kept = {name: text for name, text in asked.query.items() if name != "page" and text}

    def link(to: int, text: str) -> Html:
        return el("a", text, href="?" + urlencode({**kept, "page": to}))

    told = f"{total} au total" + (f", page {page} sur {last}" if last > 1 else "")
    steps = [
        link(page - 1, "Plus récents") if page > 1 else None,
        link(page + 1, "Plus anciens") if page < last else None,
    ]
    return el("p", el("span", told, class_="soft"), [[" ", step] for step in steps], class_="pager")


def chosen(asked: Asked, name: str, label: str, options: Mapping[str, str], default: str) -> Html:
    """A choice in a filter.

    Args:
        asked: Says what is chosen now.
        name: Of the parameter.
        label: What is asked for.
        options: Texts by value.
        default: Text of the empty value; empty: there is none.
    """
    every = {**({"": default} if default else {}), **options}
    now = asked.word(name)
    list_ = [
        el("option", text, value=value, selected=value == now) for value, text in every.items()
    ]
    return el("label", label, " ", el("select", list_, name=name))


def typed(asked: Asked, name: str, label: str, **attributes: str | int) -> Html:
    """A text in a filter; see ``chosen``."""
    field = el("input", name=name, value=asked.word(name), autocomplete="off", **attributes)
    return el("label", label, " ", field)


def filters(asked: Asked, *fields: Html) -> Html:
    """A form that shows a list anew; it works without a script."""
    send = el("button", "Filtrer", type="submit")
    return el("form", fields, send, method="get", action=asked.path, class_="filters")
