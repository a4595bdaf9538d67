"""Tokens of the token service and certificates of the test authority; never a secret."""

from __future__ import annotations

from datetime import datetime

from memhon.catalogue import load
from memhon.home import pki_path
from memhon.local.screens.asking import ROWS, Asked, Desk, Shown
from memhon.local.screens.markup import Html, Node, el
from memhon.local.screens.pieces import NONE, code, day, facts, pager, provider, table, when
from memhon.security import Pki, fingerprint, subject
from memhon.security.pki import KeyFile
from memhon.store import IssuedToken

_NO_TOKEN = "Aucun jeton : le service de jetons n'en a pas encore émis."
_OFF = (
    "La sécurité de ce bac à sable est désactivée : ni jeton ni certificat n'est demandé. "
    "Démarrez-le sans « --security off » pour éprouver la chaîne complète."
)


def credentials(desk: Desk, asked: Asked) -> Shown:
    """Tokens, the system account and certificates."""
    now = desk.clock.now()
    page = desk.store.views.tokens(asked.page, ROWS)
    files = Pki(pki_path()).inventory()
    names = {fingerprint(each.certificate): each.path.stem for each in files}
    off = desk.setting.security != "strict"
    return Shown(
        "Jetons et certificats",
        (
            el("p", _OFF, class_="partial") if off else el("p"),
            el("h2", "Jetons mySecu"),
            table(
                "Jetons, ceux qui valent le plus longtemps d'abord",
                ("Valable jusqu'au", "État", "Espace", "Remis au certificat", "Empreinte du jeton"),
                [_token(each, names, now) for each in page.rows],
                empty=_NO_TOKEN,
            ),
            pager(asked, page.total),
            el("h2", "Compte système"),
            facts(
                {
                    "Nom": code(str(load().settings["account_name"])),
                    "Mot de passe": "celui du catalogue ; il n'est montré nulle part ici",
                }
            ),
            el("h2", "Certificats"),
            table(
                "Certificats du dossier de clés d'essai",
                ("Nom", "État", "Sujet", "Valable du", "au", "Empreinte SHA-256"),
                [_certificate(each, now) for each in files],
                empty="Aucun certificat : ils sont faits au premier besoin.",
            ),
        ),
    )


def _token(token: IssuedToken, names: dict[str, str], now: datetime) -> tuple[Node, ...]:
    if token.cancelled:
        told = el("span", "Rendu", class_="badge over")
    elif token.expires_at <= now:
        told = el("span", "Expiré", class_="badge over")
    else:
        told = el("span", "Valable", class_="badge good")
    return (
        when(token.expires_at),
        told,
        provider(token.space) if token.space else "compte système",
        names.get(token.certificate, NONE),
        code(f"{token.digest[:16]}…"),
    )


def _certificate(file: KeyFile, now: datetime) -> tuple[Node, ...]:
    first, last = file.certificate.not_valid_before_utc, file.certificate.not_valid_after_utc
    return (
        file.path.stem,
        _validity(file, now),
        el("span", subject(file.certificate), class_="long"),
        day(first),
        day(last),
        el("code", fingerprint(file.certificate), class_="long"),
    )


def _validity(file: KeyFile, now: datetime) -> Html:
    if file.revoked:
        return el("span", "Révoqué", class_="badge bad")
    if now < file.certificate.not_valid_before_utc:
        return el("span", "Pas encore valable", class_="badge open")
    if now > file.certificate.not_valid_after_utc:
        return el("span", "Expiré", class_="badge over")
    return el("span", "Valable", class_="badge good")
