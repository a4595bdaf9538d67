import pytest

from memhon.catalogue import load
from memhon.client import Step
from memhon.client.answer import fence
from memhon.clock import VirtualClock
from memhon.local import Sandbox


def test_a_block_of_xml():
    assert fence(b"<a/>\n") == "```xml\n<a/>\n```"


def test_ticks_inside_do_not_end_the_block():
    assert fence(b"<a>````</a>") == "`````xml\n<a>````</a>\n`````"


def test_a_long_document_is_cut_and_says_so():
    text = fence(b"<document>" + b"QUJD" * 100 + b"</document>")
    assert "<document>" + ("QUJD" * 15) + "… (400 caractères)</document>" in text


def test_ordinary_text_is_not_cut():
    words = b"<motif>" + b"un deux trois, " * 40 + b"</motif>"
    assert words.decode() in fence(words)


def test_a_step_shows_request_and_answer():
    step = Step(
        "Essai",
        "http://127.0.0.1:4711/ws",
        b"<q/>",
        {},
        200,
        b"<r/>",
        {
            "x-memhon-answer": "computed",
            "content-type": "text/xml",
        },
    )
    assert step._repr_markdown_() == (
        "**Essai** : `POST /ws`\n\n```xml\n<q/>\n```\n\n"
        "Réponse : HTTP 200 (`x-memhon-answer: computed`)\n\n```xml\n<r/>\n```\n"
    )


@pytest.mark.parametrize("exchange", ["pid-sim", "ra-depot", "pid-val"])
def test_what_a_notebook_shows_is_the_same_at_every_run(exchange):
    data = load().example(exchange, "request", "minimal").data
    shown = []
    for _ in range(2):
        with Sandbox(clock=VirtualClock("2026-03-02T09:00:00Z"), seed=1) as sandbox:
            answer = sandbox.client().send(data)
        shown.append([answer, *answer.trace])
    one, other = ([item._repr_markdown_() for item in run] for run in shown)
    assert 4 == len(one)
    assert one == other
    assert one[0].startswith("```xml\n<?xml")
