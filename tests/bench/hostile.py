"""What bad input costs: ``python tests/bench/hostile.py`` prints CPU time and memory per case.

Bounds: 0.1 s of CPU, and twice the input plus 60 MB above the interpreter with MemHon loaded.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

from hostile_cases import CASES
from measure import MEGABYTE, outcomes

MOST_SECONDS = 0.1
MOST_MEMORY = 60 * MEGABYTE


def main() -> None:
    """Print the table; an asterisk marks what is over a bound."""
    print(f"{'case':<34}{'MB':>8}{'ms CPU':>9}{'MB peak':>9}  verdict    findings")
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, case in CASES.items():
            (Path(folder) / name).write_bytes(case.build())
        found = outcomes(Path(folder))
    for name in CASES:
        outcome = found[name]
        slow = outcome.seconds > MOST_SECONDS
        large = outcome.memory > 2 * outcome.size + MOST_MEMORY
        over += slow or large
        print(
            f"{name:<34}{outcome.size / 1e6:>8.2f}{outcome.seconds * 1e3:>8.1f}"
            f"{'*' if slow else ' '}{outcome.memory / 1e6:>8.1f}{'*' if large else ' '}"
            f"  {outcome.verdict.splitlines()[-1]:<11}{', '.join(outcome.findings)}"
        )
    print(f"\n{len(CASES)} cases, {over} over a bound")


if __name__ == "__main__":
    main()
