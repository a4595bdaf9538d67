"""``memhon sandbox clock``: show and set the time in which the sandbox lives."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from memhon.cli.closing import closing
from memhon.cli.exits import Exit
from memhon.cli.lasting import action_of, opened

if TYPE_CHECKING:
    from memhon.sandbox import Timekeeper

_MACHINE = "machine"
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_DURATION = re.compile(r"(?:\d{1,5}[dhms])+")
_WORDS = {
    "fr": {
        "title": "Horloge du bac à sable : {instant}",
        "frozen": "figée",
        "running": "elle avance",
        "machine": "celle de la machine",
    },
    "en": {
        "title": "Clock of the sandbox: {instant}",
        "frozen": "frozen",
        "running": "running",
        "machine": "the machine's",
    },
}


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the action ``clock`` of the verb ``sandbox``."""
    action = actions.add_parser(
        "clock",
        help="montrer et régler l'horloge du bac à sable",
        description="L'horloge est gardée dans le dépôt de données : elle survit à un redémarrage.",
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
    return _told(args, lambda keeper: keeper.now())


def _set(args: argparse.Namespace) -> int:
    if args.instant is None:
        return _told(args, lambda keeper: keeper.follow_machine())
    return _told(args, lambda keeper: keeper.set(args.instant))


def _advance(args: argparse.Namespace) -> int:
    return _told(args, lambda keeper: keeper.advance(args.duration))


def _freeze(args: argparse.Namespace) -> int:
    return _told(args, lambda keeper: keeper.resume() if args.off else keeper.freeze())


def _told(args: argparse.Namespace, work: Callable[[Timekeeper], datetime]) -> int:
    from memhon.sandbox import Timekeeper

    with opened(args) as store:
        keeper = Timekeeper(store)
        shown, state = work(keeper), keeper.state()
    words = _WORDS[args.lang]
    kind = "machine" if state is None else "frozen" if state.frozen else "running"
    instant = shown.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    print(f"{words['title'].format(instant=instant)} ({words[kind]})")
    return Exit.FINE


def _instant(word: str) -> datetime | None:
    if word == _MACHINE:
        return None
    instant: datetime | None
    try:
        instant = datetime.fromisoformat(word)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"« {word} » n'est pas un instant avec fuseau, p. ex. 2026-03-02T08:30Z"
        )
    return instant


def _duration(word: str) -> timedelta:
    if not _DURATION.fullmatch(word):
        raise argparse.ArgumentTypeError(f"« {word} » n'est pas une durée, p. ex. 2d, 36h ou 1d12h")
    parts = re.findall(r"(\d+)([dhms])", word)
    return sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())
