"""What the desk says: the diagnosis of a refused message, or that there is none."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from importlib.resources import files
from typing import Any, TypeAlias

from memhon.findings import Finding
from memhon.findings import explain as registered
from memhon.security import instants
from memhon.security.diagnosis import Diagnosis, as_json, html_page
from memhon.store import RefusedMessage

Explain: TypeAlias = Callable[[RefusedMessage], Diagnosis]
"""Says why a message was refused."""

_BACK = '<p><a href="/messages">Messages reçus par le bac à sable</a></p>'


def told_page(message: RefusedMessage, diagnosis: Diagnosis) -> str:
    """The page of a diagnosis, headed by the refusal.

    Args:
        message: What was refused.
        diagnosis: Why.
    """
    words = registered(message.fault).texts["fr"]
    facts = {
        "Correlation-ID": f"<code>{escape(message.correlation_id)}</code>",
        "Faute": f"{escape(message.fault)} – {escape(words.title)}",
        "Refusé": instants.seconds(message.refused_at),
        "Effacé": f"{instants.seconds(message.expires_at)}, ou à l'arrêt du bac à sable",
    }
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items())
    lead = [_BACK, f"<dl>{rows}</dl>"]
    if diagnosis.right:
        lead.append(
            '<p class="partial">Les signatures de ce message sont justes : le refus a une autre '
            f"cause. {escape(words.cause)} {escape(words.fix)}</p>"
        )
    return html_page(diagnosis, message.data, lead="\n".join(lead))


def told_json(message: RefusedMessage, diagnosis: Diagnosis) -> dict[str, Any]:
    """The same for programs.

    Args:
        message: What was refused.
        diagnosis: Why.
    """
    return {
        "correlation_id": message.correlation_id,
        "fault": message.fault,
        "refused_at": instants.seconds(message.refused_at),
        "expires_at": instants.seconds(message.expires_at),
        "diagnosis": as_json(diagnosis),
    }


def gone_page(finding: Finding) -> str:
    """The page for a correlation id under which nothing is kept; it lists nothing."""
    words = finding.wording("fr")
    style = files("memhon.findings.formats").joinpath("report.css").read_text(encoding="utf-8")
    told = (finding.text("fr"), words.cause, words.fix)
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(words.title)} – MemHon</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<header>\n<h1>{escape(words.title)}</h1>\n</header>\n<main>\n"
        + "\n".join((_BACK, *(f"<p>{escape(text)}</p>" for text in told)))
        + f"\n<p>{finding.id}</p>\n</main>\n</body>\n</html>\n"
    )
