"""What the database says, in our words and without the values of a row."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from memhon.errors import StoreError


class DuplicateError(StoreError):
    """The identifier is already in the store; nothing was written."""


class CopyError(StoreError):
    """The rows of a copy cannot be kept; nothing was written."""


def store_error(error: SQLAlchemyError) -> StoreError:
    """The error to raise instead."""
    if isinstance(error, IntegrityError):
        return DuplicateError("cet identifiant est déjà dans le dépôt de données")
    return StoreError(f"le dépôt de données ne répond pas : {reason(error)}")


def reason(error: SQLAlchemyError) -> str:
    """What the database said, without the statement and the values around it."""
    cause = getattr(error, "orig", None)
    if cause is None:
        return str(error).partition("\n")[0]
    primary = getattr(getattr(cause, "diag", None), "message_primary", None)
    return str(primary or cause).strip().partition("\n")[0]
