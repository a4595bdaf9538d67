"""``memhon sandbox reset|populate|dump|load``: what a sandbox holds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from memhon.cli.exits import Exit
from memhon.cli.lasting import action_of, opened, target_of

_WORDS = {
    "fr": {
        "reset": "Bac à sable vidé, horloge et règles comprises. Oublié : {what}",
        "empty": "Bac à sable vidé ; il ne contenait rien.",
        "populate": "Messages fictifs remis : {count}",
        "dump": "Lignes copiées : {count}, dans {path}",
        "load": "Lignes reprises : {count}",
        "persons": "memhon : attention, {count} personne(s) de cette copie ne figurent pas parmi "
        "les personnes fictives du catalogue ; n'y gardez aucune donnée réelle.",
    },
    "en": {
        "reset": "Sandbox emptied, clock and rules included. Forgotten: {what}",
        "empty": "Sandbox emptied; it held nothing.",
        "populate": "Fictitious messages handed over: {count}",
        "dump": "Rows copied: {count}, to {path}",
        "load": "Rows taken over: {count}",
        "persons": "memhon: beware, {count} person(s) of this copy are none of the catalogue's "
        "fictitious ones; keep no real data here.",
    },
}


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the actions on what a store holds."""
    told = "oublier tout ce que le bac à sable retient, et dire quoi"
    action_of(actions, "reset", told, ("memhon sandbox reset",), _reset)
    told = "remettre au bac à sable les messages fictifs du catalogue"
    action_of(actions, "populate", told, ("memhon sandbox populate",), _populate)
    told = "copier ce que le bac à sable retient dans un fichier lisible par vous seul, sans jetons"
    dump = action_of(actions, "dump", told, ("memhon sandbox dump copie.jsonl",), _dump)
    dump.add_argument("file", type=Path, metavar="FICHIER", help="fichier à créer")
    told = "reprendre une copie, en entier ou pas du tout"
    examples = ("memhon sandbox load copie.jsonl", "memhon sandbox load copie.jsonl --instead")
    load = action_of(actions, "load", told, examples, _load)
    load.add_argument("file", type=Path, metavar="FICHIER", help="copie faite par dump")
    load.add_argument("--instead", action="store_true", help="oublier d'abord ce qui est là")


def _reset(args: argparse.Namespace) -> int:
    with target_of(args) as target:
        forgotten = target.ask("POST", "/_sandbox/reset")["forgotten"]
    words = _KEPT[args.lang]
    told = [f"{words.get(name, name)} : {count}" for name, count in forgotten.items() if count]
    if args.lang == "en":
        told = [text.replace(" : ", ": ") for text in told]
    return _say(args, "reset" if told else "empty", what=", ".join(told))


def _populate(args: argparse.Namespace) -> int:
    with target_of(args) as target:
        count = target.ask("POST", "/_sandbox/populate")["handed_over"]
    return _say(args, "populate", count=count)


def _dump(args: argparse.Namespace) -> int:
    from memhon.sandbox import StoreClock, write_copy, write_rows

    if args.store is None:
        with target_of(args) as target:
            count = write_rows(lambda: target.ask("GET", "/_sandbox/dump"), args.file)
    else:
        with opened(args) as store:
            count = write_copy(store, args.file, StoreClock(store).now())
    return _say(args, "dump", count=count, path=args.file)


def _load(args: argparse.Namespace) -> int:
    from memhon.sandbox import rows_in

    rows = rows_in(args.file)
    query = {"instead": "true"} if args.instead else {}
    with target_of(args) as target:
        told = target.ask("POST", "/_sandbox/load", rows, query)
    if told["strangers"]:
        print(_WORDS[args.lang]["persons"].format(count=told["strangers"]), file=sys.stderr)
    return _say(args, "load", count=told["kept"])


def _say(args: argparse.Namespace, key: str, **values: object) -> int:
    print(_WORDS[args.lang][key].format(**values))
    return Exit.FINE


_KEPT = {
    "fr": {
        "deposits": "mémoires",
        "cancellations": "annulations",
        "simulations": "simulations",
        "payments": "paiements",
        "recoveries": "recouvrements",
        "contestations": "contestations",
        "tokens": "jetons",
        "assertions": "assertions",
        "clock": "réglage de l'horloge",
        "switches": "règles de panne",
        "refused": "messages refusés",
        "usage": "comptes par jour",
        "accesses": "accès notés",
        "platform_documents": "documents de la plateforme",
        "platform_consents": "consentements de la plateforme",
        "platform_members": "membres de la plateforme",
    },
    "en": {
        "deposits": "fee notes",
        "recoveries": "claims taken back",
        "contestations": "contests",
        "clock": "clock setting",
        "switches": "switchboard rules",
        "refused": "refused messages",
        "usage": "daily counts",
        "accesses": "accesses noted",
        "platform_documents": "documents of the platform",
        "platform_consents": "consents of the platform",
        "platform_members": "members of the platform",
    },
}
"""What the tables of a store hold; a test compares them with the store's own."""
