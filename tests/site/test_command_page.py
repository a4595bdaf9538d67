"""Every command and option has its place, and says what the parser says."""

import re

import pytest

from memhon.site.command_page import command_anchor, command_page, option_anchor
from memhon.site.commands import Command, Option


@pytest.fixture(scope="module")
def text(commands):
    return command_page(commands).text


def test_every_command_has_its_section(commands, text):
    sections = re.findall(r"^## (.+) \{ #([\w-]+) \}$", text, re.MULTILINE)
    assert sections == [(each.name, command_anchor(each)) for each in commands.walk()]


def test_every_option_has_an_anchor_of_its_own(commands, text):
    expected = [option_anchor(each, o) for each in commands.walk() for o in each.options]
    assert re.findall(r'class="field-link" id="([^"]+)"', text) == expected
    assert len(set(expected)) == len(expected)


def test_a_section_shows_use_examples_and_codes():
    option = Option(("-j", "--jobs"), "jobs", "N", "1", (), False, False, "combien | au plus")
    word = Option((), "files", "FICHIER", "", (), True, True, "quoi")
    below = Command("m v", "voir", "Voit.", (word, option), ("m v a",), ((0, "vu"),), ())
    text = command_page(Command("m", "", "Tout.", (), (), ((0, "fait"),), (below,))).text
    for part in (
        "m v [options] FICHIER…",
        '<a class="field-link" id="m-v--jobs" href="#m-v--jobs"><code>-j, --jobs N</code></a>',
        'id="m-v-files"',
        "| <code>1</code> | combien &#124; au plus |",
        'title="Exemple" }\nm v a\n',
        "| <code>0</code> | vu |",
    ):
        assert part in text


def test_marks_of_markdown_stay_literal(text):
    assert "&#42;&#42;/&#42;.xml" in text
    assert "text&#124;json" in text
