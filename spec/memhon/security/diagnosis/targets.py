"""The values that a ``DigestValue`` may mean, whatever way it was written."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

HASHES = ("sha256", "sha1", "sha512", "sha384", "sha224", "md5")
SIZES = {32: "sha256", 20: "sha1", 64: "sha512", 48: "sha384", 28: "sha224", 16: "md5"}
"""Octets of a digest, and its name."""
_LEAST = 8
"""Octets below which the beginning of a digest proves nothing."""
_TOO_MUCH = 4
"""Octets that may stand behind a digest, e.g. a line end."""
_MOST = 512
"""Characters of a value that is looked at."""
_HEX = re.compile(r"[0-9A-Fa-f]{32,128}")


@dataclass(frozen=True, slots=True)
class Target:
    """A digest to be found."""

    digest: bytes
    hash: str
    written: str = ""
    """How the value is written, if not as it should be: ``hex``, ``base64(hex)`` …"""
    partial: bool = False
    """Whether the digest is only the beginning of the right one."""

    def fits(self, digest: bytes) -> bool:
        """Whether a computed digest is the one that is looked for."""
        return digest.startswith(self.digest) if self.partial else digest == self.digest


def targets_of(value: str, declared: str = "sha256") -> tuple[Target, ...]:
    """What a ``DigestValue`` may mean; the plain reading comes first.

    Args:
        value: As it is written.
        declared: The hash that the message names; a value that is too short may be its beginning.
    """
    found: list[Target] = []
    for octets, written in _decoded("".join(value.split())[:_MOST]):
        if len(octets) in SIZES:
            found.append(Target(octets, SIZES[len(octets)], written))
        if len(octets) >= _LEAST:
            found += _partial(octets, declared)
    return tuple(found)


def _decoded(value: str) -> Iterator[tuple[bytes, str]]:
    """Readings of a text, with how it is written where that is not plain base64."""
    plain = _base64(value)
    if plain is not None:
        same = base64.b64encode(plain).decode("ascii") == value
        yield plain, "" if same else "base64 (bits)"
        yield from _inside(plain)
    bare = value.replace(":", "")
    if _HEX.fullmatch(bare) and not len(bare) % 2:
        yield bytes.fromhex(bare), "hex"
    ordinary = value.replace("-", "+").replace("_", "/")
    unpadded = ordinary.rstrip("=")
    padded = _base64(unpadded + "=" * (-len(unpadded) % 4))
    if padded is not None and plain is None:
        yield padded, "base64url" if ordinary != value else "base64 – «=»"
    elif padded is None and plain is None:
        cut = _base64(unpadded[: len(unpadded) // 4 * 4])
        if cut:
            yield cut, ""


def _inside(plain: bytes) -> Iterator[tuple[bytes, str]]:
    """What base64 may hold instead of a digest: its text."""
    try:
        text = plain.decode("ascii").strip()
    except UnicodeDecodeError:
        return
    if _HEX.fullmatch(text) and not len(text) % 2:
        yield bytes.fromhex(text), "base64(hex)"
    inner = _base64(text)
    if inner is not None:
        yield inner, "base64(base64)"


def _partial(octets: bytes, declared: str) -> Iterator[Target]:
    size = next((size for size, name in SIZES.items() if name == declared), 32)
    shown = f"{len(octets)}/{size}"
    if len(octets) < size:
        yield Target(octets, SIZES[size], shown, partial=True)
    elif size < len(octets) <= size + _TOO_MUCH:
        yield Target(octets[:size], SIZES[size], shown)


def _base64(value: str) -> bytes | None:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None


def hashed(pieces: Iterable[bytes], name: str) -> bytes:
    """The digest of octets in pieces.

    Args:
        pieces: The octets.
        name: One of ``HASHES``.
    """
    made = hashlib.new(name, usedforsecurity=False)
    small: list[bytes] = []
    for piece in pieces:
        if len(piece) < 65_536:
            small.append(piece)
            continue
        made.update(b"".join(small))
        small.clear()
        made.update(piece)
    made.update(b"".join(small))
    return made.digest()


def match(pieces: Sequence[bytes], targets: Sequence[Target]) -> Target | None:
    """The target that octets fit, or None; each hash is computed once.

    Args:
        pieces: The octets.
        targets: What is looked for.
    """
    for name in dict.fromkeys(target.hash for target in targets):
        digest = hashed(pieces, name)
        for target in targets:
            if target.hash == name and target.fits(digest):
                return target
    return None
