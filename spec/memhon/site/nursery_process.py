"""The process from which kernels are forked: what every notebook imports is imported once.

It reads one order a line, forks, and answers with the process id; it ends when nobody orders any
more. Modules are imported ahead, data is not: a kernel reads the catalogue by itself. It is run
as a script, since nothing of the site belongs into a kernel.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

MODULES = (
    "memhon.local",
    "memhon.client",
    "memhon.validation",
    "memhon.messages.binding",
    "memhon.sandbox",
    "memhon.store",
    "memhon.schemas",
    "memhon.findings.formats",
)
"""What every notebook imports, sooner or later."""
_KERNEL = ("ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.kernelapp")


def main() -> None:
    """Fork a kernel for every order until the input ends."""
    sys.path.remove(str(Path(__file__).parent))
    for name in (*_KERNEL, *MODULES):
        importlib.import_module(name)
    # What is there now is shared by all kernels; a collection would copy its pages.
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, _reap)
    made = []
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            _become_a_kernel(order)
        made.append(pid)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
    for pid in made:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def _reap(_signal: int, _frame: FrameType | None) -> None:
    """Let those that have ended disappear: whoever ordered them asks whether they are there."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become_a_kernel(order: dict[str, Any]) -> None:
    """Take the place of a kernel that was started by itself; does not return."""
    from ipykernel.kernelapp import IPKernelApp

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nursery = os.getppid()
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    sys.argv = ["ipykernel_launcher", *order["argv"], f"--IPKernelApp.parent_handle={nursery}"]
    IPKernelApp.launch_instance()
    sys.exit()


if __name__ == "__main__":
    main()
