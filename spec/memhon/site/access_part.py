"""The parts of the page on the access log: the fields of the EHDS, the columns, the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from memhon.catalogue import AccessVocabulary, AccessWord
from memhon.errors import MemhonError
from memhon.site.markup import cell, code, table
from memhon.site.provenance import badges


def access_part(here: str, what: str, vocabulary: AccessVocabulary) -> str:
    """One part of the page.

    Args:
        here: Address of the page.
        what: ``fields``, ``columns``, ``roles``, ``categories`` or ``origins``.
        vocabulary: What stands in the log.

    Raises:
        MemhonError: There is no such part.
    """
    made: Mapping[str, Callable[[], str]] = {
        "fields": lambda: _fields(here, vocabulary),
        "columns": lambda: _columns(vocabulary),
        "roles": lambda: _words("role", vocabulary.roles),
        "categories": lambda: _words("category", vocabulary.categories),
        "origins": lambda: _words("origin", vocabulary.origins),
    }
    if what not in made:
        raise MemhonError(f"{here} : « access {what} » n'existe pas dans cette construction")
    return made[what]()


def _fields(here: str, vocabulary: AccessVocabulary) -> str:
    titles = {column.name: column.title["fr"] for column in vocabulary.columns}
    rows = [
        (
            f"{field.letter})",
            cell(field.text),
            ", ".join(f"{cell(titles[name])} ({code(name)})" for name in field.columns),
            badges(here, field.provenance),
        )
        for field in vocabulary.fields
    ]
    return table(("", "À enregistrer", "Colonne du journal", "Source"), rows)


def _columns(vocabulary: AccessVocabulary) -> str:
    rows = [
        (code(column.name), cell(column.title["fr"]), cell(column.text))
        for column in vocabulary.columns
    ]
    return table(("Colonne", "Titre", "Contenu"), rows)


def _words(column: str, words: Iterable[AccessWord]) -> str:
    rows = [(code(word.name), cell(word.title["fr"]), cell(word.text)) for word in words]
    return table((code(column), "Titre", "Sens"), rows)
