"""``memhon usage``: what was exchanged in a period, from a journal or from the sandbox's store."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from memhon.cli.closing import closing
from memhon.cli.exits import Exit
from memhon.errors import JournalError
from memhon.findings import Finding, finding_lines
from memhon.home import store_path
from memhon.usage import By, Period, UsageReport, report_of_journals, report_of_store
from memhon.usage.formats import FORMATS

_EPILOG = closing(
    (
        "memhon usage report --from 2026-03-01 --to 2026-03-31",
        "memhon usage report --from 2026-01-01 --to 2026-12-31 --journal journal.csv",
        "memhon usage report --from 2026-03-01 --to 2026-03-31 --by practitioner --format csv",
        "memhon usage report --from 2026-03-01 --to 2026-03-31 --format html --output mars.html",
    ),
    {
        Exit.FINE: "relevé établi",
        Exit.INVALID: "le journal a de mauvaises lignes, aucun relevé n'est établi",
        Exit.USAGE: "mauvais usage ou fichier introuvable",
        Exit.UNDECIDED: "le journal a changé pendant la lecture",
        Exit.FAILED: "dépôt de données ou fichier inutilisable",
    },
)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb and its action."""
    verb = verbs.add_parser(
        "usage",
        help="compter les mémoires échangés dans une période",
        description="Suit l'utilisation : combien de mémoires ont été déposés, payés, refusés.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = verb.add_subparsers(title="actions", metavar="ACTION", required=True)
    report = actions.add_parser(
        "report",
        help="établir le relevé d'une période",
        description="Établit le relevé d'une période, en jours de Luxembourg, à partir du dépôt de "
        "données du bac à sable ou du journal d'un éditeur. Une mauvaise ligne et le relevé n'est "
        "pas établi ; rien n'est compté deux fois.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_what_is_asked(report)
    report.add_argument("--format", choices=tuple(FORMATS), default="text", help="forme du relevé")
    report.add_argument("--output", metavar="FICHIER", help="écrire le relevé dans ce fichier")
    report.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue du relevé")
    report.set_defaults(run=run)


def _add_what_is_asked(report: argparse.ArgumentParser) -> None:
    report.add_argument(
        "--from", dest="first", type=_day, required=True, metavar="JOUR", help="premier jour"
    )
    report.add_argument(
        "--to", dest="last", type=_day, required=True, metavar="JOUR", help="dernier jour, inclus"
    )
    report.add_argument(
        "--by",
        choices=tuple(by.value for by in By),
        default=By.MONTH.value,
        help="une ligne par mois, par prestataire ou par famille (par défaut : month)",
    )
    source = report.add_mutually_exclusive_group()
    source.add_argument(
        "--store",
        default="default",
        metavar="default|FICHIER|URL",
        help="dépôt de données d'un bac à sable : celui de l'utilisateur par défaut, un fichier "
        "SQLite, ou une URL postgresql://…",
    )
    source.add_argument(
        "--journal",
        action="append",
        metavar="FICHIER.csv",
        help="journal d'utilisation ; plusieurs sont lus comme un seul",
    )


def run(args: argparse.Namespace) -> int:
    """Print or write the report; without one, say every reason."""
    try:
        period = Period(args.first, args.last)
    except ValueError as error:
        return _wrong(str(error))
    lost = [path for path in _files(args) if not Path(path).is_file()]
    if lost:
        return _wrong(f"fichier introuvable : {lost[0]}")
    if args.output and not Path(args.output).absolute().parent.is_dir():
        return _wrong(f"dossier introuvable : {Path(args.output).absolute().parent}")
    try:
        report = _report(args, period)
    except JournalError as error:
        print(_refusal(error, args.lang), file=sys.stderr)
        limits = all(getattr(finding, "kind", "") == "limit" for finding in error.findings)
        return Exit.UNDECIDED if limits else Exit.INVALID
    except OSError as error:
        print(f"memhon : lecture impossible : {error.strerror}", file=sys.stderr)
        return Exit.FAILED
    return _deliver(FORMATS[args.format](report, args.lang), args.output)


def _files(args: argparse.Namespace) -> list[str | Path]:
    """The files that have to be there: a report makes no new store."""
    if args.journal:
        return list(args.journal)
    if args.store == "default":
        return [store_path()]
    place = args.store.removeprefix("sqlite:///")
    return [] if "://" in place else [place]


def _report(args: argparse.Namespace, period: Period) -> UsageReport:
    by = By(args.by)
    if args.journal:
        return report_of_journals(args.journal, period, by)
    from memhon.store import open_store

    with open_store(args.store) as store:
        return report_of_store(store, period, by)


def _refusal(error: JournalError, lang: str) -> str:
    lines = [f"memhon : {error}"]
    before, known = "", set[str]()
    for place, finding in zip(error.places, error.findings, strict=True):
        if place != before:
            lines += ["", place]
            before = place
        if isinstance(finding, Finding):
            # Cause and fix of an id are told once.
            told = finding_lines(finding, lang)
            lines += told[:1] if finding.id in known else told
            known.add(finding.id)
    return "\n".join(lines)


def _deliver(text: str, output: str | None) -> int:
    if output is None:
        print(text, end="")
        return Exit.FINE
    path = Path(output)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        print(f"memhon : écriture impossible : {output} ({error.strerror})", file=sys.stderr)
        return Exit.FAILED
    finally:
        beside.unlink(missing_ok=True)
    return Exit.FINE


def _wrong(told: str) -> int:
    print(f"memhon : {told}", file=sys.stderr)
    return Exit.USAGE


def _day(word: str) -> date:
    try:
        found = date.fromisoformat(word)
    except ValueError:
        found = None
    if found is None or found.isoformat() != word:
        raise argparse.ArgumentTypeError(f"jour « {word} » ; attendu : AAAA-MM-JJ")
    return found
