"""``memhon bindings``: write the generated classes anew, or compare them with the schemas."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from memhon import codegen
from memhon.cli.closing import closing
from memhon.cli.exits import Exit
from memhon.errors import BindingsDriftError

_EPILOG = closing(
    ("memhon bindings regenerate", "memhon bindings check"),
    {
        Exit.FINE: "écrites, ou conformes aux schémas",
        Exit.INVALID: "dérive : les classes ne sont plus celles des schémas",
        Exit.USAGE: "mauvais usage ou dossier introuvable",
        Exit.FAILED: "la génération a échoué",
    },
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    verb = verbs.add_parser(
        "bindings",
        help="régénérer ou vérifier les classes générées",
        description="Classes générées à partir des schémas : les régénérer, ou vérifier qu'elles "
        "sont à jour (code 1 et différence lisible sinon).",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument(
        "action",
        choices=("regenerate", "check"),
        help="écrire les classes, ou les comparer aux schémas",
    )
    verb.add_argument(
        "--target",
        type=Path,
        default=Path("generated"),
        metavar="DOSSIER",
        help="racine des classes générées (par défaut : %(default)s)",
    )
    verb.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Regenerate or check."""
    target = args.target.resolve()
    if args.action == "check" and not target.is_dir():
        print(f"memhon : dossier introuvable : {args.target}", file=sys.stderr)
        return Exit.USAGE
    if args.action == "regenerate":
        codegen.regenerate(target, report=_progress)
        print(f"classes générées dans {args.target}")
        return Exit.FINE
    try:
        codegen.check(target, report=_progress)
    except BindingsDriftError as drift:
        print(drift)
        print(
            "memhon : les classes générées ne correspondent plus aux schémas ; "
            "lancez « memhon bindings regenerate »",
            file=sys.stderr,
        )
        return Exit.INVALID
    print("les classes générées correspondent aux schémas")
    return Exit.FINE


def _progress(package: str) -> None:
    if sys.stderr.isatty():
        print(f"  {package}", file=sys.stderr)
