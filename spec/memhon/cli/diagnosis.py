"""``memhon signature explain``: why a digest or a signature does not fit."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from memhon.cli.closing import closing
from memhon.cli.exits import Exit
from memhon.cli.words import instant, signing_profile_id

EXAMPLES = (
    "memhon signature explain requete.xml",
    "memhon signature explain requete.xml --against requete-juste.xml",
    "memhon signature explain requete.xml --format html > diagnostic.html",
)
_EPILOG = closing(
    EXAMPLES,
    {
        Exit.FINE: "rien à expliquer, toutes les signatures sont justes",
        Exit.INVALID: "au moins une erreur, expliquée ou non, ou aucune signature",
        Exit.USAGE: "mauvais usage ou fichier introuvable",
        Exit.UNDECIDED: "document trop grand pour être jugé",
        Exit.FAILED: "clés d'essai inutilisables",
    },
)


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the action ``explain`` of the verb ``signature``."""
    action = actions.add_parser(
        "explain",
        help="dire pourquoi une empreinte ou une signature ne correspond pas",
        description=(
            "Essaie les erreurs connues sur les octets mêmes du message et ne nomme une cause que "
            "si l'empreinte retombe juste ; sinon le dit et montre les octets. La sortie contient "
            "des extraits du message : ne la transmettez pas telle quelle."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    action.add_argument("file", metavar="FICHIER", help="message ; - lit l'entrée standard")
    action.add_argument(
        "--against",
        metavar="AUTRE",
        help="message juste, ou le même avant qu'il ne change ; montre la première différence "
        "de chaque étape",
    )
    _add_what_is_known(action)
    action.add_argument(
        "--format", choices=("text", "json", "html"), default="text", help="forme du diagnostic"
    )
    action.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue du diagnostic")
    action.set_defaults(run=run)


def _add_what_is_known(action: argparse.ArgumentParser) -> None:
    action.add_argument(
        "--profile",
        type=signing_profile_id,
        metavar="NOM",
        help="étape et sens, p. ex. exchange-request-pid ; sinon d'après le Body",
    )
    action.add_argument(
        "--pki",
        metavar="DOSSIER",
        help="clés d'essai dont les certificats sont essayés ; par défaut celles du bac à sable",
    )
    action.add_argument(
        "--at",
        type=instant,
        metavar="INSTANT",
        help="instant de réception, p. ex. 2023-12-28T00:01:13Z ou now ; cherche un "
        "décalage de fuseau ou d'horloge",
    )
    action.add_argument(
        "--password-file",
        metavar="FICHIER",
        help="mot de passe attendu du UsernameToken, seul dans ce fichier ; jamais affiché",
    )


def run(args: argparse.Namespace) -> int:
    """Explain.

    Returns:
        Fine when nothing is wrong with the first document, whatever the other one says; a document
        that is no XML is left to ``main``.
    """
    from memhon.client import explain_signature

    try:
        data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
        against = Path(args.against).read_bytes() if args.against else None
        secret = Path(args.password_file).read_text("utf-8") if args.password_file else None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "pas d'UTF-8"
        name = getattr(error, "filename", None) or args.password_file
        print(f"memhon : fichier illisible : {name} ({reason})", file=sys.stderr)
        return Exit.USAGE
    found = explain_signature(
        data,
        against=against,
        profile=args.profile,
        passwords=() if secret is None else (secret.rstrip("\r\n"),),
        now=args.at,
        pki=Path(args.pki) if args.pki else None,
    )
    from memhon.security.diagnosis import as_json, as_text, html_page

    match args.format:
        case "json":
            print(json.dumps(as_json(found, args.lang), ensure_ascii=False, indent=2))
        case "html":
            print(html_page(found, data, args.lang))
        case _:
            print(as_text(found, args.lang))
    return Exit.FINE if found.right else Exit.INVALID
