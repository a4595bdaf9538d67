"""How SQLite finds a list: by index, whatever the filter, and without reading a document."""

import pytest
from sqlalchemy import event

from memhon.store import Status, open_store
from values import DEPOSIT

DAYS = {"first_day": "2023-01-01", "last_day": "2024-01-01"}


@pytest.mark.parametrize(
    "filters", [{}, DAYS, {"status": Status.DEPOSITED}, DAYS | {"status": Status.DEPOSITED}]
)
def test_a_list_is_found_by_index(filters, tmp_path):
    asked = []

    def listen(_connection, _cursor, statement, parameters, _context, _many):
        asked.append((statement, parameters))

    with open_store(tmp_path / "store.sqlite3") as store:
        store.add_deposit(DEPOSIT)
        engine = store._access._reading
        event.listen(engine, "before_cursor_execute", listen)
        assert 1 == store.deposits_of(DEPOSIT.matricule, **filters).total
        event.remove(engine, "before_cursor_execute", listen)
        count, page = [each for each in asked if each[0].startswith("SELECT")]
        with engine.connect() as connection:

            def plan(question):
                words, parameters = question
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", parameters)
                return rows.first()[3]

            assert plan(count).startswith("SEARCH deposits USING COVERING INDEX ix_deposits_")
            assert plan(page).startswith("SEARCH deposits USING INDEX ix_deposits_")
    assert "deposits.data" not in page[0]
