"""The tables of the store."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, Text

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
    Column("received_at", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("data", LargeBinary, nullable=False),
)

simulations = Table(
    "simulations",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("fee_note", String(36), nullable=False, index=True),
    Column("sender", String(8), nullable=False),
    Column("simulated_at", Text, nullable=False),
    Column("statutory_cents", Integer, nullable=False),
    Column("personal_cents", Integer, nullable=False),
    Column("total_cents", Integer, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    # The token itself is a secret: only its digest is kept.
    Column("digest", String(64), primary_key=True),
    Column("certificate", String(64), nullable=False),
    Column("applies_to", Text, nullable=False),
    Column("space", String(8), nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("cancelled", Integer, nullable=False),
)

assertions = Table(
    "assertions",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("expires_at", Text, nullable=False),
)

refused = Table(
    "refused",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("correlation_id", String(27), nullable=False, unique=True),
    Column("fault", String(16), nullable=False),
    Column("refused_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
