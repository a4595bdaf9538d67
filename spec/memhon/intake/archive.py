"""Zip archives: each file of one, or why it is not taken out.

Nothing is written to a disk, and nothing is unpacked before its announced size is within the
limits; zlib then stops at that size.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memhon.findings import Finding, make
from memhon.intake.limits import DEFAULT, Limits
from memhon.intake.mistaken import is_zip
from memhon.intake.showing import printable

_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
    struct.error,
    zlib.error,
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_METHOD_NAMES = {9: "deflate64", 12: "bzip2", 14: "lzma", 93: "zstandard", 98: "ppmd"}
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_LINK, _KIND = 0o120000, 0o170000
_CONTENTS = b"PK\x01\x02"
_LOCAL_HEADER = 30
_TRICKS = re.compile(r"^[/\\]|^[A-Za-z]:|\\|(?:^|/)\.\.(?:/|$)|[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive: its bytes, or the findings that keep it closed."""

    name: str
    """As the archive writes it, without control characters; empty for the archive as a whole."""
    data: bytes | None
    """The file; None when there are findings."""
    findings: tuple[Finding, ...] = ()


def archive(data: bytes, *, limits: Limits = DEFAULT) -> tuple[Entry, ...]:
    """Every file of a zip archive, in the order of its table of contents; folders are left out.

    What is wrong with the archive as a whole is an entry without a name. Nothing is raised.

    Args:
        data: The archive as received.
        limits: ``size`` of one file, ``unpacked``, ``ratio`` and ``entries``.
    """
    return tuple(entries(data, limits=limits))


def entries(data: bytes, *, limits: Limits = DEFAULT) -> Iterator[Entry]:
    """The files of ``archive``, each unpacked only when it is asked for."""
    refusal = _too_much(data, limits)
    if refusal:
        yield Entry("", None, (refusal,))
        return
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        yield Entry("", None, (make("ZIP-001", found=_shown(data)),))
        return
    with opened:
        files = [info for info in opened.infolist() if not info.filename.endswith("/")]
        refusal = _contents(files, data, limits)
        if refusal:
            yield Entry("", None, (refusal,))
            return
        seen: set[str] = set()
        for info in files:
            name = printable(info.orig_filename)
            refusal = _refusal(info, seen, limits)
            seen.add(info.orig_filename)
            yield _entry(name, refusal or _unpacked(opened, info))


def _entry(name: str, content: bytes | Finding) -> Entry:
    return Entry(name, content) if isinstance(content, bytes) else Entry(name, None, (content,))


def _too_much(data: bytes, limits: Limits) -> Finding | None:
    if len(data) > limits.unpacked:
        found, expected = f"{len(data)} octets", f"{limits.unpacked} octets"
        return make("ZIP-004", found=found, expected=expected)
    count = data.count(_CONTENTS)
    if count > limits.entries:
        return make("ZIP-003", found=str(count), expected=str(limits.entries))
    return None


def _contents(files: Sequence[zipfile.ZipInfo], data: bytes, limits: Limits) -> Finding | None:
    """What the table of contents says against the archive as a whole."""
    if not files:
        return make("ZIP-002", found=f"{len(data)} octets")
    end = 0
    for info in sorted(files, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return make(
                "ZIP-001", found=f"« {printable(info.filename)} », qui en recouvre un autre"
            )
        end = info.header_offset + _LOCAL_HEADER + info.compress_size
    total = sum(info.file_size for info in files if _ratio(info) <= limits.ratio)
    if total > limits.unpacked:
        found, expected = f"{total} octets", f"{limits.unpacked} octets"
        return make("ZIP-004", found=found, expected=expected)
    return None


def _refusal(info: zipfile.ZipInfo, seen: set[str], limits: Limits) -> Finding | None:
    """What the table of contents says against one file."""
    name = printable(info.orig_filename)
    linked = (info.external_attr >> 16) & _KIND == _LINK
    if linked or not name or _TRICKS.search(info.orig_filename):
        return make("ZIP-009", element=name, found=name)
    if info.orig_filename in seen:
        return make("ZIP-008", element=name, found=name)
    if info.flag_bits & _ENCRYPTED:
        return make("ZIP-006", element=name, found=name)
    if info.compress_type not in _METHODS:
        found = _METHOD_NAMES.get(info.compress_type, f"n° {info.compress_type}")
        return make("ZIP-010", element=name, found=found, expected="store, deflate")
    if _ratio(info) > limits.ratio:
        found = f"{_ratio(info):.0f}"
        return make("ZIP-005", element=name, found=found, expected=str(limits.ratio))
    if info.file_size > limits.size:
        found, expected = f"{info.file_size} octets", f"{limits.size} octets"
        return make("LIMIT-001", element=name, found=found, expected=expected)
    return None


def _ratio(info: zipfile.ZipInfo) -> float:
    return info.file_size / max(info.compress_size, 1)


def _unpacked(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | Finding:
    name = printable(info.orig_filename)
    try:
        content = opened.read(info)
    except _BROKEN:
        return make("ZIP-011", element=name, found=name)
    if len(content) != info.file_size:
        return make("ZIP-011", element=name, found=name)
    if is_zip(content):
        return make("ZIP-007", element=name, found=name)
    return content


def _shown(data: bytes) -> str:
    return data[:8].hex(" ") or "rien"
