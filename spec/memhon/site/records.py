"""What was really exchanged in this build, as plain values for the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from memhon.site.markup import fence, folded

_SHOWN = ("accept", "content-type", "soapaction")
_LONG_BLOCK = 60
_SECURITY = re.compile(r"<wsse:Security(?:\s[^>]*)?>.*?</wsse:Security>", re.DOTALL)
"""The header that a signed envelope carries; between its tags stands mostly base64."""
_LONG_VALUE = re.compile(r"(?<=>)[A-Za-z0-9+/=\s]{4000,}(?=<)")
"""The PDF of a fee note; no key, certificate or signature is that long."""
_KEPT = 60
_CUT = (
    "Le PDF, en base 64 dans `document`, est coupé sur cette page ; il est entier dans le fichier "
    "de l'exemple, sous [Téléchargements](#telechargements)."
)

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One example sent to a sandbox and answered by it, both sides validated."""

    exchange_id: str
    name: str
    """Name of the example, e.g. ``minimal``."""
    path: str
    """Path of the request, without host and port, which differ at each build."""
    request_headers: Headers
    request: bytes
    """The envelope as it went over the wire."""
    request_view: str
    """The same, indented for reading."""
    status: int
    response_headers: Headers
    response: bytes
    response_view: str
    correlation_id: str
    layers: tuple[str, ...]
    """Layers of validation that both sides passed, French."""


def steady(headers: Iterable[tuple[str, str]]) -> Headers:
    """The headers that do not differ from one build to the next, in a fixed order."""
    kept = [
        (name, value)
        for name, value in headers
        if name.lower() in _SHOWN or name.lower().startswith("x-memhon")
    ]
    return tuple(sorted(kept, key=lambda pair: pair[0].lower()))


def recorded_markdown(record: Recorded, *, closed: bool = False) -> str:
    """The part of a page that shows one recorded exchange.

    Args:
        record: The exchange.
        closed: Whether both messages open on click only.
    """
    facts = (
        f"Requête et réponse **valides** ({', '.join(record.layers)}) · HTTP {record.status} · "
        f"Correlation-ID `{record.correlation_id}`"
    )
    first = f"POST {record.path} HTTP/1.1"
    shown = [
        _message("Requête", first, record.request_headers, record.request, record.request_view),
        _message(
            "Réponse",
            f"HTTP/1.1 {record.status}",
            record.response_headers,
            record.response,
            record.response_view,
        ),
    ]
    if closed:
        shown = [folded("Requête et réponse", "\n\n".join(shown), "example")]
    heading = f"### Exemple « {record.name} » {{ #echange-{record.name} }}"
    if any(_LONG_VALUE.search(body.decode("utf-8")) for body in (record.request, record.response)):
        facts += f"\n\n{_CUT}"
    return "\n\n".join([heading, facts, *shown])


def without_security(envelope: str) -> str:
    """The envelope with the content of its Security header left out, and a sign in its place."""
    return _SECURITY.sub("<wsse:Security> … </wsse:Security>", envelope)


def without_long_values(envelope: str) -> str:
    """The envelope with every long base64 value cut, and its length in its place."""

    def shortened(found: re.Match[str]) -> str:
        return f"{found[0].strip()[:_KEPT]}… ({len(found[0])} caractères, coupés sur cette page)"

    return _LONG_VALUE.sub(shortened, envelope)


def _message(name: str, first: str, headers: Headers, body: bytes, view: str) -> str:
    whole = body.decode("utf-8")
    text, view = without_long_values(whole), without_long_values(view)
    seen = "telle que sur le fil" if text == whole else "telle que sur le fil, PDF coupé"
    head = "\n".join([first, *(f"{title}: {value}" for title, value in headers)])
    sent = fence(text, "xml", f"{name}, {seen}")
    parts = [fence(head, "http", f"{name}, en-têtes constants"), sent]
    lines = text.splitlines()
    excerpt = without_security(text)
    if excerpt != text:
        told = f"{seen} ({len(lines)} lignes)"
        return "\n\n".join([parts[0], *_signed(name, excerpt, told, sent)])
    if len(lines) > _LONG_BLOCK:
        parts[1] = folded(f"{name}, {seen} ({len(lines)} lignes)", sent, "example")
    if len(view.splitlines()) > 2 * len(lines):
        indented = fence(view, "xml", f"{name}, indentée pour la lecture")
        remark = "Cette vue n'est pas ce qui circule : l'indentation est ajoutée ici."
        parts.append(folded(f"{name}, vue indentée", f"{remark}\n\n{indented}", "abstract"))
    return "\n\n".join(parts)


def _signed(name: str, excerpt: str, seen: str, sent: str) -> list[str]:
    """A signed envelope: what it says first, then every byte of it behind a click."""
    title = f"{name}, contenu de wsse:Security replié"
    shown = fence(excerpt, "xml", title)
    lines = len(excerpt.splitlines())
    if lines > _LONG_BLOCK:
        shown = folded(f"{title} ({lines} lignes)", shown, "example")
    whole = folded(f"{name}, entière, {seen}", sent, "example")
    return [shown, whole]
