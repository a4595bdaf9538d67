"""The changes of the tables from version to version, for Alembic; run by ``memhon.store``."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection


def settings(connection: Connection | None = None) -> Config:
    """What Alembic has to know; no ini file is needed.

    Args:
        connection: Inside the transaction that the changes belong to.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
