"""Milliseconds a page of the printed fee note, and growth with its lines: ``make bench``.

CPU time of this process counts, the best of five different notes each: other programs
of the machine do not. The first note pays for reading template and fonts, and is shown apart.
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "support"))

import printed_notes as notes  # noqa: E402
from memhon.pdf import print_fee_note  # noqa: E402

MILLISECONDS = 50.0
LINES = (1, 30, 150, 500)
ROUNDS = 5


def measure(lines: int) -> tuple[int, float]:
    """Pages, and CPU milliseconds a page, of a note that was not printed before."""
    note = notes.many(lines)
    note.entete.numero_memoire_honoraires = str(time.perf_counter_ns())
    start = time.process_time()
    printed = print_fee_note(note)
    spent = time.process_time() - start
    return printed.pages, spent * 1000 / printed.pages


def main() -> int:
    """Measure and judge.

    Returns:
        1 when a page takes longer than the goal.
    """
    pages, first = measure(1)
    print(f"{'first note':>12} {pages:4d} page(s) {first:6.1f} ms/page")
    worst = 0.0
    for lines in LINES:
        results = [measure(lines) for _ in range(ROUNDS)]
        pages, best = min(results, key=lambda result: result[1])
        worst = max(worst, best)
        print(f"{lines:6d} lines {pages:4d} page(s) {best:6.1f} ms/page")
    print(f"goal: {MILLISECONDS:g} ms/page; worst: {worst:.1f}")
    return int(worst > MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
