"""``memhon explain``: the texts of one finding id."""

from __future__ import annotations

import argparse
import sys

from memhon.catalogue import FindingText
from memhon.cli.exits import Exit
from memhon.errors import CatalogueError
from memhon.findings import explain

_LABELS = {
    "fr": {"cause": "Cause", "allowed": "Permis", "fix": "Correction"},
    "en": {"cause": "Cause", "allowed": "Allowed", "fix": "Fix"},
}


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    verb = verbs.add_parser(
        "explain",
        help="expliquer une anomalie par son identifiant",
        description="Explique une anomalie : cause, ce qui est permis, correction.",
        epilog="Exemple :\n  memhon explain XSD-012",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("id", metavar="ID", help="identifiant, par exemple XSD-013")
    verb.add_argument("--lang", choices=("fr", "en"), default="fr")
    verb.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the texts."""
    try:
        found = explain(args.id.upper())
    except CatalogueError as error:
        print(f"memhon : {error}", file=sys.stderr)
        return Exit.USAGE
    print(_text(found, args.lang))
    return Exit.FINE


def _text(found: FindingText, lang: str) -> str:
    wording = found.texts[lang]
    colon = " : " if lang == "fr" else ": "
    lines = [f"{found.id} – {wording.title}"]
    for name, label in _LABELS[lang].items():
        lines += ["", f"{label}{colon}{getattr(wording, name)}"]
    return "\n".join(lines)
