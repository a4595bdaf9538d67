"""All notebooks of the checkout: executed cold and unchanged as the site does, and serially.

Part of ``make bench``. The other arm is nbclient as it comes: one notebook after the other, each in
a fresh kernel. The arms run in rotation, each in a process of its own, and the figure is the median
of the ratios taken within one round. Seconds are those of the wall, since kernels wait; on a busy
machine kernels side by side get more of it than one, so CPU time is told beside.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
COLD, UNCHANGED = 0.30, 0.02
ARMS = ("serial", "cold", "unchanged")


def serial(folder: Path) -> int:
    """Every notebook with plain nbclient, a fresh kernel each; give how many."""
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        place = {"metadata": {"path": str(folder)}}
        NotebookClient(notebook, timeout=120, kernel_name="python3", resources=place).execute()
    return len(paths)


def ours(folder: Path) -> int:
    """Every notebook as the site executes it, but for those kept; give how many were run."""
    from memhon.home import pki_path
    from memhon.site import cache, execution
    from memhon.site.own_keys import certificates

    versions = cache.installed() | certificates(pki_path().parent)
    sources = tuple(ROOT / name for name in ("spec", "generated", "xsd"))
    kept = cache.NotebookCache(folder / "kept", cache.surroundings(sources, versions))
    notebooks = execution.read(ROOT / "notebooks")
    _, fresh = execution.execute(notebooks, kept, workdir=folder / "kernel", roots=(ROOT,))
    return len(fresh)


def measured(arm: str, folder: Path) -> tuple[float, float, int]:
    """Seconds of wall and CPU of one arm in a process of its own; how many notebooks it ran."""
    command = [sys.executable, __file__, "--arm", arm, "--folder", str(folder)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    seconds, spent, count = json.loads(answer.stdout.splitlines()[-1])
    return seconds, spent, count


def run(arm: str, folder: Path) -> None:
    """Print the figures of one arm, for ``measured``."""
    # Both engines are imported before the clock starts.
    import memhon.site.execution  # noqa: F401

    start, before = time.perf_counter(), _processor()
    count = serial(folder) if arm == "serial" else ours(folder)
    print(json.dumps([time.perf_counter() - start, _processor() - before, count]))


def _processor() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def compare(rounds: int) -> bool:
    """Print the arms and their ratios; give whether both goals are met."""
    expected = len(list((ROOT / "notebooks").glob("*.ipynb")))
    times: dict[str, list[float]] = {arm: [] for arm in ARMS}
    spent: dict[str, list[float]] = {arm: [] for arm in ARMS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(rounds):
            shutil.rmtree(folder / "kept", ignore_errors=True)
            order = ARMS if number % 2 else (*ARMS[1:], ARMS[0])
            for arm in order:
                seconds, processor, count = measured(arm, folder)
                assert count == (0 if arm == "unchanged" else expected), (arm, count)
                times[arm].append(seconds)
                spent[arm].append(processor)
    good = True
    for arm in ARMS:
        wall, processor = statistics.median(times[arm]), statistics.median(spent[arm])
        print(f"{expected} notebooks, {arm:9} {wall:6.2f} s, CPU {processor:6.2f} s")
    for arm, goal in (("cold", COLD), ("unchanged", UNCHANGED)):
        ratios = [a / b for a, b in zip(times[arm], times["serial"], strict=True)]
        ratio = statistics.median(ratios)
        good = good and ratio <= goal
        print(f"{arm:9} {ratio:.3f} [{min(ratios):.3f}–{max(ratios):.3f}], goal ≤ {goal}")
    return good


def main() -> int:
    """Compare, or run the one arm that ``compare`` asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--arm", choices=ARMS)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    os.environ.setdefault("MEMHON_HOME", str(ROOT / "build" / "home"))
    if args.arm:
        run(args.arm, args.folder)
        return 0
    return 0 if compare(args.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
