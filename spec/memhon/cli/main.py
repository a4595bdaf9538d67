"""The command ``memhon``: its verbs, and the one place where errors become text and exit codes."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from memhon import __version__
from memhon.cli.closing import closing
from memhon.cli.exits import Exit
from memhon.errors import MemhonError
from memhon.findings import Finding, finding_lines

VERBS = (
    "validate",
    "send",
    "exchanges",
    "explain",
    "signature",
    "pdf",
    "embed-pdf",
    "sandbox",
    "usage",
    "bindings",
    "site",
)
_EXTRAS = {
    **dict.fromkeys(("sqlalchemy", "starlette", "uvicorn"), "sandbox"),
    **dict.fromkeys(("jupyter_client", "mkdocs", "nbclient", "nbconvert", "nbformat"), "site"),
    "typst": "pdf",
    "xmlschema": "site",
    "keyring": "keyring",
}
"""What each part of the toolkit needs beyond its core."""
_EPILOG = closing(
    ("memhon validate mon-memoire.xml",),
    {
        Exit.FINE: "valide ou fait",
        Exit.INVALID: "anomalie bloquante, dérive ou faute reçue",
        Exit.USAGE: "mauvais usage",
        Exit.UNDECIDED: "indécis",
        Exit.FAILED: "travail impossible",
    },
)


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command.

    Args:
        only: A verb; the others are not imported, which makes the start quicker.
    """
    made = argparse.ArgumentParser(
        prog="memhon",
        description="Mémoire d'honoraires électronique (RA et PID) : valider, envoyer, essayer.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--version", action="version", version=f"memhon {__version__}", help="dire la version"
    )
    verbs = made.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    for verb in (only,) if only in VERBS else VERBS:
        importlib.import_module(f"memhon.cli.{verb.replace('-', '_')}").add(verbs)
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: The words after ``memhon``; those of the process by default.

    Returns:
        A named exit code, as a number.
    """
    _utf8()
    words = sys.argv[1:] if argv is None else list(argv)
    lang = "fr"
    try:
        args = parser(words[0] if words else None).parse_args(words)
        lang = getattr(args, "lang", lang)
        return int(args.run(args))
    except MemhonError as error:
        print(_told(error, lang), file=sys.stderr)
        return _exit_code(error)
    except KeyboardInterrupt:
        print("memhon : interrompu", file=sys.stderr)
        return Exit.FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED
    except Exception as error:
        if os.environ.get("MEMHON_DEBUG"):
            raise
        print(f"memhon : {_unexpected(error)}", file=sys.stderr)
        return Exit.FAILED


def _unexpected(error: Exception) -> str:
    """A missing extra names its command; anything else asks for a report, never a traceback."""
    missing = error.name or "" if isinstance(error, ModuleNotFoundError) else ""
    extra = _EXTRAS.get(missing.partition(".")[0])
    if extra:
        return f'« {missing} » n\'est pas installé ; lancez : pip install "memhon[{extra}]"'
    return (
        f"erreur interne ({type(error).__name__} : {error}). Relancez avec MEMHON_DEBUG=1 pour "
        "la trace et joignez-la à votre signalement."
    )


def _told(error: MemhonError, lang: str) -> str:
    """What happened, then the cause and the fix of every finding."""
    findings = [finding for finding in error.findings if isinstance(finding, Finding)]
    if lang != "fr" and findings:
        return "\n".join(line for finding in findings for line in finding_lines(finding, lang))
    lines = [f"memhon : {error}"]
    for finding in findings:
        # the error's own text already is the first line of an only finding
        lines += finding_lines(finding, lang)[len(findings) == 1 :]
    return "\n".join(lines)


def _exit_code(error: MemhonError) -> int:
    """A message that was only too large to be judged is undecided, not invalid."""
    kinds = {getattr(finding, "kind", "") for finding in error.findings}
    return Exit.UNDECIDED if kinds == {"limit"} else error.exit_code


def _utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
