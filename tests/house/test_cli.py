"""Every verb explains itself with an example; nothing is coloured where nobody looks."""

import os
import re
import subprocess
import sys

import pytest

from memhon.cli.describing import describe
from memhon.cli.main import VERBS as OFFERED
from memhon.cli.main import parser

VERBS = [
    "validate",
    "send",
    "pdf",
    "embed-pdf",
    "sandbox serve",
    "sandbox pki",
    "sandbox clock show",
    "sandbox clock set",
    "sandbox clock advance",
    "sandbox clock freeze",
    "sandbox fault add",
    "sandbox fault list",
    "sandbox fault clear",
    "sandbox reset",
    "sandbox populate",
    "sandbox dump",
    "sandbox load",
    "usage report",
    "signature verify",
    "exchanges",
    "explain",
    "signature explain",
    "bindings check",
    "bindings regenerate",
    "site build",
    "site serve",
]
ESCAPE = "\x1b"


def _memhon(*arguments, given=b"", **environment):
    command = [sys.executable, "-m", "memhon", *arguments]
    return subprocess.run(
        command,
        input=given,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_an_example(verb):
    answer = _memhon(*verb.split(), "--help")
    text = answer.stdout.decode()
    assert answer.returncode == 0
    assert re.search(r"^(Exemples?|Examples?)", text, re.MULTILINE | re.IGNORECASE)
    assert re.search(rf"memhon {verb}", text.split("xemple", 1)[-1].split("xample", 1)[-1])


def test_the_list_of_verbs_is_complete():
    assert {verb.split()[0] for verb in VERBS} == set(OFFERED)


def test_every_command_tells_its_use_completely():
    for command in describe(parser()).walk():
        assert command.examples, command.name
        assert [option.spelling for option in command.options if not option.help] == []
        if not command.subcommands:
            codes = [code for code, _ in command.codes]
            assert codes == sorted({0, 2, *codes}), command.name


def test_wrong_usage_is_exit_two():
    assert _memhon("no-such-verb").returncode == 2
    assert _memhon("validate", "no-such-file.xml").returncode == 2


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_nothing_is_coloured_in_a_pipe(environment, catalogue):
    data = catalogue.example("ra-depot", "request", "minimal").data
    for given in (data, data.replace(b"<libre", b"<Libre", 1), b"<a>"):
        answer = _memhon("validate", "-", given=given, **environment)
        assert ESCAPE not in (answer.stdout + answer.stderr).decode()
    assert ESCAPE not in _memhon("exchanges", **environment).stdout.decode()
    assert ESCAPE not in _memhon("--help", **environment).stdout.decode()


def test_the_exit_code_is_the_verdict(catalogue):
    data = catalogue.example("pid-sim", "request", "rich").data
    assert _memhon("validate", "-", given=data).returncode == 0
    assert _memhon("validate", "-", given=data[:-20]).returncode == 1
    assert _memhon("validate", "-", given=b"").returncode == 1
