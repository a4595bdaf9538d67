"""A diagnosis as one HTML page that needs nothing else: no request, no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files

from memhon.findings.words import safe
from memhon.security.diagnosis.model import (
    Compared,
    Comparison,
    Diagnosis,
    ReferenceDiagnosis,
    SignatureDiagnosis,
)
from memhon.security.diagnosis.rendering_pieces import (
    causes,
    difference,
    octets_block,
    pairs,
    shown,
)
from memhon.security.diagnosis.rendering_words import WORDS, state_of, step_name

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)


def html_page(diagnosis: Diagnosis, data: bytes, lang: str = "fr", *, lead: str = "") -> str:
    """The page: document, signatures, references, octets, the message.

    Everything that comes from the message is escaped and drawn.

    Args:
        diagnosis: What was found.
        data: The message as received.
        lang: Language of the texts.
        lead: HTML that comes first, from a caller who knows more of the message.
    """
    return "\n".join(part for part in _parts(diagnosis, data, lang, lead) if part)


def _parts(diagnosis: Diagnosis, data: bytes, lang: str, lead: str) -> Iterator[str]:
    words = WORDS[lang]
    state, told = ("valid", "right") if diagnosis.right else ("invalid", "wrong")
    yield _head(lang)
    yield (
        f'<header>\n<h1>{words["title"]} <span class="badge {state}">{words[told]}</span></h1>\n'
        f'<p class="soft">{escape(words["private"])}</p>\n'
        f'<p class="soft">{escape(words["drawn"])}</p>\n</header>\n<main>'
    )
    yield lead
    if diagnosis.exhausted:
        yield f'<p class="partial">{escape(words["exhausted"])}</p>'
    if not diagnosis.signatures:
        yield f'<p class="partial">{words["none"]}</p>'
    if diagnosis.causes:
        yield f"<h2>{words['document']}</h2>"
        yield causes(diagnosis.causes, b"", lang)
    for number, signature in enumerate(diagnosis.signatures, 1):
        yield from _signature(number, signature, lang)
    if diagnosis.comparison is not None:
        yield from _comparison(diagnosis.comparison, words)
    yield f"<h2>{words['message']}</h2>"
    yield octets_block(words["octets_message"], data, words)
    yield "</main>\n</body>\n</html>\n"


def _head(lang: str) -> str:
    style = files("memhon.findings.formats").joinpath("report.css").read_text(encoding="utf-8")
    own = files("memhon.security.diagnosis").joinpath("diagnosis.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{WORDS[lang]['title']} – MemHon</title>\n"
        f"<style>\n{style}{own}</style>\n</head>\n<body>"
    )


def _signature(number: int, signature: SignatureDiagnosis, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    title = words["signature"].format(number=number, line=signature.line)
    right = signature.right and all(reference.right for reference in signature.references)
    yield (
        f'<section class="document" id="s{number}">\n<header><h2 class="in">{title} '
        f"{_badge(right, words)}</h2></header>"
    )
    for place, reference in enumerate(signature.references, 1):
        yield _reference(f"s{number}-{place}", reference, lang)
    yield _value(f"s{number}-v", signature, lang)
    yield "</section>"


def _reference(anchor: str, reference: ReferenceDiagnosis, lang: str) -> str:
    words = WORDS[lang]
    name = f"{words['reference']} #{shown(reference.uri)}"
    where = shown(reference.element) or words["nowhere"]
    values = [
        (words["prefixes"], shown(" ".join(reference.prefixes)) or words["empty"]),
        (words["found"], shown(reference.found)),
        (words["computed"], reference.computed),
    ]
    return _article(
        anchor,
        f"{name} ({where})",
        reference.right,
        [
            pairs(values),
            causes(reference.causes, reference.octets, lang),
            octets_block(words["octets"], reference.octets, words),
        ],
        words,
    )


def _value(anchor: str, signature: SignatureDiagnosis, lang: str) -> str:
    words = WORDS[lang]
    values = [
        (words["signer"], shown(signature.signer) or words["nobody"]),
        (words["xpath"], shown(signature.xpath)),
    ]
    return _article(
        anchor,
        words["value"],
        signature.right,
        [
            pairs(values),
            causes(signature.causes, signature.octets, lang),
            octets_block(words["octets_info"], signature.octets, words),
        ],
        words,
    )


def _article(
    anchor: str, title: str, right: bool, inside: Sequence[str], words: Mapping[str, str]
) -> str:
    state = "good" if right else "bad"
    head = f"<header><h3>{escape(title)} {_badge(right, words)}</h3></header>"
    body = "\n".join(part for part in inside if part)
    return f'<article class="finding {state}" id="{anchor}">\n{head}\n{body}\n</article>'


def _badge(right: bool, words: Mapping[str, str]) -> str:
    state, word = ("valid", "good") if right else ("invalid", "bad")
    return f'<span class="badge {state}">{words[word]}</span>'


def _comparison(comparison: Comparison, words: Mapping[str, str]) -> Iterator[str]:
    yield f'<h2 id="comparison">{escape(words["against"])}</h2>'
    if all(step.same for step in comparison.steps):
        yield f"<p>{words['all_same']}</p>"
    head = f'<th scope="col">{words["step"]}</th><th scope="col">{words["state"]}</th>'
    rows = "".join(_step(step, words) for step in comparison.steps)
    yield f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody>\n</table>"


def _step(step: Compared, words: Mapping[str, str]) -> str:
    state = words[state_of(step.same, step.missing)]
    kind = "valid" if step.same else "invalid"
    where = difference(step.difference, words, ("this", "other")) if step.difference else ""
    return (
        f"<tr><td>{escape(safe(step_name(step, words)))}</td>"
        f'<td><span class="{kind}">{state}</span>{where}</td></tr>'
    )
