"""What the store remembers of tokens and assertions, so that every worker knows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from memhon.store.columns import instant_text
from memhon.store.prepared import Prepared
from memhon.store.records import IssuedToken
from memhon.store.tables import assertions, tokens

TOKEN = Prepared(select(tokens).where(tokens.c.digest == bindparam("wanted")))
"""Asks for the token ``wanted``."""


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


def token_of(row: Sequence[Any] | None) -> IssuedToken | None:
    """The token of a row that ``TOKEN`` asked for."""
    if row is None:
        return None
    digest, certificate, applies_to, space, expires_at, cancelled = row
    return IssuedToken(
        digest=digest,
        certificate=certificate,
        applies_to=applies_to,
        space=space,
        expires_at=datetime.fromisoformat(expires_at),
        cancelled=bool(cancelled),
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
