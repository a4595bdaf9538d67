"""``memhon sandbox pki``: make and list the test keys; files are named, keys never shown."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from memhon.cli.closing import closing
from memhon.cli.exits import Exit
from memhon.cli.words import DEFECTS, practitioner_id

if TYPE_CHECKING:
    from memhon.security import Defect, KeyFile, Pki

_EPILOG = closing(
    (
        "memhon sandbox pki",
        "memhon sandbox pki --practitioner demo-2 --defect expired",
        "memhon sandbox pki --list",
    ),
    {
        Exit.FINE: "clés faites, ou liste affichée",
        Exit.USAGE: "mauvais usage",
        Exit.FAILED: "dossier ou fichier de clés inutilisable",
    },
)


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the action ``pki`` of the verb ``sandbox``."""
    action = actions.add_parser(
        "pki",
        help="faire et lister les clés d'essai",
        description=(
            "Fait l'autorité d'essai, les certificats des services et ceux de professionnels "
            "fictifs, en PEM et en PKCS#12, lisibles par vous seul. Ce qui existe est gardé. "
            "Affiche les fichiers, jamais une clé ni un mot de passe."
        ),
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    action.add_argument(
        "--practitioner",
        action="append",
        type=practitioner_id,
        metavar="ID",
        help="professionnel fictif, p. ex. demo-2 ; répétable ; sinon demo-1",
    )
    action.add_argument(
        "--defect",
        choices=DEFECTS,
        default="none",
        help="défaut voulu du certificat : échu, pas encore valable, révoqué, d'un autre usage, "
        "ou d'une autorité étrangère",
    )
    action.add_argument("--list", action="store_true", help="lister sans rien faire")
    action.add_argument(
        "--pki", metavar="DOSSIER", help="clés d'essai ; par défaut celles du bac à sable"
    )
    action.add_argument("--lang", choices=("fr", "en"), default="fr", help="langue de l'affichage")
    action.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make what is missing, then list the folder.

    Returns:
        Fine; a folder that cannot be read or written is left to ``main``.
    """
    from memhon.home import pki_path
    from memhon.security import Defect, Pki

    pki = Pki(Path(args.pki) if args.pki else pki_path())
    words = _WORDS[args.lang]
    made = None if args.list else _make(pki, args.practitioner or ["demo-1"], Defect(args.defect))
    files = pki.inventory()
    print(words["folder"].format(folder=pki.folder) if files else words["empty"])
    for file in files:
        print("\n".join(_lines(file, words)))
    if made is not None:
        print(words["authority"].format(file=made))
        print(words["password"].format(file=pki.password_file))
    return Exit.FINE


def _make(pki: Pki, practitioners: list[str], defect: Defect) -> Path:
    from memhon.security import IDENTITY_PROVIDER, MYSECU, PLATFORM, TLS

    for service in (IDENTITY_PROVIDER, MYSECU, PLATFORM, TLS):
        pki.service(service)
    for practitioner in practitioners:
        pki.practitioner(practitioner, defect)
    return pki.authority_file


def _lines(file: KeyFile, words: dict[str, str]) -> list[str]:
    from memhon.security import fingerprint, subject

    certificate = file.certificate
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    state = words["revoked"] if file.revoked else ""
    return [
        "",
        f"{file.path.name}, {file.path.with_suffix('.p12').name}",
        f"  {subject(certificate)}",
        f"  {words['dates'].format(start=f'{start:%Y-%m-%d}', end=f'{end:%Y-%m-%d}')}{state}",
        f"  SHA-256 {fingerprint(certificate)}",
    ]


_WORDS = {
    "fr": {
        "folder": "Clés d'essai dans {folder}",
        "empty": "Aucune clé d'essai ; « memhon sandbox pki » les fait.",
        "dates": "valable du {start} au {end}",
        "revoked": ", révoqué",
        "authority": "\nÀ croire par vos programmes : {file}",
        "password": "Mot de passe des fichiers .p12, à lire là : {file}",
    },
    "en": {
        "folder": "Test keys in {folder}",
        "empty": 'No test keys; "memhon sandbox pki" makes them.',
        "dates": "valid from {start} to {end}",
        "revoked": ", revoked",
        "authority": "\nTo be trusted by your programs: {file}",
        "password": "Password of the .p12 files, to be read there: {file}",
    },
}
