"""Seconds and memory of ``explain`` on a deposit with a PDF of 5 MB: ``make bench``.

Each case runs in a process of its own, so that the memory is that of the whole program.
"""

import base64
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable

from run import deposit
from security import draw, signed

from memhon import intake, soap
from memhon.catalogue import load
from memhon.security import PREFIXES, Authority
from memhon.security.diagnosis import explain

SECONDS, MEGABYTES = 3.0, 300.0
PDF = 5_000_000
CASES: dict[str, Callable[[bytes], bytes]] = {
    "right": lambda data: data,
    "blanks added after signing": lambda data: data.replace(b"<entete>", b"<entete> ", 1),
    "a value changed": lambda data: data.replace(b"<devise>EUR", b"<devise>CHF", 1),
}


def message() -> bytes:
    """A signed deposit whose PDF has five million octets."""
    pdf = base64.b64encode(b"%PDF-1.7 " + bytes(range(256)) * (PDF // 256))
    plain = re.sub(rb"\s*</memoireHonoraire>|\s*</[\w]+:memoireHonoraire>", b"", deposit(5))
    closing = deposit(5)[len(plain) :]
    payload = intake.read(plain + b"<document>" + pdf + b"</document>" + closing).root
    prefixes = {name: PREFIXES[name].value for name in ("wsse", "wsu")}
    envelope = soap.request_tree(payload, model_uid="2022_CNS_MEMHON_DEPOT-V1", prefixes=prefixes)
    key = Authority.make(draw(8)).practitioner(load().provider("demo-1"), bits=2048)
    return signed(envelope, key)


def one(name: str) -> None:
    """Diagnose one case; print seconds, megabytes and the first cause."""
    data = CASES[name](message())
    start = time.perf_counter()
    found = explain(data)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    causes = [
        cause.finding.id for s in found.signatures for r in s.references for cause in r.causes
    ]
    print(f"{seconds:.2f} {peak:.0f} {causes[0] if causes else '-'}")


def main() -> int:
    """Measure every case.

    Returns:
        1 when a goal is missed.
    """
    if len(sys.argv) > 1:
        one(sys.argv[1])
        return 0
    missed = False
    print(f"explain, DEPOT with a PDF of 5 MB (at most {SECONDS:g} s, {MEGABYTES:g} MB)")
    for name in CASES:
        command = [sys.executable, __file__, name]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        seconds, peak = float(told[0]), float(told[1])
        print(f"  {name:30} {seconds:6.2f} s {peak:6.0f} MB  {told[2]}")
        missed |= seconds > SECONDS or peak > MEGABYTES
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
