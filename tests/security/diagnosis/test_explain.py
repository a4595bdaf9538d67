"""Right messages are right, and what nothing explains is shown."""

import pytest
from lxml import etree

import resigning
from memhon.errors import MessageError
from memhon.security.diagnosis import explain
from resigning import (
    DS,
    NAMES,
    digest,
    messages,
)


@pytest.mark.parametrize("name", NAMES)
def test_right_messages_are_right(name):
    found = explain(messages()[name])
    assert found.right
    assert [] == [cause for one in found.signatures for cause in one.causes]
    for signature in found.signatures:
        for reference in signature.references:
            assert reference.found == reference.computed == digest(reference.octets)


def test_what_nothing_explains_is_shown_with_its_octets():
    data = messages()["pid-request"].replace(b">C1<", b">C2<")
    (reference,) = explain(data).signatures[0].references
    (cause,) = reference.causes
    assert ("DIA-090", reference.octets) == (cause.finding.id, cause.octets)
    assert b">C2<" in cause.octets
    assert reference.computed == digest(cause.octets) != reference.found


def test_the_door_stays_closed_to_everything_else():
    with pytest.raises(MessageError):
        explain(b"<!DOCTYPE a><a/>")
    with pytest.raises(MessageError):
        explain(b"<a>")
    assert not explain(b"<a/>").right


def test_a_message_of_a_foreign_shape_is_read():
    root = etree.fromstring(messages()["pid-request"])
    for name in ("SignedInfo", "SignatureValue", "KeyInfo", "Reference", "DigestValue"):
        copy = etree.fromstring(etree.tostring(root))
        node = next(copy.iter(f"{DS}{name}"))
        node.getparent().remove(node)
        found = explain(etree.tostring(copy))
        assert not found.right, name
        for signature in found.signatures:
            assert signature.right or signature.causes
            for part in signature.references:
                assert part.right or part.causes
        if name != "KeyInfo":
            assert resigning.claims(found) == [], name
