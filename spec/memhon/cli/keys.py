"""With which keys a command signs; a password never stands among the words of a command."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from memhon.cli.words import practitioner_id

if TYPE_CHECKING:
    from memhon.client import ClientKeys

KEYRING_SERVICE = "memhon"
"""Under which name the system keyring keeps the passwords of key files."""
_OFF = {
    "fr": "memhon : sécurité désactivée, le message part sans signature ni jeton ; seul un bac à "
    "sable lancé de même l'acceptera.",
    "en": "memhon: security is off, the message leaves without signature or token; only a sandbox "
    "started likewise will accept it.",
}


def add(verb: argparse.ArgumentParser) -> None:
    """Register the options."""
    verb.add_argument(
        "--security",
        choices=("strict", "off"),
        default="strict",
        help="strict signe et demande un jeton ; off envoie le message sans rien",
    )
    verb.add_argument(
        "--practitioner",
        type=practitioner_id,
        default="demo-1",
        metavar="ID",
        help="professionnel fictif au nom duquel on signe, p. ex. demo-2",
    )
    verb.add_argument(
        "--key",
        metavar="FICHIER",
        help="clé et certificat, en PEM ou en PKCS#12 ; sinon la clé d'essai du professionnel",
    )
    password = verb.add_mutually_exclusive_group()
    password.add_argument(
        "--password-file", metavar="FICHIER", help="mot de passe de la clé, seul dans ce fichier"
    )
    password.add_argument(
        "--password-prompt", action="store_true", help="demander le mot de passe de la clé"
    )
    password.add_argument(
        "--keyring",
        metavar="NOM",
        help="mot de passe de la clé, pris dans le trousseau du système sous "
        f"« {KEYRING_SERVICE} » et ce nom",
    )
    verb.add_argument(
        "--pki", metavar="DOSSIER", help="clés d'essai ; par défaut celles du bac à sable"
    )


def client_keys(args: argparse.Namespace) -> ClientKeys | None:
    """The keys that the words name; None when nothing is signed, with a warning.

    Raises:
        OSError: The file of the password cannot be read.
        SecurityError: The keys or the keyring cannot be used.
    """
    from memhon.client import ClientKeys
    from memhon.home import pki_path

    if args.security == "off":
        print(_OFF[args.lang], file=sys.stderr)
        if args.key is None:
            return None
    folder = Path(args.pki) if args.pki else pki_path()
    if args.key is None:
        return ClientKeys.of_sandbox(folder, args.practitioner)
    return ClientKeys.of_file(Path(args.key), folder, args.practitioner, _password(args))


def _password(args: argparse.Namespace) -> bytes | None:
    if args.password_file is not None:
        return Path(args.password_file).read_bytes().rstrip(b"\r\n")
    if args.password_prompt:
        return getpass.getpass("Mot de passe de la clé : ").encode()
    if args.keyring is not None:
        return _from_keyring(args.keyring)
    return None


def _from_keyring(name: str) -> bytes:
    import keyring
    from keyring.errors import KeyringError

    from memhon.errors import SecurityError
    from memhon.findings import make

    try:
        found = keyring.get_password(KEYRING_SERVICE, name)
    except KeyringError as error:
        # Only its kind is told: a backend's own text may quote what it holds.
        detail = f"trousseau fermé ({type(error).__name__})"
        raise SecurityError(findings=(make("SEC-084", found=name, detail=detail),)) from None
    if found is None:
        finding = make("SEC-084", found=name, detail=f"rien sous « {KEYRING_SERVICE} » à ce nom")
        raise SecurityError(findings=(finding,))
    return str(found).encode()
