"""Reads a ``ds:Signature`` as it is: what the verifier refuses is what has to be explained."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from memhon.security.diagnosis.serial import Method
from memhon.security.diagnosis.writing import INCLUSIVE
from memhon.security.names import (
    CANONICALIZATION,
    DIGEST_METHOD,
    DIGEST_VALUE,
    KEY_INFO,
    REFERENCE,
    SIGNATURE_METHOD,
    SIGNATURE_VALUE,
    SIGNED_INFO,
    TRANSFORM,
    TRANSFORMS,
    Algorithm,
)
from memhon.security.names import INCLUSIVE as LIST
from memhon.security.reading import MOST_PREFIXES, MOST_REFERENCES

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
DIGEST_URIS = {
    Algorithm.SHA256.value: "sha256",
    "http://www.w3.org/2000/09/xmldsig#sha1": "sha1",
    Algorithm.SHA512.value: "sha512",
    Algorithm.SHA384.value: "sha384",
    f"{_MORE}sha224": "sha224",
    f"{_MORE}md5": "md5",
}
"""Digest URIs, accepted by the verifier or not."""
SIGNATURE_URIS = {
    Algorithm.RSA_SHA256.value: "sha256",
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1": "sha1",
    Algorithm.RSA_SHA512.value: "sha512",
    Algorithm.RSA_SHA384.value: "sha384",
    f"{_MORE}rsa-sha224": "sha224",
    f"{_MORE}rsa-md5": "md5",
}
"""Signature URIs of RSA PKCS#1 v1.5, accepted by the verifier or not."""
_INCLUSIVE = (INCLUSIVE, "http://www.w3.org/2006/12/xml-c14n11")
_COMMENTS = "WithComments"


@dataclass(frozen=True, slots=True)
class Written:
    """One reference as it is written."""

    uri: str | None
    """``URI`` as it stands."""
    enveloped: bool
    transform: str
    """URI of its canonicalisation; empty when it names none."""
    method: Method
    algorithm: str
    """URI of its digest."""
    value: str
    element: etree._Element

    @property
    def id(self) -> str:
        """The id that it names."""
        return (self.uri or "").removeprefix("#")

    @property
    def line(self) -> int:
        """Line in the document."""
        return self.element.sourceline or 0


@dataclass(frozen=True, slots=True)
class SignatureWritten:
    """A signature as it is written."""

    element: etree._Element
    info: etree._Element | None
    canonicalisation: str
    method: Method
    algorithm: str
    """URI of the signature method."""
    references: tuple[Written, ...]
    value: str
    key_info: etree._Element | None


def read_leniently(signature: etree._Element) -> SignatureWritten:
    """A signature, whatever is missing in it.

    Args:
        signature: ``ds:Signature``.
    """
    info = signature.find(SIGNED_INFO)
    method = None if info is None else info.find(CANONICALIZATION)
    named = _algorithm(method)
    references = [] if info is None else info.findall(REFERENCE)[:MOST_REFERENCES]
    return SignatureWritten(
        element=signature,
        info=info,
        canonicalisation=named,
        method=_method(method, named),
        algorithm=_algorithm(None if info is None else info.find(SIGNATURE_METHOD)),
        references=tuple(_reference(reference) for reference in references),
        value=signature.findtext(SIGNATURE_VALUE) or "",
        key_info=signature.find(KEY_INFO),
    )


def _reference(reference: etree._Element) -> Written:
    transforms = reference.findall(f"{TRANSFORMS}/{TRANSFORM}")
    names = [_algorithm(transform) for transform in transforms]
    other = [
        (name, transform)
        for name, transform in zip(names, transforms, strict=True)
        if name != Algorithm.ENVELOPED.value
    ]
    named, transform = other[-1] if other else ("", None)
    return Written(
        uri=reference.get("URI"),
        enveloped=Algorithm.ENVELOPED.value in names,
        transform=named,
        method=_method(transform, named or INCLUSIVE),
        algorithm=_algorithm(reference.find(DIGEST_METHOD)),
        value=reference.findtext(DIGEST_VALUE) or "",
        element=reference,
    )


def _method(named: etree._Element | None, uri: str) -> Method:
    """What a canonicalisation means; an unknown one counts as the one that is used everywhere."""
    inner = None if named is None else named.find(LIST)
    prefixes = () if inner is None else tuple((inner.get("PrefixList") or "").split())
    plain = uri.partition("#")[0] if uri.endswith(_COMMENTS) else uri
    return Method(
        exclusive=plain not in _INCLUSIVE,
        prefixes=prefixes[:MOST_PREFIXES],
        comments=uri.endswith(_COMMENTS),
    )


def _algorithm(node: etree._Element | None) -> str:
    return "" if node is None else node.get("Algorithm") or ""
