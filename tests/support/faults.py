"""Breaks one function at a time: the call raises instead of running, wherever it is called from."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import memhon

HOME = str(Path(memhon.__file__).parent)


def functions(work: Callable[[], object]) -> Counter[CodeType]:
    """The functions of the toolkit that some work calls, and how often.

    A generator counts once for every value that is taken from it.
    """
    called: Counter[CodeType] = Counter()

    def trace(frame: FrameType, event: str, _arg: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(HOME):
            called[frame.f_code] += 1

    with _tracing(trace):
        work()
    return called


@contextmanager
def broken(code: CodeType, error: BaseException, *, call: int = 1) -> Iterator[None]:
    """Let a function raise at its n-th call; it works at every other.

    Args:
        code: The function, as ``functions`` names it.
        error: What is raised in its place.
        call: Which call, counted from 1.
    """
    left = call

    def trace(frame: FrameType, event: str, _arg: object) -> None:
        nonlocal left
        if event == "call" and frame.f_code is code:
            left -= 1
            if left == 0:
                raise error

    with _tracing(trace):
        yield


@contextmanager
def _tracing(trace: Callable[[FrameType, str, Any], None]) -> Iterator[None]:
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


def name_of(code: CodeType) -> str:
    """Module and function, for the reader."""
    return f"{Path(code.co_filename).relative_to(HOME)}:{code.co_qualname}"


def forget() -> None:
    """Empty every cache of the toolkit: the next call starts as in a fresh process."""
    for module in list(_modules()):
        for value in list(vars(module).values()):
            clear = getattr(value, "cache_clear", None)
            if callable(clear):
                clear()


def _modules() -> Iterator[Any]:
    for room in ("catalogue", "findings", "intake", "schemas", "validation"):
        package = importlib.import_module(f"memhon.{room}")
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)
