"""Bytes changed anywhere: nothing is accepted, and nothing breaks the server."""

import base64
import random

import pytest
from lxml import etree

from forging import fault_id


def test_a_certificate_that_cannot_be_read_is_refused(scene):
    """Broken inside its DER: the library raises late, and whatever it likes."""
    good = base64.b64decode(scene.key().encoded)
    for start in range(0, 900, 20):
        root = scene.business()
        bad = good[:start] + b"\xff\xfe" + good[start + 2 :]
        root[0][0][1].text = base64.b64encode(bad).decode()
        answer = scene.post(root)
        assert 500 == answer.status
        assert fault_id(answer) in {"SEC-010", "SEC-011", "SEC-008"}


@pytest.mark.parametrize("seed", range(4))
def test_no_random_change_is_accepted_or_breaks_the_server(scene, seed):
    """One byte of what is signed, or of the signature, anywhere."""
    draw = random.Random(seed)
    root = scene.business()
    text = etree.tostring(root)
    first = text.index(b"<ds:SignedInfo")
    last = text.index(b"<ds:KeyInfo")
    body = text.index(b"<soapenv:Body")
    places = [draw.randrange(first, last) for _ in range(20)]
    places += [draw.randrange(body, len(text) - 40) for _ in range(20)]
    for place in places:
        other = draw.choice(b"aA0 <>&/\"'#=\n\x00\xff")
        if other == text[place]:
            continue
        changed = text[:place] + bytes([other]) + text[place + 1 :]
        if _same(changed, text):
            continue
        answer = scene.post(changed)
        assert 500 == answer.status, changed[place - 40 : place + 40]
        assert "SBX-006" != fault_id(answer), changed[place - 40 : place + 40]


def _same(changed: bytes, text: bytes) -> bool:
    """Whether the change is one that canonicalisation and base64 take no notice of."""
    try:
        mine = etree.tostring(etree.fromstring(changed), method="c14n", exclusive=True)
    except etree.XMLSyntaxError:
        return False
    theirs = etree.tostring(etree.fromstring(text), method="c14n", exclusive=True)
    return b"".join(mine.split()) == b"".join(theirs.split())
