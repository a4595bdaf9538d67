"""The tables of the store."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

deposits = Table(
    "deposits",
    metadata,
    Column("number", Integer, primary_key=True),
    # Letter case does not distinguish UUIDs, so the key of uniqueness is the folded form.
    Column("uuid_key", String(72), nullable=False, unique=True),
    Column("uuid", String(36), nullable=False),
    Column("secu_uuid", String(36), nullable=False, unique=True),
    Column("sender", String(8), nullable=False),
    Column("received_at", Text, nullable=False, index=True),
    Column("status", String(20), nullable=False),
    Column("space", String(8), nullable=False, server_default=""),
    Column("matricule", String(13)),
    Column("birth_date", Text),
    Column("note_number", Text),
    Column("dated", Text, nullable=False, server_default=""),
    Column("day", BigInteger, nullable=False, server_default="0"),
    # An amount of the wire has no bounds, so no integer holds every one.
    Column("amount", Text, nullable=False, server_default="0.00"),
    Column("currency", Text, nullable=False, server_default=""),
    Column("paid", Integer, nullable=False, server_default="0"),
    Column("last_name", Text, nullable=False, server_default=""),
    Column("first_name", Text),
    Column("consented_at", Text),
    Column("cancelled_at", Text),
    # Unique: a deposit replaces one other at most.
    Column("replaced_by", String(36), unique=True),
    # Last, so that a row can be read up to here without the pages of a long document.
    Column("data", LargeBinary, nullable=False),
    # Counts and filters are answered from the index alone, the page of a list in its order.
    Index("ix_deposits_list", "matricule", "status", "day"),
    Index("ix_deposits_newest", "matricule", "number"),
)

cancellations = Table(
    "cancellations",
    metadata,
    Column("uuid_key", String(72), primary_key=True),
    Column("uuid", String(36), nullable=False),
    Column("cancelled", String(36), nullable=False),
    Column("replacement", String(36)),
    Column("reason", Text, nullable=False),
    Column("cancelled_at", Text, nullable=False, index=True),
)

simulations = Table(
    "simulations",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("fee_note", String(36), nullable=False),
    Column("fee_note_key", String(72), nullable=False, server_default=""),
    Column("sender", String(8), nullable=False),
    Column("simulated_at", Text, nullable=False, index=True),
    Column("statutory_cents", BigInteger, nullable=False),
    Column("personal_cents", BigInteger, nullable=False),
    Column("total_cents", BigInteger, nullable=False),
    Column("matricule", Text, nullable=False, server_default=""),
    Column("space", String(8), nullable=False, server_default=""),
    Column("state", String(20), nullable=False, server_default="SIMULE"),
    Column("superseded_by", String(36)),
    Column("lines", Text, nullable=False, server_default="[]"),
    Column("anomalies", Text, nullable=False, server_default="[]"),
    Index("ix_simulations_note", "sender", "fee_note_key"),
)

payments = Table(
    "payments",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("simulation", String(36), nullable=False, unique=True),
    Column("sender", String(8), nullable=False),
    Column("fee_note_key", String(72), nullable=False),
    Column("paid_at", Text, nullable=False, index=True),
    Column("statutory_cents", BigInteger, nullable=False),
    Column("recovered_cents", BigInteger, nullable=False),
    # One payment for a fee note, whatever was simulated.
    Index("ux_payments_note", "sender", "fee_note_key", unique=True),
)

recoveries = Table(
    "recoveries",
    metadata,
    Column("sender", String(8), primary_key=True),
    Column("recovered_cents", BigInteger, nullable=False),
    Column("changed_at", Text, nullable=False),
)

contestations = Table(
    "contestations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("simulation", String(36), nullable=False, unique=True),
    Column("contested_at", Text, nullable=False, index=True),
    Column("codes", Text, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    # The token itself is a secret: only its digest is kept.
    Column("digest", String(64), primary_key=True),
    Column("certificate", String(64), nullable=False),
    Column("applies_to", Text, nullable=False),
    Column("space", String(8), nullable=False),
    Column("expires_at", Text, nullable=False, index=True),
    Column("cancelled", Integer, nullable=False),
)

assertions = Table(
    "assertions",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("expires_at", Text, nullable=False, index=True),
)
