"""Which tests reach a transition or an anomaly over HTTP, read from the source of the tests.

Nothing is run and nothing is written down twice: a test names an id in its body, in its parameters
or in a table of scenarios that it uses, its own or one of ``tests/support``; and it speaks HTTP if
it starts a server or takes a fixture that does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

_SERVERS = frozenset({"Sandbox", "Server", "open_desk", "open_platform"})
"""What a test or a fixture names that starts a server."""


def reaching(tests: Path) -> dict[str, tuple[str, ...]]:
    """The tests that speak HTTP and name a text, by that text.

    Args:
        tests: The folder of the tests; without it nothing is found.

    Returns:
        By every text that stands alone in such a test: ``path::function`` from the folder above.
    """
    found: dict[str, list[str]] = {}
    shared = {path.parent: _parsed(path) for path in tests.rglob("conftest.py")}
    support = {path.stem: _tables(_parsed(path)) for path in (tests / "support").glob("*.py")}
    for path in sorted(tests.rglob("test_*.py")):
        module = _parsed(path)
        seen = [module, *(shared[folder] for folder in path.parents if folder in shared)]
        name = path.relative_to(tests.parent).as_posix()
        serving = _serving(seen)
        tables = {**_imported(module, support), **_tables(module)}
        for test in _tests(module):
            if serving & _arguments(test) or _SERVERS & _names(test):
                for text in _texts(test, tables):
                    found.setdefault(text, []).append(f"{name}::{test.name}")
    return {text: tuple(places) for text, places in found.items()}


def _tests(module: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _serving(seen: Iterable[ast.Module]) -> set[str]:
    """Names of the functions in a module and its fixtures that start a server or take one."""
    functions = [node for tree in seen for node in tree.body if isinstance(node, ast.FunctionDef)]
    found = {function.name for function in functions if _SERVERS & _names(function)}
    while True:
        more = {function.name for function in functions if found & _arguments(function)} - found
        if not more:
            return found
        found |= more


def _tables(module: ast.Module) -> Mapping[str, ast.expr]:
    """What the module gives a name: scenarios, parameters."""
    return {
        target.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _imported(
    module: ast.Module, support: Mapping[str, Mapping[str, ast.expr]]
) -> dict[str, ast.expr]:
    """The tables that a module takes from those of the support, by their names there."""
    return {
        alias.name: support[node.module][alias.name]
        for node in module.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module in support
        for alias in node.names
        if alias.name in support[node.module]
    }


def _texts(test: ast.FunctionDef, tables: Mapping[str, ast.expr]) -> set[str]:
    own = _constants(test)
    for name in _names(test) & set(tables):
        own |= _constants(tables[name])
    return own


def _constants(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _arguments(function: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in function.args.args}
