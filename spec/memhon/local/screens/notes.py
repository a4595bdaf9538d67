"""Fee notes of the RA: the list, one note with its history and its document."""

from __future__ import annotations

from memhon.catalogue import load
from memhon.errors import MessageError
from memhon.findings import Finding, Verdict
from memhon.local.screens.asking import ROWS, Asked, Desk, Given, MissingError, Shown, looked
from memhon.local.screens.markup import Html, Node, el
from memhon.local.screens.pieces import (
    NONE,
    chosen,
    code,
    facts,
    filters,
    money,
    pager,
    person,
    provider,
    state,
    table,
    typed,
    when,
)
from memhon.local.screens.xml_text import xml_view
from memhon.sandbox import Read
from memhon.sandbox.wiretap import hidden
from memhon.store import Deposit, DepositEntry

LISTED, WHOLE = "memoire", "document"
"""Categories of the access log."""
CODES = "statut-ra"
_EMPTY = "Aucun mémoire ne répond à ce filtre."
_HEADS = ("Reçu", "État", "Patient", "Prestataire", "Mémoire du", "Montant dû")


def notes(desk: Desk, asked: Asked) -> Shown:
    """The list."""
    states = {each.value: each.label for each in load().code_list(CODES).codes}
    page = desk.store.views.deposits(
        asked.page, ROWS, status=asked.word("etat"), named=asked.word("cherche")
    )
    looked(desk, asked, *(Read(LISTED, _whose(each), source=each.sender) for each in page.rows))
    return Shown(
        "Mémoires RA",
        (
            filters(
                asked,
                chosen(asked, "etat", "État", states, "tous"),
                typed(asked, "cherche", "Matricule, code ou identifiant", size=26),
            ),
            table("Mémoires déposés, les plus récents d'abord", _HEADS, map(_row, page.rows))
            if page.rows
            else el("p", _EMPTY, class_="soft"),
            pager(asked, page.total),
        ),
    )


def note(desk: Desk, asked: Asked) -> Shown:
    """One note with its history and its message."""
    found = _found(desk, asked)
    link = f"/memoires/{found.secu_uuid}"
    return Shown(
        f"Mémoire {found.number or 'sans numéro'}",
        (
            facts(_facts(found)),
            el("h2", "Histoire"),
            el("ol", _history(desk, found), class_="history"),
            el("h2", "Document"),
            el(
                "p",
                el("a", "Mémoire imprimé (PDF)", href=f"{link}/memoire.pdf"),
                " ",
                el("a", "Message reçu (XML)", href=f"{link}/message.xml"),
                class_="pager",
            ),
            xml_view(hidden(found.data), "Message reçu"),
        ),
    )


def note_message(desk: Desk, asked: Asked) -> Given:
    """The message that was deposited, without its token."""
    found = _found(desk, asked)
    return Given(hidden(found.data), "text/xml", f"memoire-{found.secu_uuid}.xml")


def note_printed(desk: Desk, asked: Asked) -> Given | Shown:
    """The note as a PDF, or why there is none."""
    from memhon.messages import bind
    from memhon.pdf import FEE_NOTE, print_fee_note
    from memhon.validation import examine

    found = _found(desk, asked)
    examined = examine(found.data)
    try:
        if examined.report.verdict is Verdict.VALID and examined.recognised is not None:
            message = bind(examined.recognised)
            if isinstance(message, FEE_NOTE):
                return Given(print_fee_note(message).data, "application/pdf")
    except MessageError as error:
        told = [each for each in error.findings if isinstance(each, Finding)]
        return Shown("Pas de mémoire imprimé", tuple(_told(each) for each in told))
    raise MissingError("Ce message n'a pas de forme imprimable.")


def _told(finding: Finding) -> Html:
    return el(
        "p", el("strong", finding.id), " ", finding.text("fr"), " ", finding.wording("fr").fix
    )


def _found(desk: Desk, asked: Asked) -> Deposit:
    found = desk.store.deposit_by_secu(str(asked.parts["secu_uuid"]))
    if found is None:
        raise MissingError("Aucun mémoire n'a cet identifiant ; il a pu être oublié ou vidé.")
    looked(desk, asked, Read(WHOLE, _whose(found), found.secu_uuid, found.sender))
    return found


def _whose(entry: DepositEntry) -> str:
    return entry.matricule or entry.birth_date or ""


def _row(entry: DepositEntry) -> tuple[Node, ...]:
    return (
        el("a", when(entry.received_at), href=f"/memoires/{entry.secu_uuid}"),
        state(entry.status.value, CODES),
        person(entry.matricule, entry.birth_date),
        provider(entry.sender),
        entry.dated,
        el("span", money(entry.amount, entry.currency), class_="number"),
    )


def _facts(found: Deposit) -> dict[str, Node]:
    return {
        "État": state(found.status.value, CODES),
        "Patient": person(found.matricule, found.birth_date),
        "Prestataire": provider(found.sender),
        "Nom dans le message": f"{found.first_name or ''} {found.last_name}".strip(),
        "Espace mySecu": provider(found.space) if found.space else NONE,
        "Mémoire du": found.dated,
        "Montant dû": money(found.amount, found.currency),
        "Payé, selon l'expéditeur": "oui" if found.paid else "non",
        "UUID de l'expéditeur": code(found.uuid),
        "UUIDSecu": code(found.secu_uuid),
    }


def _history(desk: Desk, found: Deposit) -> list[Html]:
    steps: list[Html] = [el("li", when(found.received_at), " déposé")]
    if found.consented_at:
        steps.append(el("li", when(found.consented_at), " le patient a consenti"))
    if found.cancelled_at:
        reason = desk.store.views.cancellation_reason(found.secu_uuid)
        why = [" ; motif : ", el("q", reason)] if reason else None
        other = found.replaced_by
        link = el("a", other, href=f"/memoires/{other}") if other else None
        told = [" annulé et remplacé par ", link] if link else " annulé"
        steps.append(el("li", when(found.cancelled_at), told, why))
    return steps
