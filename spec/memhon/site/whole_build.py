"""``memhon site build`` behind ``memhon site serve``, in a process that knows today's code."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from memhon.site.checkout import Checkout

_NICE = 10


class WholeBuild:
    """At most one build at a time; a new one ends the one before.

    Args:
        checkout: The project's folder.
    """

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout
        self._process: subprocess.Popen[str] | None = None
        self._start = 0.0

    def start(self) -> None:
        """Start it; one that still runs is ended."""
        self.stop()
        self._start = time.perf_counter()
        with self._said.open("w", encoding="utf-8") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "memhon", "site", "build"],
                cwd=self._checkout.root,
                env=os.environ | {"NO_COLOR": "1"},
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        if hasattr(os, "setpriority"):
            # What is served and the next save come first.
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)

    def stop(self) -> None:
        """End it, with everything that it has started; the old site stays."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        self._tidy(process.pid)

    def _tidy(self, pid: int) -> None:
        """Take away what an ended build leaves; a site that it had moved aside comes back."""
        for aside in self._checkout.build.glob(f"*.old-{pid}"):
            target = aside.with_name(aside.name.removesuffix(f".old-{pid}"))
            if not target.exists():
                aside.rename(target)
        for suffix in ("new", "old"):
            for left in self._checkout.build.glob(f"*.{suffix}-{pid}"):
                shutil.rmtree(left, ignore_errors=True)

    def finished(self) -> tuple[bool, str, float] | None:
        """Whether it went well, what it said and its seconds, once; None before its end."""
        if self._process is None or self._process.poll() is None:
            return None
        code, self._process = self._process.returncode, None
        said = self._said.read_text(encoding="utf-8").strip()
        return code == 0, said, time.perf_counter() - self._start

    @property
    def _said(self) -> Path:
        return self._checkout.build / "whole-build.txt"
