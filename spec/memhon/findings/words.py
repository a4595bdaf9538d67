"""The words of a report in French and English, and text that is safe to show."""

from __future__ import annotations

import re
from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "valid": "valide",
        "invalid": "non valide",
        "undecided": "indécis",
        "valid_files": "valide(s)",
        "invalid_files": "non valide(s)",
        "undecided_files": "indécis",
        "for": "pour",
        "line": "ligne",
        "column": "colonne",
        "found": "trouvé",
        "expected": "attendu",
        "cause": "cause",
        "allowed": "permis",
        "fix": "correction",
        "page": "page",
        "request": "requête",
        "response": "réponse",
        "unknown": "message non reconnu",
        "unnamed": "document sans nom",
        "not_run": "non exécuté",
        "interrupted": "interrompu",
        "error": "bloquante",
        "open": "non jugé",
        "warning": "avertissement",
        "information": "information",
        "error_label": "Bloquantes",
        "open_label": "Non jugés",
        "warning_label": "Avertissements",
        "information_label": "Informations",
        "wellformed": "forme",
        "schema": "schéma",
        "binding": "lecture",
        "files": "fichier(s)",
        "summary": "Bilan",
        "times": "fois",
        "in": "dans",
        "partial": "Contrôle interrompu : {judged} fichier(s) jugé(s) sur {planned}.",
        "passed": "réussie",
        "failed": "en échec",
        "skipped": "non exécutée",
        "crashed": "interrompue",
        "no_finding": "La couche n'a pas abouti et n'a laissé aucune anomalie.",
        "nothing_checked": "Aucune couche n'a abouti : le message n'a pas été jugé.",
        "layer_skipped": "Couche non exécutée, car une couche précédente n'a pas réussi.",
        "report": "Rapport de validation",
        "made_by": "Établi par MemHon {version}, sans requête vers l'extérieur.",
        "show": "Afficher",
        "excerpt": "Extrait",
        "edit": "Correction proposée",
        "why": "Cause et correction",
        "layers": "Couches",
        "no_findings": "{number} sans anomalie",
        "documents": "document(s)",
        "list": "Liste",
        "to_mend": "Documents avec anomalies",
        "file": "Document",
        "message": "Message",
        "verdict": "Verdict",
        "finding": "Anomalie",
        "number": "Nombre",
        "in_files": "Documents",
        "seconds": "Durée",
        "filter_note": "Les cases masquent les anomalies ; elles ne changent pas le verdict.",
        "link": "Lien vers cette anomalie",
    },
    "en": {
        "valid": "valid",
        "invalid": "invalid",
        "undecided": "undecided",
        "valid_files": "valid",
        "invalid_files": "invalid",
        "undecided_files": "undecided",
        "for": "for",
        "line": "line",
        "column": "column",
        "found": "found",
        "expected": "expected",
        "cause": "cause",
        "allowed": "allowed",
        "fix": "fix",
        "page": "page",
        "request": "request",
        "response": "response",
        "unknown": "message not recognised",
        "unnamed": "document without a name",
        "not_run": "not run",
        "interrupted": "stopped",
        "error": "error",
        "open": "not judged",
        "warning": "warning",
        "information": "information",
        "error_label": "Errors",
        "open_label": "Not judged",
        "warning_label": "Warnings",
        "information_label": "Information",
        "wellformed": "form",
        "schema": "schema",
        "binding": "binding",
        "files": "file(s)",
        "summary": "Summary",
        "times": "times",
        "in": "in",
        "partial": "Checking was stopped: {judged} of {planned} file(s) judged.",
        "passed": "passed",
        "failed": "failed",
        "skipped": "not run",
        "crashed": "stopped",
        "no_finding": "The layer did not succeed and left no finding.",
        "nothing_checked": "No layer came to its end: the message was not judged.",
        "layer_skipped": "Layer not run, because an earlier layer did not succeed.",
        "report": "Validation report",
        "made_by": "Made by MemHon {version}, without any request to the outside.",
        "show": "Show",
        "excerpt": "Excerpt",
        "edit": "Proposed correction",
        "why": "Cause and fix",
        "layers": "Layers",
        "no_findings": "{number} without findings",
        "documents": "document(s)",
        "list": "List",
        "to_mend": "Documents with findings",
        "file": "Document",
        "message": "Message",
        "verdict": "Verdict",
        "finding": "Finding",
        "number": "Count",
        "in_files": "Documents",
        "seconds": "Duration",
        "filter_note": "The boxes hide findings; they do not change the verdict.",
        "link": "Link to this finding",
    },
}

# Controls, lone surrogates, and the marks that reorder or hide what a reader sees.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)


def colon(lang: str) -> str:
    """The colon with its spaces, which French wants on both sides."""
    return " : " if lang == "fr" else ": "


def counted(number: int, word: str) -> str:
    """A count with its word: « 1 fichier », « 2 fichiers »; the word carries « (s) »."""
    return f"{number} {word.replace('(s)', 's' if number > 1 else '')}"


def safe(text: str) -> str:
    r"""The text with every character that could fool a reader written out, e.g. ``\x1b``.

    What a message holds must neither steer a terminal nor break a report; line feeds and
    tabulators stay.
    """
    return _UNSAFE.sub(lambda match: _written(ord(match.group())), text)


def _written(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
