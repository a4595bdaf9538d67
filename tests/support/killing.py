"""Kills a sandbox in the middle of its writes and looks at what is left."""

import http.client
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import wire
from memhon.catalogue import load
from memhon.store import open_store

_NOTE = re.sub(
    r"^<\?xml[^>]*\?>", "", load().example("ra-depot", "request", "minimal").data.decode()
)
_THREADS = 4
_SECU = re.compile(rb"UuidSecu[^>]*>([^<]+)<")


def note(number: int) -> tuple[str, bytes]:
    """A deposit in its envelope, and the UUID that the sender gives it."""
    uuid = str(UUID(int=number, version=4))
    return uuid, wire.envelope(re.sub("<UUID>.*</UUID>", f"<UUID>{uuid}</UUID>", _NOTE), wire.DEPOT)


@contextmanager
def sandbox(place: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A sandbox in a process of its own, without security, and its address."""
    command = [sys.executable, "-m", "memhon", "sandbox", "serve", "--port", "0"]
    command += ["--security", "off", "--store", str(place)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert address is not None, line
        yield process, address[0]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def kill_while_writing(place: object, first: int, seconds: float) -> dict[str, str]:
    """Deposit from several threads until the sandbox is killed.

    Args:
        place: Where the store is.
        first: Number of the first note; every thread counts on from its own.
        seconds: After how long it is killed, from the first acknowledgement on.

    Returns:
        The identifiers that were acknowledged, by those that were sent.
    """
    acknowledged: dict[str, str] = {}
    with sandbox(place) as (process, url):
        threads = [
            threading.Thread(target=deposit_on, args=(url, first + 100_000 * each, acknowledged))
            for each in range(_THREADS)
        ]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 30
        while not acknowledged and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        for thread in threads:
            thread.join()
    return acknowledged


def lost(place: object, acknowledged: dict[str, str]) -> list[str]:
    """Those of the acknowledged notes that are not in the store under their identifier."""
    with open_store(str(place)) as store:
        found = {uuid: store.deposit(uuid) for uuid in acknowledged}
    return [
        uuid
        for uuid, deposit in found.items()
        if deposit is None or deposit.secu_uuid != acknowledged[uuid]
    ]


def delays(rounds: int) -> list[float]:
    """When to kill: repeatable, and never twice at the same moment."""
    draw = random.Random(rounds)
    return [draw.uniform(0.0, 0.4) for _ in range(rounds)]


def deposit_on(url: str, first: int, acknowledged: dict[str, str]) -> None:
    """Deposit over one connection until it breaks.

    Args:
        url: Address of the sandbox.
        first: Number of the first note.
        acknowledged: Receives what was acknowledged.
    """
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    headers = {"Content-Type": "text/xml;charset=UTF-8", "SOAPAction": ""}
    try:
        for number in range(first, first + 100_000):
            uuid, data = note(number)
            connection.request("POST", wire.PATH, data, headers)
            # Closes its end of the connection when the peer is gone in the middle of the answer.
            with connection.getresponse() as answer:
                body = answer.read()
            secu = _SECU.search(body)
            assert (200, True) == (answer.status, secu is not None), body
            acknowledged[uuid] = secu[1].decode()
    except (OSError, http.client.HTTPException):
        return
    finally:
        connection.close()
