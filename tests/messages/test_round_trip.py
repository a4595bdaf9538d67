"""Examples and generated messages survive tree → binding → tree to the letter."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from from_schema import messages as generated
from memhon.catalogue import Message, load
from memhon.intake import read, recognise
from memhon.messages import bind, foreign, parse, serialize, to_element
from memhon.schemas import strict

EXAMPLES = [example for entry in load().exchanges for example in load().examples(entry.id)]
MESSAGES = [message for entry in load().exchanges for message in entry.messages]


def c14n(data: bytes) -> bytes:
    """Inclusive canonical XML of a message without the white space between its elements."""
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(root, method="c14n")


def label(message: Message) -> str:
    return f"{message.exchange_id}-{message.direction}"


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=lambda e: f"{e.exchange_id}-{e.direction}-{e.name}"
)
def test_an_example_comes_back_to_the_letter(example):
    assert c14n(example.data) == c14n(serialize(parse(example.data, exchange=example.exchange_id)))


@pytest.mark.parametrize("message", MESSAGES, ids=label)
def test_a_generated_message_comes_back_to_the_letter(message):
    # deadline off: hypothesis would measure the machine, not the code
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def survives(data):
        element = data.draw(generated(message))
        assert strict(message).validate(element), strict(message).error_log
        sent = etree.tostring(element, encoding="UTF-8")
        binding = parse(sent, exchange=message.exchange_id)
        back = serialize(binding)
        assert exclusive(sent) == exclusive(back)
        assert binding == parse(back)

    survives()


def exclusive(data: bytes) -> bytes:
    """Exclusive canonical XML, as the field signs it."""
    return etree.tostring(etree.fromstring(data), method="c14n", exclusive=True)


def test_binding_leaves_the_tree_as_it_was():
    example = load().example("ra-depot", "request", "rich")
    root = read(example.data).root
    before = etree.tostring(root, method="c14n")
    bind(recognise(root))
    assert before == etree.tostring(root, method="c14n")


def test_amounts_keep_their_zeros():
    binding = parse(load().example("pid-sim", "response", "observed").data)
    line = binding.utaretour.lignes.ligne_utaretour[0]
    assert (Decimal("50.78"), "57.70") == (
        line.part_statutaire,
        str(binding.utaretour.somme_totale),
    )
    written = serialize(binding)
    assert b"57.70</cns:sommeTotale>" in written
    assert b"57.7</cns:montantOpposable>" in written


def test_prefixes_are_those_of_the_field():
    for entry in load().exchanges:
        for message in (entry.request, entry.response):
            example = load().example(entry.id, message.direction, "minimal")
            root = to_element(parse(example.data))
            assert dict(message.prefixes) == {k: v for k, v in root.nsmap.items() if k}
            assert message.prefix == root.prefix


def test_foreign_content_is_kept_to_the_letter():
    binding = parse(load().example("ra-depot", "request", "rich").data)
    seal = '<s:S xmlns:s="urn:s" xmlns:v="urn:v" type="v:x">  <s:t> </s:t> u </s:S>'
    binding.signature.other_element = foreign(seal)
    written = serialize(binding)
    assert seal.encode() in written
    assert written == serialize(parse(written))
