"""A kernel that waits, warm, for the next notebook that somebody saves."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager

from memhon.site import execution
from memhon.site.nursery_process import MODULES

_WARM = f"import {', '.join(MODULES)}"
_READY_SECONDS = 60.0


class SpareKernel:
    """Executes notebooks one after the other, each in a kernel that was started before.

    Modules are imported ahead, data is not: the catalogue is read by the notebook itself.

    Args:
        workdir: Folder for the kernels' own files.
        roots: Folders whose paths are made relative in what is shown.
        home: ``MEMHON_HOME`` of the kernels; None leaves that of this process.
    """

    def __init__(self, workdir: Path, roots: tuple[Path, ...], home: Path | None = None) -> None:
        self._workdir = workdir
        self._home = home
        self._roots = roots
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._spare: asyncio.Task[AsyncKernelManager] | None = None
        self._held = ExitStack()

    def start(self) -> None:
        """Start the first kernel; does not wait for it."""
        self._workdir.mkdir(parents=True, exist_ok=True)
        self._channels = self._held.enter_context(execution.channels())
        self._thread.start()
        self._wait(self._prepare())

    @property
    def ready(self) -> bool:
        """Whether a kernel waits; a whole build that starts before would slow it down."""
        return self._spare is not None and self._spare.done()

    def execute(self, name: str, notebook: Any) -> Any:
        """One notebook with its outputs; the next kernel is started behind it.

        Raises:
            MemhonError: A cell failed, or one that has to fail did not.
        """
        return self._wait(self._execute(name, notebook))

    def stop(self) -> None:
        """End the waiting kernel and the thread."""
        if not self._thread.is_alive():
            return
        self._wait(self._discard())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._held.close()

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _prepare(self) -> None:
        self._spare = asyncio.create_task(self._started())

    async def _started(self) -> AsyncKernelManager:
        manager = execution.new_manager(self._channels)
        environment = execution.environment(self._workdir, self._home)
        await manager.start_kernel(env=environment, cwd=str(self._workdir))
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=_READY_SECONDS)
            # Silent: the counter of the cells stays at its beginning.
            await client._async_execute_interactive(
                _WARM, silent=True, store_history=False, output_hook=lambda message: None
            )
        finally:
            client.stop_channels()
        return manager

    async def _execute(self, name: str, notebook: Any) -> Any:
        assert self._spare is not None
        manager = await self._spare
        try:
            return await execution.execute_one(name, notebook, manager, self._workdir, self._roots)
        finally:
            await self._prepare()

    async def _discard(self) -> None:
        if self._spare is not None:
            manager = await self._spare
            await manager.shutdown_kernel(now=True)
