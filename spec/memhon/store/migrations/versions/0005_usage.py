"""Counts of what happened on each day; what the store still holds is counted once."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from memhon.clock.luxembourg import local_day

revision = "0005"
down_revision = "0004"

_DEPOSITS = "SELECT sender, received_at, consented_at, cancelled_at, status FROM deposits"
_SIMULATIONS = "SELECT sender, MIN(simulated_at) FROM simulations GROUP BY sender, fee_note_key"
_PAYMENTS = "SELECT sender, paid_at FROM payments"
_CONTESTATIONS = (
    "SELECT s.sender, MIN(c.contested_at) FROM contestations c "
    "JOIN simulations s ON s.id = c.simulation GROUP BY s.sender, s.fee_note_key"
)
_OF_PID = (("simulation", _SIMULATIONS), ("paiement", _PAYMENTS), ("contestation", _CONTESTATIONS))


def upgrade() -> None:
    """Add the table and fill it from the rows that are there."""
    table = op.create_table(
        "usage",
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("family", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("sender", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
    )
    counted = Counter(_events())
    if counted:
        names = ("day", "family", "kind", "sender")
        rows = [{**dict(zip(names, key, strict=True)), "number": n} for key, n in counted.items()]
        op.bulk_insert(table, rows)


def _events() -> Iterator[tuple[str, str, str, str]]:
    connection = op.get_bind()
    for sender, received, consented, cancelled, status in connection.execute(sa.text(_DEPOSITS)):
        yield _day(received), "ra", "depot", sender
        if consented:
            yield _day(consented), "ra", "accord", sender
        if cancelled:
            kind = "remplacement" if status == "REMPLACE" else "annulation"
            yield _day(cancelled), "ra", kind, sender
    for kind, query in _OF_PID:
        for sender, at in connection.execute(sa.text(query)):
            yield _day(at), "pid", kind, sender


def _day(at: str) -> str:
    return local_day(datetime.fromisoformat(at)).isoformat()
