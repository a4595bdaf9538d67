"""The page of the command line, from the help that the command itself prints."""

from __future__ import annotations

from collections.abc import Mapping

from memhon.site.markup import Page, fence, front_matter
from memhon.site.navigation import CLI_PAGE

_INTRO = (
    "Les textes de cette page sont ceux que `--help` affiche. Codes de sortie : 0 valide ou "
    "réussi ; 1 au moins une anomalie bloquante, une dérive ou une faute reçue ; 2 mauvais "
    "usage ; 3 indécis ; 4 le travail n'a pas pu se faire."
)


def command_page(helps: Mapping[str, str]) -> Page:
    """One section for each command line, e.g. ``memhon site build``, in the order given."""
    parts = [
        front_matter("Ligne de commande", "Les verbes de la commande memhon et leurs options."),
        "# Ligne de commande",
        _INTRO,
    ]
    for command, text in helps.items():
        parts += [f"## {command}", fence(text, "text")]
    return Page(CLI_PAGE, "\n\n".join(parts) + "\n")
