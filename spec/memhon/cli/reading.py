"""One input → its reports: read the file once and whole, open an archive, judge each message."""

from __future__ import annotations

import os
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from stat import S_ISREG

from memhon.cli.inputs import Input, unreadable
from memhon.errors import MemhonError
from memhon.findings import Check, CheckStatus, Finding, Report, decide, make
from memhon.intake import DEFAULT
from memhon.validation import LAYERS, validate

_ARCHIVE = b"PK"
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked of every message."""

    exchange: str | None = None
    """Id of the exchange that is expected."""
    layers: tuple[str, ...] | None = None
    """Layers asked for; all when None."""
    show_values: bool = False
    """Whether values of personal fields are shown."""
    deposit: bool = False
    """Whether archives are held to the rules of a deposit on the exchange platform."""


def judge(entry: Input, settings: Settings) -> tuple[Report, ...]:
    """The reports of one input: one for a message, one for each entry of an archive.

    Whatever goes wrong with this input stays with it; only an error of the toolkit itself, such as
    a broken catalogue, is raised.
    """
    try:
        return tuple(_judged(entry, settings))
    except MemhonError:
        raise
    except Exception as crash:
        if os.environ.get("MEMHON_DEBUG"):
            raise
        detail = f"{type(crash).__name__}: {crash}"
        return (unjudged(entry.name, settings, make("CRASH-001", detail=detail)),)


def unjudged(name: str, settings: Settings, *findings: Finding) -> Report:
    """The report of an input that no layer has seen: every planned layer is skipped."""
    names = tuple(LAYERS)
    last = max((names.index(layer) for layer in settings.layers or names), default=0)
    checks = tuple(Check(layer, CheckStatus.SKIPPED, 0.0) for layer in names[: last + 1])
    verdict = decide(findings, checks)
    return Report(verdict, None, None, None, findings, checks, source=name)


def take(file: int, most: int) -> bytes | Finding:
    """The whole content of an open file, or why it cannot be trusted to be whole.

    Args:
        file: Descriptor of a file open for reading.
        most: Bytes that are read at most; of a longer file none is.
    """
    before = os.fstat(file)
    if not S_ISREG(before.st_mode):
        data = _all(file, most + 1)
        return _too_large(f"> {most}", most) if len(data) > most else data
    if before.st_size > most:
        return _too_large(str(before.st_size), most)
    # one byte more than announced shows growth, and the end of the file otherwise
    data = _all(file, before.st_size + 1)
    after = os.fstat(file)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if same and len(data) == before.st_size:
        return data
    return make("FILE-002", found=f"{len(data)} octets", expected=f"{before.st_size} octets")


def documents(
    entry: Input, *, deposit: bool = False
) -> Iterator[tuple[str, bytes | tuple[Finding, ...]]]:
    """The documents of one input with their names: the file itself, or what an archive holds.

    Args:
        entry: A file, an archive or the standard input.
        deposit: Whether an archive is held to the rules of a deposit.

    Yields:
        A name, and the content or why there is none.
    """
    data = entry.refusal or _given(entry.data)
    if data is None:
        data = _content(entry.name)
    if isinstance(data, Finding):
        yield entry.name, (data,)
    elif _is_archive(entry.name, data):
        yield from _of_archive(entry.name, data, deposit=deposit)
    else:
        yield entry.name, data


def _judged(entry: Input, settings: Settings) -> Iterator[Report]:
    for name, data in documents(entry, deposit=settings.deposit):
        if isinstance(data, bytes):
            yield _report(name, data, settings)
        else:
            yield unjudged(name, settings, *data)


def _given(data: bytes | None) -> bytes | Finding | None:
    if data is None or len(data) <= DEFAULT.unpacked:
        return data
    return _too_large(f"> {DEFAULT.unpacked}", DEFAULT.size)


def _report(name: str, data: bytes, settings: Settings) -> Report:
    report = validate(
        data,
        exchange=settings.exchange,
        layers=settings.layers,
        source=name,
        show_values=settings.show_values,
    )
    if not report.findings:
        return report
    # a copy of a finding has its excerpt and lets go of the document: thousands may follow
    return replace(report, findings=tuple(copy(finding) for finding in report.findings))


def _content(name: str) -> bytes | Finding:
    most = DEFAULT.unpacked if name.lower().endswith(".zip") else DEFAULT.size
    try:
        file = os.open(name, _READ)
    except OSError as error:
        return unreadable(error)
    try:
        return take(file, most)
    except OSError as error:
        return unreadable(error)
    finally:
        os.close(file)


def _all(file: int, most: int) -> bytes:
    data = os.read(file, most)
    if not data or len(data) == most:
        return data
    parts = [data]
    wanted = most - len(data)
    while wanted and (part := os.read(file, wanted)):
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts) if len(parts) > 1 else data


def _too_large(found: str, most: int) -> Finding:
    return make("LIMIT-001", found=f"{found} octets", expected=f"{most} octets")


def _is_archive(name: str, data: bytes) -> bool:
    """By its name; without one by its first bytes, unless it is an office document."""
    if name.lower().endswith(".zip"):
        return True
    if not data.startswith(_ARCHIVE):
        return False
    from memhon.intake.mistaken import mistaken

    finding = mistaken(data)
    return finding is not None and finding.id == "FORM-022"


def _of_archive(
    name: str, data: bytes, *, deposit: bool
) -> Iterator[tuple[str, bytes | tuple[Finding, ...]]]:
    """Every file of the archive, and what concerns the archive itself."""
    from memhon.intake import deposit_archive, entries

    for part in deposit_archive(data) if deposit else entries(data):
        inside = f"{name}!/{part.name}" if part.name else name
        yield inside, part.findings if part.data is None else part.data
