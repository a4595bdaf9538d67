"""``memhon pdf``: print fee notes, and the patient's document of a direct payment."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from memhon.cli.closing import closing
from memhon.cli.exits import Exit, worst
from memhon.cli.inputs import gather
from memhon.cli.press import STDOUT, Press
from memhon.cli.reading import documents
from memhon.intake import DEFAULT

_EPILOG = closing(
    (
        "memhon pdf memoire.xml",
        "memhon pdf messages/ -o imprimes/",
        "memhon pdf memoire.xml -o - | lpr",
        "memhon pdf simulation.xml simulation-reponse.xml paiement-reponse.xml -o patient.pdf",
    ),
    {
        Exit.FINE: "tout est imprimé",
        Exit.INVALID: "un message non valide ou sans forme imprimable, ou sortie déjà présente",
        Exit.USAGE: "mauvais usage ou fichier introuvable",
        Exit.UNDECIDED: "un message n'a pas pu être jugé ou lu",
        Exit.FAILED: "écriture impossible",
    },
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    verb = verbs.add_parser(
        "pdf",
        help="imprimer des mémoires d'honoraires en PDF",
        description=(
            "Imprime en PDF chaque mémoire d'honoraires valide. Les messages PID donnés ensemble "
            "(simulation, sa réponse, réponse au paiement) font le document du patient. La mise "
            "en page est une hypothèse du bac à sable."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument(
        "files",
        nargs="+",
        metavar="ENTRÉE",
        help="fichier, dossier (tous ses *.xml et *.zip), motif, archive zip, ou - pour l'entrée "
        "standard",
    )
    verb.add_argument(
        "-o",
        "--output",
        metavar="SORTIE",
        help="fichier PDF, dossier existant, ou - pour la sortie standard ; sinon à côté de "
        "l'entrée",
    )
    verb.add_argument("--force", action="store_true", help="remplacer un PDF déjà présent")
    verb.add_argument(
        "--doctor", default="", metavar="NOM", help="nom du médecin sur le document PID"
    )
    verb.add_argument(
        "--patient", default="", metavar="NOM", help="nom du patient sur le document PID"
    )
    verb.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue des anomalies")
    verb.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print every input; a bad one never hides the others."""
    if reason := _unusable(args.output):
        print(f"memhon : écriture impossible, {reason}", file=sys.stderr)
        return Exit.USAGE
    given = gather(args.files, most=DEFAULT.unpacked)
    for word in given.missing:
        print(f"memhon : fichier introuvable, ou rien à y imprimer : {word}", file=sys.stderr)
    if not given.inputs:
        return Exit.USAGE
    press = Press(args.output, args.lang, force=args.force)
    for entry in given.inputs:
        for name, data in documents(entry):
            press.take(name, data, named=entry.name in args.files or entry.data is not None)
    press.finish(args.doctor, args.patient)
    if given.missing or not press.outcomes:
        return Exit.USAGE
    return worst(press.outcomes)


def _unusable(output: str | None) -> str | None:
    """Why nothing can be written there, as far as that shows before the work begins."""
    if output is None or output == STDOUT or Path(output).is_dir():
        return None
    if output.endswith(("/", "\\")) or not Path(output).parent.is_dir():
        return f"dossier introuvable : {output}"
    return None
