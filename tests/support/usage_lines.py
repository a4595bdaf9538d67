"""Journals for tests, made at random; every number is one of the catalogue's own."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from memhon.catalogue import load

HEADER = load().journal.header
CODE = load().provider("demo-1").code
CODES = [provider.code for provider in load().providers]
GOOD = ("event-1", "2026-03-02T09:30:00Z", "depot", "ra", CODE, "note-1", "numerique")
"""The values of a good line."""


def line(**changed: str) -> str:
    """Give a good line with some values changed."""
    names = HEADER.split(";")
    values = dict(zip(names, GOOD, strict=True)) | changed
    assert list(values) == names, changed
    return ";".join(values.values())


def journal(path: Path, lines: Sequence[str]) -> Path:
    """Write a journal with these lines."""
    path.write_text("".join(f"{each}\n" for each in (HEADER, *lines)), encoding="utf-8")
    return path


def random_lines(
    seed: int, count: int, start: datetime, days: int, repeats: float = 0.0
) -> Iterator[str]:
    """Give lines of one period; some come again, to the letter or as a new event."""
    random, before = Random(seed), []
    kinds = [(kind.name, family) for kind in load().journal.kinds for family in kind.families]
    forms = [*(word.name for word in load().journal.forms), ""]
    for _ in range(count):
        again = random.random()
        if before and again < repeats:
            fields = list(random.choice(before))
            if again < repeats / 2:
                fields[0] = str(UUID(int=random.getrandbits(128)))
                fields[1] = _instant(random, start, days)
        else:
            kind, family = random.choice(kinds)
            fields = [
                str(UUID(int=random.getrandbits(128))),
                _instant(random, start, days),
                kind,
                family,
                random.choice(CODES),
                str(UUID(int=random.getrandbits(128))),
                random.choice(forms),
            ]
            if repeats:
                before.append(fields)
        yield ";".join(fields)


def _instant(random: Random, start: datetime, days: int) -> str:
    instant = start + timedelta(seconds=random.randrange(days * 24 * 3600))
    hours = random.choice([0, 1, 2, -5])
    local = (instant.astimezone(UTC) + timedelta(hours=hours)).replace(tzinfo=None)
    return f"{local.isoformat()}{f'{hours:+03}:00' if hours else 'Z'}"
