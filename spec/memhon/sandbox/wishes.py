"""What a program asks of the desk: JSON read without any leniency, and the refusals."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from memhon.errors import SandboxError
from memhon.findings import Finding, cut, make

DEEPEST = 16
"""How many brackets may be open at once; a copy of a store needs three."""
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
_KINDS: Mapping[type, str] = {
    str: "un texte",
    int: "un nombre entier",
    bool: "true ou false",
    dict: "un objet",
    list: "une liste",
}


class WishError(SandboxError):
    """What was asked for is refused, and nothing was changed.

    Args:
        status: HTTP status of the answer.
        finding: Says why, and what to do.
    """

    def __init__(self, status: int, finding: Finding) -> None:
        super().__init__(findings=(finding,))
        self.status = status
        self.finding = finding


def read_wish(data: bytes) -> Any:
    """The value of a body.

    Args:
        data: JSON in UTF-8; an empty body is an empty object.

    Raises:
        WishError: It is no JSON, goes too deep, names a key twice, or holds a number or a text that
            JSON does not have.
    """
    if not data:
        return {}
    try:
        text = data.decode("utf-8")
        _refuse_depth(text)
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
        # half a surrogate pair passes the parser and fails where it is written
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeError:
        raise _unreadable("le texte n'est pas de l'UTF-8") from None
    except json.JSONDecodeError as error:
        # the parser's own sentence may be that of any version; the place is ours
        raise _unreadable(f"ligne {error.lineno}, colonne {error.colno}") from None
    except ValueError as error:
        raise _unreadable(str(error)) from None
    return value


def keys(wish: Any, allowed: Mapping[str, type]) -> Mapping[str, Any]:
    """A wish that is an object of known keys, each with a value of its kind.

    Args:
        wish: As it was read.
        allowed: Kind by key.

    Raises:
        WishError: It is something else; nothing is guessed.
    """
    if type(wish) is not dict:
        raise misunderstood("corps de la requête", wish, _KINDS[dict])
    for key, value in wish.items():
        if key not in allowed:
            expected = ", ".join(allowed) or "aucune clé"
            raise misunderstood(cut(key) or "clé vide", "clé inconnue", expected)
        # a bool is an int to Python, and none here
        if type(value) is not allowed[key]:
            raise misunderstood(key, value, _KINDS[allowed[key]])
    return wish


def misunderstood(element: str, found: object, expected: str) -> WishError:
    """The refusal of a wish that does not have the form it needs."""
    shown = found if type(found) is str else json.dumps(found, ensure_ascii=False)[:600]
    return WishError(400, make("SBX-014", element=element, found=str(shown), expected=expected))


def _unreadable(detail: str) -> WishError:
    return WishError(400, make("SBX-012", detail=detail))


def _refuse_depth(text: str) -> None:
    """The parser itself would recurse; strings are skipped, whatever they hold."""
    depth = 0
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        depth += 1 if first in "[{" else -1 if first in "]}" else 0
        if depth > DEEPEST:
            raise ValueError(f"plus de {DEEPEST} niveaux")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("une clé figure deux fois")
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(f"« {name} » n'est pas du JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("un nombre est trop grand")
    return number
