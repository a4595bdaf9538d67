"""``memhon sandbox fault``: what the next calls meet."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from memhon.cli.closing import closing
from memhon.cli.exits import Exit
from memhon.cli.lasting import action_of, opened
from memhon.cli.words import exchange_id, practitioner_id

if TYPE_CHECKING:
    from memhon.store import Switch

EFFECTS = (
    "fault",
    "anomaly",
    "delay",
    "cut",
    "half",
    "invalid-signature",
    "expired-token",
    "wrong-correlation",
    "maintenance",
)
"""What a call can meet; a test compares them with the sandbox's own."""
_WORDS = {
    "fr": {
        "line": "n° {number} : {effect}{detail} ; {exchange}, {sender} ; reste {left}, servie "
        "{used} fois",
        "all exchanges": "tous les échanges",
        "all senders": "tous les prestataires",
        "none": "Aucune règle.",
        "cleared": "Règles effacées : {count}",
    },
    "en": {
        "line": "no. {number}: {effect}{detail}; {exchange}, {sender}; {left} left, used {used} "
        "times",
        "all exchanges": "all exchanges",
        "all senders": "all providers",
        "none": "No rule.",
        "cleared": "Rules cleared: {count}",
    },
}


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the action ``fault`` of the verb ``sandbox``."""
    action = actions.add_parser(
        "fault",
        help="provoquer une panne sur les prochains appels",
        description="Chaque règle dit ce que rencontrent les prochains appels. Un appel refusé "
        "pour lui-même n'en consomme pas.",
        epilog=closing(("memhon sandbox fault add cut", "memhon sandbox fault list")),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    inner = action.add_subparsers(title="actions", metavar="ACTION", required=True)
    _add_add(inner)
    action_of(inner, "list", "lister les règles", ("memhon sandbox fault list",), _list)
    examples = ("memhon sandbox fault clear", "memhon sandbox fault clear 3")
    clearing = action_of(inner, "clear", "effacer une règle, ou toutes", examples, _clear)
    clearing.add_argument("number", nargs="?", type=int, help="numéro de la règle ; sinon toutes")


def _add_add(inner: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    examples = (
        "memhon sandbox fault add fault SBX-006 --count 3",
        "memhon sandbox fault add anomaly MH-001 --exchange ra-depot",
        "memhon sandbox fault add delay 20 --practitioner demo-2",
        "memhon sandbox fault add half",
    )
    adding = action_of(inner, "add", "ajouter une règle", examples, _add)
    adding.add_argument(
        "effect",
        choices=EFFECTS,
        help="ce que l'appel rencontre ; invalid-signature attend une sécurité stricte",
    )
    adding.add_argument(
        "detail", nargs="?", default="", help="code de la faute ou de l'anomalie, ou secondes"
    )
    adding.add_argument(
        "--exchange", type=exchange_id, metavar="ID", help="seul échange visé ; sinon tous"
    )
    adding.add_argument(
        "--practitioner",
        type=practitioner_id,
        metavar="ID",
        help="seul professionnel fictif visé, p. ex. demo-2 ; sinon tous",
    )
    adding.add_argument(
        "--count", type=int, default=1, metavar="N", help="nombre d'appels ; sinon 1"
    )


def _add(args: argparse.Namespace) -> int:
    from memhon.sandbox import Faults

    with opened(args) as store:
        kept = Faults(store).add(
            args.effect,
            args.detail,
            exchange=args.exchange,
            practitioner=args.practitioner,
            count=args.count,
        )
    return _print((kept,), args.lang)


def _list(args: argparse.Namespace) -> int:
    with opened(args) as store:
        kept = store.switches.all()
    return _print(kept, args.lang) if kept else _say(_WORDS[args.lang]["none"])


def _clear(args: argparse.Namespace) -> int:
    with opened(args) as store:
        count = store.switches.clear(args.number)
    return _say(_WORDS[args.lang]["cleared"].format(count=count))


def _print(switches: tuple[Switch, ...], lang: str) -> int:
    words = _WORDS[lang]
    for switch in switches:
        line = words["line"].format(
            number=switch.number,
            effect=switch.effect,
            detail=f" {switch.detail}" if switch.detail else "",
            exchange=switch.exchange or words["all exchanges"],
            sender=switch.sender or words["all senders"],
            left=switch.left,
            used=switch.used,
        )
        print(line)
    return Exit.FINE


def _say(text: str) -> int:
    print(text)
    return Exit.FINE
