"""Functions of at most 40 lines, modules of at most 300, rooms that introduce themselves."""

import ast
import statistics
from pathlib import Path

FORBIDDEN_NAMES = frozenset({"utils", "util", "mixins", "common", "core", "helpers", "misc"})


def test_no_function_is_longer_than_forty_lines(modules):
    long = [
        f"{module.path}:{node.lineno} {node.name} ({lines} lines)"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > 40
    ]
    assert long == []


def test_no_module_is_longer_than_three_hundred_lines(modules):
    long = [
        f"{module.path} ({lines} lines)"
        for module in modules
        if (lines := len(module.text.splitlines())) > 300
    ]
    assert long == []


def test_half_of_the_modules_are_small(toolkit):
    lengths = [len(module.text.splitlines()) for module in toolkit]
    assert statistics.median(lengths) <= 120


def test_a_room_says_what_it_does_and_what_it_must_not_know(toolkit):
    rooms = [
        module
        for module in toolkit
        if module.path.name == "__init__.py" and len(module.path.parts) == 4
    ]
    silent = [
        str(module.path)
        for module in rooms
        if len((ast.get_docstring(module.tree) or "").split()) < 15
    ]
    assert len(rooms) > 5
    assert silent == []


def test_every_module_has_a_docstring(toolkit):
    silent = [
        str(module.path)
        for module in toolkit
        if module.text.strip() and not ast.get_docstring(module.tree)
    ]
    assert silent == []


def test_no_module_is_a_drawer_for_everything(modules):
    drawers = [
        str(module.path)
        for module in modules
        if FORBIDDEN_NAMES & {part.removesuffix(".py") for part in Path(module.path).parts}
    ]
    assert drawers == []


def test_no_unfinished_work_is_left_in_the_source(modules):
    words = ["TO" + "DO", "FIX" + "ME", "X" * 3]
    marked = [
        f"{module.path}:{number}"
        for module in modules
        for number, line in enumerate(module.text.splitlines(), 1)
        if any(f"# {word}" in line for word in words)
    ]
    assert marked == []
