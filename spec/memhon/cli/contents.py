"""``memhon sandbox reset|populate|dump|load``: what a store holds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from memhon.cli.exits import Exit
from memhon.cli.lasting import action_of, opened

_WORDS = {
    "fr": {
        "reset": "Dépôt de données vidé, horloge et règles comprises.",
        "populate": "Messages fictifs remis : {count}",
        "dump": "Lignes copiées : {count}, dans {path}",
        "load": "Lignes reprises : {count}",
        "persons": "memhon : attention, {count} personne(s) de cette copie ne figurent pas parmi "
        "les personnes fictives du catalogue ; n'y gardez aucune donnée réelle.",
    },
    "en": {
        "reset": "Store emptied, clock and rules included.",
        "populate": "Fictitious messages handed over: {count}",
        "dump": "Rows copied: {count}, to {path}",
        "load": "Rows taken over: {count}",
        "persons": "memhon: beware, {count} person(s) of this copy are none of the catalogue's "
        "fictitious ones; keep no real data here.",
    },
}


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the actions on what a store holds."""
    told = "oublier tout ce que le dépôt de données contient"
    action_of(actions, "reset", told, ("memhon sandbox reset",), _reset)
    told = "remettre au bac à sable les messages fictifs du catalogue"
    action_of(actions, "populate", told, ("memhon sandbox populate",), _populate)
    told = "copier le dépôt de données dans un fichier lisible par vous seul, sans les jetons"
    dump = action_of(actions, "dump", told, ("memhon sandbox dump copie.jsonl",), _dump)
    dump.add_argument("file", type=Path, metavar="FICHIER", help="fichier à créer")
    told = "reprendre une copie, en entier ou pas du tout"
    examples = ("memhon sandbox load copie.jsonl", "memhon sandbox load copie.jsonl --instead")
    load = action_of(actions, "load", told, examples, _load)
    load.add_argument("file", type=Path, metavar="FICHIER", help="copie faite par dump")
    load.add_argument("--instead", action="store_true", help="oublier d'abord ce qui est là")


def _reset(args: argparse.Namespace) -> int:
    with opened(args) as store:
        store.reset()
    return _say(args, "reset")


def _populate(args: argparse.Namespace) -> int:
    from memhon.catalogue import load
    from memhon.sandbox import Numbering, StoreClock, SynchronousExchange, populate, rules_of

    with opened(args) as store:
        rules = rules_of(load())
        exchange = SynchronousExchange(store, StoreClock(store), Numbering(), rules)
        return _say(args, "populate", count=populate(exchange))


def _dump(args: argparse.Namespace) -> int:
    from memhon.sandbox import write_copy

    with opened(args) as store:
        count = write_copy(store, args.file)
    return _say(args, "dump", count=count, path=args.file)


def _load(args: argparse.Namespace) -> int:
    from memhon.sandbox import read_copy

    with opened(args) as store:
        count, strangers = read_copy(store, args.file, instead=args.instead)
    if strangers:
        print(_WORDS[args.lang]["persons"].format(count=strangers), file=sys.stderr)
    return _say(args, "load", count=count)


def _say(args: argparse.Namespace, key: str, **values: object) -> int:
    print(_WORDS[args.lang][key].format(**values))
    return Exit.FINE
