"""``memhon site build`` and ``memhon site serve``."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from memhon.cli.closing import closing
from memhon.cli.exits import Exit

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_CODES = {
    Exit.FINE: "fait",
    Exit.USAGE: "mauvais usage",
    Exit.FAILED: "la construction a échoué, l'ancien site reste en place",
}


def add(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser(
        "site",
        help="construire ou servir le site",
        description="Construit le site depuis les sources du projet, ou le sert avec un bac à "
        "sable. La première construction demande à npm un paquet fixé ; les suivantes ne demandent "
        "rien au réseau.",
        epilog=closing(("memhon site build", "memhon site serve --port 8000")),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="build | serve")
    build = actions.add_parser(
        "build",
        help="exécuter les carnets, enregistrer les échanges, construire le site",
        description="Exécute les carnets, enregistre les échanges et construit le site. "
        "L'ancien site reste en place tant que le nouveau n'est pas complet.",
        epilog=closing(("memhon site build", "memhon site build --output /tmp/site"), _CODES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    build.add_argument(
        "--output",
        type=Path,
        metavar="DOSSIER",
        help="dossier du site (build/site par défaut) ; absent, vide ou déjà un site de MemHon",
    )
    build.set_defaults(run=run)
    serve = actions.add_parser(
        "serve",
        help="construire, puis servir le site et un bac à sable",
        description="Construit le site, le sert sur l'adresse de boucle locale et garde un bac à "
        "sable ouvert sur le port 8480. Une page, un carnet ou une donnée du catalogue que vous "
        "enregistrez se voit aussitôt ; une construction complète suit. Ctrl-C arrête tout.",
        epilog=closing(("memhon site serve --port 8000",), _CODES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    serve.add_argument("--port", type=int, default=8000, help="port du site (8000 par défaut)")
    serve.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Build, and serve when asked to.

    Raises:
        MemhonError: The site could not be built, or a port is taken; exit code 4.
    """
    from memhon.cli.describing import describe
    from memhon.cli.main import parser
    from memhon.site import Checkout, build, serve

    checkout = Checkout.find(Path.cwd())
    commands = describe(parser())
    site = build(checkout, getattr(args, "output", None), commands=commands)
    print(site, flush=True)
    if args.action == "serve":
        told = partial(print, flush=True)
        serve(site, port=args.port, told=told, checkout=checkout, commands=commands)
    return 0
