"""The life of a simulation against a second, independent description of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from lxml import etree

import pid_desk
import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.sandbox import Numbering, SynchronousExchange, rules_of
from memhon.store import open_store

START = datetime.fromisoformat("2026-03-02T08:00:00+00:00")
CLAIMS = {"demo-1": 0, "demo-6": 3000, "demo-8": 6000}
PROVIDERS, NOTES = st.sampled_from(sorted(CLAIMS)), st.sampled_from([1, 2])
KINDS = {
    "plain": ("C1", "demo-1", [], 5078),
    "minor": ("C1", "demo-6", [], 5770),
    "act": ("ZZ9", "demo-1", ["SIM-001"], 0),
    "agreement": ("XAP1", "demo-1", ["SIM-006"], 7040),
    "cover": ("C1", "demo-10", ["SIM-008"], 5078),
    "age": ("C1", "demo-8", ["SIM-003"], 5078),
    "besides": ("XCP1", "demo-1", [], 0),
}
"""Act, person, the anomaly it leads to, statutory cents once that is lifted."""
BLOCKING = {"SIM-001", "SIM-006", "SIM-007", "SIM-008"}
OF_LINE = {"SIM-001", "SIM-006"}
LIFTED_BY = {"SIM-006": "2", "SIM-008": "3"}
SEEN: set[str] = set()


@dataclass
class Known:
    """What the model remembers of one simulation."""

    key: str
    owner: tuple[str, int]
    kind: str
    at: datetime
    cents: int
    anomalies: dict[str, str]
    state: str = "open"
    newer: str = ""
    payment: str = ""


@dataclass
class Note:
    """What the model remembers of one fee note."""

    payment: str = ""
    lifted: set[str] = field(default_factory=set)


class Life(RuleBasedStateMachine):
    """Simulations, validations, contests and hours in any order."""

    @initialize()
    def start(self):
        self.now = START
        self.store = open_store()
        self.clock = VirtualClock(pid_desk.START)
        self.exchange = SynchronousExchange(self.store, self.clock, Numbering(3), rules_of(load()))
        self.known: list[Known] = []
        self.notes: dict[tuple[str, int], Note] = {}
        self.claims = dict(CLAIMS)
        self.payments: list[str] = []

    def teardown(self):
        self.store.close()

    def _send(self, data):
        answer = self.exchange.answer(data)
        assert answer.status == 200
        return SimpleNamespace(root=etree.fromstring(answer.data))

    @rule(provider=PROVIDERS, number=NOTES, kind=st.sampled_from(sorted(KINDS)))
    def simulate(self, provider, number, kind):
        act, person, codes, cents = KINDS[kind]
        owner = (provider, number)
        note = self.notes.setdefault(owner, Note())
        asked = pid_desk.simulation(
            pid_desk.line(1, act), person=person, provider=provider, note=number
        )
        found = pid_desk.simulated(self._send(asked))
        expected = ["SIM-023" if code in note.lifted else code for code in codes]
        expected += ["SIM-007"] if note.payment else []
        assert found.codes == expected
        SEEN.update(f"simulate {code}" for code in expected)
        refused = OF_LINE & set(expected)
        cents = 0 if refused else cents
        assert found.totals[0] == Decimal(cents).scaleb(-2)
        for each in self.known:
            if each.owner == owner and each.state == "open":
                each.state, each.newer = "superseded", found.id
        anomalies = {key: code for key, (code, _) in found.anomalies.items()}
        self.known.append(Known(found.id, owner, kind, self.now, cents, anomalies))

    @rule(hours=st.sampled_from([1, 12, 23, 24]))
    def wait(self, hours):
        self.now += timedelta(hours=hours)
        self.clock.advance(timedelta(hours=hours))

    @precondition(lambda self: self.known)
    @rule(which=st.integers(0, 3), agreed=st.integers(0, 6))
    def pay(self, which, agreed):
        each = self.known[-1 - which % len(self.known)]
        answer = pid_desk.paid(self._send(pid_desk.payment(each.key, part=bool(agreed))))
        code, part = self._against(each) if agreed else ("SIM-017", "")
        if code is None:
            code, part = self._against_payment(each)
        SEEN.add(f"pay {code}")
        if code is not None:
            assert answer.code == code
            assert part in answer.reason
            assert (answer.statutory, answer.recovered, answer.paid) == (0, 0, 0)
            assert answer.payment is None
            return
        provider = each.owner[0]
        held = min(self.claims[provider], each.cents)
        self.claims[provider] -= held
        cents = (each.cents, held, each.cents - held)
        assert (
            tuple(
                int(amount.scaleb(2))
                for amount in (answer.statutory, answer.recovered, answer.paid)
            )
            == cents
        )
        assert answer.code == ("SIM-019" if held else None)
        SEEN.add(f"pay {answer.code} {'all' if cents[2] == 0 else 'some'}")
        assert (answer.payment is None) == (cents[2] == 0)
        each.state = "paid"
        each.payment = answer.payment or self.store.payment(each.key).id
        self.notes[each.owner].payment = each.payment
        self.payments.append(each.payment)

    @precondition(lambda self: self.known)
    @rule(which=st.integers(0, 3), code=st.sampled_from("122337"), own=st.integers(0, 4))
    def contest(self, which, code, own):
        each = self.known[-1 - which % len(self.known)]
        anomalies = list(each.anomalies) if own else []
        pairs = [(key, code) for key in anomalies or [wire.uuid(9)]]
        answer = pid_desk.contested(self._send(pid_desk.contestation(each.key, *pairs)))
        refusal = "SIM-021" if code == "7" else self._against(each)[0]
        if refusal is None and not anomalies:
            refusal = "SIM-020"
        SEEN.add(f"contest {refusal}")
        assert answer.code == refusal
        assert (answer.id == pid_desk.NIL) == (refusal is not None)
        if refusal is None:
            each.state = "contested"
            lifted = {each.anomalies[key] for key in anomalies}
            self.notes[each.owner].lifted |= {
                name for name in lifted if LIFTED_BY.get(name) == code
            }

    @precondition(lambda self: self.known)
    @rule()
    def contest_and_simulate_again(self):
        latest = self.known[-1]
        codes = [LIFTED_BY[name] for name in latest.anomalies.values() if name in LIFTED_BY]
        self.contest(0, codes[0] if codes else "1", 1)
        self.simulate(*latest.owner, latest.kind)

    @rule()
    def name_nothing(self):
        nowhere = wire.uuid(4)
        assert pid_desk.paid(self._send(pid_desk.payment(nowhere))).code == "SIM-010"
        contest = pid_desk.contestation(nowhere, (nowhere, "1"))
        assert pid_desk.contested(self._send(contest)).code == "SIM-010"

    @invariant()
    def nothing_is_paid_twice(self):
        assert len(set(self.payments)) == len(self.payments)
        paid = [each.owner for each in self.known if each.state == "paid"]
        assert len(set(paid)) == len(paid)

    def _against(self, each):
        """Why a simulation can be neither paid nor contested, and what the reason names."""
        ended = {
            "paid": ("SIM-014", each.payment),
            "contested": ("SIM-015", each.key),
            "superseded": ("SIM-013", each.newer),
        }
        if each.state in ended:
            return ended[each.state]
        return ("SIM-012", each.key) if self.now - each.at >= timedelta(hours=24) else (None, "")

    def _against_payment(self, each):
        blocking = BLOCKING & set(each.anomalies.values())
        if blocking:
            return "SIM-016", min(blocking)
        return ("SIM-018", each.key) if each.cents == 0 else (None, "")


EVERYTHING = {
    *("simulate SIM-001", "simulate SIM-003", "simulate SIM-006", "simulate SIM-007"),
    *("simulate SIM-008", "simulate SIM-023"),
    *("pay None", "pay None some", "pay SIM-019 some", "pay SIM-019 all"),
    *("pay SIM-012", "pay SIM-013", "pay SIM-014", "pay SIM-015"),
    *("pay SIM-016", "pay SIM-017", "pay SIM-018"),
    *("contest None", "contest SIM-012", "contest SIM-013", "contest SIM-014"),
    *("contest SIM-015", "contest SIM-020", "contest SIM-021"),
}
"""What the model has to be led through; a race and another space have tests of their own."""


def test_the_behaviours_and_the_model_agree():
    SEEN.clear()
    steps = settings(
        max_examples=100,
        stateful_step_count=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(Life, settings=steps)
    assert SEEN == EVERYTHING
