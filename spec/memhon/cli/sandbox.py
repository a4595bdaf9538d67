"""``memhon sandbox``: run the local counterpart until it is stopped; its test keys."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Iterable, Mapping
from types import FrameType
from typing import TYPE_CHECKING

from memhon.cli import audit, clock, contents, fault, handover, numbers, pki
from memhon.cli.closing import closing
from memhon.cli.exits import Exit
from memhon.cli.lasting import DESK

if TYPE_CHECKING:
    from memhon.catalogue import Exchange
    from memhon.local import Sandbox

_PORT, _TLS_PORT, _DESK_PORT = 8480, 8443, 8481
_EPILOG = closing(
    (
        "memhon sandbox serve",
        "memhon sandbox serve --tls",
        "memhon sandbox serve --store default --workers 2",
        f"memhon sandbox serve --port {_PORT} --store memory --security off",
        "memhon sandbox pki --list",
        "memhon sandbox clock advance 2d",
        "memhon sandbox fault add delay 20 --exchange ra-depot",
        "memhon sandbox audit --category document",
    ),
    {
        Exit.FINE: "arrêté par Ctrl-C",
        Exit.USAGE: "mauvais usage",
        Exit.FAILED: "port pris, dépôt de données ou clés inutilisables",
    },
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb and its actions."""
    verb = verbs.add_parser(
        "sandbox",
        help="démarrer le bac à sable local",
        description="Le bac à sable joue le rôle de mySecu sur votre machine.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = verb.add_subparsers(title="actions", metavar="ACTION", required=True)
    _add_serve(actions)
    pki.add(actions)
    clock.add(actions)
    fault.add(actions)
    contents.add(actions)
    handover.add(actions)
    audit.add(actions)


def _add_serve(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = actions.add_parser(
        "serve",
        help="démarrer le bac à sable",
        description=(
            "Démarre le bac à sable sur l'adresse de bouclage, et seulement là, jusqu'à Ctrl-C."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    serve.add_argument(
        "--port",
        type=numbers.port,
        help=f"port TCP ; 0 laisse choisir le système ; sinon {_PORT}, ou {_TLS_PORT} avec --tls",
    )
    _add_desk(serve)
    serve.add_argument(
        "--security",
        choices=("strict", "off"),
        default="strict",
        help="strict contrôle signatures, certificats et jetons ; off ne contrôle rien",
    )
    serve.add_argument(
        "--tls", action="store_true", help="HTTPS, avec un certificat client obligatoire"
    )
    serve.add_argument(
        "--store",
        default="memory",
        metavar="memory|default|FICHIER|URL",
        help="en mémoire, dans le dossier de données de l'utilisateur, dans ce fichier SQLite, ou "
        "dans la base PostgreSQL de cette URL (postgresql://…)",
    )
    _add_workers(serve)
    _add_handover(serve)
    serve.add_argument(
        "--seed", type=int, metavar="N", help="numérotation répétable à partir de ce nombre"
    )
    serve.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue de l'affichage")
    serve.set_defaults(run=run, misused=serve.error)


def _add_handover(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--handover",
        type=numbers.interval,
        metavar=f"SECONDES|{numbers.OFF}",
        help="après combien de secondes de son horloge la plateforme remet ce qui attend ; "
        f"{numbers.OFF} : seulement par memhon sandbox handover ; sinon 10",
    )


def _add_desk(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--desk-port",
        type=numbers.desk_port,
        metavar=f"PORT|{numbers.OFF}",
        help="port TCP du poste de commande, dont les écrans montrent messages et mémoires, "
        "expliquent les refus et règlent horloge et pannes ; 0 laisse choisir le système, "
        f"{numbers.OFF} n'en ouvre pas ; "
        f"sinon {_DESK_PORT}, ou un port libre avec --port 0",
    )


def _add_workers(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--workers",
        type=numbers.workers,
        default=1,
        metavar="N",
        help="nombre de processus qui répondent, sur un dépôt de données qui dure (--store) ; "
        "celui qui s'arrête est remplacé",
    )


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted.

    Returns:
        Fine after Ctrl-C; a port, a store or keys that cannot be used are left to ``main``.
    """
    if args.workers > 1 and args.store == "memory":
        args.misused(
            "--workers demande un dépôt de données qui dure : ajoutez --store default, un fichier "
            "ou une URL"
        )
    stop = threading.Event()

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    # Installed before the sandbox starts: a signal during the start must not be lost.
    before = {name: signal.signal(name, interrupted) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        with _made(args) as sandbox:
            if args.security == "off":
                print(_WORDS[args.lang]["warning"], file=sys.stderr, flush=True)
            print(_banner(sandbox, args), flush=True)
            # A wait without a limit cannot be interrupted on Windows.
            while not stop.wait(0.5):
                pass
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    print(_WORDS[args.lang]["stopped"], flush=True)
    return Exit.FINE


def _made(args: argparse.Namespace) -> Sandbox:
    from memhon.local import Sandbox

    port = args.port
    if port is None:
        port = _TLS_PORT if args.tls else _PORT
    desk_port = args.desk_port
    if desk_port is None:
        desk_port = _DESK_PORT if port else 0
    interval = numbers.usual_interval() if args.handover is None else args.handover
    return Sandbox(
        handover=interval,
        port=port,
        store=args.store,
        security=args.security,
        tls=args.tls,
        seed=args.seed,
        desk_port=None if desk_port == numbers.OFF else desk_port,
        workers=args.workers,
    )


_WORDS = {
    "fr": {
        "title": "Bac à sable MemHon : {url}",
        "path": "Échange synchrone : {url}{path}",
        "desk": "Poste de commande : {url} ; ouvrez-le dans un navigateur. Horloge et pannes : "
        "memhon sandbox clock|fault{option}",
        "diagnostic": "Un message refusé pour sa signature y est expliqué trente minutes.",
        "strict": "Sécurité stricte : signatures, certificats et jetons sont contrôlés.",
        "off": "Sécurité désactivée : ni signature ni jeton n'est contrôlé. N'y envoyez que des "
        "données fictives.",
        "tls": "TLS mutuel : le certificat client est obligatoire, et c'est celui qui signe.",
        "plain": "Sans TLS ; --tls l'exige.",
        "keys": "Clés d'essai : {keys}",
        "warning": "memhon : sécurité désactivée, ce bac à sable répond à n'importe qui ; ce qu'il "
        "accepte, le système réel le refusera.",
        "alive": "Réponses calculées : {ids}",
        "example": "Réponses d'exemple : {ids}",
        "store": "Dépôt de données : {store}",
        "workers": "Processus qui répondent : {count}",
        "stop": "Ctrl-C pour arrêter.",
        "stopped": "Bac à sable arrêté.",
    },
    "en": {
        "title": "MemHon sandbox: {url}",
        "path": "Synchronous exchange: {url}{path}",
        "desk": "Desk: {url}; open it in a browser. Clock and switchboard: memhon sandbox "
        "clock|fault{option}",
        "diagnostic": "It explains a message refused for its signature, for thirty minutes.",
        "strict": "Security is strict: signatures, certificates and tokens are checked.",
        "off": "Security is off: neither signature nor token is checked. Send fictitious data "
        "only.",
        "tls": "Mutual TLS: a client certificate is required, the one that signs.",
        "plain": "No TLS; --tls demands it.",
        "keys": "Test keys: {keys}",
        "warning": "memhon: security is off, this sandbox answers anybody; what it accepts, the "
        "real system will refuse.",
        "alive": "Computed answers: {ids}",
        "example": "Example answers: {ids}",
        "store": "Store: {store}",
        "workers": "Processes that answer: {count}",
        "stop": "Ctrl-C stops it.",
        "stopped": "Sandbox stopped.",
    },
}


def _banner(sandbox: Sandbox, args: argparse.Namespace) -> str:
    from memhon.catalogue import load
    from memhon.home import pki_path
    from memhon.sandbox import EXCHANGE_PATH
    from memhon.store import shown_place

    words = _WORDS[args.lang]
    lines = [
        words["title"].format(url=sandbox.url),
        words["path"].format(url=sandbox.url, path=EXCHANGE_PATH),
        words[args.security],
        words["tls" if args.tls else "plain"],
        *_answers(load().exchanges, words),
        words["store"].format(store=shown_place(args.store)),
    ]
    if args.workers > 1:
        lines.append(words["workers"].format(count=args.workers))
    if args.tls or args.security == "strict":
        lines.append(words["keys"].format(keys=pki_path()))
    if args.desk_port != numbers.OFF:
        url = sandbox.desk_url
        option = "" if url == DESK else f" --desk {url}"
        lines.append(words["desk"].format(url=url, option=option))
        if args.security == "strict":
            lines.append(words["diagnostic"])
    return "\n".join([*lines, words["stop"]])


def _answers(exchanges: Iterable[Exchange], words: Mapping[str, str]) -> list[str]:
    """Which exchanges are answered in which way; a way that none has is not named."""
    ids: dict[str, list[str]] = {}
    for exchange in exchanges:
        ids.setdefault(exchange.state, []).append(exchange.id)
    return [words[state].format(ids=", ".join(ids[state])) for state in sorted(ids)]
