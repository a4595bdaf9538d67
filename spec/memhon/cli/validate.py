"""``memhon validate``: judge files or standard input."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from memhon.cli.exits import Exit, of_verdict, worst
from memhon.cli.words import exchange_id, layer_list
from memhon.findings import Report
from memhon.validation import LAYERS, validate

_EPILOG = """Exemples :
  memhon validate memoire.xml
  memhon validate --exchange pid-sim --format json simulation.xml
  cat reponse.xml | memhon validate -"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    verb = verbs.add_parser(
        "validate",
        help="valider un message, nu ou dans son enveloppe SOAP",
        description="Valide des messages : forme, puis schéma. Le rapport dit ce qui est vérifié.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument(
        "files", nargs="+", metavar="FICHIER", help="fichier, ou - pour l'entrée standard"
    )
    verb.add_argument(
        "--exchange", type=exchange_id, metavar="ID", help="échange attendu, par exemple ra-depot"
    )
    verb.add_argument(
        "--layers",
        type=layer_list,
        metavar="LISTE",
        help=f"couches, séparées par des virgules : {', '.join(LAYERS)}",
    )
    verb.add_argument("--format", choices=("text", "json"), default="text")
    verb.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue du rapport")
    verb.add_argument("--show-values", action="store_true", help="montrer les valeurs personnelles")
    verb.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Validate every file; a bad one never hides the others."""
    reports: list[Report] = []
    missing = False
    for name in args.files:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            missing = True
            print(f"memhon : fichier illisible : {name} ({error.strerror})", file=sys.stderr)
            continue
        source = "entrée standard" if name == "-" else name
        reports.append(
            validate(
                data,
                exchange=args.exchange,
                layers=args.layers,
                source=source,
                show_values=args.show_values,
            )
        )
    _print(reports, args.format, args.lang)
    if missing:
        return Exit.USAGE
    return worst(of_verdict(report.verdict) for report in reports)


def _print(reports: list[Report], form: str, lang: str) -> None:
    if form == "json":
        values = [report.to_dict(lang) for report in reports]
        shown = values[0] if len(values) == 1 else values
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    print("\n\n".join(report.to_text(lang) for report in reports))
