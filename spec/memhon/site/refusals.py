"""What a refusal looks like: a fault and an answer with an anomaly, from this build."""

from __future__ import annotations

from dataclasses import dataclass

from memhon.findings import explain
from memhon.site.markup import code, fence, folded, html, link
from memhon.site.provenance import badges
from memhon.site.records import without_security
from memhon.site.reference_pages import FINDINGS

FAULT = "faute"
ANOMALY = "anomalie"
_ORIGIN = {
    FAULT: (
        "Qu'une faute SOAP arrive avec HTTP 500 a été vu ; ses codes, son texte et son détail sont "
    ),
    ANOMALY: "Le code et le texte de l'anomalie sont ",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A finding as the answer gave it."""

    id: str
    xpath: str
    """Where in the request; may be empty."""
    text: str
    """French."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that was made wrong on purpose, and what came back."""

    exchange_id: str
    kind: str
    """``faute`` or ``anomalie``."""
    change: str
    """French (HTML): what was sent, and how it differs from an example."""
    status: int
    """HTTP status of the answer."""
    code: str
    """``faultcode``, or the code of the anomaly."""
    provoked: str
    """Id of the anomaly that was to come; empty: the message was to be invalid."""
    reason: str
    """``faultstring``, or the text of the anomaly."""
    findings: tuple[Cited, ...]
    correlation_id: str
    response: bytes
    """The envelope as received."""
    response_view: str
    """The same, indented for reading."""

    @property
    def anchor(self) -> str:
        """Id of its section."""
        return f"erreur-{self.provoked.lower() or self.kind}"


def summary(here: str, refusals: tuple[Refusal, ...]) -> str:
    """One line a refusal, with links to the whole answer, as HTML."""
    items = [
        f'<li><a href="#{refusal.anchor}">HTTP {refusal.status}, {_title(refusal)}</a> : '
        f"{code(refusal.code)} {_cited(here, refusal)}</li>"
        for refusal in refusals
    ]
    return f'<ul class="told">{"".join(items)}</ul>' if items else ""


def refusal_markdown(here: str, refusal: Refusal) -> str:
    """The part of a page that shows one refusal."""
    names = ("faultcode", "faultstring") if refusal.kind == FAULT else ("Code", "Texte")
    shown = code(refusal.code) if refusal.kind == FAULT else _linked(here, refusal.code)
    facts = [
        ("Envoyé", refusal.change),
        ("Réponse", f"HTTP {refusal.status}"),
        (names[0], shown),
        (names[1], html(refusal.reason)),
        *(("Anomalie citée", _finding(here, finding)) for finding in refusal.findings),
        ("Correlation-ID", code(refusal.correlation_id)),
        ("Source", f"{_ORIGIN[refusal.kind]}une {badges(here, ('hypothese',))}"),
    ]
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    title = f"{_title(refusal)[0].upper()}{_title(refusal)[1:]}, HTTP {refusal.status}"
    body, remark = refusal.response.decode("utf-8"), "telle que sur le fil"
    if len(refusal.response_view.splitlines()) > 2 * len(body.splitlines()):
        body, remark = refusal.response_view, "indentée pour la lecture"
    messages = [fence(body, "xml", f"Réponse, {remark}")]
    excerpt = without_security(body)
    if excerpt != body:
        sent = fence(refusal.response.decode("utf-8"), "xml")
        named = f"Réponse, {remark}, contenu de wsse:Security replié"
        whole = folded("Réponse, entière, telle que sur le fil", sent, "example")
        messages = [fence(excerpt, "xml", named), whole]
    return "\n\n".join(
        [
            f"### {title} {{ #{refusal.anchor} }}",
            f'<dl class="sheet">{rows}</dl>',
            *messages,
        ]
    )


def _title(refusal: Refusal) -> str:
    if not refusal.provoked:
        return "faute SOAP"
    # By its words: a search for the id has to lead to the page that explains it.
    words = explain(refusal.provoked).texts["fr"].title
    if refusal.kind == FAULT:
        return f"faute SOAP qui cite « {words} »"
    return f"anomalie « {words} »"


def _cited(here: str, refusal: Refusal) -> str:
    ids = dict.fromkeys(finding.id for finding in refusal.findings)
    links = [_linked(here, name) for name in ids]
    return f"({', '.join(links)})" if links and list(ids) != [refusal.code] else ""


def _finding(here: str, finding: Cited) -> str:
    place = f"<br>{code(finding.xpath)}" if finding.xpath else ""
    return f"{_linked(here, finding.id)} : {html(finding.text)}{place}"


def _linked(here: str, finding: str) -> str:
    return f'<a href="{link(here, FINDINGS, finding.lower())}">{finding}</a>'
