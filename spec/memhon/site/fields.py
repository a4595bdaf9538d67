"""How the elements of a message are named on pages: words and ids."""

from __future__ import annotations

from memhon.site.markup import slug

WORDS = {"request": "requête", "response": "réponse"}


def anchor(direction: str, path: str) -> str:
    """Id of an element's row, unique on the page of its exchange."""
    word = {"request": "requete", "response": "reponse"}[direction]
    return f"{word}-{slug(path)}"
