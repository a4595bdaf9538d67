import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from memhon.errors import StoreError
from memhon.store import open_store
from memhon.store.migrating import REVISIONS
from memhon.store.migrations import settings
from memhon.store.tables import VERSION_TABLE, metadata
from values import DEPOSIT, SIMULATION

FIRST = """
CREATE TABLE deposits (
	number INTEGER NOT NULL,
	uuid_key VARCHAR(72) NOT NULL,
	uuid VARCHAR(36) NOT NULL,
	secu_uuid VARCHAR(36) NOT NULL,
	sender VARCHAR(8) NOT NULL,
	received_at TEXT NOT NULL,
	status VARCHAR(20) NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (number),
	UNIQUE (uuid_key),
	UNIQUE (secu_uuid)
);
CREATE TABLE simulations (
	number INTEGER NOT NULL,
	id VARCHAR(36) NOT NULL,
	fee_note VARCHAR(36) NOT NULL,
	sender VARCHAR(8) NOT NULL,
	simulated_at TEXT NOT NULL,
	statutory_cents INTEGER NOT NULL,
	personal_cents INTEGER NOT NULL,
	total_cents INTEGER NOT NULL,
	PRIMARY KEY (number),
	UNIQUE (id)
);
CREATE INDEX ix_simulations_fee_note ON simulations (fee_note);
INSERT INTO deposits VALUES
	(1, 'abc', 'ABC', 'secu', '1234', '2023-12-28T00:01:13+00:00', 'DEPOSE', x'00FF');
INSERT INTO simulations VALUES
	(1, 'sim', 'NOTE', '1234', '2023-12-28T00:01:13.539000+00:00', 5078, 692, 5770);
"""
"""What a store looked like before it bore a version; later ones had two more tables."""
LATER = """
CREATE TABLE tokens (
	digest VARCHAR(64) NOT NULL,
	certificate VARCHAR(64) NOT NULL,
	applies_to TEXT NOT NULL,
	space VARCHAR(8) NOT NULL,
	expires_at TEXT NOT NULL,
	cancelled INTEGER NOT NULL,
	PRIMARY KEY (digest)
);
CREATE TABLE assertions (
	mark VARCHAR(64) NOT NULL,
	expires_at TEXT NOT NULL,
	PRIMARY KEY (mark)
);
INSERT INTO tokens VALUES ('d', 'c', 'a', 's', '2023-12-28T00:31:13.539000+00:00', 0);
"""
AT = datetime(2023, 12, 28, 0, 1, 13, tzinfo=UTC)


@pytest.fixture(params=["first", "later"])
def old(request, tmp_path):
    """The file of a store that bears no version."""
    path = tmp_path / "old.sqlite3"
    connection = sqlite3.connect(path)
    connection.executescript(FIRST + (LATER if request.param == "later" else ""))
    connection.close()
    return path


def test_what_an_old_store_keeps_is_still_there(old):
    with open_store(old) as store:
        deposit, simulation = store.deposit("abc"), store.simulation("sim")
        assert ("ABC", "secu", AT, b"\x00\xff") == (
            deposit.uuid,
            deposit.secu_uuid,
            deposit.received_at,
            deposit.data,
        )
        assert (Decimal("57.70"), "NOTE") == (simulation.total, simulation.fee_note)


def test_an_old_store_takes_up_the_new_life(old):
    with open_store(old) as store:
        store.add_deposit(DEPOSIT)
        store.add_simulation(replace(SIMULATION, fee_note="note"))
        assert SIMULATION.id == store.simulation("sim").superseded_by
        assert 1 == store.deposits_of(DEPOSIT.matricule).total
    with open_store(old) as store:
        assert 2 == store.count_deposits()


def test_changed_and_new_tables_are_the_same(old, lasting):
    with open_store(old), open_store(lasting):
        pass
    for url in (f"sqlite:///{old}", _sqlalchemy_url(lasting)):
        engine = create_engine(url)
        with engine.connect() as connection:
            options = {"version_table": VERSION_TABLE, "compare_type": _differ_in_kind}
            context = MigrationContext.configure(connection, opts=options)
            assert [] == compare_metadata(context, metadata)
        engine.dispose()


def _differ_in_kind(_context, _inspected, _column, found, wanted):
    """Say whether two column types keep different values; the first store named widths."""
    return found.python_type is not wanted.python_type


def _sqlalchemy_url(place):
    if "://" in str(place):
        return str(place).replace("postgresql://", "postgresql+psycopg://")
    return f"sqlite:///{place}"


def test_the_known_revisions_are_those_of_the_folder():
    scripts = ScriptDirectory.from_config(settings())
    assert list(REVISIONS) == [script.revision for script in scripts.walk_revisions()][::-1]
    assert [REVISIONS[-1]] == scripts.get_heads()


def test_all_changes_from_nothing_give_the_tables(schema):
    engine = create_engine(_sqlalchemy_url(schema))
    with engine.begin() as connection:
        from alembic import command

        command.upgrade(settings(connection), "head")
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert [] == compare_metadata(context, metadata)
    engine.dispose()


def test_a_newer_store_is_refused_and_left_alone(lasting):
    with open_store(lasting) as store:
        store.add_deposit(DEPOSIT)
    _execute(lasting, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"version plus récente.*9999"):
        open_store(lasting)
    _execute(lasting, f"UPDATE {VERSION_TABLE} SET version_num = '{REVISIONS[-1]}'")
    with open_store(lasting) as store:
        assert DEPOSIT == store.deposit(DEPOSIT.uuid)


def test_a_database_of_somebody_else_is_refused(tmp_path):
    path = tmp_path / "other.sqlite3"
    _execute(path, "CREATE TABLE letters (text TEXT)")
    with pytest.raises(StoreError, match="n'est pas un dépôt de données de MemHon"):
        open_store(path)


def test_a_table_of_somebody_else_is_not_taken_over(schema):
    _execute(schema, "CREATE TABLE payments (number INTEGER)")
    with pytest.raises(StoreError, match="n'est pas un dépôt de données de MemHon"):
        open_store(schema)


def test_tables_of_somebody_else_beside_ours_are_left_alone(schema):
    _execute(schema, "CREATE TABLE letters (text TEXT)")
    with open_store(schema) as store:
        store.add_deposit(DEPOSIT)
        assert 1 == store.count_deposits()


def _execute(place, statement):
    if "://" in str(place):
        with psycopg.connect(str(place), autocommit=True) as connection:
            connection.execute(statement)
    else:
        connection = sqlite3.connect(place, isolation_level=None)
        connection.execute(statement)
        connection.close()
