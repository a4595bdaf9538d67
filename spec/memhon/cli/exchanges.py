"""``memhon exchanges``: list the catalogue."""

from __future__ import annotations

import argparse
import json

from memhon.catalogue import load
from memhon.cli.closing import closing
from memhon.cli.exits import Exit

_EPILOG = closing(
    ("memhon exchanges --format json",), {Exit.FINE: "liste donnée", Exit.USAGE: "mauvais usage"}
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    verb = verbs.add_parser(
        "exchanges",
        help="lister les huit échanges du catalogue",
        description="Liste les échanges : identifiant, modelUID, état dans le bac à sable, titre.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("--format", choices=("text", "json"), default="text", help="sortie")
    verb.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the catalogue."""
    exchanges = load().exchanges
    if args.format == "json":
        values = [
            {
                "id": exchange.id,
                "family": exchange.family,
                "number": exchange.number,
                "modelUID": exchange.model_uid,
                "state": exchange.state,
                "title": exchange.title,
                "messages": [
                    {
                        "direction": message.direction.value,
                        "version": message.version,
                        "root": message.root,
                        "schema": message.schema,
                        "package": message.package,
                    }
                    for message in exchange.messages
                ],
            }
            for exchange in exchanges
        ]
        print(json.dumps(values, ensure_ascii=False, indent=2))
        return Exit.FINE
    for exchange in exchanges:
        family = exchange.family.upper()
        head = f"{exchange.id:<12} {family:<3} {exchange.number}  {exchange.model_uid:<32}"
        print(f"{head} {exchange.state:<8} {exchange.title}")
    return Exit.FINE
