"""Seconds from a fresh clone to an accepted, signed deposit: ``make first-note``.

Cold: clone, virtual environment, installation, keys, deposit. Warm: the same without installation,
in this checkout, with new keys.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COLD, WARM = 300.0, 10.0
DEPOSIT = """
import memhon
from memhon.catalogue import load
with memhon.Sandbox() as sandbox:
    answer = sandbox.client().send(load().example("ra-depot", "request", "minimal").data)
print(answer.message.uuid_secu.value, [step.name for step in answer.trace])
assert answer.report.verdict.value == "valid"
assert len(answer.trace) == 3
assert b"SignatureValue" in answer.trace[2].request
"""


def run(command: list[str], **more: str) -> None:
    """Run a command to its end."""
    subprocess.run(command, check=True, timeout=600, env=os.environ | more)


def warm(folder: Path) -> float:
    """Seconds with what is installed here."""
    paths = os.pathsep.join(str(ROOT / name) for name in ("spec", "generated", "xsd"))
    start = time.perf_counter()
    run([sys.executable, "-c", DEPOSIT], MEMHON_HOME=str(folder / "home"), PYTHONPATH=paths)
    return time.perf_counter() - start


def cold(folder: Path) -> float:
    """Seconds from a clone; packages come from the package index or its cache."""
    clone, home = folder / "clone", str(folder / "cold")
    python = clone / ".venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    start = time.perf_counter()
    run(["git", "clone", "--quiet", str(ROOT), str(clone)])
    run([sys.executable, "-m", "venv", str(clone / ".venv")])
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    constraints = str(clone / "constraints.txt")
    run([str(python), *install, "-e", f"{clone}[sandbox]", "-c", constraints], PYTHONPATH="")
    run([str(python), "-c", DEPOSIT], MEMHON_HOME=home, PYTHONPATH="")
    return time.perf_counter() - start


def main() -> int:
    """Measure and judge.

    Returns:
        1 when it takes longer than promised.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warm-only", action="store_true", help="leave the installation out")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seconds = {"warm": (warm(Path(folder)), WARM)}
        if not given.warm_only:
            seconds["cold"] = (cold(Path(folder)), COLD)
    for name, (found, promised) in seconds.items():
        print(f"first note, {name}: {found:.1f} s (at most {promised:.0f} s)")
    return 0 if all(found <= promised for found, promised in seconds.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
