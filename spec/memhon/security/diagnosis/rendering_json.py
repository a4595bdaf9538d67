"""A diagnosis as plain values, for a program."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from memhon.findings import Finding
from memhon.security.diagnosis.differing import first_difference
from memhon.security.diagnosis.model import (
    Cause,
    Comparison,
    Diagnosis,
    Difference,
    ReferenceDiagnosis,
    SignatureDiagnosis,
)

SCHEMA = "urn:memhon:diagnosis:1"
"""Name of the shape; it changes when a field changes its meaning or goes away."""


def as_json(diagnosis: Diagnosis, lang: str = "fr") -> dict[str, Any]:
    """The diagnosis as values of JSON; octets are in base64 and complete.

    Args:
        diagnosis: What was found.
        lang: Language of the texts.
    """
    from memhon import __version__

    return {
        "schema": SCHEMA,
        "memhon": __version__,
        "lang": lang,
        "right": diagnosis.right,
        "exhausted": diagnosis.exhausted,
        "causes": [_cause(cause, b"", lang) for cause in diagnosis.causes],
        "signatures": [_signature(signature, lang) for signature in diagnosis.signatures],
        "comparison": _comparison(diagnosis.comparison),
    }


def _signature(signature: SignatureDiagnosis, lang: str) -> dict[str, Any]:
    return {
        "xpath": signature.xpath,
        "line": signature.line,
        "signer": signature.signer,
        "right": signature.right,
        "signed_info": _octets(signature.octets),
        "causes": [_cause(cause, signature.octets, lang) for cause in signature.causes],
        "references": [_reference(reference, lang) for reference in signature.references],
    }


def _reference(reference: ReferenceDiagnosis, lang: str) -> dict[str, Any]:
    return {
        "uri": reference.uri,
        "element": reference.element,
        "line": reference.line,
        "prefixes": list(reference.prefixes),
        "right": reference.right,
        "found": reference.found,
        "computed": reference.computed,
        "canonical": _octets(reference.octets),
        "causes": [_cause(cause, reference.octets, lang) for cause in reference.causes],
    }


def _cause(cause: Cause, actual: bytes, lang: str) -> dict[str, Any]:
    proof = cause.octets
    difference = first_difference(actual, proof) if actual and proof is not None else None
    return {
        **_texts(cause.finding, lang),
        "changes": cause.changes,
        "along": [_texts(finding, lang) for finding in cause.along],
        "value": cause.value,
        "octets": None if proof is None else _octets(proof),
        "difference": _difference(difference),
    }


def _texts(finding: Finding, lang: str) -> dict[str, Any]:
    wording = finding.wording(lang)
    return {
        "id": finding.id,
        "title": wording.title,
        "text": finding.text(lang),
        "cause": wording.cause,
        "allowed": wording.allowed,
        "fix": wording.fix,
        "page": finding.page,
    }


def _comparison(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    steps = [
        {
            "signature": step.signature,
            "step": step.step,
            "same": step.same,
            "missing": step.missing or None,
            "difference": _difference(step.difference),
        }
        for step in comparison.steps
    ]
    return {"same": all(step.same for step in comparison.steps), "steps": steps}


def _difference(difference: Difference | None) -> dict[str, Any] | None:
    if difference is None:
        return None
    return {
        "offset": difference.offset,
        "ours": _encoded(difference.ours),
        "theirs": _encoded(difference.theirs),
    }


def _octets(octets: bytes) -> dict[str, Any]:
    return {
        "length": len(octets),
        "sha256": hashlib.sha256(octets).hexdigest(),
        "base64": _encoded(octets),
    }


def _encoded(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")
