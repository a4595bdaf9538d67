"""Webservice names stay where the house allows them; the vocabulary of house.md is kept."""

import ast
import re

import pytest

ALLOWED = ("spec/memhon/pdf/", "spec/memhon/platform/", "spec/memhon/sandbox/behaviours/")
HELP = ("spec/memhon/cli/",)
FAMILIES = frozenset({"SIM"})
MESSAGE_NAMES = re.compile(r"\b(DEPOT|REMBLIST|REMBCONS|ANNUL|SIM|VAL|CON|DOC)\b(?!-\d)")


@pytest.fixture(scope="module")
def wire_names(catalogue):
    names = {exchange.id for exchange in catalogue.exchanges}
    names |= {exchange.id.replace("-", "_") for exchange in catalogue.exchanges}
    names |= {exchange.model_uid for exchange in catalogue.exchanges}
    return names | {message.root for entry in catalogue.exchanges for message in entry.messages}


def test_webservice_names_stand_only_where_the_house_allows_them(toolkit, wire_names):
    found = [
        f"{module.path}:{line} {text!r}"
        for module in toolkit
        if not module.path.as_posix().startswith(ALLOWED)
        for line, text in module.values
        if not _is_help(module, text) and text not in FAMILIES
        if MESSAGE_NAMES.search(text) or any(_stands_in(name, text) for name in wire_names)
    ]
    assert found == []


def _is_help(module, text):
    """Say whether this is a sentence of a command's help: an example there may name an exchange."""
    return module.path.as_posix().startswith(HELP) and len(text.split()) > 2


def _stands_in(name, text):
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def test_dataclasses_of_the_toolkit_are_frozen_and_slotted(toolkit):
    loose = [
        f"{module.path}:{node.lineno} {node.name}"
        for module in toolkit
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for mark in node.decorator_list
        if "dataclass" in ast.unparse(mark)
        and not {"frozen=True", "slots=True"} <= set(re.findall(r"\w+=True", ast.unparse(mark)))
    ]
    assert loose == []
