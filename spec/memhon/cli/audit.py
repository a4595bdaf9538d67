"""``memhon sandbox audit``: who read whose data, from a running sandbox or from its store."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from memhon.cli.exits import Exit
from memhon.cli.lasting import action_of, target_of
from memhon.findings import finding_lines
from memhon.home import store_path

_EXAMPLES = (
    "memhon sandbox audit",
    "memhon sandbox audit --from 2026-03-01 --to 2026-03-31 --category document",
    "memhon sandbox audit --store default --format csv --output acces.csv",
)
_FORMS = ("text", "csv", "json", "html")
_FILTERS = {
    "from": ("JOUR", "premier jour de Luxembourg, AAAA-MM-JJ"),
    "to": ("JOUR", "dernier jour, inclus"),
    "who": ("QUI", "celui qui a lu : eHealthID, code prestataire, nom d'un certificat ou rôle"),
    "whose": ("PATIENT", "matricule, ou date de naissance, de celui dont les données ont été lues"),
    "category": ("CATÉGORIE", "ce qui a été lu, p. ex. memoire, document, paiement"),
}


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the action ``audit`` of the verb ``sandbox``."""
    told = "dire qui a lu les données de qui, quand et d'où"
    audit = action_of(actions, "audit", told, _EXAMPLES, run)
    for name, (metavar, text) in _FILTERS.items():
        audit.add_argument(f"--{name}", dest=f"filter_{name}", metavar=metavar, help=text)
    audit.add_argument("--format", choices=_FORMS, default="text", help="forme du journal")
    audit.add_argument(
        "--output",
        metavar="FICHIER",
        help="écrire le journal dans ce fichier, lisible par vous seul",
    )


def run(args: argparse.Namespace) -> int:
    """Print or write the log; a filter that cannot be read is wrong usage."""
    from memhon.sandbox import FORMS, WishError, rows_of, wanted_by

    given = {name: getattr(args, f"filter_{name}") for name in _FILTERS}
    query = {name: value for name, value in given.items() if value is not None}
    try:
        wanted_by(query)
    except WishError as error:
        print("\n".join(finding_lines(error.finding, args.lang)), file=sys.stderr)
        return Exit.USAGE
    lost = _lost(args.store)
    if lost is not None:
        print(f"memhon : fichier introuvable : {lost}", file=sys.stderr)
        return Exit.USAGE
    if args.output and not Path(args.output).absolute().parent.is_dir():
        parent = Path(args.output).absolute().parent
        print(f"memhon : dossier introuvable : {parent}", file=sys.stderr)
        return Exit.USAGE
    with target_of(args) as target:
        lines = FORMS[args.format](rows_of(target, query), args.lang)
        return _deliver(lines, args.output)


def _lost(store: str | None) -> Path | None:
    """The file of a store that is not there: an audit makes no new one."""
    if store is None:
        return None
    path = store_path() if store == "default" else Path(store.removeprefix("sqlite:///"))
    elsewhere = "://" in store and not store.startswith("sqlite:///")
    return None if elsewhere or path.is_file() else path


def _deliver(lines: Iterable[str], output: str | None) -> int:
    if output is None:
        for line in lines:
            sys.stdout.write(f"{line}\n")
        return Exit.FINE
    path = Path(output)
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}")
    try:
        with open(beside, "x", encoding="utf-8", newline="\n", opener=_private) as file:
            file.writelines(f"{line}\n" for line in lines)
        beside.replace(path)
    except OSError as error:
        print(f"memhon : écriture impossible : {output} ({error.strerror})", file=sys.stderr)
        return Exit.FAILED
    finally:
        beside.unlink(missing_ok=True)
    return Exit.FINE


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
