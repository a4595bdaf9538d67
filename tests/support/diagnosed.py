"""A diagnosis as plain values, the same from the command's engine and from the page's."""

import base64
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from damages import Case
from memhon.security.diagnosis import Cause, Diagnosis, explain

ADDRESS = "securite/diagnostic/"
"""Of the page, in the site."""
PAGE = """async ({assets, data, cases}) => {
  const {explain} = await import(`${assets}diagnostic/explaining.mjs`);
  const {readPem} = await import(`${assets}diagnostic/certificates.mjs`);
  const {base64, fromBase64} = await import(`${assets}diagnostic/octets.mjs`);
  const finding = f => [f.id, f.line ?? null, f.found ?? null, f.expected ?? null,
    f.element ?? null, f.detail ?? null];
  const cause = one => ({findings: [one.finding, ...one.along].map(finding),
    value: one.value, changes: one.changes, octets: one.octets && base64(one.octets)});
  const judged = one => ({right: one.right, line: one.line, octets: base64(one.octets),
    causes: one.causes.map(cause)});
  const reference = one => ({...judged(one), uri: one.uri, element: one.element,
    prefixes: one.prefixes, found: one.found, computed: one.computed});
  const signature = one => ({...judged(one), xpath: one.xpath, signer: one.signer,
    references: one.references.map(reference)});
  const found = {};
  for (const {name, message, certificates, passwords, now} of cases) {
    const settings = {...data, known: readPem(certificates), passwords,
      now: now === null ? null : Date.parse(now)};
    const told = await explain(fromBase64(message), settings);
    found[name] = {causes: told.causes.map(cause), exhausted: told.exhausted,
      signatures: told.signatures.map(signature)};
  }
  return found;
}"""
"""Explains cases in a page of the site and gives the same plain values, by name."""


def asked(case: Case) -> dict[str, Any]:
    """Give a case as the page receives it."""
    pem = [one.public_bytes(Encoding.PEM).decode("ascii") for one in case.certificates]
    return {
        "name": case.name,
        "message": _base64(case.data),
        "certificates": "".join(pem),
        "passwords": list(case.passwords),
        "now": case.now and case.now.isoformat(),
    }


def told(case: Case) -> dict[str, Any]:
    """Give what the command's engine says of a case."""
    found = explain(case.data, known=case.certificates, passwords=case.passwords, now=case.now)
    return _plain(found)


def _plain(found: Diagnosis) -> dict[str, Any]:
    return {
        "causes": [_cause(cause) for cause in found.causes],
        "exhausted": found.exhausted,
        "signatures": [
            {
                **_judged(signature),
                "xpath": signature.xpath,
                "signer": signature.signer,
                "references": [
                    {
                        **_judged(reference),
                        "uri": reference.uri,
                        "element": reference.element,
                        "prefixes": list(reference.prefixes),
                        "found": reference.found,
                        "computed": reference.computed,
                    }
                    for reference in signature.references
                ],
            }
            for signature in found.signatures
        ],
    }


def _judged(one: Any) -> dict[str, Any]:
    return {
        "right": one.right,
        "line": one.line,
        "octets": _base64(one.octets),
        "causes": [_cause(cause) for cause in one.causes],
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "findings": [
            [one.id, one.line, one.found, one.expected, one.element, one.detail]
            for one in (cause.finding, *cause.along)
        ],
        "value": cause.value,
        "changes": cause.changes,
        "octets": None if cause.octets is None else _base64(cause.octets),
    }


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")
