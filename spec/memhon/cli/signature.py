"""``memhon signature verify``: every signature of a document, laid open and judged.

The other action, ``explain``, has a file of its own.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from memhon.cli import diagnosis
from memhon.cli.closing import closing
from memhon.cli.exits import Exit

if TYPE_CHECKING:
    from memhon.security.listing import ListedReference, ListedSignature

_EXAMPLES = (
    "memhon signature verify requete.xml",
    "memhon signature verify reponse.xml --trust-embedded",
)
_CODES = {
    Exit.FINE: "toutes les signatures sont justes",
    Exit.INVALID: "une signature fausse, aucune signature, ou un document illisible",
    Exit.USAGE: "mauvais usage ou fichier introuvable",
    Exit.UNDECIDED: "document trop grand pour être jugé",
    Exit.FAILED: "clés d'essai inutilisables",
}
_EPILOG = closing(_EXAMPLES, _CODES)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb and its actions."""
    verb = verbs.add_parser(
        "signature",
        help="contrôler ou expliquer les signatures d'un message",
        description=(
            "Lit les signatures XML d'un message, recalcule chaque empreinte et, quand une ne "
            "correspond pas, cherche pourquoi."
        ),
        epilog=closing((*_EXAMPLES, *diagnosis.EXAMPLES), _CODES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = verb.add_subparsers(title="actions", metavar="ACTION", required=True)
    verify = actions.add_parser(
        "verify",
        help="lister et juger chaque signature",
        description=(
            "Chaque ds:Signature est listée : références, transformations, listes de préfixes, "
            "empreinte trouvée et recalculée. Algorithmes et formes sont lus dans le message."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verify.add_argument("file", metavar="FICHIER", help="message ; - lit l'entrée standard")
    verify.add_argument(
        "--trust-embedded",
        action="store_true",
        help="croire le certificat du message : ni chaîne, ni dates, ni profil d'étape",
    )
    verify.add_argument(
        "--pki", metavar="DOSSIER", help="clés d'essai ; par défaut celles du bac à sable"
    )
    verify.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue de l'affichage")
    verify.set_defaults(run=run)
    diagnosis.add(actions)


def run(args: argparse.Namespace) -> int:
    """List and judge.

    Returns:
        Fine when every signature is right, invalid when one is not or there is none, usage when the
        file cannot be read; a document that is no XML is left to ``main``.
    """
    from memhon.client import verify_signature

    try:
        data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    except OSError as error:
        print(f"memhon : fichier illisible : {args.file} ({error.strerror})", file=sys.stderr)
        return Exit.USAGE
    folder = Path(args.pki) if args.pki else None
    listed = verify_signature(data, trust_embedded=args.trust_embedded, pki=folder)
    words = _WORDS[args.lang]
    for number, signature in enumerate(listed, 1):
        print("\n".join(_lines(number, signature, words, args.lang)), end="\n\n")
    wrong = sum(bool(signature.findings) for signature in listed)
    if not listed:
        print(words["none"])
    elif wrong:
        print(words["wrong"].format(wrong=wrong, count=len(listed)))
    else:
        what = words["embedded"] if args.trust_embedded else words["full"]
        print(words["right"].format(count=len(listed), what=what))
    return Exit.FINE if listed and not wrong else Exit.INVALID


def _lines(number: int, signature: ListedSignature, words: dict[str, str], lang: str) -> list[str]:
    state = words["bad"] if signature.findings else words["good"]
    lines = [
        words["signature"].format(number=number, line=signature.line, state=state),
        f"  {signature.xpath}",
        f"  {words['signer']} : {signature.signer or '–'}",
        f"  SignedInfo, PrefixList : {' '.join(signature.prefixes) or '–'}",
    ]
    for reference in signature.references:
        lines += _reference(reference, words)
    lines += [f"  {finding.id} : {finding.text(lang)}" for finding in signature.findings]
    return lines


def _reference(item: ListedReference, words: dict[str, str]) -> list[str]:
    written = item.reference
    transforms = "enveloped-signature, exc-c14n" if written.enveloped else "exc-c14n"
    right = item.finding is None
    return [
        f"  #{written.uri} ({item.element or '?'}) : {words['good'] if right else words['bad']}",
        f"    {transforms}, PrefixList : {' '.join(written.prefixes) or '–'}",
        f"    {written.digest} {words['found']} : {written.value}",
        f"    {written.digest} {words['computed']} : {item.computed or '–'}",
    ]


_WORDS = {
    "fr": {
        "signature": "Signature {number}, ligne {line} : {state}",
        "good": "juste",
        "bad": "fausse",
        "signer": "Certificat",
        "found": "dans le message",
        "computed": "recalculée",
        "none": "Aucune signature dans ce document.",
        "wrong": "{wrong} signature(s) fausse(s) sur {count}.",
        "right": "{count} signature(s), toutes justes ({what}).",
        "full": "calcul, chaîne, dates et parties signées",
        "embedded": "calcul seulement : le certificat du message a été cru",
    },
    "en": {
        "signature": "Signature {number}, line {line}: {state}",
        "good": "right",
        "bad": "wrong",
        "signer": "Certificate",
        "found": "in the message",
        "computed": "computed",
        "none": "No signature in this document.",
        "wrong": "{wrong} of {count} signature(s) wrong.",
        "right": "{count} signature(s), all right ({what}).",
        "full": "arithmetic, chain, dates and signed parts",
        "embedded": "arithmetic only: the certificate in the message was believed",
    },
}
