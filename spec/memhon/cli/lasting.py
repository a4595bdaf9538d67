"""The store that an action of the sandbox works on: one that outlives the process."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from memhon.cli.closing import closing
from memhon.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from memhon.store import Store


def action_of(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    told: str,
    examples: Sequence[str],
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    """Register an action on a store.

    Args:
        actions: Where it is registered.
        name: Its word.
        told: What it does, French, without a full stop.
        examples: Lines that can be typed.
        run: Does it.
    """
    codes = {
        Exit.FINE: "fait",
        Exit.USAGE: "mauvais usage",
        Exit.FAILED: "dépôt de données ou fichier inutilisable, demande refusée",
    }
    action = actions.add_parser(
        name,
        help=told,
        description=f"{told[0].upper()}{told[1:]}. Un bac à sable démarré sur le même dépôt de "
        "données en tient compte aussitôt.",
        epilog=closing(examples, codes),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    action.add_argument(
        "--store",
        type=_place,
        default="default",
        metavar="default|FICHIER|URL",
        help="dépôt de données : celui de l'utilisateur par défaut, un fichier SQLite, ou une URL "
        "postgresql://…",
    )
    action.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue de l'affichage")
    action.set_defaults(run=run)
    return action


def opened(args: argparse.Namespace) -> Store:
    """The store of an action."""
    from memhon.store import open_store

    return open_store(args.store)


def _place(word: str) -> str:
    if word == "memory":
        raise argparse.ArgumentTypeError(
            "un dépôt en mémoire finit avec son bac à sable ; indiquez un fichier ou une URL"
        )
    return word
