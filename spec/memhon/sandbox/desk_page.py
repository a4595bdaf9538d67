"""What the desk says: the diagnosis of a refused message, or that there is none."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any, TypeAlias

from memhon.findings import Finding
from memhon.security.diagnosis import Diagnosis
from memhon.store import RefusedMessage

Explain: TypeAlias = Callable[[RefusedMessage], Diagnosis]
"""Says why a message was refused."""


def told_page(message: RefusedMessage, diagnosis: Diagnosis) -> str:
    """The page of a diagnosis."""
    return f"<!DOCTYPE html>{escape(message.correlation_id)} {diagnosis.right}"


def told_json(message: RefusedMessage, diagnosis: Diagnosis) -> dict[str, Any]:
    """The same for programs."""
    return {"correlation_id": message.correlation_id, "right": diagnosis.right}


def gone_page(finding: Finding) -> str:
    """The page for a correlation id under which nothing is kept; it lists nothing."""
    words = finding.wording("fr")
    told = "".join(f"<p>{escape(text)}</p>" for text in (finding.text("fr"), words.cause))
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(words.title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(words.title)}</h1>{told}"
        f"<p><strong>{escape(words.fix)}</strong></p><p>{finding.id}</p></main></body></html>\n"
    )


_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
)
