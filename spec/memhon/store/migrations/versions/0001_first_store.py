"""The tables of the first stores; they bore no version, so what exists is left as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create what is missing."""
    _messages()
    _credentials()


def _messages() -> None:
    op.create_table(
        "deposits",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("uuid_key", sa.Text, nullable=False, unique=True),
        sa.Column("uuid", sa.Text, nullable=False),
        sa.Column("secu_uuid", sa.Text, nullable=False, unique=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "simulations",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("fee_note", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("simulated_at", sa.Text, nullable=False),
        sa.Column("statutory_cents", sa.BigInteger, nullable=False),
        sa.Column("personal_cents", sa.BigInteger, nullable=False),
        sa.Column("total_cents", sa.BigInteger, nullable=False),
        if_not_exists=True,
    )


def _credentials() -> None:
    op.create_table(
        "tokens",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("applies_to", sa.Text, nullable=False),
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("cancelled", sa.Integer, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "assertions",
        sa.Column("mark", sa.Text, primary_key=True),
        sa.Column("expires_at", sa.Text, nullable=False),
        if_not_exists=True,
    )
