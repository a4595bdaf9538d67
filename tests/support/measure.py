"""CPU seconds and peak memory of one judgement, each in a process of its own.

``python measure.py FOLDER`` judges every file of a folder and prints one JSON line for each: a
process with MemHon loaded and its schemas compiled forks one child per file, so that neither the
interpreter nor an earlier file is counted. ``outcomes`` does that from a test.
"""

import json
import os
import subprocess
import sys
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
STATUS = Path("/proc/self/statm")
"""Where Linux says how much memory a process has; elsewhere nothing is measured."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one judgement said and what it cost."""

    verdict: str
    """``valid``, ``invalid``, ``undecided``, or the traceback of what was raised."""
    findings: tuple[str, ...]
    """Ids, each once, in the order of the report; archives: those of every entry."""
    seconds: float
    """CPU time of the judgement."""
    memory: float
    """Bytes of resident memory at the peak, above the interpreter with MemHon loaded."""
    size: int
    """Bytes of the file."""


def outcomes(folder: Path) -> dict[str, Outcome]:
    """Judge every file of the folder in a child of one fresh interpreter."""
    command = [sys.executable, str(Path(__file__)), str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    found = {}
    for line in answer.stdout.splitlines():
        values = json.loads(line)
        name = values.pop("name")
        findings = tuple(values.pop("findings"))
        found[name] = Outcome(findings=findings, **values)
    return found


def judge(path: Path) -> Outcome:
    """Judge one file in this process; its own memory is counted."""
    import resource

    before = _resident()
    start = time.process_time()
    try:
        verdict, findings = _verdict(path)
    except Exception:  # what was raised is what the caller wants to see
        verdict, findings = traceback.format_exc(), ()
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Outcome(verdict, findings, seconds, max(0, peak - before), path.stat().st_size)


def main() -> None:
    """Judge the files of the folder named on the command line."""
    from memhon import validate
    from memhon.catalogue import load
    from memhon.intake import archive

    for exchange in load().exchanges:
        for example in load().examples(exchange.id):
            validate(example.data).to_text()
    validate(load().examples("pid-sim")[0].data.replace(b">", b">x", 9)).to_json()
    archive(b"")
    for path in sorted(Path(sys.argv[1]).iterdir()):
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            print(json.dumps({"name": path.name, **asdict(judge(path))}), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


def _verdict(path: Path) -> tuple[str, tuple[str, ...]]:
    from memhon import validate
    from memhon.findings import decide
    from memhon.intake import deposit_archive, entries

    data = path.read_bytes()
    if path.suffix != ".zip":
        report = validate(data)
        return report.verdict.value, tuple(dict.fromkeys(f.id for f in report.findings))
    unpack = deposit_archive if path.name.startswith("deposit") else entries
    findings, verdicts = [], []
    for entry in unpack(data):
        if entry.data is None:
            findings += entry.findings
            verdicts.append(decide(entry.findings, ()).value)
        else:
            report = validate(entry.data)
            findings += report.findings
            verdicts.append(report.verdict.value)
    worst = next(v for v in ("invalid", "undecided", "valid") if v in verdicts)
    return worst, tuple(dict.fromkeys(finding.id for finding in findings))


def _resident() -> int:
    import resource

    pages = int(STATUS.read_text().split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
