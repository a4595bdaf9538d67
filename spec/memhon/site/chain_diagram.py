"""The three steps of the chain as one inline SVG: who calls whom, and how long an answer serves."""

from __future__ import annotations

from dataclasses import dataclass

from memhon.site.markup import html

_WIDTH = 440
_LEFT, _RIGHT = 70, 360
_TOP = 52
_BLOCK = 138


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One call of the chain."""

    title: str
    peer: str
    """Who answers."""
    request: str
    sent: str
    """Remark below the request."""
    answer: str
    lives: str
    """Remark below the answer: what comes back and how long it serves."""


STEPS = (
    ChainStep(
        "1 · S'authentifier",
        "Identité eSanté",
        "AuthnRequest",
        "signée par le certificat",
        "Assertion",
        "signée ; vit 60 secondes",
    ),
    ChainStep(
        "2 · Obtenir un jeton",
        "Jetons mySecu",
        "RequestSecurityToken",
        "assertion et espace, signés",
        "Jeton",
        "opaque ; vit 30 minutes",
    ),
    ChainStep(
        "3 · Appeler le service",
        "Échange mySecu",
        "RequestInfo",
        "jeton, Body signé",
        "ResponseInfo",
        "Body et KeyInfo signés",
    ),
)


def chain_diagram() -> str:
    """The diagram as an HTML figure."""
    height = _TOP + _BLOCK * len(STEPS)
    told = "Votre logiciel appelle trois services l'un après l'autre. " + " ".join(
        f"{step.title} : {step.request} vers {step.peer}, réponse {step.answer}, {step.lives}."
        for step in STEPS
    )
    head = (
        '<defs><marker id="chaine-head" markerWidth="9" markerHeight="9" refX="8" refY="4"'
        ' orient="auto"><path d="M0 0L8 4L0 8z" class="sequence-head"/></marker></defs>'
    )
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" id="chaine"'
        f' aria-labelledby="chaine-title" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}">'
    )
    parts = [
        '<figure class="sequence" markdown="0">',
        svg,
        f'<title id="chaine-title">{html(told)}</title>',
        head,
        _line(_LEFT, 38, height),
        _box(_LEFT, 4, "Votre logiciel"),
        *(_step(number, step) for number, step in enumerate(STEPS)),
        "</svg></figure>",
    ]
    return "".join(parts)


def _step(number: int, step: ChainStep) -> str:
    y = _TOP + _BLOCK * number
    first, second = y + 62, y + 110
    title = f'<text x="{_LEFT + 12}" y="{y + 20}" font-size="13" font-weight="600">'
    return "".join(
        (
            f"{title}{html(step.title)}</text>",
            _line(_RIGHT, y + 34, y + _BLOCK - 10),
            _box(_RIGHT, y, step.peer),
            _arrow(first, step.request, step.sent, answer=False),
            _arrow(second, step.answer, step.lives, answer=True),
        )
    )


def _arrow(y: int, text: str, note: str, *, answer: bool) -> str:
    start, end = (_RIGHT, _LEFT) if answer else (_LEFT, _RIGHT)
    middle = (_LEFT + _RIGHT) // 2
    dashed = " sequence-arrow--answer" if answer else ""
    return (
        f'<text x="{middle}" y="{y - 6}" text-anchor="middle" font-size="12"'
        f' class="sequence-wire">{html(text)}</text>'
        f'<line x1="{start}" x2="{end}" y1="{y}" y2="{y}" class="sequence-arrow{dashed}"'
        ' marker-end="url(#chaine-head)"/>'
        f'<text x="{middle}" y="{y + 15}" text-anchor="middle" font-size="12"'
        f' class="sequence-note">{html(note)}</text>'
    )


def _box(place: int, y: int, name: str) -> str:
    return (
        f'<rect x="{place - 66}" y="{y}" width="132" height="34" rx="4" class="sequence-box"/>'
        f'<text x="{place}" y="{y + 22}" text-anchor="middle" font-size="13">{html(name)}</text>'
    )


def _line(place: int, start: int, end: int) -> str:
    return f'<line x1="{place}" x2="{place}" y1="{start}" y2="{end}" class="sequence-life"/>'
