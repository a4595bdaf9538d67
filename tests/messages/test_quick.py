"""The short cut for plain messages reads what xsdata reads, or leaves it to xsdata."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from from_schema import messages as generated
from memhon.catalogue import load
from memhon.intake import read, recognise
from memhon.messages.binding import XsdataBinder
from memhon.messages.quick import NotPlainError
from memhon.messages.reading import binding_class

MESSAGES = [message for entry in load().exchanges for message in entry.messages]
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


@pytest.fixture(scope="module")
def binder():
    return XsdataBinder()


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: f"{m.exchange_id}-{m.direction}")
def test_both_read_the_same(message, binder):
    plain = []

    # deadline off: hypothesis would measure the machine, not the code
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def agree(data):
        element = data.draw(generated(message))
        binding = binding_class(message)
        slowly = binder.bind_any(element, binding)
        assert slowly == binder.bind(element, binding)
        try:
            assert repr(slowly) == repr(binder._quick.read(element, binding))
            plain.append(element)
        except NotPlainError:
            assert any(node.attrib for node in element.iter()) or _is_open(element)

    agree()
    assert plain


def _is_open(element):
    """Whether something stands where a schema leaves the content open."""
    return any(str(node.tag).startswith("{http://www.w3.org/") for node in element.iter()) or any(
        etree.QName(node).localname.lower() in ("signature", "libre", "footer")
        and (len(node) or (node.text or "").strip())
        for node in element.iter()
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda root: root.set(f"{XSI}noNamespaceSchemaLocation", "a.xsd"),
        lambda root: root[0][0].set(f"{XSI}nil", "false"),
        lambda root: root.append(etree.Element("unknown")),
        lambda root: root[0].append(root[0][0].__copy__()),
        lambda root: setattr(root.find(".//dateMemoireHonoraires"), "text", "never"),
        lambda root: root[0].remove(root[0][0]),
        lambda root: root[0][0].append(etree.Element("inside")),
    ],
)
def test_what_is_not_plain_is_left_to_xsdata(change, binder):
    root = read(load().example("ra-depot", "request", "minimal").data).root
    binding = binding_class(recognise(root).message)
    binder._quick.read(root, binding)
    change(root)
    with pytest.raises(NotPlainError):
        binder._quick.read(root, binding)
