"""Recalcule chaque empreinte d'un message signé, puis vérifie chaque SignatureValue.

    python verifier.py message.xml [DOSSIER]

DOSSIER reçoit les formes canoniques. Il faut lxml et cryptography. Seul le calcul est jugé : ni la
confiance dans le certificat, ni les parties qui devaient être signées.
"""

import base64
import hashlib
import sys
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree

DS = "{http://www.w3.org/2000/09/xmldsig#}"
WSSE = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd}"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
KNOWN = {EXCLUSIVE, ENVELOPED, SHA256, RSA_SHA256}


def by_id(root, identifier):
    """L'élément de cet identifiant ; il n'y en a qu'un."""
    path = "//*[@*[local-name()='Id' or local-name()='ID']=$wanted]"
    (node,) = root.xpath(path, wanted=identifier)
    return node


def canonical(node, method):
    """Forme canonique exclusive, à sa place, avec la PrefixList écrite dans le message."""
    listed = method.find(f"{{{EXCLUSIVE}}}InclusiveNamespaces")
    prefixes = None if listed is None else listed.get("PrefixList").split()
    return etree.tostring(
        node, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes
    )


def digested(node, signature, reference):
    """Les octets dont la référence donne l'empreinte."""
    methods = {item.get("Algorithm"): item for item in reference.iter(f"{DS}Transform")}
    if ENVELOPED not in methods:
        return canonical(node, methods[EXCLUSIVE])
    # Un commentaire prend la place de la signature : la forme canonique ne l'écrit pas.
    gap = etree.Comment("")
    gap.tail = signature.tail
    signature.getparent().replace(signature, gap)
    octets = canonical(node, methods[EXCLUSIVE])
    gap.getparent().replace(gap, signature)
    return octets


def public_key(root, signature):
    """La clé du certificat que KeyInfo contient ou désigne."""
    info = signature.find(f"{DS}KeyInfo")
    text = info.findtext(f".//{DS}X509Certificate")
    if text is None:
        text = by_id(root, info.find(f".//{WSSE}Reference").get("URI")[1:]).text
    return x509.load_der_x509_certificate(base64.b64decode(text)).public_key()


def check(root, signature, forms):
    """Une ligne par référence, puis une pour SignatureValue ; vrai si tout est juste."""
    info = signature.find(f"{DS}SignedInfo")
    if unknown := {item.get("Algorithm", EXCLUSIVE) for item in info.iter()} - KNOWN:
        sys.exit(f"algorithme hors de cet exemple : {unknown.pop()}")
    good = True
    for number, reference in enumerate(info.iter(f"{DS}Reference"), start=1):
        node = by_id(root, reference.get("URI")[1:])
        octets = digested(node, signature, reference)
        name = etree.QName(node).localname
        forms[f"{number}-{name}.c14n"] = octets
        computed = base64.b64encode(hashlib.sha256(octets).digest()).decode()
        written = reference.findtext(f"{DS}DigestValue")
        if computed == written:
            print(f"{name} : juste, {computed}")
        else:
            print(f"{name} : fausse, message {written}, calcul {computed}")
            good = False
    octets = canonical(info, info.find(f"{DS}CanonicalizationMethod"))
    forms["signed-info.c14n"] = octets
    value = base64.b64decode(signature.findtext(f"{DS}SignatureValue"))
    try:
        public_key(root, signature).verify(value, octets, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        good = False
        print("SignatureValue : fausse")
    else:
        print("SignatureValue : juste")
    return good


def main():
    """Chaque signature du message, dans son ordre ; code de sortie 1 si un calcul diffère."""
    file, *folders = sys.argv[1:]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.parse(file, parser).getroot()
    good = True
    for number, signature in enumerate(list(root.iter(f"{DS}Signature")), start=1):
        print(f"Signature {number}")
        forms = {}
        good &= check(root, signature, forms)
        for folder in folders:
            target = Path(folder, f"signature-{number}")
            target.mkdir(parents=True, exist_ok=True)
            for name, octets in forms.items():
                (target / name).write_bytes(octets)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
