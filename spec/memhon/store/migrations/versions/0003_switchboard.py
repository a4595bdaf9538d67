"""What the next calls have to meet."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table of rules; what was kept stays."""
    op.create_table(
        "switches",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("effect", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("exchange", sa.Text),
        sa.Column("sender", sa.Text),
        sa.Column("left", sa.Integer, nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
    )
