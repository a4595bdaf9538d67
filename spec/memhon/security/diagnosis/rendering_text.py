"""A diagnosis as text for a terminal; what a message holds is drawn, never obeyed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from memhon.findings.words import safe
from memhon.security.diagnosis.differing import first_difference, split
from memhon.security.diagnosis.model import (
    Cause,
    Comparison,
    Diagnosis,
    Difference,
    ReferenceDiagnosis,
    SignatureDiagnosis,
)
from memhon.security.diagnosis.rendering_words import WORDS, state_of, step_name
from memhon.security.diagnosis.visible import shortened, visible

_MOST = 1_200
"""Octets of a canonical form that a terminal is given; JSON has them all."""
_COLON = {"fr": " : ", "en": ": "}


def as_text(diagnosis: Diagnosis, lang: str = "fr") -> str:
    """The diagnosis, signature by signature, the most likely cause first.

    Args:
        diagnosis: What was found.
        lang: Language of the texts.
    """
    return "\n".join(_Writer(lang).lines(diagnosis))


class _Writer:
    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.words: Mapping[str, str] = WORDS[lang]

    def lines(self, diagnosis: Diagnosis) -> Iterator[str]:
        words = self.words
        yield self._pair(words["title"], words["right" if diagnosis.right else "wrong"])
        if diagnosis.exhausted:
            yield words["exhausted"]
        if diagnosis.causes:
            yield ""
            yield words["document"]
            yield from self._causes(diagnosis.causes, b"", "  ")
        for number, signature in enumerate(diagnosis.signatures, 1):
            yield ""
            yield from self._signature(number, signature)
        if not diagnosis.signatures:
            yield words["none"]
        if diagnosis.comparison is not None:
            yield ""
            yield from self._comparison(diagnosis.comparison)
        yield ""
        yield words["drawn"]

    def _pair(self, name: str, value: str) -> str:
        return f"{name}{_COLON[self.lang]}{value}"

    def _state(self, right: bool) -> str:
        return self.words["good" if right else "bad"]

    def _signature(self, number: int, signature: SignatureDiagnosis) -> Iterator[str]:
        words = self.words
        yield words["signature"].format(number=number, line=signature.line)
        yield f"  {signature.xpath}"
        yield "  " + self._pair(words["signer"], _shown(signature.signer) or words["nobody"])
        for reference in signature.references:
            yield from self._reference(reference)
        yield "  " + self._pair(words["value"], self._state(signature.right))
        yield from self._causes(signature.causes, signature.octets, "    ")
        if not signature.right:
            yield from self._octets("octets_info", signature.octets, "    ")

    def _reference(self, reference: ReferenceDiagnosis) -> Iterator[str]:
        words = self.words
        name = _shown(reference.element) or words["nowhere"]
        head = f"#{_shown(reference.uri)} ({name})"
        yield "  " + self._pair(f"{words['reference']} {head}", self._state(reference.right))
        if reference.right:
            return
        prefixes = _shown(" ".join(reference.prefixes))
        yield "    " + self._pair(words["prefixes"], prefixes or words["empty"])
        yield "    " + self._pair(words["found"], _shown(reference.found) or "–")
        yield "    " + self._pair(words["computed"], reference.computed or "–")
        yield from self._causes(reference.causes, reference.octets, "    ")
        yield from self._octets("octets", reference.octets, "    ")

    def _octets(self, word: str, octets: bytes, indent: str) -> Iterator[str]:
        yield indent + self.words[word].format(count=len(octets))
        head, left, tail = shortened(octets, _MOST)
        for line in visible(head, lines=True).splitlines():
            yield f"{indent}  {line}"
        if left:
            yield f"{indent}  {self.words['left_out'].format(count=left)}"
            for line in visible(tail, lines=True).splitlines():
                yield f"{indent}  {line}"

    def _causes(self, causes: tuple[Cause, ...], actual: bytes, indent: str) -> Iterator[str]:
        for number, cause in enumerate(causes, 1):
            yield from self._cause(f"{indent}{number}. ", cause, actual)

    def _cause(self, head: str, cause: Cause, actual: bytes) -> Iterator[str]:
        words, inner = self.words, " " * len(head)
        wording = cause.finding.wording(self.lang)
        yield f"{head}{cause.finding.id} {wording.title}"
        yield f"{inner}{_flat(cause.finding.text(self.lang))}"
        for finding in cause.along:
            along = f"{finding.id} {_flat(finding.text(self.lang))}"
            yield inner + self._pair(words["along"], along)
        yield inner + self._pair(words["why"], wording.cause)
        yield inner + self._pair(words["fix"], wording.fix)
        if cause.value:
            yield inner + self._pair(words["proof"], _shown(cause.value))
        difference = first_difference(actual, cause.octets) if actual and cause.octets else None
        if difference:
            yield from self._difference(difference, inner, ("ours", "theirs"))

    def _difference(
        self, difference: Difference, indent: str, names: tuple[str, str]
    ) -> Iterator[str]:
        words = self.words
        yield indent + words["differs"].format(offset=difference.offset)
        common, ours, theirs = split(difference)
        start = visible(common)
        width = max(len(words[name]) for name in names)
        for name, rest in zip(names, (ours, theirs), strict=True):
            yield f"{indent}  {words[name]:<{width}}  {start}{visible(rest)}"
        yield f"{indent}  {' ' * width}  {' ' * len(start)}^"

    def _comparison(self, comparison: Comparison) -> Iterator[str]:
        words = self.words
        yield words["against"]
        if all(step.same for step in comparison.steps):
            yield f"  {words['all_same']}"
        for step in comparison.steps:
            yield "  " + self._pair(
                step_name(step, words), words[state_of(step.same, step.missing)]
            )
            if step.difference:
                yield from self._difference(step.difference, "    ", ("this", "other"))


def _shown(text: str) -> str:
    return visible(text.encode("utf-8", errors="surrogatepass")).replace("·", " ")


def _flat(text: str) -> str:
    return safe(" ".join(text.split()))
