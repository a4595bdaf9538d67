"""Whatever is done in whatever order: the behaviours agree with a model that is not theirs."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from fee_notes import (
    BILLER,
    NEVER,
    OTHER_BILLER,
    OTHER_PATIENT,
    PATIENT,
    cancellation_xml,
    consent_xml,
    deposit_xml,
    list_xml,
    reading_xml,
)
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.messages import parse
from memhon.sandbox import Numbering, SynchronousExchange, rules_of
from memhon.sandbox.behaviours import ANSWERS
from memhon.sandbox.refusal import RefusalError
from memhon.store import open_store

STATES = ("DEPOSE", "CONSENTI", "ANNULE", "REMPLACE")
UUIDS = tuple(f"{number:08x}-abcd-4abc-8abc-abcdefabcdef" for number in range(0xA0, 0xAA))
DAYS = ("2026-03-01", "2026-03-02", "2026-03-03")
# Mostly the same patient and biller, or nothing would ever get past the first obstacles.
patients = st.sampled_from([PATIENT, PATIENT, PATIENT, OTHER_PATIENT, None])
billers = st.sampled_from([BILLER, BILLER, BILLER, OTHER_BILLER])
asking = st.sampled_from([PATIENT, PATIENT, OTHER_PATIENT])
spaces = st.sampled_from(["", "", BILLER, OTHER_BILLER])
unknown = st.sampled_from(["deadbeef-cafe-4bad-8bad-feedfacecafe"])


@dataclass
class Expected:
    """What the model knows of one deposit."""

    uuid: str
    patient: str | None
    biller: str
    day: str
    state: str = "DEPOSE"
    consented: str = NEVER
    cancelled: str = NEVER
    replaced_by: str = ""


@dataclass
class Model:
    """The rules of the life of a deposit, in the words of the specification."""

    notes: dict[str, Expected] = field(default_factory=dict)
    cancellations: set[str] = field(default_factory=set)

    def sent(self, uuid):
        return any(note.uuid.lower() == uuid.lower() for note in self.notes.values())

    def lacking(self, key, code):
        return "MH-011" if self.sent(key) else code

    def against_consent(self, key, patient):
        note = self.notes.get(key.lower())
        if note is None:
            return self.lacking(key, "MH-010")
        if note.patient != patient:
            return "MH-012" if note.patient else "MH-013"
        final = {"CONSENTI": "MH-020", "ANNULE": "MH-021", "REMPLACE": "MH-022"}
        return final.get(note.state)

    def against_reading(self, key, patient):
        note = self.notes.get(key.lower())
        if note is None:
            return self.lacking(key, "MH-010")
        if note.patient != patient:
            return "MH-012" if note.patient else "MH-013"
        return None

    def against_cancelling(self, uuid, key, other, kind, space):
        if (kind == 2) != (other is not None):
            return "MH-041" if kind == 2 else "MH-040"
        if uuid.lower() in self.cancellations:
            return "MH-043"
        note = self.notes.get(key.lower())
        if note is None:
            return self.lacking(key, "MH-010")
        if space not in ("", note.biller):
            return "MH-044"
        if note.state in ("ANNULE", "REMPLACE"):
            return "MH-045" if note.state == "ANNULE" else "MH-046"
        return None if other is None else self.against_replacing(note, key, other)

    def against_replacing(self, note, key, other):
        new = self.notes.get(other.lower())
        if new is None:
            return self.lacking(other, "MH-047")
        if other.lower() == key.lower():
            return "MH-042"
        if new.biller != note.biller:
            return "MH-048"
        if new.patient != note.patient:
            return "MH-049"
        if new.state in ("ANNULE", "REMPLACE"):
            return "MH-050"
        taken = [old for old in self.notes.values() if old.replaced_by == other.lower()]
        return "MH-051" if taken else None


class LifeOfDeposits(RuleBasedStateMachine):
    """Drives the behaviours and the model side by side."""

    keys = Bundle("keys")

    def __init__(self):
        super().__init__()
        self.model = Model()
        self.clock = VirtualClock("2026-03-02T09:30:00Z")
        self.store = open_store()
        rules = rules_of(load())
        self.exchange = SynchronousExchange(self.store, self.clock, Numbering(3), rules)
        self.order = []

    def teardown(self):
        self.store.close()

    def now(self):
        return self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def ask(self, payload, exchange, space=""):
        """The binding of the answer and the code that refuses, if one does."""
        context = self.exchange.context(payload.encode(), space)
        answer = ANSWERS[exchange](parse(payload.encode()), context)
        codes = [
            anomaly.code
            for anomaly in answer.anomalies
            if getattr(anomaly.type_value, "value", anomaly.type_value) == "REFUS"
        ]
        return answer, codes[0] if codes else None

    @rule(
        target=keys,
        uuid=st.sampled_from(UUIDS),
        patient=patients,
        biller=billers,
        day=st.sampled_from(DAYS),
        shout=st.booleans(),
    )
    def deposit(self, uuid, patient, biller, day, shout):
        sent = uuid.upper() if shout else uuid
        known = self.model.sent(uuid)
        payload = deposit_xml(sent, patient=patient, biller=biller, date=day)
        answer, refusal = self.ask(payload, "ra-depot")
        assert ("MH-001" if known else None) == refusal
        if not known:
            key = answer.uuid_secu.value
            self.model.notes[key] = Expected(sent, patient, biller, day)
            self.order.insert(0, key)
            return key
        return uuid

    @rule(key=keys | unknown, patient=asking, shout=st.booleans())
    def consent(self, key, patient, shout):
        expected = self.model.against_consent(key, patient)
        sent = key.upper() if shout else key
        answer, refusal = self.ask(consent_xml(sent, patient), "ra-rembcons")
        assert expected == refusal
        if expected is None:
            note = self.model.notes[key]
            note.state, note.consented = "CONSENTI", self.now()
        told = expected in (None, "MH-020")
        date = self.model.notes[key].consented if told else NEVER
        assert date == answer.date_consentement

    @rule(number=st.integers(0, 30), key=keys | unknown, lie=st.integers(0, 9), space=spaces)
    def cancel(self, number, key, lie, space):
        self._cancel(number, key, None, 2 if lie == 0 else 1, space)

    @rule(
        number=st.integers(0, 30),
        key=keys,
        other=keys | unknown,
        lie=st.integers(0, 9),
        space=spaces,
    )
    def replace(self, number, key, other, lie, space):
        self._cancel(number, key, other, 1 if lie == 0 else 2, space)

    def _cancel(self, number, key, other, kind, space):
        uuid = f"{number:08x}-cccc-4abc-8abc-abcdefabcdef"
        expected = self.model.against_cancelling(uuid, key, other, kind, space)
        payload = cancellation_xml(uuid, key, replacement=other, kind=kind)
        _, refusal = self.ask(payload, "ra-annul", space)
        assert expected == refusal
        if expected is None:
            self.model.cancellations.add(uuid.lower())
            note = self.model.notes[key]
            note.state, note.cancelled = ("ANNULE" if other is None else "REMPLACE"), self.now()
            note.replaced_by = other or ""

    @rule(key=keys | unknown, patient=asking)
    def read(self, key, patient):
        expected = self.model.against_reading(key, patient)
        context = replace(self.exchange.context(b"", ""), to_the_letter=bytes.decode)
        try:
            kept = ANSWERS["ra-doc"](parse(reading_xml(key, patient).encode()), context)
        except RefusalError as refusal:
            found = (refusal.fault, refusal.findings[0].id)
        else:
            found = (None, None)
        assert ("SBX-040" if expected else None, expected) == found
        if expected is None:
            note = self.model.notes[key]
            assert note.state == kept.statut.value
            assert note.uuid in kept.memoire_honoraire

    @rule(hours=st.integers(1, 48))
    def wait(self, hours):
        self.clock.advance(timedelta(hours=hours))

    @rule(
        patient=asking,
        start=st.none() | st.sampled_from(DAYS),
        end=st.none() | st.sampled_from(DAYS),
        state=st.none() | st.sampled_from(STATES),
        page=st.integers(1, 3),
        size=st.integers(1, 3),
    )
    def show(self, patient, start, end, state, page, size):
        given = {"dateDebut": start, "dateFin": end, "statut": state}
        filters = {name: value for name, value in given.items() if value}
        payload = list_xml(patient, page=page, taillePage=size, **filters)
        answer, refusal = self.ask(payload, "ra-remblist")
        if start and end and start > end:
            assert ("MH-030", 0) == (refusal, answer.nombre_total)
            return
        expected = [
            key
            for key in self.order
            if (note := self.model.notes[key]).patient == patient
            and (start or note.day) <= note.day <= (end or note.day)
            and note.state == (state or note.state)
        ]
        assert (None, len(expected)) == (refusal, answer.nombre_total)
        shown = [(line.uuidsecu, line.statut.value) for line in answer.memoire]
        wanted = expected[(page - 1) * size : page * size]
        assert [(key, self.model.notes[key].state) for key in wanted] == shown

    @invariant()
    def the_store_knows_what_the_model_knows(self):
        assert len(self.model.notes) == self.store.count_deposits()
        for key, note in self.model.notes.items():
            kept = self.store.deposit_by_secu(key)
            assert (note.state, note.replaced_by) == (kept.status, kept.replaced_by or "")


def test_the_behaviours_agree_with_the_model():
    run_state_machine_as_test(
        LifeOfDeposits,
        settings=settings(
            max_examples=80,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
