"""What the store remembers of tokens and assertions, so that every worker knows it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from memhon.store.columns import instant_text
from memhon.store.records import IssuedToken
from memhon.store.tables import assertions, tokens


def add_token(connection: Connection, token: IssuedToken) -> None:
    """Keep a token."""
    values = {
        "digest": token.digest,
        "certificate": token.certificate,
        "applies_to": token.applies_to,
        "space": token.space,
        "expires_at": instant_text(token.expires_at),
        "cancelled": int(token.cancelled),
    }
    connection.execute(insert(tokens), values)


def token_of(connection: Connection, digest: str) -> IssuedToken | None:
    """The token of a digest, or None."""
    row = connection.execute(select(tokens).where(tokens.c.digest == digest)).mappings().first()
    if row is None:
        return None
    return IssuedToken(
        digest=row["digest"],
        certificate=row["certificate"],
        applies_to=row["applies_to"],
        space=row["space"],
        expires_at=datetime.fromisoformat(row["expires_at"]),
        cancelled=bool(row["cancelled"]),
    )


def cancel_token(connection: Connection, digest: str) -> bool:
    """Mark a token as handed back; False when there is none that still counts."""
    wanted = (tokens.c.digest == digest) & (tokens.c.cancelled == 0)
    return connection.execute(update(tokens).where(wanted).values(cancelled=1)).rowcount == 1


def use_assertion(connection: Connection, mark: str, expires_at: datetime, now: datetime) -> None:
    """Remember an assertion until it expires; a second use breaks the primary key."""
    connection.execute(delete(assertions).where(assertions.c.expires_at <= instant_text(now)))
    values = {"mark": mark, "expires_at": instant_text(expires_at)}
    connection.execute(insert(assertions), values)
