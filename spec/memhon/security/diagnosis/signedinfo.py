"""Why a signature value does not fit: the key, the form of SignedInfo, or its content."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cryptography import x509

from memhon.findings import Finding, make
from memhon.security.diagnosis.forms import Axis, Form
from memhon.security.diagnosis.lenient import SIGNATURE_URIS, SignatureWritten
from memhon.security.diagnosis.model import Cause, ReferenceDiagnosis
from memhon.security.diagnosis.recovery import Recovered, key_octets, readings, recover
from memhon.security.diagnosis.references import UNEXPLAINED, Context
from memhon.security.diagnosis.rewriting import rewriting_steps
from memhon.security.diagnosis.search import Asked, Hit, search, told
from memhon.security.diagnosis.signers import Signers
from memhon.security.diagnosis.targets import Target, hashed
from memhon.security.keys import subject

_FORM = frozenset({Axis.METHOD, Axis.SCOPE, Axis.NAMES, Axis.REMARKS})
"""Steps that are another canonicalisation of the same SignedInfo."""
_CONTENT = frozenset({Axis.BLANKS, Axis.BASE64, Axis.LINES, Axis.ORDER})
"""Steps that are another SignedInfo."""
_WHOLE = 64
"""Keys are a multiple of these octets long; a value of another length is incomplete."""
_CHANGED, _OTHERWISE, _KEY = "DIA-013", "DIA-014", "DIA-015"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a signature value."""

    octets: bytes
    right: bool
    causes: tuple[Cause, ...]


def judge(
    written: SignatureWritten,
    signers: Signers,
    context: Context,
    references: Sequence[ReferenceDiagnosis],
) -> Judgement:
    """Whether a signature value fits, and why not.

    Args:
        written: The signature.
        signers: Whose value it may be.
        context: Where it stands.
        references: What was found out about its references.
    """
    if written.info is None:
        return Judgement(b"", right=False, causes=(_unexplained(written, b"", "SignedInfo"),))
    node = context.tree.of(written.info)
    form = Form(context.tree, node, node, context.tree.scope(node), written.method)
    octets = b"".join(form.pieces())
    recovered = recover(written.value, signers.named) if signers.named else None
    foreign: list[Finding] = []
    if recovered is None:
        recovered, foreign = _other_key(written, signers)
    if recovered is None:
        return Judgement(octets, right=False, causes=_no_key(written, signers, octets))
    extra = [*foreign, *_written(written, recovered)]
    if hashed([octets], recovered.hash) == recovered.digest:
        alone = (_cause(extra, octets, _value(recovered)),) if extra else ()
        return Judgement(octets, right=not extra, causes=alone)
    asked = Asked(
        form,
        (Target(recovered.digest, recovered.hash),),
        context.profile,
        tuple(rewriting_steps(form, references, recovered.hash)),
    )
    hits = search(asked, context.budget)
    causes = tuple(_causes(hits, recovered, extra, written))
    return Judgement(octets, right=False, causes=causes or _proven(written, recovered, extra))


def _other_key(
    written: SignatureWritten, signers: Signers
) -> tuple[Recovered | None, list[Finding]]:
    """The certificate whose key did sign, if it is among those at hand."""
    for other in signers.others:
        recovered = recover(written.value, other)
        if recovered:
            return recovered, [_key_finding(written, signers.named, subject(other), "–")]
    return None, []


def _key_finding(
    written: SignatureWritten, named: x509.Certificate | None, expected: str, detail: str
) -> Finding:
    return make(
        _KEY,
        line=written.element.sourceline,
        found=subject(named) if named else "–",
        expected=expected,
        detail=detail,
    )


def _no_key(written: SignatureWritten, signers: Signers, octets: bytes) -> tuple[Cause, ...]:
    """No key at hand made the value: it is incomplete, or somebody else's."""
    if signers.named is None or not key_octets(signers.named):
        return (_unexplained(written, octets, "KeyInfo"),)
    size = key_octets(signers.named)
    lengths = [len(octets) for octets, _ in readings(written.value)]
    if lengths and size not in lengths and lengths[0] % _WHOLE:
        shown = f"{lengths[0]}/{size}"
        finding = make(
            "DIA-010",
            line=written.element.sourceline,
            found=shown,
            element="SignatureValue",
        )
        return (Cause(finding, None, shown),)
    finding = _key_finding(written, signers.named, "?", f"{len(signers.others) + 1}")
    return (Cause(finding, None, ""),)


def _written(written: SignatureWritten, recovered: Recovered) -> list[Finding]:
    line = written.element.sourceline
    found = []
    if SIGNATURE_URIS.get(written.algorithm) != recovered.hash or recovered.bare:
        used = recovered.hash + (" (– DigestInfo)" if recovered.bare else "")
        named = written.algorithm or "–"
        found.append(make("DIA-012", line=line, found=named, expected=used))
    if recovered.written:
        shown = recovered.written
        found.append(make("DIA-010", line=line, found=shown, element="SignatureValue"))
    return found


def _causes(
    hits: Sequence[Hit],
    recovered: Recovered,
    extra: Sequence[Finding],
    written: SignatureWritten,
) -> Iterator[Cause]:
    seen: set[tuple[str, ...]] = set()
    line = written.element.sourceline or 0
    for hit in hits:
        findings = [*_findings(hit, line), *extra]
        key = tuple(finding.id for finding in findings)
        if key not in seen and len(seen) < 8:
            seen.add(key)
            changes = len(hit.steps) + len(extra)
            yield replace(_cause(findings, hit.octets, _value(recovered)), changes=changes)


def _findings(hit: Hit, line: int) -> list[Finding]:
    """The findings of steps, which on SignedInfo have a name of their own."""
    steps = [told(step, line) for step in hit.steps]
    axes = {step.axis for step in hit.steps if step.cause not in ("DIA-008", _CHANGED)}
    found: list[Finding] = []
    if axes & _CONTENT:
        found.append(_general(_CHANGED, steps[0], line))
    if axes & _FORM:
        found.append(_general(_OTHERWISE, steps[0], line))
    return [*found, *steps]


def _general(finding_id: str, step: Finding, line: int) -> Finding:
    return make(
        finding_id,
        line=line or None,
        found=step.found or "–",
        expected=step.expected or "–",
        detail=step.id,
    )


def _proven(
    written: SignatureWritten, recovered: Recovered, extra: Sequence[Finding]
) -> tuple[Cause, ...]:
    """The key is right and the octets are not: proven, though not which ones were signed."""
    finding = make(
        _CHANGED,
        line=written.element.sourceline,
        found="SignedInfo",
        expected=_value(recovered),
        detail="–",
    )
    first, *along = [*extra, finding]
    return (Cause(first, None, _value(recovered), len(along) + 1, tuple(along)),)


def _cause(findings: Sequence[Finding], octets: bytes, value: str) -> Cause:
    first, *along = findings
    return Cause(first, octets, value, len(findings), tuple(along))


def _value(recovered: Recovered) -> str:
    return base64.b64encode(recovered.digest).decode("ascii")


def _unexplained(written: SignatureWritten, octets: bytes, what: str) -> Cause:
    finding = make(
        UNEXPLAINED,
        line=written.element.sourceline,
        element="SignatureValue",
        found="–",
        expected="–",
        detail=what,
    )
    return Cause(finding, octets or None, "", 0)
