"""What went over the wire: the newest exchanges, within bounds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from memhon.store import WireBounds, WireExchange, open_store

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
LAST = 500
"""How many are kept by default."""


def _exchange(number, *, outcome="", exchange="pid-sim", size=4):
    return WireExchange(
        at=NOW + timedelta(seconds=number),
        correlation_id=f"Id-{number:024}",
        exchange=exchange,
        outcome=outcome,
        http_status=200,
        microseconds=1500,
        request=b"\x00<a/>\xff"[:size].ljust(size, b"."),
        response=str(number).encode(),
    )


def test_an_exchange_comes_back_byte_for_byte(store):
    given = _exchange(1, outcome="SIM-001 cut", size=6)
    store.wire.add([given])
    (entry,) = store.wire.page().entries
    found = store.wire.find(entry.number)
    assert replace(given, number=entry.number, size=7) == found
    assert (1, NOW + timedelta(seconds=1), 7) == (store.wire.page().total, entry.at, entry.size)
    assert not hasattr(entry, "request")
    assert store.wire.find(entry.number + 1) is None


def test_nothing_is_no_transaction(store):
    store.wire.add([])
    assert 0 == store.wire.page().total


def test_the_newest_stay_by_their_number(store):
    store.wire.add([_exchange(number) for number in range(LAST + 20)])
    page = store.wire.page(size=1000)
    assert (LAST, f"Id-{LAST + 19:024}") == (page.total, page.entries[0].correlation_id)
    assert f"Id-{20:024}" == page.entries[-1].correlation_id


def test_the_newest_stay_by_their_size(store):
    bounds = WireBounds(count=10, size=250)
    store.wire.add([_exchange(number, size=99) for number in range(5)], bounds)
    assert [4, 3] == [_rank(entry) for entry in store.wire.page().entries]
    store.wire.add([_exchange(5, size=400)], bounds)
    assert 0 == store.wire.page().total


def test_pages_and_filters(store):
    store.wire.add(
        [
            _exchange(number, exchange="pid-sim" if number % 2 else "token", outcome=outcome)
            for number, outcome in enumerate(["", "", "SEC-007", "SIM-001", ""])
        ]
    )
    assert [4, 3] == [_rank(entry) for entry in store.wire.page(size=2).entries]
    assert [0] == [_rank(entry) for entry in store.wire.page(3, 2).entries]
    assert [3, 1] == [_rank(entry) for entry in store.wire.page(exchange="pid-sim").entries]
    assert [3, 2] == [_rank(entry) for entry in store.wire.page(refused=True).entries]
    assert 1 == store.wire.page(exchange="pid-sim", refused=True).total


def test_a_copy_holds_none_and_what_is_old_is_forgotten(store):
    store.wire.add([_exchange(1)])
    rows = []
    store.dump(rows.append)
    assert [] == [name for name, _ in rows if name == "wire"]
    assert 0 == store.purge(NOW + timedelta(days=29))
    assert 1 == store.purge(NOW + timedelta(days=31))
    assert 0 == store.wire.page().total


def test_a_reset_forgets_them_without_counting_them(store):
    store.wire.add([_exchange(1)])
    assert "wire" not in store.reset()
    assert 0 == store.wire.page().total


def test_they_outlive_the_process(lasting):
    with open_store(lasting) as store:
        store.wire.add([_exchange(1)])
    with open_store(lasting) as store:
        assert 1 == store.wire.page().total


def _rank(entry):
    return int(entry.correlation_id.removeprefix("Id-"))
