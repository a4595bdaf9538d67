"""``memhon validate``: judge files, folders, archives or standard input, once or continuously."""

from __future__ import annotations

import argparse
import sys

from memhon.cli.batch import Batch
from memhon.cli.closing import closing
from memhon.cli.delivery import Delivery
from memhon.cli.exits import Exit, of_verdict, worst
from memhon.cli.inputs import gather
from memhon.cli.interruption import interruptible
from memhon.cli.progress import Progress
from memhon.cli.reading import Settings
from memhon.cli.words import exchange_id, layer_list, process_count
from memhon.findings.formats import FORMATS
from memhon.intake import DEFAULT
from memhon.validation import LAYERS

_EPILOG = closing(
    (
        "memhon validate memoire.xml",
        "memhon validate --exchange pid-sim --format json simulation.xml",
        'memhon validate --jobs 2 --format junit --output rapport.xml messages/ "envois/**/*.zip"',
        "memhon validate --watch messages/",
        "cat reponse.xml | memhon validate -",
    ),
    {
        Exit.FINE: "tout est valide",
        Exit.INVALID: "au moins un message non valide",
        Exit.USAGE: "mauvais usage ou fichier introuvable",
        Exit.UNDECIDED: "au moins un message indécis, aucun non valide",
        Exit.FAILED: "contrôle interrompu ou impossible",
    },
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    verb = verbs.add_parser(
        "validate",
        help="valider des messages, nus ou dans leur enveloppe SOAP",
        description="Valide des messages : forme, puis schéma. Le rapport dit ce qui est vérifié.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument(
        "files",
        nargs="+",
        metavar="ENTRÉE",
        help='fichier, dossier (tous ses *.xml et *.zip), motif comme "**/*.xml", archive zip, '
        "ou - pour l'entrée standard",
    )
    _add_what_is_asked(verb)
    _add_how_it_is_said(verb)
    verb.set_defaults(run=run)


def _add_what_is_asked(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--exchange", type=exchange_id, metavar="ID", help="échange attendu, par exemple ra-depot"
    )
    verb.add_argument(
        "--layers",
        type=layer_list,
        metavar="LISTE",
        help=f"couches, séparées par des virgules : {', '.join(LAYERS)}",
    )
    verb.add_argument(
        "--deposit",
        action="store_true",
        help="exiger des archives zip les règles de dépôt de la plateforme RA",
    )
    verb.add_argument(
        "--jobs",
        type=process_count,
        default=1,
        metavar="N",
        help="nombre de processus ; 0 : un par processeur (par défaut : 1)",
    )
    verb.add_argument(
        "--watch",
        action="store_true",
        help="surveiller les entrées et juger chaque fichier nouveau ou modifié, jusqu'à Ctrl-C",
    )


def _add_how_it_is_said(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--format", choices=tuple(FORMATS), default="text", help="forme du rapport")
    verb.add_argument(
        "--output", metavar="FICHIER", help="écrire le rapport ici ; la sortie reçoit le bilan"
    )
    verb.add_argument(
        "--all", action="store_true", help="énumérer aussi les fichiers valides, même nombreux"
    )
    verb.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue du rapport")
    verb.add_argument("--show-values", action="store_true", help="montrer les valeurs personnelles")


def run(args: argparse.Namespace) -> int:
    """Judge every input; a bad one never hides the others."""
    layers = tuple(args.layers) if args.layers else None
    settings = Settings(args.exchange, layers, args.show_values, args.deposit)
    delivery = Delivery(args.format, args.lang, args.output, args.all)
    if reason := delivery.unusable():
        print(f"memhon : écriture impossible, {reason}", file=sys.stderr)
        return Exit.USAGE
    if args.watch:
        from memhon.cli.watch import watch

        return watch(args.files, settings, delivery)
    given = gather(args.files, most=DEFAULT.unpacked, but=args.output)
    for word in given.missing:
        print(f"memhon : fichier introuvable, ou rien à y contrôler : {word}", file=sys.stderr)
    if not given.inputs:
        return Exit.USAGE
    batch = Batch(given.inputs, settings, args.jobs)
    progress = Progress(args.lang)
    try:
        with interruptible(batch.stop):
            batch.run(progress)
    finally:
        progress.clear()
    return _finish(batch, delivery, missing=bool(given.missing))


def _finish(batch: Batch, delivery: Delivery, *, missing: bool) -> Exit:
    reports = batch.reports
    left = batch.total - batch.judged
    try:
        delivery.deliver(reports, len(reports) + left)
    except OSError as error:
        if delivery.output is None:
            raise
        print(
            f"memhon : écriture impossible : {delivery.output} ({error.strerror})", file=sys.stderr
        )
        return Exit.FAILED
    if left:
        print(_INTERRUPTED[delivery.lang].format(batch=batch), file=sys.stderr)
        return Exit.FAILED
    if missing:
        return Exit.USAGE
    return worst(of_verdict(report.verdict) for report in reports)


_INTERRUPTED = {
    "fr": "memhon : interrompu, {batch.judged} entrées jugées sur {batch.total} ; le rapport est "
    "partiel",
    "en": "memhon: interrupted, {batch.judged} inputs judged of {batch.total}; the report is "
    "partial",
}
