"""Large stores for ``make soak``: filled by SQL, looked at without a server."""

import re
import sqlite3
import statistics
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from soak_server import NOW

from memhon.catalogue import load
from memhon.store import open_store
from memhon.store.columns import day_number
from values import DEPOSIT

LIST = load().example("ra-remblist", "request", "minimal").data
DAY = NOW[:10]


def _listed() -> str:
    """The patient whose list the example asks for."""
    found = re.search(rb"identifiantUnique>(\d+)<", LIST)
    assert found is not None
    return found[1].decode()


def looking(places: list[Path], looks: int) -> float:
    """Median of the ratios of looking up a page of twenty in the second store and the first."""
    matricule = _listed()
    with open_store(places[0]) as small, open_store(places[1]) as large:
        ratios = []
        for _ in range(looks):
            times = []
            for store in (small, large):
                start = time.perf_counter()
                assert store.deposits_of(matricule).total >= 20
                times.append(time.perf_counter() - start)
            ratios.append(times[1] / times[0])
    return statistics.median(ratios)


def adding(places: list[Path], looks: int) -> float:
    """Median of the ratios of keeping a deposit in the second store and the first."""
    with open_store(places[0]) as small, open_store(places[1]) as large:
        ratios = []
        for number in range(looks):
            note = replace(DEPOSIT, uuid=str(uuid4()), secu_uuid=str(uuid4()))
            times = []
            for store in (small, large) if number % 2 else (large, small):
                start = time.perf_counter()
                store.add_deposit(note)
                times.append(time.perf_counter() - start)
            ratios.append(times[1] / times[0] if number % 2 else times[0] / times[1])
    return statistics.median(ratios)


def fill(path: Path, rows: int, *, age: timedelta = timedelta()) -> None:
    """Rows by SQL, twenty to a patient, without documents; the first patient is the demo one."""
    open_store(path).close()
    listed, day = _listed(), day_number(DAY)
    at = datetime.fromisoformat(NOW).astimezone(UTC) - age

    def row(number: int) -> tuple[object, ...]:
        patient = listed if number % (rows // 20) == 0 else f"patient-{number % (rows // 20)}"
        received = (at - timedelta(seconds=(rows - number) / 10)).isoformat(timespec="microseconds")
        keys = [
            str(UUID(int=((number + 1) * _SPREAD + half) % 2**128, version=4)) for half in (0, 1)
        ]
        return keys[0], keys[0], keys[1], "1234", received, "DEPOSE", patient, DAY, day, b""

    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO deposits (uuid_key, uuid, secu_uuid, sender, received_at, status, matricule, "
        "dated, day, amount, currency, last_name, data) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '57.70', 'EUR', 'Weber', ?)",
        map(row, range(rows)),
    )
    connection.commit()
    connection.close()


_SPREAD = 0x9E3779B97F4A7C15F39CC0605CEDC835
"""Spreads the keys over the whole index, as drawn ones are."""
