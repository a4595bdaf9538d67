"""The life of a deposit and of a simulation, the clock and the numbering."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_AMOUNT = sa.BigInteger


def upgrade() -> None:
    """Add columns, tables and indices; what was kept stays."""
    _deposits()
    _simulations()
    _payments()
    _circumstances()
    op.create_index("ix_tokens_expires_at", "tokens", ["expires_at"])
    op.create_index("ix_assertions_expires_at", "assertions", ["expires_at"])


def _deposits() -> None:
    for column in (
        sa.Column("space", sa.Text, nullable=False, server_default=""),
        sa.Column("matricule", sa.Text),
        sa.Column("birth_date", sa.Text),
        sa.Column("note_number", sa.Text),
        sa.Column("dated", sa.Text, nullable=False, server_default=""),
        sa.Column("day", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("amount", sa.Text, nullable=False, server_default="0.00"),
        sa.Column("currency", sa.Text, nullable=False, server_default=""),
        sa.Column("paid", sa.Integer, nullable=False, server_default="0"),
        sa.Column("last_name", sa.Text, nullable=False, server_default=""),
        sa.Column("first_name", sa.Text),
        sa.Column("consented_at", sa.Text),
        sa.Column("cancelled_at", sa.Text),
        sa.Column("replaced_by", sa.Text),
    ):
        op.add_column("deposits", column)
    op.create_index("ix_deposits_received_at", "deposits", ["received_at"])
    op.create_index("ux_deposits_replaced_by", "deposits", ["replaced_by"], unique=True)
    op.create_index("ix_deposits_list", "deposits", ["matricule", "status", "day"])
    op.create_index("ix_deposits_newest", "deposits", ["matricule", "number"])
    op.create_table(
        "cancellations",
        sa.Column("uuid_key", sa.Text, primary_key=True),
        sa.Column("uuid", sa.Text, nullable=False),
        sa.Column("cancelled", sa.Text, nullable=False),
        sa.Column("replacement", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("cancelled_at", sa.Text, nullable=False, index=True),
    )


def _simulations() -> None:
    for column in (
        sa.Column("fee_note_key", sa.Text, nullable=False, server_default=""),
        sa.Column("matricule", sa.Text, nullable=False, server_default=""),
        sa.Column("space", sa.Text, nullable=False, server_default=""),
        sa.Column("state", sa.Text, nullable=False, server_default="SIMULE"),
        sa.Column("superseded_by", sa.Text),
        sa.Column("lines", sa.Text, nullable=False, server_default="[]"),
        sa.Column("anomalies", sa.Text, nullable=False, server_default="[]"),
    ):
        op.add_column("simulations", column)
    op.execute("UPDATE simulations SET fee_note_key = lower(fee_note)")
    op.drop_index("ix_simulations_fee_note", "simulations", if_exists=True)
    op.create_index("ix_simulations_note", "simulations", ["sender", "fee_note_key"])
    op.create_index("ix_simulations_simulated_at", "simulations", ["simulated_at"])


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("simulation", sa.Text, nullable=False, unique=True),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("fee_note_key", sa.Text, nullable=False),
        sa.Column("paid_at", sa.Text, nullable=False, index=True),
        sa.Column("statutory_cents", _AMOUNT, nullable=False),
        sa.Column("recovered_cents", _AMOUNT, nullable=False),
    )
    op.create_index("ux_payments_note", "payments", ["sender", "fee_note_key"], unique=True)
    op.create_table(
        "recoveries",
        sa.Column("sender", sa.Text, primary_key=True),
        sa.Column("recovered_cents", _AMOUNT, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
    )
    op.create_table(
        "contestations",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("simulation", sa.Text, nullable=False, unique=True),
        sa.Column("contested_at", sa.Text, nullable=False, index=True),
        sa.Column("codes", sa.Text, nullable=False),
    )


def _circumstances() -> None:
    op.create_table(
        "clock",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("instant", sa.Text, nullable=False),
        sa.Column("set_at", sa.Text, nullable=False),
        sa.Column("frozen", sa.Integer, nullable=False),
    )
    op.create_table(
        "numbering",
        sa.Column("seed", sa.Text, primary_key=True),
        sa.Column("next_number", sa.BigInteger, nullable=False),
    )
