"""Alembic runs this file; the connection comes from the store, in its own transaction."""

from alembic import context

from memhon.store.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
