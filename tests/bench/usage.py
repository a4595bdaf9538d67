"""Seconds and memory of the usage report over a million journal lines: ``make bench``.

Each case runs in a process of its own, so that seconds and memory are those of the whole program.
The seconds are CPU time: other work on the machine makes the wall time longer, not the work.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))

from usage_lines import HEADER, random_lines

SECONDS, MEGABYTES = 5.0, 300.0
LINES = 1_000_000
_REPORT = ("usage", "report", "--from", "2026-01-01", "--to", "2026-12-31", "--format", "json")


def write(path: Path, lines: Iterable[str]) -> None:
    """Write a journal."""
    with path.open("w", encoding="ascii") as file:
        file.write(f"{HEADER}\n")
        file.writelines(f"{line}\n" for line in lines)


def measured(path: Path) -> tuple[float, float, float]:
    """Give CPU seconds, wall seconds and megabytes of one report."""
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        command = [sys.executable, "-m", "memhon", *_REPORT, "--journal", str(path)]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        line = f"{used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024}"
        path.with_suffix(".txt").write_text(line, encoding="ascii")
        os._exit(done.returncode)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    wall = time.perf_counter() - begin
    seconds, megabytes = path.with_suffix(".txt").read_text(encoding="ascii").split()
    return float(seconds), wall, float(megabytes)


def main() -> int:
    """Measure every case.

    Returns:
        1 when a goal is missed.
    """
    start = datetime(2026, 1, 1, tzinfo=UTC)
    missed = False
    print(f"{'one million lines':<32}{'s CPU':>8}{'s wall':>8}{'MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.csv"
        cases = {
            "every event once": random_lines(1, LINES, start, 360),
            "one line in a hundred again": random_lines(2, LINES, start, 360, repeats=0.01),
        }
        for name, lines in cases.items():
            write(path, lines)
            seconds, wall, megabytes = measured(path)
            missed |= seconds > SECONDS or megabytes > MEGABYTES
            print(f"{name:<32}{seconds:>8.2f}{wall:>8.2f}{megabytes:>8.0f}")
    print(f"{'goal':<32}{SECONDS:>8.2f}{SECONDS:>8.2f}{MEGABYTES:>8.0f}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
