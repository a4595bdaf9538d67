"""Fixtures of the promises: the hand-written modules and the texts under version control."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

BINARY = frozenset(
    {".png", ".jpg", ".gif", ".ico", ".pdf", ".ttf", ".woff2", ".zip", ".p12", ".der"}
)


@dataclass(frozen=True, slots=True)
class Module:
    """A hand-written Python file."""

    path: Path
    """Path below the checkout."""
    text: str
    """Its source."""
    tree: ast.Module
    """Its syntax tree."""

    @property
    def values(self) -> tuple[tuple[int, str], ...]:
        """Line and value of every string that is not a docstring or the comment of a field."""
        nodes = list(ast.walk(self.tree))
        comments = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        return tuple(
            (node.lineno, node.value)
            for node in nodes
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in comments
        )


@pytest.fixture(scope="session")
def modules(root: Path, tracked: tuple[Path, ...]) -> tuple[Module, ...]:
    """Every Python file written by hand: the toolkit and its tests."""
    generated = root / "generated"
    sources = [path for path in tracked if path.suffix == ".py" and generated not in path.parents]
    texts = [(path, path.read_text(encoding="utf-8")) for path in sources]
    return tuple(Module(path.relative_to(root), text, ast.parse(text)) for path, text in texts)


@pytest.fixture(scope="session")
def toolkit(modules: tuple[Module, ...]) -> tuple[Module, ...]:
    """The modules of spec/memhon."""
    return tuple(module for module in modules if module.path.parts[:2] == ("spec", "memhon"))


@pytest.fixture(scope="session")
def texts(root: Path, tracked: tuple[Path, ...]) -> dict[str, str]:
    """The text files under version control, by their path below the checkout."""
    paths = [path for path in tracked if path.suffix not in BINARY]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}
