"""The exchange platform: documents and consents of each patient, who consents here."""

from __future__ import annotations

from datetime import datetime, timedelta

from memhon.catalogue import Person, load
from memhon.local.screens.actions import action, button, command, without_script
from memhon.local.screens.asking import Asked, Desk, MissingError, Shown, looked
from memhon.local.screens.markup import Html, Node, el, html
from memhon.local.screens.pieces import (
    NONE,
    code,
    facts,
    money,
    person_name,
    provider,
    state,
    table,
    when,
)
from memhon.platform.consents import CONSENT
from memhon.sandbox import Read
from memhon.security.instants import milliseconds
from memhon.store import DocumentStatus, PlatformConsent, PlatformDocument

LISTED = "memoire"
"""Category of the access log."""
CODES, KINDS = "statuts-plateforme", "types-consentement"
HANDOVER = "/_sandbox/handover"
API = "/api/v1/person"
_GIVEN = ("ESANTE", "MH", "CNS")
"""Types that the buttons give, in the order in which a patient needs them."""
_YEAR = timedelta(days=365)
_DONE = "Le document est passé à « Remboursement demandé » ; la remise le transmettra."
_NOTE = (
    "Les boutons agissent au nom du patient : le poste de commande demande pour lui un jeton "
    "d'essai, puis appelle la plateforme comme le ferait son espace patient."
)


def patients(desk: Desk, _asked: Asked) -> Shown:
    """Everybody who has something on the platform, and the fictitious persons."""
    known = desk.store.views.platform_patients()
    every = dict.fromkeys((*known, *(each.matricule for each in load().persons)))
    counted = desk.store.views.states()["documents"]
    waiting = sum(counted.get(each.value, 0) for each in _WAITING)
    return Shown(
        "Plateforme d'échange",
        (
            without_script(),
            el("p", f"{waiting} document(s) attendent la remise à l'échange synchrone."),
            action(
                "POST",
                HANDOVER,
                button("Remettre à l'échange synchrone", id_="handover"),
                done="La remise est faite.",
            ),
            command("memhon sandbox handover"),
            table(
                "Patients",
                ("Patient", "Matricule", "Documents"),
                (
                    (
                        el("a", person_name(each) or each, href=f"/plateforme/{each}"),
                        code(each),
                        str(known[each]) if each in known else NONE,
                    )
                    for each in every
                ),
            ),
        ),
    )


_WAITING = (
    DocumentStatus.RECEIVED,
    DocumentStatus.REIMBURSEMENT_ASKED,
    DocumentStatus.CANCEL_ASKED,
)


def patient(desk: Desk, asked: Asked) -> Shown:
    """The documents and consents of one patient."""
    matricule = str(asked.parts["matricule"])
    documents = desk.store.platform.documents_of(matricule)
    consents = desk.store.platform.consents_of(matricule, history=True)
    known = next((each for each in load().persons if each.matricule == matricule), None)
    if known is None and not documents and not consents:
        raise MissingError("Ce patient n'a rien sur la plateforme et n'est pas des nôtres.")
    codes = {each.ehealth_id: each.code for each in load().providers}
    senders = " ".join(sorted({codes.get(each.ehealth_id, "") for each in documents} - {""}))
    looked(desk, asked, Read(LISTED, matricule, source=senders), Read(CONSENT, matricule))
    now = desk.clock.now()
    active = {each.type: each for each in consents if each.removed_at is None and each.end_at > now}
    return Shown(
        person_name(matricule) or f"Patient {matricule}",
        (
            without_script(),
            facts({"Matricule": code(matricule)}),
            el("p", _NOTE),
            el("h2", "Documents"),
            table(
                "Documents du patient, les plus récents d'abord",
                ("Reçu", "État", "Prestataire", "Mémoire du", "Montant"),
                (_document(each, known, active) for each in documents),
                empty="Aucun document sur la plateforme.",
            ),
            el("h2", "Consentements"),
            _consents(active, known, now),
            _past(consents, active),
        ),
    )


def _document(
    document: PlatformDocument, known: Person | None, active: dict[str, PlatformConsent]
) -> tuple[Node, ...]:
    return (
        when(document.created_at),
        [state(document.status.value, CODES), " ", _asking(document, known, active)],
        provider(document.ehealth_id),
        document.dated,
        el("span", money(document.amount), class_="number"),
    )


def _asking(
    document: PlatformDocument, known: Person | None, active: dict[str, PlatformConsent]
) -> Node:
    """The button that asks for the reimbursement, or what is missing for it."""
    number = document.secu_uuid
    if document.status is not DocumentStatus.SENT:
        return el("a", "Mémoire RA", href=f"/memoires/{number}") if number else None
    missing = [each for each in ("ESANTE", "CNS") if each not in active]
    if known is None or missing:
        return f"Consentements d'abord : {', '.join(missing)}" if missing else None
    return action(
        "PUT",
        f"{API}/{document.matricule}/document/{document.uuid}",
        button("Demander le remboursement", id_=f"ask-{document.uuid}"),
        login=known.id,
        done=_DONE,
    )


def _consents(active: dict[str, PlatformConsent], known: Person | None, now: datetime) -> Html:
    labels = {each.value: each for each in load().code_list(KINDS).codes}
    kinds = dict.fromkeys((*_GIVEN, *active))
    rows = []
    for kind in kinds:
        held = active.get(kind)
        label = labels[kind].label if kind in labels else kind
        badge = "good" if held else "over"
        rows.append(
            (
                [code(kind), " ", label],
                [
                    el("span", "Donné" if held else "Non donné", class_=f"badge {badge}"),
                    _button(kind, held, known, now) if known else None,
                ],
                ["du ", when(held.start_at), " au ", when(held.end_at)] if held else NONE,
            )
        )
    heads = ("Consentement", "État", "Durée")
    return table("Consentements qui peuvent compter", heads, rows)


def _button(kind: str, held: PlatformConsent | None, known: Person, now: datetime) -> Html:
    path = f"{API}/{known.matricule}/consent"
    if held is not None:
        back = button(f"Retirer {kind}", id_=f"consent-{kind}")
        done = f"Consentement {kind} retiré."
        return action("DELETE", f"{path}/{kind}", back, login=known.id, done=done)
    return action(
        "POST",
        path,
        _hidden("type", kind),
        _hidden("endAt", milliseconds(now + _YEAR)),
        button(f"Donner {kind} pour un an", id_=f"consent-{kind}"),
        login=known.id,
        done=f"Consentement {kind} donné.",
    )


def _hidden(name: str, value: str) -> Html:
    return el("input", type="hidden", name=name, value=value)


def _past(consents: tuple[PlatformConsent, ...], active: dict[str, PlatformConsent]) -> Html:
    ended = [each for each in consents if each is not active.get(each.type)]
    if not ended:
        return html(None)
    rows = [
        (
            code(each.type),
            when(each.created_at),
            when(each.end_at),
            ["retiré le ", when(each.removed_at)] if each.removed_at else "arrivé à son terme",
        )
        for each in reversed(ended)
    ]
    heads = ("Consentement", "Donné", "Jusqu'au", "Fin")
    return html([el("h2", "Histoire"), table("Consentements qui ont pris fin", heads, rows)])
