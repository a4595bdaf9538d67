"""Messages as they went over the wire."""

from __future__ import annotations

from collections.abc import Iterable

from memhon.catalogue import load
from memhon.errors import CatalogueError
from memhon.findings import explain
from memhon.local.screens.asking import Asked, Desk, Given, MissingError, Shown, looked
from memhon.local.screens.markup import Html, Node, el, html
from memhon.local.screens.pieces import (
    SERVICES,
    chosen,
    code,
    exchange_title,
    facts,
    filters,
    outcome,
    pager,
    table,
    when,
)
from memhon.local.screens.xml_text import xml_view
from memhon.sandbox.access_log import reads_in_message
from memhon.sandbox.diagnostics import PATH
from memhon.sandbox.wiretap import HIDDEN
from memhon.store import WireEntry, WireExchange

_NOTE = (
    "Les échanges les plus récents : 500 au plus, 32 Mio au plus. Mots de passe, jetons et clés "
    f"n'y sont pas gardés : « {HIDDEN.decode()} » tient leur place, si bien que la signature d'un "
    "message enregistré ici peut ne plus se vérifier. Le diagnostic d'un refus, lui, part des "
    "octets reçus."
)
_EMPTY = "Aucun message pour l'instant : envoyez-en un, il paraît ici aussitôt."


def messages(desk: Desk, asked: Asked) -> Shown:
    """The list."""
    exchange, told = asked.word("echange"), asked.word("issue")
    page = desk.store.wire.page(asked.page, exchange=exchange, refused=told == "refus")
    names = {each.id: each.title for each in load().exchanges} | SERVICES
    return Shown(
        "Messages",
        (
            el("p", _NOTE),
            filters(
                asked,
                chosen(asked, "echange", "Échange", names, "tous"),
                chosen(asked, "issue", "Issue", {"refus": "avec anomalie ou panne"}, "toutes"),
            ),
            entries_table("Messages, les plus récents d'abord", page.entries),
            pager(asked, page.total),
        ),
    )


def entries_table(caption: str, entries: Iterable[WireEntry]) -> Html:
    """Exchanges, one to a row."""
    return table(
        caption,
        ("Message", "Issue", "Échange", "HTTP", "Durée", "Taille"),
        (
            (
                [el("a", f"n° {entry.number}", href=f"/messages/{entry.number}"), when(entry.at)],
                outcome(entry.outcome),
                exchange_title(entry.exchange),
                _status(entry),
                duration(entry.microseconds),
                _size(entry.size),
            )
            for entry in entries
        ),
        empty=_EMPTY,
    )


def message(desk: Desk, asked: Asked) -> Shown:
    """One exchange: request, answer, and why it was refused."""
    found = _found(desk, asked)
    link = f"/messages/{found.number}"
    return Shown(
        f"Message {found.number}",
        (
            facts(
                {
                    "Échange": exchange_title(found.exchange),
                    "Reçu": when(found.at),
                    "Issue": outcome(found.outcome),
                    "Statut HTTP": _status(found),
                    "Durée": f"{duration(found.microseconds)}, mesurée sur cette machine",
                    "Correlation-ID": code(found.correlation_id),
                }
            ),
            _causes(desk, found),
            el("h2", "Requête"),
            _saved(f"{link}/requete.xml", found.request),
            xml_view(found.request, "Requête"),
            el("h2", "Réponse"),
            _saved(f"{link}/reponse.xml", found.response),
            xml_view(found.response, "Réponse"),
        ),
    )


def request_file(desk: Desk, asked: Asked) -> Given:
    """The request, byte for byte."""
    found = _found(desk, asked)
    return Given(found.request, "text/xml", f"requete-{found.number}.xml")


def response_file(desk: Desk, asked: Asked) -> Given:
    """The answer, byte for byte."""
    found = _found(desk, asked)
    return Given(found.response, "text/xml", f"reponse-{found.number}.xml")


def _found(desk: Desk, asked: Asked) -> WireExchange:
    found = desk.store.wire.find(int(asked.parts["number"]))
    if found is None:
        raise MissingError("Ce message n'est pas ou plus gardé : les plus récents le remplacent.")
    shown = (each for each in (found.request, found.response) if each)
    reads = [read for each in shown for read in reads_in_message(each, found.correlation_id)]
    looked(desk, asked, *reads)
    return found


def _causes(desk: Desk, found: WireExchange) -> Html:
    told = [_cause(each) for each in found.outcome.split()]
    kept = desk.store.refused.find(found.correlation_id, desk.clock.now())
    link = el(
        "p", el("a", "Diagnostic de la signature, pas à pas", href=PATH + found.correlation_id)
    )
    return html([told, link if kept else None])


def _cause(identifier: str) -> Node:
    try:
        words = explain(identifier).texts["fr"]
    except CatalogueError:
        told = f"La règle « {identifier} » du commutateur a touché cet appel."
        return el("p", told, " ", el("a", "Voir les pannes", href="/horloge"), class_="partial")
    heading = el("h2", identifier, " – ", words.title, class_="in")
    fix = el("p", words.fix, class_="fix")
    return el("section", heading, el("p", words.cause), fix, class_="cause")


def _saved(link: str, data: bytes) -> Html:
    return el("p", el("a", f"Enregistrer ({_size(len(data))})", href=link))


def _status(entry: WireEntry) -> str:
    return str(entry.http_status) if entry.http_status else "coupé"


def duration(microseconds: int) -> str:
    """A time that was measured."""
    return f"{microseconds / 1000:.1f} ms".replace(".", ",")


def _size(octets: int) -> str:
    if octets < 1024:
        return f"{octets} octets"
    return f"{octets / 1024:.1f} Kio".replace(".", ",")
