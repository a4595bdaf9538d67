"""What the database says, in our words and without the values of a row."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from memhon.errors import StoreError


class DuplicateError(StoreError):
    """The identifier is already in the store; nothing was written."""


class CopyError(StoreError):
    """The rows of a copy cannot be kept; nothing was written."""


def store_error(error: Exception) -> StoreError:
    """The error to raise instead of one of SQLAlchemy or of a driver."""
    if isinstance(error, IntegrityError):
        return DuplicateError("cet identifiant est déjà dans le dépôt de données")
    return StoreError(f"le dépôt de données ne répond pas : {reason(error)}")


def reason(error: Exception) -> str:
    """What the database said, without the statement and the values around it."""
    cause = getattr(error, "orig", None) or error
    primary = getattr(getattr(cause, "diag", None), "message_primary", None)
    return str(primary or cause).strip().partition("\n")[0]
