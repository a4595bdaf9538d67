"""Deposits: kept once, listed without their bytes, moved on by compare-and-set."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    bindparam,
    func,
    insert,
    select,
    update,
)

from memhon.store.columns import day_number, instant_or_none, instant_text
from memhon.store.prepared import Prepared
from memhon.store.records import (
    Cancellation,
    Deposit,
    DepositEntry,
    DepositPage,
    Obstacle,
    Outcome,
    Status,
)
from memhon.store.tables import cancellations, deposits
from memhon.store.usage import RA, UsageKind
from memhon.store.usage import count as count_usage

_ENTRY = [column for column in deposits.columns if column.name != "data"]
_ADD = Prepared(
    insert(deposits)
    .values({each.name: bindparam(each.name) for each in deposits.columns if each.name != "number"})
    .inline()
)
_LIVE = (Status.DEPOSITED, Status.CONSENTED)
_FINAL = {Status.CANCELLED: Obstacle.CANCELLED, Status.REPLACED: Obstacle.REPLACED}


def add(connection: Connection, deposit: Deposit) -> None:
    """Keep a deposit; a UUID that is known breaks the unique key."""
    _ADD.on(connection, row_of(deposit))
    count_usage(connection, UsageKind.DEPOSITED, RA, deposit.sender, deposit.received_at)


def row_of(deposit: Deposit) -> dict[str, Any]:
    """The columns of a deposit, all but its number."""
    return {
        "uuid_key": deposit.uuid.casefold(),
        "uuid": deposit.uuid,
        "secu_uuid": deposit.secu_uuid,
        "sender": deposit.sender,
        "received_at": instant_text(deposit.received_at),
        "status": deposit.status.value,
        "space": deposit.space,
        "matricule": deposit.matricule,
        "birth_date": deposit.birth_date,
        "note_number": deposit.number,
        "dated": deposit.dated,
        "day": day_number(deposit.dated),
        "amount": str(deposit.amount),
        "currency": deposit.currency,
        "paid": int(deposit.paid),
        "last_name": deposit.last_name,
        "first_name": deposit.first_name,
        "consented_at": deposit.consented_at and instant_text(deposit.consented_at),
        "cancelled_at": deposit.cancelled_at and instant_text(deposit.cancelled_at),
        "replaced_by": deposit.replaced_by,
        "data": deposit.data,
    }


def by_uuid(connection: Connection, uuid: str) -> Deposit | None:
    """The deposit with that sender's UUID, or None."""
    return _whole(connection, deposits.c.uuid_key == uuid.casefold())


def by_secu_uuid(connection: Connection, secu_uuid: str) -> Deposit | None:
    """The deposit with that identifier of the sandbox's, or None."""
    return _whole(connection, deposits.c.secu_uuid == secu_uuid.casefold())


def count(connection: Connection) -> int:
    """How many deposits there are."""
    return connection.execute(select(func.count()).select_from(deposits)).scalar_one()


def page_of(
    connection: Connection, matricule: str, wanted: ColumnElement[bool], page: int, size: int
) -> DepositPage:
    """One page of a patient's deposits, the newest first."""
    of_patient = (deposits.c.matricule == matricule) & wanted
    total = connection.execute(select(func.count()).select_from(deposits).where(of_patient))
    rows = connection.execute(
        select(*_ENTRY)
        .where(of_patient)
        .order_by(deposits.c.number.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return DepositPage(total.scalar_one(), tuple(entry_of_row(row) for row in rows.mappings()))


def wanted(
    first_day: str | None, last_day: str | None, status: Status | None
) -> ColumnElement[bool]:
    """The filter of a list; what is None does not count."""
    chosen: ColumnElement[bool] = deposits.c.matricule.is_not(None)
    if first_day is not None:
        chosen &= deposits.c.day >= day_number(first_day)
    if last_day is not None:
        chosen &= deposits.c.day <= day_number(last_day)
    if status is not None:
        chosen &= deposits.c.status == status.value
    return chosen


def consent(connection: Connection, secu_uuid: str, matricule: str, at: datetime) -> Outcome:
    """Let the patient consent, once."""
    entry = _entry_of(connection, secu_uuid)
    obstacle = _against_consent(entry, matricule)
    if entry is None or obstacle is not None:
        return Outcome(obstacle, entry)
    moved = _move(connection, entry, status=Status.CONSENTED.value, consented_at=instant_text(at))
    count_usage(connection, UsageKind.CONSENTED, RA, entry.sender, at)
    return Outcome(None, moved)


def cancel(connection: Connection, wish: Cancellation) -> Outcome:
    """Cancel a deposit, or let another one replace it."""
    entry = _entry_of(connection, wish.cancelled)
    other = None if wish.replacement is None else _entry_of(connection, wish.replacement)
    obstacle = _used(connection, wish) or _against_cancelling(entry, wish)
    if obstacle is None and entry is not None and wish.replacement is not None:
        obstacle = _against_replacing(connection, entry, other)
    if entry is None or obstacle is not None:
        return Outcome(obstacle, entry, other)
    _note(connection, wish)
    status = Status.CANCELLED if other is None else Status.REPLACED
    replaced_by = None if other is None else other.secu_uuid
    at = instant_text(wish.at)
    moved = _move(connection, entry, status=status.value, cancelled_at=at, replaced_by=replaced_by)
    kind = UsageKind.CANCELLED if other is None else UsageKind.REPLACED
    count_usage(connection, kind, RA, entry.sender, wish.at)
    return Outcome(None, moved, other)


def _against_consent(entry: DepositEntry | None, matricule: str) -> Obstacle | None:
    if entry is None:
        return Obstacle.UNKNOWN
    if entry.matricule is None:
        return Obstacle.NO_MATRICULE
    if entry.matricule != matricule:
        return Obstacle.OTHER_PATIENT
    if entry.status is Status.CONSENTED:
        return Obstacle.CONSENTED
    return _FINAL.get(entry.status)


def _against_cancelling(entry: DepositEntry | None, wish: Cancellation) -> Obstacle | None:
    if entry is None:
        return Obstacle.UNKNOWN
    if wish.space and wish.space != entry.sender:
        return Obstacle.OTHER_BILLER
    return _FINAL.get(entry.status)


def _against_replacing(
    connection: Connection, entry: DepositEntry, other: DepositEntry | None
) -> Obstacle | None:
    if other is None:
        return Obstacle.REPLACEMENT_UNKNOWN
    if other.secu_uuid == entry.secu_uuid:
        return Obstacle.ITSELF
    if other.sender != entry.sender:
        return Obstacle.REPLACEMENT_OTHER_BILLER
    if (other.matricule, other.birth_date) != (entry.matricule, entry.birth_date):
        return Obstacle.REPLACEMENT_OTHER_PATIENT
    if other.status not in _LIVE:
        return Obstacle.REPLACEMENT_FINAL
    taken = select(deposits.c.number).where(deposits.c.replaced_by == other.secu_uuid)
    return Obstacle.REPLACEMENT_TAKEN if connection.execute(taken).first() else None


def _used(connection: Connection, wish: Cancellation) -> Obstacle | None:
    known = select(cancellations.c.uuid).where(cancellations.c.uuid_key == wish.uuid.casefold())
    return Obstacle.USED if connection.execute(known).first() else None


def _note(connection: Connection, wish: Cancellation) -> None:
    values = {
        "uuid_key": wish.uuid.casefold(),
        "uuid": wish.uuid,
        "cancelled": wish.cancelled,
        "replacement": wish.replacement,
        "reason": wish.reason,
        "cancelled_at": instant_text(wish.at),
    }
    connection.execute(insert(cancellations), values)


def _move(connection: Connection, entry: DepositEntry, **values: str | None) -> DepositEntry | None:
    of_entry = deposits.c.secu_uuid == entry.secu_uuid
    connection.execute(update(deposits).where(of_entry).values(**values))
    return _entry_of(connection, entry.secu_uuid)


def _entry_of(connection: Connection, secu_uuid: str) -> DepositEntry | None:
    query = select(*_ENTRY).where(deposits.c.secu_uuid == secu_uuid.casefold())
    row = connection.execute(query).mappings().first()
    return None if row is None else entry_of_row(row)


def _whole(connection: Connection, which: ColumnElement[bool]) -> Deposit | None:
    row = connection.execute(select(deposits).where(which)).mappings().first()
    return None if row is None else Deposit(data=row["data"], **_values(row))


def entry_of_row(row: RowMapping) -> DepositEntry:
    """A deposit without its bytes as the table has it."""
    return DepositEntry(**_values(row))


def _values(row: RowMapping) -> dict[str, Any]:
    return {
        "uuid": row["uuid"],
        "secu_uuid": row["secu_uuid"],
        "sender": row["sender"],
        "received_at": datetime.fromisoformat(row["received_at"]),
        "status": Status(row["status"]),
        "space": row["space"],
        "matricule": row["matricule"],
        "birth_date": row["birth_date"],
        "number": row["note_number"],
        "dated": row["dated"],
        "amount": Decimal(row["amount"]),
        "currency": row["currency"],
        "paid": bool(row["paid"]),
        "last_name": row["last_name"],
        "first_name": row["first_name"],
        "consented_at": instant_or_none(row["consented_at"]),
        "cancelled_at": instant_or_none(row["cancelled_at"]),
        "replaced_by": row["replaced_by"],
    }
