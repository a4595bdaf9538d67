"""What is around the exchanges: access log, platform, messages as they went over the wire."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "accesses",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("whose", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Index("ix_accesses_at", "at", "number"),
        sa.Index("ix_accesses_who", "who", "at", "number"),
        sa.Index("ix_accesses_whose", "whose", "at", "number"),
    )
    op.create_table(
        "platform_documents",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.Text, nullable=False, unique=True),
        sa.Column("ehealth_id", sa.Text, nullable=False, index=True),
        sa.Column("matricule", sa.Text, nullable=False, index=True),
        sa.Column("created_at", sa.Text, nullable=False, index=True),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False, index=True),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("first_name", sa.Text, nullable=False),
        sa.Column("last_name", sa.Text, nullable=False),
        sa.Column("dated", sa.Text, nullable=False),
        sa.Column("amount_cents", sa.BigInteger, nullable=False),
        sa.Column("paid", sa.Integer, nullable=False),
        sa.Column("secu_uuid", sa.Text),
        sa.Column("replaced_by", sa.Text, unique=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "platform_consents",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("matricule", sa.Text, nullable=False, index=True),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("start_at", sa.Text, nullable=False),
        sa.Column("end_at", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False, index=True),
        sa.Column("removed_at", sa.Text),
        sa.Column("removed_by", sa.Text),
    )
    op.create_table(
        "platform_members",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("ehealth_id", sa.Text, nullable=False, index=True),
        sa.Column("identifier", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False, index=True),
        sa.Column("removed_at", sa.Text),
    )
    op.create_table(
        "wire",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False, index=True),
        sa.Column("correlation_id", sa.Text, nullable=False, index=True),
        sa.Column("exchange", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("http_status", sa.Integer, nullable=False),
        sa.Column("microseconds", sa.BigInteger, nullable=False),
        sa.Column("request", sa.LargeBinary, nullable=False),
        sa.Column("response", sa.LargeBinary, nullable=False),
    )
