"""signxml verifies what we sign, and signs what we accept."""

import pytest
from lxml import etree
from signxml import (
    CanonicalizationMethod,
    SignatureConfiguration,
    SignatureConstructionMethod,
    SignatureReference,
    XMLSigner,
    XMLVerifier,
)

from forging import DS, SAML, SOAP, WSSE, Element
from memhon.catalogue import SigningProfile, load
from memhon.security import IDENTITY_PROVIDER, KeyPair, assertions
from paths import PATHS

EXCLUSIVE = CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0
LOCATION = f"./{SOAP}Header/{WSSE}Security/"


def signature_of(root: Element) -> Element:
    """The signature in the Security header."""
    found = root.find(f"{SOAP}Header/{WSSE}Security/{DS}Signature")
    assert found is not None
    return found


def without_own_signature(root: Element) -> int:
    """How many references the outer signature has."""
    return len(signature_of(root).findall(f"{DS}SignedInfo/{DS}Reference"))


@pytest.mark.parametrize("profile", load().signing)
def test_it_verifies_what_we_sign(made, profile):
    root, key = made(profile)
    count = without_own_signature(root)
    config = SignatureConfiguration(location=LOCATION, expect_references=count)
    found = XMLVerifier().verify(
        etree.tostring(root),
        x509_cert=key.certificate,
        # Its schema does not know InclusiveNamespaces.
        validate_schema=False,
        expect_config=config,
    )
    results = found if isinstance(found, list) else [found]
    assert count == len(results)
    assert f"{SOAP}Body" in {item.signed_xml.tag for item in results}


def test_it_verifies_our_assertion(scene):
    answer = scene.post(scene.authentication(), PATHS["authentication-request"])
    key = scene.pki.service(IDENTITY_PROVIDER)
    data = etree.tostring(assertions.read_response(answer.root), with_tail=False)
    found = XMLVerifier().verify(data, x509_cert=key.certificate)
    assert f"{SAML}Assertion" == found.signed_xml.tag


def signed_by_signxml(root: Element, profile: SigningProfile, key: KeyPair) -> Element:
    """The message with a signature of signxml in the place of ours."""
    ours = signature_of(root)
    uris = [item.get("URI") for item in ours.iter(f"{DS}Reference")]
    references = [
        SignatureReference(uri, EXCLUSIVE, list(part.prefixes))
        for uri, part in zip(uris, profile.parts, strict=True)
    ]
    info = ours.find(f"{DS}KeyInfo")
    place, parent = ours.getparent().index(ours), ours.getparent()
    parent.remove(ours)
    signer = XMLSigner(SignatureConstructionMethod.detached, c14n_algorithm=EXCLUSIVE)
    # It canonicalises SignedInfo before the signature has its place: the prefixes come along.
    inside = {name: uri for name, uri in root.nsmap.items() if name in profile.signed_info}
    signer.namespaces = {**signer.namespaces, **inside}
    made = signer.sign(
        etree.fromstring(etree.tostring(root)),
        key=key.private_key,
        cert=[key.certificate],
        reference_uri=references,
        key_info=info,
        inclusive_ns_prefixes=list(profile.signed_info),
    )
    parent.insert(place, made)
    return etree.fromstring(etree.tostring(root))


@pytest.mark.parametrize("profile", PATHS)
def test_we_accept_what_it_signs(scene, made, profile):
    root, key = made(profile)
    message = signed_by_signxml(root, load().signing[profile], key)
    answer = scene.post(message, PATHS[profile])
    assert 200 == answer.status, answer.text(".//faultstring")
