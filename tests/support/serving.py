"""``memhon sandbox serve`` and ``memhon send`` in processes of their own."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager

MEMHON = [sys.executable, "-m", "memhon"]


@contextmanager
def serving(*arguments, program=MEMHON):
    """A running sandbox, its banner and its address; interrupted at the end."""
    command = [*program, "sandbox", "serve", "--port", "0", *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    banner = []
    try:
        for line in process.stdout:
            banner.append(line.rstrip("\n"))
            if "Ctrl-C" in line:
                break
        address = re.search(r"https?://127\.0\.0\.1:\d+", "\n".join(banner))
        assert address, (banner, process.poll())
        yield "\n".join(banner), address[0], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


def send(*arguments, given=None, endpoint=None):
    """Send; give the exit code and what was printed."""
    environment = dict(os.environ)
    environment.pop("MEMHON_ENDPOINT", None)
    if endpoint:
        environment["MEMHON_ENDPOINT"] = endpoint
    answer = subprocess.run(
        [*MEMHON, "send", *map(str, arguments)],
        input=given,
        capture_output=True,
        env=environment,
        check=False,
    )
    return answer.returncode, answer.stdout.decode(), answer.stderr.decode()
