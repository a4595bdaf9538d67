"""What the page « Diagnostiquer une signature » needs of a build: words, profiles, examples.

The scripts of the page are assets; libxml2 comes from ``vendored``. Only that page loads any of it,
and a policy in its head lets nothing out.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from memhon import intake
from memhon.catalogue import Catalogue
from memhon.errors import MemhonError
from memhon.security.diagnosis.rendering_words import WORDS
from memhon.security.listing import PROFILES
from memhon.site.downloads import Download
from memhon.site.vectors import Vector

PAGE = "securite/diagnostic/index.html"
DATA = "assets/diagnostic/data.json"
_TOLD = ("DIA-", "SEC-")
_LANG = "fr"
_CHARSET = '<meta charset="utf-8">'
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_LIST = re.compile(rb'(<ds:Reference.*?PrefixList=")[^"]*(")', re.DOTALL)


def data_file(catalogue: Catalogue, vectors: Iterable[Vector]) -> Download:
    """The words of the causes, the signing profiles, and damaged messages of this build."""
    values = {
        "words": WORDS[_LANG],
        "texts": _texts(catalogue),
        "profiles": [
            {
                "id": profile.id,
                "parts": [
                    {"name": part.name, "prefixes": list(part.prefixes)} for part in profile.parts
                ],
                "signedInfo": list(profile.signed_info),
            }
            for profile in catalogue.signing.values()
        ],
        "contents": dict(PROFILES),
        "examples": _examples({vector.id: vector.data for vector in vectors}),
    }
    return Download("", DATA, json.dumps(values, ensure_ascii=False, indent=1).encode())


def _texts(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    found = {}
    for finding in catalogue.findings.values():
        if finding.id.startswith(_TOLD):
            text = finding.texts[_LANG]
            found[finding.id] = {
                "title": text.title,
                "text": text.text,
                "cause": text.cause,
                "fix": text.fix,
            }
    return found


# Examples


def _examples(messages: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Messages of this build, each damaged as it happens in the field."""
    return [
        {"title": title, "text": _damaged(messages[name], damage).decode()}
        for title, name, damage in _EXAMPLES
        if name in messages
    ]


def _damaged(data: bytes, damage: Callable[[bytes], bytes]) -> bytes:
    found = damage(data)
    if found == data:
        raise MemhonError("un exemple de la page de diagnostic n'est plus abîmé : revoyez-le")
    return found


def _indented(data: bytes) -> bytes:
    return intake.indented(data).encode()


def _listed(data: bytes) -> bytes:
    return _LIST.sub(rb"\1soapenv wsu\2", data, count=1)


def _retyped(data: bytes) -> bytes:
    head, body, rest = data.partition(b":Body ")
    return head + body + re.sub(rb">(\d{2,})</", rb"> \1</", rest, count=1)


_EXAMPLES: tuple[tuple[str, str, Callable[[bytes], bytes]], ...] = (
    ("Requête PID indentée après la signature", "appel-requete-pid", _indented),
    ("Demande de jeton avec une autre PrefixList", "jeton-requete-username", _listed),
    ("Requête RA dont une valeur a changé", "appel-requete-ra", _retyped),
)


# The policy


def restrict(site: Path) -> None:
    """Write the policy of the page into its head: nothing may be loaded from or sent elsewhere.

    Args:
        site: The fresh folder of the site.

    Raises:
        MemhonError: There is no such page, or its head is not what the theme used to write.
    """
    path = site / PAGE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if text.count(_CHARSET) != 1:
        raise MemhonError(f"{PAGE} : pas de place pour la politique de sécurité de la page")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(text)}">'
    path.write_text(text.replace(_CHARSET, f"{_CHARSET}\n{meta}"), encoding="utf-8")


def policy(page: str) -> str:
    """The policy for a page: its own scripts by their digests, everything else from the site."""
    inline = sorted({_digest(script) for script in _INLINE.findall(page)})
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *inline],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def _digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
