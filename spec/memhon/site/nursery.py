"""Kernels that are forked from one warm process instead of being started one by one.

Each is a process of its own, as isolated from the others as if it had been started alone; only the
imports are shared. Where the system cannot fork safely, kernels are started as usual.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from memhon.errors import MemhonError
from memhon.site import nursery_process

FORKS = sys.platform == "linux"
"""Whether a process with these libraries may be forked; elsewhere it is not safe, or impossible."""
_LAUNCHER = "ipykernel_launcher"


class Nursery:
    """The warm process, seen from the one that orders kernels.

    Args:
        command: How the interpreter of a kernel is started, with its options.
        environment: Variables that count when an interpreter starts.
    """

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [*command, nursery_process.__file__],
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, argv: list[str], environment: Mapping[str, str], cwd: str) -> int:
        """The process id of a new kernel; waits while the process is still warming up.

        Raises:
            MemhonError: The process has ended.
        """
        order = json.dumps({"argv": argv, "env": dict(environment), "cwd": cwd})
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{order}\n")
            self._process.stdin.flush()
            return int(self._process.stdout.readline())
        except (OSError, ValueError) as error:
            raise MemhonError("le processus qui prépare les carnets s'est arrêté") from error

    def close(self) -> None:
        """End it, and every kernel that is still there."""
        self._process.communicate()


class ForkedKernel:
    """What the provisioner of a kernel needs of a process that is not its own child."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while it is there; how it ended is not known."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        """How it ended; called only when it has."""
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class ForkingProvisioner(LocalProvisioner):
    """Orders its kernel instead of starting it."""

    nursery: Nursery

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Order the kernel that this command would start."""
        argv = cmd[cmd.index(_LAUNCHER) + 1 :]
        pid = self.nursery.order(argv, kwargs["env"], kwargs["cwd"])
        self.process = cast("subprocess.Popen[Any]", ForkedKernel(pid))
        self.pid = self.pgid = pid
        return self.connection_info


@contextmanager
def nursery(manager: AsyncKernelManager) -> Iterator[Nursery | None]:
    """A warm process for kernels as this manager would start them; None where none can be."""
    if not FORKS:
        yield None
        return
    spec = manager.kernel_spec
    assert spec is not None
    made = Nursery(spec.argv[: spec.argv.index("-m")], spec.env)
    try:
        yield made
    finally:
        made.close()


def forked(manager: AsyncKernelManager, source: Nursery | None) -> AsyncKernelManager:
    """The manager, which will order its kernel from there; unchanged without a source."""
    if source is not None:
        manager.kernel_id = f"memhon-{id(manager)}"
        provisioner = ForkingProvisioner(
            kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager
        )
        provisioner.nursery = source
        manager.provisioner = provisioner
    return manager
