"""Documents that wait on the platform, and what a hand-over makes of them."""

from datetime import UTC, datetime
from decimal import Decimal

import fee_notes
from memhon.catalogue import load
from memhon.store import DocumentStatus, PlatformDocument

START = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
PATIENT = fee_notes.PATIENT
EHEALTH_ID = load().provider("demo-1").ehealth_id
UUIDS = [f"{number:08x}-81c9-435a-8f20-d731c756c293" for number in range(1, 9)]


def document(number, **changes):
    """The n-th document of a practitioner, as it was received."""
    replaces, born = changes.pop("replaces", None), changes.pop("born", None)
    text = fee_notes.deposit_xml(
        UUIDS[number].upper(),
        patient=None if born else changes.pop("patient", PATIENT),
        born=born or "",
        amount=changes.pop("amount", "57.70"),
    )
    kept = PlatformDocument(
        uuid=UUIDS[number],
        ehealth_id=EHEALTH_ID,
        matricule=PATIENT,
        created_at=START,
        author=EHEALTH_ID,
        first_name="Jeanne",
        last_name="MODELEUR",
        dated="2026-03-02",
        amount=Decimal("57.70"),
        paid=False,
        data=text.encode(),
        **changes,
    )
    return kept, replaces


class Platform:
    """What the platform of a running sandbox keeps, and its hand-over."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        self.store = sandbox._store.platform

    def receive(self, number, **changes):
        """Keep the n-th document."""
        kept, replaces = document(number, **changes)
        assert self.store.add(kept, replaces=replaces)
        return kept.uuid

    def move(self, number, status):
        """A person asks for something."""
        assert self.store.move(UUIDS[number], tuple(DocumentStatus), DocumentStatus(status), START)

    def run(self):
        """What a hand-over says: outcome and ids of each document, by number and phase."""
        return [
            (
                UUIDS.index(each.uuid),
                each.phase.value,
                each.outcome.value,
                each.status.value,
                [finding.id for finding in each.findings],
            )
            for each in self.sandbox.hand_over().handed
        ]

    def secu(self, number):
        """The identifier that the exchange gave."""
        return self.store.document(UUIDS[number]).secu_uuid

    def status(self, number):
        """Where the n-th document is in its life."""
        return self.store.document(UUIDS[number]).status.value

    def listed(self, patient=PATIENT):
        """State of each of the patient's notes, as the exchange has it, by its number."""
        answer = self.sandbox.client().send(fee_notes.list_xml(patient).encode())
        return {
            UUIDS.index(each.uuidprestataire.lower()): each.statut.value
            for each in answer.message.memoire
        }
