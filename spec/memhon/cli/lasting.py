"""What an action of the sandbox works on: the one that runs, or a store that outlives it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from memhon.cli.closing import closing
from memhon.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from memhon.store import Store

DESK = "http://127.0.0.1:8481"
"""Of a sandbox that was started without options; a test compares it with the client's own."""


class Target(Protocol):
    """The desk of a running sandbox, or a store: asked for the same, they answer the same."""

    def ask(
        self,
        method: str,
        path: str,
        wish: Any = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """The value that is answered, as JSON has it."""
        ...


def action_of(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    told: str,
    examples: Sequence[str],
    run: Callable[[argparse.Namespace], int],
    *,
    running: bool = False,
) -> argparse.ArgumentParser:
    """Register an action on a sandbox.

    Args:
        actions: Where it is registered.
        name: Its word.
        told: What it does, French, without a full stop.
        examples: Lines that can be typed.
        run: Does it.
        running: Whether it needs a sandbox that runs; a store alone is not enough then.
    """
    codes = {
        Exit.FINE: "fait",
        Exit.INVALID: "fait, sauf ce que le résultat donne pour refusé ou sans réponse",
        Exit.USAGE: "mauvais usage",
        Exit.FAILED: "bac à sable absent, dépôt ou fichier inutilisable, demande refusée",
    }
    if not running:
        del codes[Exit.INVALID]
    action = actions.add_parser(
        name,
        help=told,
        description=f"{told[0].upper()}{told[1:]}. La commande s'adresse au bac à sable qui tourne "
        f"sur cette machine{'.' if running else _OR_STORE}",
        epilog=closing(examples, codes),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_target(action, running=running)
    action.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue de l'affichage")
    action.set_defaults(run=run)
    return action


_OR_STORE = (
    " ; avec --store, à un dépôt de données, et un bac à sable démarré dessus en tient compte "
    "aussitôt."
)


def _add_target(action: argparse.ArgumentParser, *, running: bool) -> None:
    target = action.add_mutually_exclusive_group()
    target.add_argument(
        "--desk",
        type=_loopback,
        default=DESK,
        metavar="URL",
        help=f"poste de commande du bac à sable, sur cette machine seulement ; sinon {DESK}",
    )
    if running:
        action.set_defaults(store=None)
        return
    target.add_argument(
        "--store",
        type=_place,
        metavar="default|FICHIER|URL",
        help="dépôt de données, sans passer par un bac à sable : celui de l'utilisateur, un "
        "fichier SQLite, ou une URL postgresql://…",
    )


@contextmanager
def target_of(args: argparse.Namespace) -> Iterator[Target]:
    """What an action works on, as long as the block lasts."""
    if args.store is None:
        from memhon.client import Desk

        yield Desk.at(args.desk)
        return
    with opened(args) as store:
        yield _Local(store)


def opened(args: argparse.Namespace) -> Store:
    """The store that an action names."""
    from memhon.store import open_store

    return open_store(args.store)


class _Local:
    """A store in the place of a desk."""

    def __init__(self, store: Store) -> None:
        from memhon.sandbox import COMMAND, Control, StoreClock

        self._control = Control(store, StoreClock(store), interface=COMMAND)

    def ask(
        self,
        method: str,
        path: str,
        wish: Any = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """The value that is answered."""
        given = {} if wish is None else wish
        return self._control.ask(method, path, given, query).value


def _loopback(word: str) -> str:
    from memhon.client import Desk
    from memhon.errors import TransportError

    try:
        Desk.at(word)
    except TransportError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return word


def _place(word: str) -> str:
    if word == "memory":
        raise argparse.ArgumentTypeError(
            "un dépôt en mémoire n'est qu'à son bac à sable ; sans --store, la commande parle à "
            "celui qui tourne"
        )
    return word
