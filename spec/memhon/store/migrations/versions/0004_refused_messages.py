"""Messages that were refused for their security."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table; a store that an unreleased version gave one gets it anew."""
    if sa.inspect(op.get_bind()).has_table("refused"):
        op.drop_table("refused")
    op.create_table(
        "refused",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("correlation_id", sa.Text, nullable=False, unique=True),
        sa.Column("fault", sa.Text, nullable=False),
        sa.Column("refused_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False, index=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
