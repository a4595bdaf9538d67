"""Brings a store to the shape that this version of MemHon knows, and refuses a newer one."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text

from memhon.errors import StoreError
from memhon.store.tables import VERSION_TABLE, metadata

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every revision of ``migrations/versions``, the oldest first."""
REVISION = REVISIONS[-1]
"""That of the tables as this version knows them."""
_FIRST_TABLES = frozenset({"deposits", "simulations"})


def bring_up_to_date(engine: Engine, shown: str) -> None:
    """Create the tables, or change those of an earlier version.

    Args:
        engine: Its transactions write, one at a time.
        shown: The place, for messages.

    Raises:
        StoreError: It is newer than this version, or something else.
        SQLAlchemyError: The database does not answer.
    """
    with engine.begin() as connection:
        tables = frozenset(inspect(connection).get_table_names())
        if VERSION_TABLE in tables:
            found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
            _check(found, shown)
            if found != REVISIONS[-1]:
                _upgrade(connection)
        elif tables >= _FIRST_TABLES:
            _upgrade(connection)
        elif _free(connection, tables):
            _create(connection)
        else:
            raise StoreError(f"« {shown} » n'est pas un dépôt de données de MemHon")


def _check(found: str | None, shown: str) -> None:
    if found not in REVISIONS:
        raise StoreError(
            f"le dépôt de données « {shown} » a été écrit par une version plus récente de MemHon "
            f"(révision {found}, connue ici : {REVISIONS[-1]}) ; mettez MemHon à jour ou "
            "indiquez un autre dépôt"
        )


def _free(connection: Connection, tables: frozenset[str]) -> bool:
    """Whether our tables may be created: a server's database may be shared, a file may not."""
    if connection.dialect.name == "sqlite":
        return not tables
    return not tables & frozenset(metadata.tables)


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    connection.execute(
        text(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    newest = {"newest": REVISIONS[-1]}
    connection.execute(text(f"INSERT INTO {VERSION_TABLE} VALUES (:newest)"), newest)


def _upgrade(connection: Connection) -> None:
    # Imported here: most stores need no change, and the import takes longer than opening them.
    from alembic import command

    from memhon.store.migrations import settings

    command.upgrade(settings(connection), "head")
