"""``memhon sandbox clock``: show and set the time in which the sandbox lives."""

from __future__ import annotations

import argparse
from typing import Any

from memhon.cli.closing import closing
from memhon.cli.exits import Exit
from memhon.cli.lasting import action_of, target_of
from memhon.clock import read_duration, read_instant

_MACHINE = "machine"
_WORDS = {
    "fr": {
        "title": "Horloge du bac à sable : {instant}",
        "frozen": "figée",
        "running": "elle avance",
        "machine": "celle de la machine",
        "own": "tenue par le programme qui l'a démarré",
    },
    "en": {
        "title": "Clock of the sandbox: {instant}",
        "frozen": "frozen",
        "running": "running",
        "machine": "the machine's",
        "own": "held by the program that started it",
    },
}


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the action ``clock`` of the verb ``sandbox``."""
    action = actions.add_parser(
        "clock",
        help="montrer et régler l'horloge du bac à sable",
        description="L'horloge est gardée dans le dépôt de données : dans un dépôt qui dure, elle "
        "survit à un redémarrage.",
        epilog=closing(("memhon sandbox clock show", "memhon sandbox clock advance 2d12h")),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    inner = action.add_subparsers(title="actions", metavar="ACTION", required=True)
    action_of(inner, "show", "montrer l'heure", ("memhon sandbox clock show",), _show)
    examples = ("memhon sandbox clock set 2026-03-02T08:30Z", "memhon sandbox clock set machine")
    setting = action_of(inner, "set", "régler l'heure, en arrière aussi", examples, _set)
    setting.add_argument(
        "instant", type=_instant, help="ISO 8601 avec fuseau, ou « machine » : l'heure de celle-ci"
    )
    examples = ("memhon sandbox clock advance 2d", "memhon sandbox clock advance 1h30m")
    moving = action_of(inner, "advance", "avancer l'heure", examples, _advance)
    moving.add_argument("duration", type=_duration, help="p. ex. 2d, 36h, 90m ou 1d12h")
    examples = ("memhon sandbox clock freeze", "memhon sandbox clock freeze --off")
    freezing = action_of(inner, "freeze", "figer l'heure", examples, _freeze)
    freezing.add_argument("--off", action="store_true", help="la laisser avancer de nouveau")


def _show(args: argparse.Namespace) -> int:
    return _told(args, "GET")


def _set(args: argparse.Namespace) -> int:
    return _told(args, "POST", {"set": args.instant})


def _advance(args: argparse.Namespace) -> int:
    return _told(args, "POST", {"advance": args.duration})


def _freeze(args: argparse.Namespace) -> int:
    return _told(args, "POST", {"freeze": not args.off})


def _told(args: argparse.Namespace, method: str, wish: dict[str, Any] | None = None) -> int:
    with target_of(args) as target:
        shown = target.ask(method, "/_sandbox/clock", wish)
    words = _WORDS[args.lang]
    print(f"{words['title'].format(instant=shown['now'])} ({words[shown['state']]})")
    return Exit.FINE


def _instant(word: str) -> str:
    if word != _MACHINE:
        try:
            read_instant(word)
        except ValueError:
            raise argparse.ArgumentTypeError(
                f"« {word} » n'est pas un instant avec fuseau, p. ex. 2026-03-02T08:30Z"
            ) from None
    return word


def _duration(word: str) -> str:
    try:
        read_duration(word)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {word} » n'est pas une durée, p. ex. 2d, 36h ou 1d12h"
        ) from None
    return word
