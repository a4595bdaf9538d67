"""A signer of its own for messages that are to be wrong: lxml, hashlib and one RSA call.

It takes a message apart, computes every digest as it is told, writes the values into the octets as
they stand, and signs. What it is not told to do wrong is right.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree

DS = "{http://www.w3.org/2000/09/xmldsig#}"
EC = "{http://www.w3.org/2001/10/xml-exc-c14n#}"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
HASHES = {
    "md5": hashes.MD5(),
    "sha1": hashes.SHA1(),
    "sha256": hashes.SHA256(),
    "sha512": hashes.SHA512(),
}
Element = etree._Element
Octets = Callable[[Element, Sequence[str]], bytes]
"""Element and written prefix list → what is hashed."""


def parsed(data: bytes) -> Element:
    """The tree of a message; comments stay."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def exclusive(node: Element, prefixes: Sequence[str]) -> bytes:
    """The right canonical form."""
    return etree.tostring(
        node,
        method="c14n",
        exclusive=True,
        with_comments=False,
        inclusive_ns_prefixes=list(prefixes) or None,
    )


def inclusive(node: Element, _prefixes: Sequence[str] = ()) -> bytes:
    """Canonical XML 1.0 instead of the exclusive form."""
    return etree.tostring(node, method="c14n", exclusive=False, with_comments=False)


def in_base64(digest: bytes) -> str:
    """As it should be written."""
    return base64.b64encode(digest).decode("ascii")


@dataclass(frozen=True)
class Way:
    """How one digest is made."""

    octets: Octets = exclusive
    hashed: str = "sha256"
    written: Callable[[bytes], str] = in_base64


RIGHT = Way()


def again(
    data: bytes,
    key: object,
    ways: Mapping[str, Way] | None = None,
    info: Way = RIGHT,
    *,
    which: int = 0,
    targets: Mapping[int, str] | None = None,
) -> bytes:
    """Sign one signature of a message again.

    Args:
        data: The message, signed.
        key: Key pair of the signer.
        ways: How a digest is made, by the local name of what is referred to.
        info: How SignedInfo becomes octets and which hash is signed.
        which: Index of the signature in the document.
        targets: XPath of what a reference means, by its index, where its URI leads elsewhere.
    """
    root = parsed(data)
    signature = list(root.iter(f"{DS}Signature"))[which]
    for index, reference in enumerate(signature.iter(f"{DS}Reference")):
        node = _target(root, reference, (targets or {}).get(index))
        way = (ways or {}).get(etree.QName(node).localname, RIGHT)
        octets = _octets(way.octets, reference, node, signature)
        value = way.written(hashlib.new(way.hashed, octets).digest())
        data = _written(data, reference.findtext(f"{DS}DigestValue"), value)
    signature = list(parsed(data).iter(f"{DS}Signature"))[which]
    element = signature.find(f"{DS}SignedInfo")
    octets = info.octets(element, listed(element.find(f"{DS}CanonicalizationMethod")))
    signed = key.private_key.sign(octets, padding.PKCS1v15(), HASHES[info.hashed])  # type: ignore[attr-defined]
    return _written(data, signature.findtext(f"{DS}SignatureValue"), info.written(signed))


def listed(method: Element) -> list[str]:
    """The prefix list of a canonicalisation."""
    found = method.find(f"{EC}InclusiveNamespaces")
    return [] if found is None else found.get("PrefixList", "").split()


def _target(root: Element, reference: Element, path: str | None) -> Element:
    if path is not None:
        return root.xpath(path)[0]
    uri = reference.get("URI").removeprefix("#")
    return next(node for node in root.iter("*") if uri in _ids(node))


def _ids(node: Element) -> list[str]:
    return [value for name, value in node.attrib.items() if etree.QName(name).localname in _NAMES]


_NAMES = ("Id", "ID")


def _octets(octets: Octets, reference: Element, node: Element, signature: Element) -> bytes:
    transforms = list(reference.iter(f"{DS}Transform"))
    prefixes = listed(transforms[-1])
    if transforms[0].get("Algorithm") != ENVELOPED:
        return octets(node, prefixes)
    # the copy keeps what is declared above, as the signer of an assertion sees it
    copy = parsed(etree.tostring(node.getroottree()))
    place = list(node.getroottree().iter(signature.tag)).index(signature)
    twin = list(copy.iter(signature.tag))[place]
    parent = twin.getparent()
    tail, before = twin.tail or "", twin.getprevious()
    parent.remove(twin)
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    return octets(parent, prefixes)


def _written(data: bytes, old: str, new: str) -> bytes:
    assert data.count(old.encode()) == 1, old
    return data.replace(old.encode(), new.encode())
