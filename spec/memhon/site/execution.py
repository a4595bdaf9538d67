"""Runs notebooks, side by side, each in a kernel of the interpreter that builds the site."""

from __future__ import annotations

import asyncio
import copy
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from memhon.errors import MemhonError
from memhon.site import notebook_file
from memhon.site.cache import NotebookCache
from memhon.site.nursery import forked, nursery

EXPECTED_FAILURE = "raises-exception"
"""Tag of a cell that has to fail; one that does not fails the build."""

_TIMEOUT = 120
_SOCKETS_IN_FILES = sys.platform != "win32"
_KERNELS = count()
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
_DRAWN_PORT = re.compile(r"(?<=127\.0\.0\.1:)[1-9][0-9]{4}\b")


class _ThisInterpreter(KernelSpecManager):
    """Knows one kernel: the running interpreter, whatever is installed on the machine."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        launch = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher"]
        quiet = ["--IPKernelApp.log_level=40", "--HistoryManager.enabled=False"]
        return KernelSpec(
            argv=[*launch, "-f", "{connection_file}", *quiet],
            display_name="Python 3",
            language="python",
            interrupt_mode="signal",
            env={"PYTHONHASHSEED": "0", "NO_COLOR": "1"},
        )


def read(folder: Path) -> dict[str, Any]:
    """The notebooks of a folder by name, without the suffix.

    Raises:
        MemhonError: A notebook carries outputs; they are never committed.
    """
    notebooks = {}
    for path in sorted(folder.glob("*.ipynb")):
        notebook = notebook_file.read(path)
        if any(cell.get("outputs") for cell in notebook.cells):
            raise MemhonError(f"le carnet {path.name} contient des résultats : videz-les")
        notebooks[path.stem] = notebook
    return notebooks


def execute(
    notebooks: Mapping[str, Any], cache: NotebookCache, *, workdir: Path, roots: tuple[Path, ...]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The notebooks with their outputs, and the names of those that had to be run.

    Args:
        notebooks: By name, without outputs.
        cache: What earlier builds left.
        workdir: Folder for the kernels' own files.
        roots: Folders whose paths are made relative in what is shown.

    Raises:
        MemhonError: A cell failed, or one that has to fail did not.
    """
    done = {name: cache.load(notebook) for name, notebook in notebooks.items()}
    missing = tuple(name for name, found in done.items() if found is None)
    if missing:
        workdir.mkdir(parents=True, exist_ok=True)
        fresh = asyncio.run(_run_all({name: notebooks[name] for name in missing}, workdir))
        for name, executed in zip(missing, fresh, strict=True):
            _expect_failures(name, executed)
            cache.keep(notebooks[name], _clean(executed, roots))
            # Read back, so that the first build and every later one give the same bytes.
            done[name] = cache.load(notebooks[name])
    cache.forget_others(notebooks.values())
    return {name: done[name] for name in notebooks}, missing


async def _run_all(notebooks: Mapping[str, Any], workdir: Path) -> list[Any]:
    with channels() as folder, nursery(new_manager(folder)) as source:
        runs = [
            _run(name, notebook, workdir, forked(new_manager(folder), source))
            for name, notebook in notebooks.items()
        ]
        outcomes = await asyncio.gather(*runs, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return outcomes


@contextmanager
def channels() -> Iterator[Path]:
    """A folder for the sockets of kernels; its path is short, as those of sockets have to be."""
    with tempfile.TemporaryDirectory(prefix="mh-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def new_manager(folder: Path) -> AsyncKernelManager:
    """A manager of a kernel that is not started yet.

    Args:
        folder: Where its sockets go, on a system that has sockets in files.
    """
    manager = AsyncKernelManager(kernel_spec_manager=_ThisInterpreter(), kernel_name="memhon")
    if _SOCKETS_IN_FILES:
        # A port is drawn here and bound by the kernel later: any other process may take it between.
        manager.transport = "ipc"
        manager.ip = str(folder / f"k{next(_KERNELS)}")
    return manager


def environment(workdir: Path, home: Path | None = None) -> dict[str, str]:
    """The environment variables of a kernel.

    Args:
        workdir: Folder for the kernel's own files.
        home: ``MEMHON_HOME``; None leaves that of this process.
    """
    own = {"IPYTHONDIR": str(workdir)} | ({"MEMHON_HOME": str(home)} if home else {})
    return dict(os.environ) | own


async def execute_one(
    name: str, notebook: Any, manager: AsyncKernelManager, workdir: Path, roots: tuple[Path, ...]
) -> Any:
    """One notebook with its outputs, run in a kernel that may have been started before.

    Raises:
        MemhonError: A cell failed, or one that has to fail did not.
    """
    executed = _clean(await _run(name, notebook, workdir, manager), roots)
    _expect_failures(name, executed)
    return executed


async def _run(name: str, notebook: Any, workdir: Path, manager: AsyncKernelManager) -> Any:
    own = copy.deepcopy(notebook)
    running: list[int] = []
    client = NotebookClient(
        own,
        km=manager,
        timeout=_TIMEOUT,
        record_timing=False,
        # what a slow cell prints arrives in pieces, cut differently at every run
        coalesce_streams=True,
        store_widget_state=False,
        on_cell_start=lambda cell, cell_index: running.append(cell_index),
    )
    try:
        # A client that was handed its manager leaves the kernel running unless it is told not to.
        await client.async_execute(cleanup_kc=True, env=environment(workdir), cwd=str(workdir))
    except CellExecutionError as error:
        source = own.cells[running[-1]].source if running else ""
        raise MemhonError(_failure(name, running, source, str(error.traceback))) from None
    except (CellTimeoutError, DeadKernelError) as error:
        source = own.cells[running[-1]].source if running else ""
        raise MemhonError(_failure(name, running, source, str(error))) from None
    return own


def _failure(name: str, running: list[int], source: str, trace: str) -> str:
    where = running[-1] + 1 if running else 0
    told = _ANSI.sub("", trace).strip()
    return (
        f"le carnet {name} a échoué à la cellule {where}\n"
        f"--- cellule ---\n{source}\n--- erreur ---\n{told}"
    )


def _expect_failures(name: str, executed: Any) -> None:
    for number, cell in enumerate(executed.cells, start=1):
        if cell.cell_type != "code":
            continue
        failed = any(output.output_type == "error" for output in cell.outputs)
        if EXPECTED_FAILURE in cell.metadata.get("tags", []) and not failed:
            raise MemhonError(
                f"le carnet {name}, cellule {number}, est marqué {EXPECTED_FAILURE} "
                f"mais n'a levé aucune erreur\n--- cellule ---\n{cell.source}"
            )


def _clean(executed: Any, roots: tuple[Path, ...]) -> Any:
    """Without what differs from one run or machine to the next."""
    for cell in executed.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            if output.output_type == "stream":
                output.text = _neutral(output.text, roots)
            elif output.output_type == "error":
                output.traceback = [_neutral(line, roots) for line in output.traceback]
                output.evalue = _neutral(output.evalue, roots)
            else:
                texts = {kind: text for kind, text in output.data.items() if isinstance(text, str)}
                output.data |= {kind: _neutral(text, roots) for kind, text in texts.items()}
    executed.metadata.pop("widgets", None)
    return executed


def _neutral(text: str, roots: tuple[Path, ...]) -> str:
    text = _ANSI.sub("", text)
    for root in roots:
        text = text.replace(f"{root}{os.sep}", "")
    return _DRAWN_PORT.sub("…", _ADDRESS.sub("0x…", text))
