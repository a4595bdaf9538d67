"""The tables of the store."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

VERSION_TABLE = "memhon_version"
"""Says which revision of ``migrations`` the tables have."""

metadata = MetaData()

deposits = Table(
    "deposits",
    metadata,
    Column("number", Integer, primary_key=True),
    # Letter case does not distinguish UUIDs, so the key of uniqueness is the folded form.
    Column("uuid_key", Text, nullable=False, unique=True),
    Column("uuid", Text, nullable=False),
    Column("secu_uuid", Text, nullable=False, unique=True),
    Column("sender", Text, nullable=False),
    Column("received_at", Text, nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("space", Text, nullable=False, server_default=""),
    Column("matricule", Text),
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
    Column("replaced_by", Text),
    # Last, so that a row can be read up to here without the pages of a long document.
    Column("data", LargeBinary, nullable=False),
    # A deposit replaces one other at most.
    Index("ux_deposits_replaced_by", "replaced_by", unique=True),
    # Counts and filters are answered from the index alone, the page of a list in its order.
    Index("ix_deposits_list", "matricule", "status", "day"),
    Index("ix_deposits_newest", "matricule", "number"),
)

cancellations = Table(
    "cancellations",
    metadata,
    Column("uuid_key", Text, primary_key=True),
    Column("uuid", Text, nullable=False),
    Column("cancelled", Text, nullable=False),
    Column("replacement", Text),
    Column("reason", Text, nullable=False),
    Column("cancelled_at", Text, nullable=False, index=True),
)

simulations = Table(
    "simulations",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("fee_note", Text, nullable=False),
    Column("fee_note_key", Text, nullable=False, server_default=""),
    Column("sender", Text, nullable=False),
    Column("simulated_at", Text, nullable=False, index=True),
    Column("statutory_cents", BigInteger, nullable=False),
    Column("personal_cents", BigInteger, nullable=False),
    Column("total_cents", BigInteger, nullable=False),
    Column("matricule", Text, nullable=False, server_default=""),
    Column("space", Text, nullable=False, server_default=""),
    Column("state", Text, nullable=False, server_default="SIMULE"),
    Column("superseded_by", Text),
    Column("lines", Text, nullable=False, server_default="[]"),
    Column("anomalies", Text, nullable=False, server_default="[]"),
    Index("ix_simulations_note", "sender", "fee_note_key"),
)

payments = Table(
    "payments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("simulation", Text, nullable=False, unique=True),
    Column("sender", Text, nullable=False),
    Column("fee_note_key", Text, nullable=False),
    Column("paid_at", Text, nullable=False, index=True),
    Column("statutory_cents", BigInteger, nullable=False),
    Column("recovered_cents", BigInteger, nullable=False),
    # One payment for a fee note, whatever was simulated.
    Index("ux_payments_note", "sender", "fee_note_key", unique=True),
)

recoveries = Table(
    "recoveries",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("recovered_cents", BigInteger, nullable=False),
    Column("changed_at", Text, nullable=False),
)

contestations = Table(
    "contestations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("simulation", Text, nullable=False, unique=True),
    Column("contested_at", Text, nullable=False, index=True),
    Column("codes", Text, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    # The token itself is a secret: only its digest is kept.
    Column("digest", Text, primary_key=True),
    Column("certificate", Text, nullable=False),
    Column("applies_to", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("expires_at", Text, nullable=False, index=True),
    Column("cancelled", Integer, nullable=False),
)

assertions = Table(
    "assertions",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("expires_at", Text, nullable=False, index=True),
)

clock = Table(
    "clock",
    metadata,
    # There is one clock, so there is one row.
    Column("number", Integer, primary_key=True),
    Column("instant", Text, nullable=False),
    Column("set_at", Text, nullable=False),
    Column("frozen", Integer, nullable=False),
)

numbering = Table(
    "numbering",
    metadata,
    Column("seed", Text, primary_key=True),
    Column("next_number", BigInteger, nullable=False),
)

switches = Table(
    "switches",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("effect", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("exchange", Text),
    Column("sender", Text),
    Column("left", Integer, nullable=False),
    Column("used", Integer, nullable=False),
)

usage = Table(
    "usage",
    metadata,
    # Days of Luxembourg; a provider who is not known is an empty text.
    Column("day", Text, primary_key=True),
    Column("family", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("sender", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

refused = Table(
    "refused",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("correlation_id", Text, nullable=False, unique=True),
    Column("fault", Text, nullable=False),
    Column("refused_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

accesses = Table(
    "accesses",
    metadata,
    # Written and never changed: who read whose data, which data, when and from where.
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("whose", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("reference", Text, nullable=False),
    # Read in the order of time from any place on, of everybody or of one.
    Index("ix_accesses_at", "at", "number"),
    Index("ix_accesses_who", "who", "at", "number"),
    Index("ix_accesses_whose", "whose", "at", "number"),
)

platform_documents = Table(
    "platform_documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("ehealth_id", Text, nullable=False, index=True),
    Column("matricule", Text, nullable=False, index=True),
    Column("created_at", Text, nullable=False, index=True),
    Column("changed_at", Text, nullable=False),
    Column("status", Text, nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("dated", Text, nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    Column("paid", Integer, nullable=False),
    Column("secu_uuid", Text),
    Column("replaced_by", Text, unique=True),
    Column("data", LargeBinary, nullable=False),
)

platform_consents = Table(
    "platform_consents",
    metadata,
    # Every row that ever counted stays: what is deleted or replaced gets an end, and who ended it.
    Column("number", Integer, primary_key=True),
    Column("matricule", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("start_at", Text, nullable=False),
    Column("end_at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Text, nullable=False, index=True),
    Column("removed_at", Text),
    Column("removed_by", Text),
)

platform_members = Table(
    "platform_members",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("ehealth_id", Text, nullable=False, index=True),
    Column("identifier", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Text, nullable=False, index=True),
    Column("removed_at", Text),
)

wire = Table(
    "wire",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("correlation_id", Text, nullable=False, index=True),
    Column("exchange", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("http_status", Integer, nullable=False),
    Column("microseconds", BigInteger, nullable=False),
    Column("request", LargeBinary, nullable=False),
    Column("response", LargeBinary, nullable=False),
)
