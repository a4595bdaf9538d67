"""``memhon explain``: the texts of finding ids, or the list of all."""

from __future__ import annotations

import argparse
import sys
import textwrap

from memhon.catalogue import FindingText, load
from memhon.cli.closing import closing
from memhon.cli.delivery import columns
from memhon.cli.exits import Exit
from memhon.errors import CatalogueError
from memhon.findings import explain
from memhon.findings.words import WORDS

_LABELS = {
    "fr": {"cause": "Cause", "allowed": "Permis", "fix": "Correction"},
    "en": {"cause": "Cause", "allowed": "Allowed", "fix": "Fix"},
}
_EPILOG = closing(
    ("memhon explain XSD-012", "memhon explain --list"),
    {Exit.FINE: "textes donnés", Exit.USAGE: "identifiant inconnu, ou rien de demandé"},
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    verb = verbs.add_parser(
        "explain",
        help="expliquer une anomalie par son identifiant, ou les énumérer toutes",
        description="Explique des anomalies : cause, ce qui est permis, correction.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("ids", nargs="*", metavar="ID", help="identifiant, par exemple XSD-013")
    verb.add_argument("--list", action="store_true", help="énumérer toutes les anomalies")
    verb.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue des textes")
    verb.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the texts of the ids, or one line for each finding there is."""
    if args.list is bool(args.ids):
        print("memhon : donnez des identifiants, ou --list pour les énumérer", file=sys.stderr)
        return Exit.USAGE
    if args.list:
        print("\n".join(_line(found, args.lang) for found in load().findings.values()))
        return Exit.FINE
    try:
        found = [explain(word.upper()) for word in args.ids]
    except CatalogueError as error:
        print(f"memhon : {error}", file=sys.stderr)
        return Exit.USAGE
    print("\n\n".join(_text(entry, args.lang) for entry in found))
    return Exit.FINE


def _line(found: FindingText, lang: str) -> str:
    severity = WORDS[lang][found.weight]
    return f"{found.id:<9}  {severity:<13}  {found.texts[lang].title}"


def _text(found: FindingText, lang: str) -> str:
    wording = found.texts[lang]
    colon = " : " if lang == "fr" else ": "
    severity = WORDS[lang][found.weight]
    lines = [f"{found.id} ({severity}) – {wording.title}"]
    width = columns()
    for name, label in _LABELS[lang].items():
        text = f"{label}{colon}{getattr(wording, name)}"
        lines += ["", textwrap.fill(text, width) if width else text]
    return "\n".join([*lines, "", f"Page{colon}reference/anomalies/#{found.id.lower()}"])
