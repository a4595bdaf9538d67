import json
from dataclasses import replace

import pytest

from memhon.errors import StoreError
from memhon.store import DuplicateError, open_store
from values import DEPOSIT, SIMULATION, fill, tables


def copy(store):
    """Every row as text, as a file would hold it."""
    lines = []
    store.dump(lambda row: lines.append(json.dumps(row)))
    return lines


def rows(lines):
    return (tuple(json.loads(line)) for line in lines)


def test_a_copy_gives_the_same_store(store):
    fill(store)
    lines = copy(store)
    with open_store() as other:
        assert len(lines) == other.load(rows(lines))
        assert lines == copy(other)
        assert DEPOSIT.data == other.deposit(DEPOSIT.uuid).data
        assert store.simulation(SIMULATION.id) == other.simulation(SIMULATION.id)


def test_a_copy_holds_no_token_and_no_assertion(store):
    fill(store)
    assert not {"tokens", "assertions"} & set(tables(store))


def test_after_loading_new_rows_get_new_numbers(store):
    fill(store)
    lines = copy(store)
    store.reset()
    assert {} == tables(store)
    store.load(rows(lines))
    store.reset()
    store.load(rows(lines))
    store.purge(DEPOSIT.received_at)
    store.add_deposit(replace(DEPOSIT, uuid="another", secu_uuid="another"))
    assert 2 == store.count_deposits()


def test_a_copy_is_loaded_whole_or_not_at_all(store):
    fill(store)
    lines = copy(store)
    whole = tables(store)
    with pytest.raises(DuplicateError):
        store.load(rows(lines))
    store.reset()
    for broken in (["letters", {}], ["deposits", {"uuid": "x"}]):
        with pytest.raises(StoreError, match="inconnues"):
            store.load([*rows(lines), tuple(broken)])
        assert {} == tables(store)
    assert len(lines) == store.load(rows(lines))
    assert whole == tables(store)
