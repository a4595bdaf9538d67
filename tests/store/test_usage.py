"""Counts by day: what the tables hold, without a patient, and longer than the rows behind them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import create_engine, text

import wire
from memhon.catalogue import load
from memhon.store import (
    Cancellation,
    Claimant,
    Contestation,
    UsageCount,
    UsageKind,
    open_store,
)
from values import DEPOSIT, NOW, SIMULATION, fill

DAY = date(2023, 12, 28)
EVER = (date(2000, 1, 1), date(2099, 12, 31))
SQL = {
    "depot": "SELECT substr(received_at, 1, 10), sender FROM deposits",
    "accord": "SELECT substr(consented_at, 1, 10), sender FROM deposits WHERE consented_at > ''",
    "annulation": "SELECT substr(cancelled_at, 1, 10), sender FROM deposits "
    "WHERE status = 'ANNULE'",
    "remplacement": "SELECT substr(cancelled_at, 1, 10), sender FROM deposits "
    "WHERE status = 'REMPLACE'",
    "simulation": "SELECT substr(MIN(simulated_at), 1, 10), sender FROM simulations "
    "GROUP BY sender, fee_note_key",
    "paiement": "SELECT substr(paid_at, 1, 10), sender FROM payments",
    "contestation": "SELECT substr(MIN(c.contested_at), 1, 10), s.sender FROM contestations c "
    "JOIN simulations s ON s.id = c.simulation GROUP BY s.sender, s.fee_note_key",
}


def _counts(store):
    return {
        (each.kind.value, each.day.isoformat(), each.sender): each.count for each in _all(store)
    }


def _all(store):
    return store.usage.between(*EVER)


def test_kinds_are_those_of_the_journal():
    named = {kind.name: kind.families for kind in load().journal.kinds}
    assert {kind.value for kind in UsageKind} == set(named) - {"remise"}


def test_what_happens_is_counted_on_its_day(store):
    fill(store)
    at = DAY.isoformat()
    assert {
        ("depot", at, "1234"): 1,
        ("annulation", at, "1234"): 1,
        ("simulation", at, "1234"): 2,
        ("paiement", at, "1234"): 1,
        ("contestation", at, "1234"): 1,
    } == _counts(store)


def test_a_day_begins_at_midnight_in_luxembourg(store):
    for number, hour in enumerate((22, 23)):
        at = datetime(2023, 12, 31, hour, 30, tzinfo=UTC)
        names = {"uuid": wire.uuid(2 * number), "secu_uuid": wire.uuid(2 * number + 1)}
        store.add_deposit(replace(DEPOSIT, received_at=at, **names))
    year = store.usage.between(date(2023, 12, 1), date(2023, 12, 31))
    assert (UsageCount(date(2023, 12, 31), "ra", UsageKind.DEPOSITED, "1234", 1),) == year
    assert 1 == len(store.usage.between(date(2024, 1, 1), date(2024, 1, 1)))


def test_what_was_not_done_is_not_counted(store):
    store.add_deposit(DEPOSIT)
    before = _counts(store)
    for _ in range(2):
        store.consent(DEPOSIT.secu_uuid, "another-patient", NOW)
        store.cancel(Cancellation(wire.uuid(90), "unknown", NOW))
    assert before == _counts(store)


def test_a_note_that_is_simulated_and_contested_again_counts_once(store):
    claimant = Claimant(NOW, NOW - timedelta(days=1))
    for number in range(3):
        simulation = replace(SIMULATION, id=wire.uuid(100 + number))
        store.add_simulation(simulation)
        codes = {SIMULATION.anomalies[0].id: "1"}
        store.contest(Contestation(wire.uuid(200 + number), simulation.id, NOW, codes), claimant)
    assert {"simulation": 1, "contestation": 1} == {key[0]: n for key, n in _counts(store).items()}


def test_a_refusal_leaves_a_number_and_nothing_else(store):
    for _ in range(3):
        store.usage.refused("pid", "1234", NOW)
    assert (UsageCount(DAY, "pid", UsageKind.REFUSED, "1234", 3),) == _all(store)


def test_counts_name_no_patient(store):
    fill(store)
    rows = []
    store.dump(lambda row: rows.append(row) and None)
    kept = [set(values) for name, values in rows if name == "usage"]
    assert kept
    assert [{"day", "family", "kind", "sender", "number"}] * len(kept) == kept


def test_counts_outlive_the_rows_and_a_reset_forgets_them(store):
    fill(store)
    before = _counts(store)
    store.purge(NOW + timedelta(days=400))
    assert (0, before) == (store.count_deposits(), _counts(store))
    store.reset()
    assert {} == _counts(store)


def test_counts_are_those_of_an_independent_sql_count(lasting):
    for seed in range(3):
        with open_store(lasting) as store:
            store.reset()
            _live(store, Random(seed))
            counted = _counts(store)
        assert len(counted) > 40
        assert _in_sql(lasting) == counted


_SINCE = (
    "usage",
    "accesses",
    "platform_documents",
    "platform_consents",
    "platform_members",
    "wire",
)
"""Tables of the revisions after 0004."""


def test_a_store_from_before_the_counts_is_counted_when_it_is_opened(lasting):
    with open_store(lasting) as store:
        _live(store, Random(7))
        counted = _counts(store)
    engine = _engine(lasting)
    with engine.begin() as connection:
        for name in _SINCE:
            connection.execute(text(f"DROP TABLE {name}"))
        connection.execute(text("UPDATE memhon_version SET version_num = '0004'"))
    engine.dispose()
    with open_store(lasting) as store:
        assert counted == _counts(store)


def _live(store, random):
    """A month at random, at hours that are one day in Luxembourg and in UTC."""
    hours = sorted((random.randrange(1, 29), random.randrange(1, 20)) for _ in range(60))
    for number, (day, hour) in enumerate(hours):
        at = datetime(2026, 3, day, hour, tzinfo=UTC)
        names = {"uuid": f"u{number}", "secu_uuid": f"s{number}"}
        sender = random.choice(("1111", "2222"))
        store.add_deposit(replace(DEPOSIT, sender=sender, received_at=at, **names))
        if random.random() < 0.5:
            store.consent(names["secu_uuid"], DEPOSIT.matricule, at + timedelta(days=1))
        if random.random() < 0.4:
            other = f"s{random.randrange(60)}" if random.random() < 0.5 else None
            wish = Cancellation(f"c{number}", names["secu_uuid"], at + timedelta(days=2), "", other)
            store.cancel(wish)
        _simulate(store, random, number, sender, at)


def _simulate(store, random, number, sender, at):
    note, key = f"note{random.randrange(40)}", f"sim{number}"
    simulation = replace(SIMULATION, id=key, fee_note=note, sender=sender, simulated_at=at)
    store.add_simulation(simulation)
    claimant = Claimant(at, at - timedelta(days=1))
    if random.random() < 0.5:
        store.pay(key, f"pay{number}", Decimal("0.00"), claimant)
    elif random.random() < 0.6:
        codes = {SIMULATION.anomalies[0].id: "1"}
        store.contest(Contestation(f"con{number}", key, at, codes), claimant)


def _in_sql(place):
    engine = _engine(place)
    found = {}
    with engine.connect() as connection:
        for kind, query in SQL.items():
            for day, sender in connection.execute(text(query)):
                key = (kind, day, sender)
                found[key] = found.get(key, 0) + 1
    engine.dispose()
    return found


def _engine(place):
    url = str(place).replace("postgresql://", "postgresql+psycopg://")
    return create_engine(url if "://" in url else f"sqlite:///{place}")
