"""``memhon sandbox serve``: run the local counterpart until it is stopped."""

from __future__ import annotations

import argparse
import signal
import threading
from types import FrameType

from memhon.cli.closing import closing
from memhon.cli.exits import Exit

_DEFAULT_PORT = 8480
_EPILOG = closing(
    (f"memhon sandbox serve --port {_DEFAULT_PORT} --store memory",),
    {
        Exit.FINE: "arrêté par Ctrl-C",
        Exit.USAGE: "mauvais usage",
        Exit.FAILED: "port pris, ou dépôt de données inutilisable",
    },
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb and its only action, ``serve``."""
    verb = verbs.add_parser(
        "sandbox",
        help="démarrer le bac à sable local",
        description="Le bac à sable joue le rôle de mySecu sur votre machine.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = verb.add_subparsers(title="actions", metavar="ACTION", required=True)
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
        "--port", type=_port, default=_DEFAULT_PORT, help="port TCP ; 0 laisse choisir le système"
    )
    serve.add_argument(
        "--store",
        default="memory",
        metavar="memory|default|FICHIER",
        help="en mémoire, dans le dossier de données de l'utilisateur, ou dans ce fichier SQLite",
    )
    serve.add_argument(
        "--seed", type=int, metavar="N", help="numérotation répétable à partir de ce nombre"
    )
    serve.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue de l'affichage")
    serve.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted.

    Returns:
        Fine after Ctrl-C; a port or a store that cannot be opened is left to ``main``.
    """
    from memhon.local import Sandbox

    stop = threading.Event()

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    # Installed before the sandbox starts: a signal during the start must not be lost.
    before = {name: signal.signal(name, interrupted) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        with Sandbox(port=args.port, store=args.store, seed=args.seed) as sandbox:
            print(_banner(sandbox.url, args.store, args.lang), flush=True)
            # A wait without a limit cannot be interrupted on Windows.
            while not stop.wait(0.5):
                pass
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    print(_WORDS[args.lang]["stopped"], flush=True)
    return Exit.FINE


_WORDS = {
    "fr": {
        "title": "Bac à sable MemHon : {url}",
        "path": "Échange synchrone : {url}{path}",
        "security": "Sécurité désactivée : ni signature, ni jeton, ni TLS. N'y envoyez que des "
        "données fictives.",
        "alive": "Réponses calculées : {ids}",
        "example": "Réponses d'exemple : {ids}",
        "store": "Dépôt de données : {store}",
        "stop": "Ctrl-C pour arrêter.",
        "stopped": "Bac à sable arrêté.",
    },
    "en": {
        "title": "MemHon sandbox: {url}",
        "path": "Synchronous exchange: {url}{path}",
        "security": "Security is off: no signature, no token, no TLS. Send fictitious data only.",
        "alive": "Computed answers: {ids}",
        "example": "Example answers: {ids}",
        "store": "Store: {store}",
        "stop": "Ctrl-C stops it.",
        "stopped": "Sandbox stopped.",
    },
}


def _banner(url: str, store: str, lang: str) -> str:
    from memhon.catalogue import load
    from memhon.sandbox import EXCHANGE_PATH

    exchanges = load().exchanges
    words = _WORDS[lang]
    lines = [
        words["title"].format(url=url),
        words["path"].format(url=url, path=EXCHANGE_PATH),
        words["security"],
        words["alive"].format(ids=", ".join(e.id for e in exchanges if e.alive)),
        words["example"].format(ids=", ".join(e.id for e in exchanges if not e.alive)),
        words["store"].format(store=store),
        words["stop"],
    ]
    return "\n".join(lines)


def _port(text: str) -> int:
    try:
        port = int(text)
    except ValueError:
        port = -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un port entre 0 et 65535")
    return port
