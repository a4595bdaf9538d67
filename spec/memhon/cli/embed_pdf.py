"""``memhon embed-pdf``: put a PDF into the fee note that it prints."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from memhon.cli.closing import closing
from memhon.cli.delivery import Delivery
from memhon.cli.exits import Exit, of_verdict
from memhon.cli.inputs import Input
from memhon.cli.press import STDOUT
from memhon.cli.reading import documents, take
from memhon.cli.writing import write_new
from memhon.errors import MessageError
from memhon.findings import Finding, Report, Verdict, finding_lines, make
from memhon.intake import DEFAULT, Recognised
from memhon.messages import bind
from memhon.pdf import FEE_NOTE, embed, print_fee_note
from memhon.validation import examine

_EPILOG = closing(
    (
        "memhon embed-pdf memoire.xml",
        "memhon embed-pdf memoire.xml scan.pdf -o envoi.xml",
        "memhon embed-pdf memoire.xml --replace -o memoire.xml --force",
    ),
    {
        Exit.FINE: "mémoire complet, contrôlé de nouveau",
        Exit.INVALID: "mémoire non valide, fichier qui n'est pas un PDF, ou sortie déjà présente",
        Exit.USAGE: "mauvais usage ou fichier introuvable",
        Exit.UNDECIDED: "mémoire impossible à lire ou à juger",
        Exit.FAILED: "écriture impossible",
    },
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    verb = verbs.add_parser(
        "embed-pdf",
        help="joindre le PDF à un mémoire d'honoraires",
        description=(
            "Met un PDF dans l'élément document d'un mémoire valide et contrôle le résultat. Les "
            "autres octets du mémoire ne changent pas. Sans PDF, le mémoire est imprimé d'abord."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("file", metavar="MÉMOIRE", help="le mémoire, sans enveloppe")
    verb.add_argument("pdf", nargs="?", metavar="PDF", help="le PDF ; imprimé s'il n'est pas donné")
    verb.add_argument(
        "-o",
        "--output",
        metavar="SORTIE",
        help="fichier à écrire, ou - pour la sortie standard ; sinon à côté du mémoire, avec "
        "-avec-pdf dans son nom",
    )
    verb.add_argument("--force", action="store_true", help="remplacer une sortie déjà présente")
    verb.add_argument(
        "--replace", action="store_true", help="remplacer le PDF que le mémoire contient déjà"
    )
    verb.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue des anomalies")
    verb.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read, print if need be, put in, judge again, write."""
    for word in (args.file, args.pdf):
        if word is not None and not os.path.lexists(word):
            print(f"memhon : fichier introuvable : {word}", file=sys.stderr)
            return Exit.USAGE
    data = _message(args.file)
    report, recognised = _judged(data, args.file)
    if recognised is None:
        return _invalid(report, args.lang)
    pdf = _pdf(args.pdf) if args.pdf else _printed(recognised)
    made, warnings = embed(data, pdf, replace=args.replace)
    report, recognised = _judged(made, args.file)
    if recognised is None:
        return _invalid(report, args.lang)
    for warning in warnings:
        print("\n".join(finding_lines(warning, args.lang)), file=sys.stderr)
    return _written(args, made)


def _message(name: str) -> bytes:
    """The one document of a file.

    Raises:
        MessageError: It cannot be read, or the file is an archive of several.
    """
    found = list(documents(Input(name)))
    content = found[0][1] if len(found) == 1 else (make("PDF-001", found="zip"),)
    if not isinstance(content, bytes):
        raise MessageError(findings=content)
    return content


def _pdf(name: str) -> bytes:
    try:
        file = os.open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        from memhon.cli.inputs import unreadable

        raise MessageError(findings=(unreadable(error),)) from error
    try:
        content = take(file, DEFAULT.size)
    finally:
        os.close(file)
    if isinstance(content, Finding):
        raise MessageError(findings=(content,))
    return content


def _judged(data: bytes, name: str) -> tuple[Report, Recognised | None]:
    """The report, and the message if it is valid."""
    examined = examine(data, source=name)
    valid = examined.report.verdict is Verdict.VALID
    return examined.report, examined.recognised if valid else None


def _printed(recognised: Recognised) -> bytes:
    message = bind(recognised)
    if not isinstance(message, FEE_NOTE):
        raise MessageError(findings=(make("PDF-001", found=recognised.message.root),))
    return print_fee_note(message).data


def _invalid(report: Report, lang: str) -> Exit:
    print(Delivery("text", lang).as_text(report), file=sys.stderr)
    return of_verdict(report.verdict)


def _written(args: argparse.Namespace, made: bytes) -> Exit:
    if args.output == STDOUT:
        sys.stdout.buffer.write(made)
        return Exit.FINE
    source = Path(args.file)
    path = Path(args.output) if args.output else source.with_name(f"{source.stem}-avec-pdf.xml")
    try:
        write_new(path, made, force=args.force)
    except OSError as error:
        print(f"memhon : écriture impossible : {path} ({error.strerror})", file=sys.stderr)
        return Exit.FAILED
    print(f"{args.file} → {path}")
    return Exit.FINE
