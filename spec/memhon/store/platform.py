"""What the platform keeps: documents, consents with their history, members of a team."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, update

from memhon.store.access import Access
from memhon.store.columns import instant_text
from memhon.store.platform_records import (
    DocumentPage,
    DocumentStatus,
    PlatformConsent,
    PlatformDocument,
)
from memhon.store.platform_rows import consent_of, consent_row, document_of, document_row
from memhon.store.tables import platform_consents, platform_documents, platform_members

_DOCUMENTS, _CONSENTS, _MEMBERS = (
    platform_documents.c,
    platform_consents.c,
    platform_members.c,
)

_SUMMARY = [column for column in _DOCUMENTS if column is not _DOCUMENTS.data]
"""A page of messages of the largest size would fill the memory."""


class PlatformStore:
    """The platform's part of a store; safe to use from several threads and processes.

    Every method raises ``StoreError`` when the database does not answer.
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, document: PlatformDocument, *, replaces: str | None = None) -> bool:
        """Keep a document and, where it replaces one, ask for that one's cancellation with it.

        Args:
            document: New, with status ``RECEIVED``.
            replaces: UUID of the document that it replaces.

        Returns:
            False when the replaced one is not to be cancelled any more; nothing was kept.

        Raises:
            DuplicateError: A document with that UUID exists.
        """
        return self._access.write(lambda connection: _add(connection, document, replaces))

    def document(self, uuid: str) -> PlatformDocument | None:
        """The document with that UUID, in whatever letter case, or None."""
        query = select(platform_documents).where(_DOCUMENTS.uuid == uuid.lower())
        found = self._documents(query)
        return found[0] if found else None

    def documents_of(self, matricule: str) -> tuple[PlatformDocument, ...]:
        """The documents of a patient without their messages, the newest first."""
        query = select(*_SUMMARY).where(_DOCUMENTS.matricule == matricule)
        return self._documents(query.order_by(_DOCUMENTS.number.desc()))

    def documents_from(
        self,
        ehealth_id: str,
        *,
        since: datetime | None = None,
        before: datetime | None = None,
        page: int = 0,
        size: int = 20,
    ) -> DocumentPage:
        """What a practitioner deposited, without the messages, the newest first.

        Args:
            ehealth_id: Of the practitioner.
            since: First instant that counts.
            before: First instant that counts no more.
            page: Which page, from 0.
            size: Documents to a page.
        """
        wanted: list[ColumnElement[bool]] = [_DOCUMENTS.ehealth_id == ehealth_id]
        if since is not None:
            wanted.append(_DOCUMENTS.created_at >= instant_text(since))
        if before is not None:
            wanted.append(_DOCUMENTS.created_at < instant_text(before))
        query = select(*_SUMMARY).where(*wanted).order_by(_DOCUMENTS.number.desc())
        counting = select(func.count()).select_from(platform_documents).where(*wanted)

        def read(connection: Connection) -> DocumentPage:
            total = connection.execute(counting).scalar_one()
            rows = connection.execute(query.limit(size).offset(page * size)).mappings()
            return DocumentPage(total, tuple(document_of(row) for row in rows))

        return self._access.read(read)

    def waiting(self, status: DocumentStatus) -> tuple[str, ...]:
        """The UUIDs of the documents in a status, the oldest first: what the hand-over takes."""
        query = select(_DOCUMENTS.uuid).where(_DOCUMENTS.status == status.value)
        query = query.order_by(_DOCUMENTS.number)
        return self._access.read(
            lambda connection: tuple(connection.execute(query).scalars().all())
        )

    def acknowledge(self, uuid: str, secu_uuid: str, at: datetime) -> bool:
        """Keep the identifier that the synchronous exchange gave; what was received is sent now.

        The identifier is kept in every status: who asked meanwhile for cancellation needs it.

        Returns:
            Whether the document had none.
        """
        received = _DOCUMENTS.status == DocumentStatus.RECEIVED.value
        change = (
            update(platform_documents)
            .where(_DOCUMENTS.uuid == uuid.lower(), _DOCUMENTS.secu_uuid.is_(None))
            .values(
                secu_uuid=secu_uuid,
                status=case((received, DocumentStatus.SENT.value), else_=_DOCUMENTS.status),
                changed_at=instant_text(at),
            )
        )
        return self._access.write(lambda connection: connection.execute(change).rowcount > 0)

    def move(
        self,
        uuid: str,
        expected: Collection[DocumentStatus],
        status: DocumentStatus,
        at: datetime,
    ) -> bool:
        """Change a status if it is still one of those expected (compare and set).

        Args:
            uuid: Which document.
            expected: What its status has to be.
            status: What it becomes.
            at: Instant of the change.

        Returns:
            Whether it was changed.
        """
        change = (
            update(platform_documents)
            .where(
                _DOCUMENTS.uuid == uuid.lower(),
                _DOCUMENTS.status.in_([each.value for each in expected]),
            )
            .values(status=status.value, changed_at=instant_text(at))
        )
        return self._access.write(lambda connection: connection.execute(change).rowcount > 0)

    def put_consent(self, consent: PlatformConsent) -> None:
        """Let a consent count; one of the same patient and type that counted so far has ended."""

        def write(connection: Connection) -> None:
            _end(connection, consent.matricule, consent.type, consent.author, consent.created_at)
            connection.execute(insert(platform_consents), consent_row(consent))

        self._access.write(write)

    def end_consent(self, matricule: str, kind: str, author: str, at: datetime) -> bool:
        """Delete a consent logically; whether there was one."""
        return self._access.write(lambda connection: _end(connection, matricule, kind, author, at))

    def consents_of(self, matricule: str, *, history: bool = False) -> tuple[PlatformConsent, ...]:
        """The consents of a patient that were not deleted, the oldest first.

        Args:
            matricule: National number of the patient.
            history: Those that were deleted or replaced as well.
        """
        query = select(platform_consents).where(_CONSENTS.matricule == matricule)
        if not history:
            query = query.where(_CONSENTS.removed_at.is_(None))
        query = query.order_by(_CONSENTS.number)
        return self._access.read(
            lambda connection: tuple(
                consent_of(row) for row in connection.execute(query).mappings()
            )
        )

    def add_member(self, ehealth_id: str, identifier: str, author: str, at: datetime) -> bool:
        """Take somebody into a team; False when they were in it."""

        def write(connection: Connection) -> bool:
            if connection.execute(_member(ehealth_id, identifier)).first():
                return False
            values = {
                "ehealth_id": ehealth_id,
                "identifier": identifier,
                "author": author,
                "created_at": instant_text(at),
            }
            connection.execute(insert(platform_members), values)
            return True

        return self._access.write(write)

    def remove_member(self, ehealth_id: str, identifier: str, at: datetime) -> bool:
        """Take somebody out of a team; False when they were not in it."""
        change = (
            update(platform_members)
            .where(
                _MEMBERS.ehealth_id == ehealth_id,
                _MEMBERS.identifier == identifier,
                _MEMBERS.removed_at.is_(None),
            )
            .values(removed_at=instant_text(at))
        )
        return self._access.write(lambda connection: connection.execute(change).rowcount > 0)

    def members_of(self, ehealth_id: str) -> tuple[str, ...]:
        """The identifiers of a practitioner's team, in the order in which they came."""
        query = (
            select(_MEMBERS.identifier)
            .where(_MEMBERS.ehealth_id == ehealth_id, _MEMBERS.removed_at.is_(None))
            .order_by(_MEMBERS.number)
        )
        return self._access.read(
            lambda connection: tuple(connection.execute(query).scalars().all())
        )

    def _documents(self, query: Any) -> tuple[PlatformDocument, ...]:
        return self._access.read(
            lambda connection: tuple(
                document_of(row) for row in connection.execute(query).mappings()
            )
        )


def _add(connection: Connection, document: PlatformDocument, replaces: str | None) -> bool:
    if replaces is not None:
        change = (
            update(platform_documents)
            .where(
                _DOCUMENTS.uuid == replaces.lower(),
                _DOCUMENTS.status.in_([each.value for each in DocumentStatus.cancellable()]),
            )
            .values(
                status=DocumentStatus.CANCEL_ASKED.value,
                changed_at=instant_text(document.created_at),
                replaced_by=document.uuid.lower(),
            )
        )
        if not connection.execute(change).rowcount:
            return False
    connection.execute(insert(platform_documents), document_row(document))
    return True


def _end(connection: Connection, matricule: str, kind: str, author: str, at: datetime) -> bool:
    change = (
        update(platform_consents)
        .where(
            _CONSENTS.matricule == matricule,
            _CONSENTS.type == kind,
            _CONSENTS.removed_at.is_(None),
        )
        .values(removed_at=instant_text(at), removed_by=author)
    )
    return connection.execute(change).rowcount > 0


def _member(ehealth_id: str, identifier: str) -> Any:
    return select(_MEMBERS.number).where(
        _MEMBERS.ehealth_id == ehealth_id,
        _MEMBERS.identifier == identifier,
        _MEMBERS.removed_at.is_(None),
    )
