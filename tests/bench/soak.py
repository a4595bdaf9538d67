"""A long load on the sandbox and its store: ``make soak``.

Signed deposits, each different, over 16 connections; the arms take turns, and a figure is the
median of the ratios of one turn. Client and servers share the machine. With ``--reduced`` the same
is done with little, which says that it works and nothing about goals.
"""

import argparse
import multiprocessing
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from soak_server import NOTE, NOW, peer_body
from soak_store import LIST, adding, fill, looking

import killing
import secured
import soaking
import wire
from memhon import soap
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.sandbox import Timekeeper
from memhon.sandbox.gate import digest_of
from memhon.security import Token, fingerprint
from memhon.store import open_store

SERVER = str(Path(__file__).with_name("soak_server.py"))
ADDRESS = secured.ADDRESS
SPACE = load().provider("demo-1").code
EXPIRES = datetime(2023, 12, 29, tzinfo=UTC)
LIST_MODEL = "2022_CNS_MEMHON_REMBLIST-V1"
MARK = b"UuidSecu"
TURNS = 10


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is done."""

    notes: int
    """Signed deposits to an arm."""
    rows: int
    """Rows of the large store."""
    kills: int
    """Times that the sandbox is killed."""
    looks: int
    """Requests, one after the other, to a store of each size."""


FULL = Amount(20_000, 1_000_000, 100, 1_000)
REDUCED = Amount(600, 50_000, 5, 100)


@cache
def _peer() -> secured.Peer:
    pair = secured.pki().practitioner("demo-1")
    return secured.Peer("", VirtualClock(NOW), pair)


def _note(number: int) -> bytes:
    uuid = str(UUID(int=number, version=4)).encode()
    return re.sub(b"<UUID>.*</UUID>", b"<UUID>" + uuid + b"</UUID>", NOTE)


def _signed(work: tuple[int, Token]) -> bytes:
    number, token = work
    return _peer().call(token, _note(number), family="ra")


def signed(numbers: Sequence[int], token: Token) -> list[bytes]:
    """Deposits, each with its own signature."""
    with multiprocessing.Pool() as pool:
        return pool.map(_signed, [(number, token) for number in numbers], chunksize=50)


def a_token() -> Token:
    """A token in the look of the sandbox's own."""
    with Sandbox(clock=VirtualClock(NOW), seed=7) as sandbox:
        return secured.Peer(sandbox.url, VirtualClock(NOW), _peer().pair).token()


def pass_of(token: Token) -> tuple[str, str, str]:
    """The words that let the token in at a server."""
    return "--token", digest_of(token.value), fingerprint(_peer().pair.certificate)


def throughput(amount: Amount, folder: Path, goals: soaking.Goals) -> None:
    """Durable against forgetful, two processes and spyne."""
    token = a_token()
    bodies = signed(range(amount.notes), token)
    unsigned = [wire.envelope(_bare(_note(number)), wire.DEPOT) for number in range(amount.notes)]
    foreign = [peer_body(_note(number)) for number in range(amount.notes)]
    admitted = pass_of(token)
    with ExitStack() as stack:

        def start(arm: str, *words: object, path: str = wire.PATH) -> soaking.Server:
            return stack.enter_context(soaking.serving(SERVER, arm, *words, path=path))

        one, two = folder / "one.sqlite3", folder / "two.sqlite3"
        durable = start("durable", "--store", one, *admitted)
        arms: dict[str, tuple[list[soaking.Server], list[bytes]]] = {
            "durable": ([durable], bodies),
            "forgetful": ([start("forgetful", *admitted)], bodies),
            "two": (
                # Each draws from a seed of its own, or both would give the same identifiers.
                [start("durable", "--store", two, "--seed", 7 + n, *admitted) for n in range(2)],
                bodies,
            ),
            "off": (
                [start("durable", "--store", folder / "off.sqlite3", "--security", "off")],
                unsigned,
            ),
            "spyne": ([start("spyne", path="/")], foreign),
        }
        memory: list[int] = []
        turns = list(_turns(arms, amount.notes, lambda: memory.append(durable.resident())))
    _tell_rates(turns, goals)
    goals.at_most("memory of the durable server: last turn / second", memory[-1] / memory[1], 1.05)
    for name in ("one", "two", "off"):
        with open_store(folder / f"{name}.sqlite3") as store:
            kept = store.count_deposits()
        goals.at_most(f"acknowledged in store « {name} » and not kept", amount.notes - kept, 0)


def _turns(
    arms: dict[str, tuple[list[soaking.Server], list[bytes]]],
    notes: int,
    after: Callable[[], None],
) -> Iterator[dict[str, soaking.Slice]]:
    size = notes // TURNS
    names = list(arms)
    for number in range(TURNS):
        shift = number % len(names)
        taken = {}
        for name in names[shift:] + names[:shift]:
            servers, bodies = arms[name]
            some = bodies[number * size : (number + 1) * size]
            taken[name] = soaking.send(servers, some, MARK)
            assert not taken[name].failures, taken[name].failures[0]
        after()
        yield taken


def _tell_rates(turns: list[dict[str, soaking.Slice]], goals: soaking.Goals) -> None:
    for name in turns[0]:
        latencies = [each for turn in turns for each in turn[name].latencies]
        goals.told(f"{name}: answers per second", statistics.median(t[name].rate for t in turns))
        goals.told(f"{name}: median, ms", 1000 * statistics.median(latencies))
        goals.told(f"{name}: p99, ms", 1000 * soaking.percentile(latencies, 0.99))

    def ratio(one: str, other: str) -> float:
        return statistics.median(turn[one].rate / turn[other].rate for turn in turns)

    goals.at_least("durable / the same server without a store", ratio("durable", "forgetful"), 0.6)
    goals.at_least("durable, security off / spyne, unsigned", ratio("off", "spyne"), 3)
    goals.told("durable, signed / spyne, unsigned", ratio("durable", "spyne"))
    goals.told("two processes on one store / one", ratio("two", "durable"))
    spreads = [_spread(turn["durable"].latencies) for turn in turns]
    goals.at_most("durable: p99 / median of a turn", statistics.median(spreads), 5)


def _spread(latencies: Sequence[float]) -> float:
    return soaking.percentile(latencies, 0.99) / statistics.median(latencies)


def forgetting(amount: Amount, folder: Path, goals: soaking.Goals) -> None:
    """Deposits while the store forgets what is too old: one row for each that comes in."""
    place, size = folder / "old.sqlite3", amount.notes // TURNS
    bodies = [wire.envelope(_bare(_note(n)), wire.DEPOT) for n in range(2 * TURNS * size)]
    spreads = []
    with open_store(place) as store:
        keeper = Timekeeper(store)
        keeper.set(datetime.fromisoformat(NOW))
        words = ("durable", "--store", place, "--security", "off", "--clock", "store")
        with soaking.serving(SERVER, *words) as server:
            for turn in range(TURNS):
                some = bodies[2 * turn * size : 2 * (turn + 1) * size]
                calm = soaking.send([server], some[:size], MARK)
                fill(place, size, age=timedelta(days=31))
                keeper.advance(timedelta(hours=2))
                # A server looks at the clock of its store twenty times a second.
                time.sleep(0.1)
                busy = soaking.send([server], some[size:], MARK)
                assert not calm.failures + busy.failures
                last = soaking.percentile(busy.latencies, 0.99)
                spreads.append(last / statistics.median(calm.latencies))
        left = store.count_deposits() - len(bodies)
    goals.at_most("rows that should have been forgotten", left, 0)
    goals.at_most("p99 while the store forgets / median", statistics.median(spreads), 5)


def _bare(payload: bytes) -> str:
    return re.sub(r"^<\?xml[^>]*\?>", "", payload.decode())


def growth(amount: Amount, folder: Path, goals: soaking.Goals) -> None:
    """One request after the other to a store of a thousand rows and to a large one."""
    token = a_token()
    sizes = {"small": 1_000, "large": amount.rows}
    for name, rows in sizes.items():
        fill(folder / f"{name}.sqlite3", rows)
    first = 10_000_000
    notes = signed(range(first, first + 2 * amount.looks), token)
    lists = [_list_request(token)] * amount.looks
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(
                soaking.serving(
                    SERVER, "durable", "--store", folder / f"{name}.sqlite3", *pass_of(token)
                )
            )
            for name in sizes
        }
        deposits = _growth(servers, notes, MARK)
        goals.at_most(f"median deposit, {amount.rows} rows / 1000", deposits, 1.1)
        listing = _growth(servers, lists, b"x-memhon-answer: computed")
        goals.at_most(f"median list of 20, {amount.rows} rows / 1000", listing, 1.3)
    places = [folder / f"{name}.sqlite3" for name in sizes]
    alone = adding(places, amount.looks)
    goals.told(f"store alone: median deposit, {amount.rows} rows / 1000", alone)
    alone = looking(places, amount.looks)
    goals.at_most(f"store alone: median list of 20, {amount.rows} rows / 1000", alone, 1.3)


def _growth(servers: dict[str, soaking.Server], bodies: list[bytes], mark: bytes) -> float:
    """Median of the ratios of the medians of each turn; warmed up before."""
    size = max(1, len(bodies) // (2 * TURNS))
    ratios = []
    for number in range(TURNS):
        start = 2 * number * size
        halves = {
            "small": bodies[start : start + size],
            "large": bodies[start + size : start + 2 * size],
        }
        medians = {}
        for name in ("small", "large") if number % 2 else ("large", "small"):
            taken = soaking.send([servers[name]], halves[name], mark, 1)
            assert not taken.failures, taken.failures[0]
            medians[name] = statistics.median(taken.latencies)
        ratios.append(medians["large"] / medians["small"])
    return statistics.median(ratios[1:])


def _list_request(token: Token) -> bytes:
    from lxml import etree

    tree = soap.request_tree(
        etree.fromstring(LIST), model_uid=LIST_MODEL, prefixes=secured.PREFIXES
    )
    return _peer().signed(tree, "exchange-request-ra", token=token)


def kills(amount: Amount, folder: Path, goals: soaking.Goals) -> None:
    """Kill the sandbox in the middle of its writes, again and again, on one store."""
    written = killing.Written()
    place = folder / "killed.sqlite3"
    for number, seconds in enumerate(killing.delays(amount.kills)):
        killing.kill_while_writing(place, 1_000_000 * number, seconds, written)
    name = f"lost of {len(written.acknowledged)} acknowledged, {amount.kills} x kill -9"
    goals.at_most(name, len(killing.broken(place, written)), 0)


PARTS = {"throughput": throughput, "forgetting": forgetting, "growth": growth, "kills": kills}


def main() -> int:
    """Print the figures; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reduced", action="store_true", help="little of everything")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this one")
    words = parser.parse_args()
    amount = REDUCED if words.reduced else FULL
    goals = soaking.Goals()
    with tempfile.TemporaryDirectory(prefix="memhon-soak-") as name:
        for part in words.part or PARTS:
            PARTS[part](amount, Path(name), goals)
    print(goals.table())
    return 1 if goals.missed and not words.reduced else 0


if __name__ == "__main__":
    sys.exit(main())
