"""Ratios that survive a noisy machine: ``make bench``.

The arms of a comparison run in rotation, a short slice each; the figure is the median of the
ratios taken within one round, with their spread. Absolute times are printed for orientation only.
"""

import argparse
import math
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import xmlschema
from lxml import etree

import memhon
from memhon.catalogue import load
from memhon.schemas import compiled, source

LINES = (1, 5, 50)
SLICE = 0.1


@dataclass(frozen=True, slots=True)
class Figure:
    """One arm against the first arm of its comparison."""

    name: str
    """What was measured."""
    microseconds: float
    """Median of the time of one call over the rounds, process CPU time."""
    ratio: float
    """Median of the per-round ratios to the first arm."""
    least: float
    """Smallest per-round ratio."""
    most: float
    """Largest per-round ratio."""


def deposit(lines: int) -> bytes:
    """Give a valid deposit with that many lines, made from the minimal example."""
    root = etree.fromstring(load().example("ra-depot", "request", "minimal").data)
    first = root.find("prestation")
    assert first is not None
    for other in root.findall("prestation")[1:]:
        root.remove(other)
    text = etree.tostring(first)
    for number in range(lines, 1, -1):
        copy = etree.fromstring(text)
        position = copy.find("numeroLigne")
        assert position is not None
        position.text = str(number)
        first.addnext(copy)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def compare(arms: dict[str, Callable[[], object]], rounds: int) -> list[Figure]:
    """Measure every arm in every round and relate it to the first of the same round."""
    times: dict[str, list[float]] = {name: [] for name in arms}
    for arm in arms.values():
        arm()
    names = list(arms)
    for number in range(rounds):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            times[name].append(_slice(arms[name]))
    reference = times[names[0]]
    return [_figure(name, times[name], reference) for name in names]


def cold_start(data: bytes, rounds: int) -> list[float]:
    """Give the wall time, in seconds, of ``memhon validate`` in a fresh process, per round."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "message.xml"
        file.write_bytes(data)
        command = [sys.executable, "-m", "memhon", "validate", str(file)]
        return [_wall(command) for _ in range(rounds)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each comparison")
    parser.add_argument("--files", type=int, default=10_000, help="files judged with --jobs")
    words = parser.parse_args()
    rounds = words.rounds
    schema = compiled(load().exchange("ra-depot").request)
    peer = xmlschema.XMLSchema10(source("ra/2022_CNS_MEMHON_DEPOT-REQ-V1.xsd").decode())
    print(f"{'deposit':<10}{'arm':<34}{'µs CPU':>9}{'ratio':>8}   spread")
    for lines in LINES:
        data = deposit(lines)
        _check(data, schema)
        arms = {
            "lxml fromstring + validate": lambda data=data: schema.validate(etree.fromstring(data)),
            "memhon.validate": lambda data=data: memhon.validate(data),
            "xmlschema is_valid": lambda data=data: peer.is_valid(data.decode()),
        }
        for figure in compare(arms, rounds):
            _print(_lines(lines), figure)
        wrong = data.replace(b"<nombre>1<", b"<nombre>0<", 1)
        unordered = re.sub(rb"<libre\s*/>", b"", data)
        arms = {
            "memhon.validate, valid": lambda data=data: memhon.validate(data),
            "one value out of bounds": lambda data=wrong: memhon.validate(data),
            "one element missing": lambda data=unordered: memhon.validate(data),
            "the same, excerpt and edit": lambda data=unordered: _shown(data),
        }
        for figure in compare(arms, rounds):
            _print(_lines(lines), figure)
    _print_growth(rounds)
    _print_walls(rounds)
    for lines in (5, 50):
        _print_jobs(lines, words.files, max(3, rounds // 5))


def _lines(count: int) -> str:
    return f"{count} line{'s' * (count > 1)}"


def _shown(data: bytes) -> None:
    for finding in memhon.validate(data).findings:
        assert finding.excerpt
        assert finding.edit


def _print_jobs(lines: int, files: int, rounds: int) -> None:
    """One process against two over many files; wall time, paired within each round."""
    with tempfile.TemporaryDirectory() as folder:
        data = deposit(lines)
        for number in range(files):
            Path(folder, f"{number}.xml").write_bytes(data)
        command = [sys.executable, "-m", "memhon", "validate", folder, "--jobs"]
        pairs = [(_wall([*command, "1"]), _wall([*command, "2"])) for _ in range(rounds)]
    ratios = [one / two for one, two in pairs]
    print(
        f"{files} files of {_lines(lines)}: one process {min(one for one, _ in pairs):.2f} s,",
        end=" ",
    )
    print(
        f"two {min(two for _, two in pairs):.2f} s, ratio {statistics.median(ratios):.2f}", end=" "
    )
    print(f"[{min(ratios):.2f}–{max(ratios):.2f}]")


def _print_growth(rounds: int) -> None:
    """The exponent with which the time grows from 50 to 5,000 lines."""
    small, large = deposit(50), deposit(5000)
    arms = {
        "50": lambda: memhon.validate(small),
        "5000": lambda: memhon.validate(large),
    }
    ratio = compare(arms, max(3, rounds // 3))[1].ratio
    size = len(large) / len(small)
    exponent = math.log(ratio) / math.log(size)
    print(f"\ngrowth from 50 to 5,000 lines: {ratio:.1f} x the time for {size:.1f} x the bytes,")
    print(f"exponent {exponent:.3f}")


def _check(data: bytes, schema: etree.XMLSchema) -> None:
    if not schema.validate(etree.fromstring(data)) or memhon.validate(data).verdict != "valid":
        message = f"the message of the bench is not valid: {schema.error_log}"
        raise SystemExit(message)


def _slice(arm: Callable[[], object]) -> float:
    """Call for a slice of time; give the CPU seconds of one call."""
    calls, start = 0, time.process_time()
    while (spent := time.process_time() - start) < SLICE:
        arm()
        calls += 1
    return spent / calls


def _figure(name: str, times: list[float], reference: list[float]) -> Figure:
    ratios = [mine / other for mine, other in zip(times, reference, strict=True)]
    median = statistics.median(times) * 1e6
    return Figure(name, median, statistics.median(ratios), min(ratios), max(ratios))


def _wall(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def _print(label: str, figure: Figure) -> None:
    spread = f"[{figure.least:.2f}–{figure.most:.2f}]"
    print(f"{label:<10}{figure.name:<34}{figure.microseconds:>9.1f}{figure.ratio:>8.2f}   {spread}")


def _print_walls(rounds: int) -> None:
    cold_start(deposit(1), 1)
    walls = cold_start(deposit(1), rounds)
    empty = [_wall([sys.executable, "-c", "pass"]) for _ in range(rounds)]
    print(f"\ncold start, wall: {statistics.median(walls):.3f} s", end=" ")
    print(f"[{min(walls):.3f}–{max(walls):.3f}] for `memhon validate FILE`,", end=" ")
    print(f"{statistics.median(empty):.3f} s for an empty Python")


if __name__ == "__main__":
    main()
