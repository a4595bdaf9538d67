"""PID WS2: what is paid, once, and why it is not."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import product
from uuid import UUID

import pytest

import pid_desk
import wire
from memhon.clock import VirtualClock
from memhon.findings import make
from memhon.local import Sandbox
from memhon.sandbox import Server, Services, create_app
from memhon.store import State, open_store
from pid_desk import line

ZERO = Decimal("0.00")
INDICATORS = (
    "indicateurValidationMedecin",
    "indicateurValidationPersonneProtegee",
    "indicateurAcquittementParticipationPersonnelle",
)


def _is_refused(answer, code, *parts):
    assert (answer.statutory, answer.recovered, answer.paid) == (ZERO, ZERO, ZERO)
    assert answer.payment is None
    assert answer.code == code
    assert [part for part in parts if part not in answer.reason] == []


def test_what_is_paid_is_the_statutory_part(desk):
    found = desk.simulate()
    answer = desk.pay(found.id)
    assert (answer.statutory, answer.recovered, answer.paid) == (
        Decimal("50.78"),
        ZERO,
        Decimal("50.78"),
    )
    assert answer.reason is None
    kept = desk.store.payment(found.id)
    assert kept.id == answer.payment == str(UUID(answer.payment))
    assert kept.at == desk.clock.now()
    assert desk.store.simulation(found.id).state is State.PAID


def test_letter_case_does_not_distinguish_simulations(desk):
    found = desk.simulate()
    assert desk.pay(found.id.upper()).paid == Decimal("50.78")


@pytest.mark.parametrize("flags", list(product([True, False], repeat=3)))
def test_every_combination_of_the_indicators(desk, flags):
    found = desk.simulate()
    answer = desk.pay(found.id, *flags)
    if all(flags):
        assert answer.paid == Decimal("50.78")
        return
    missing = [name for name, flag in zip(INDICATORS, flags, strict=True) if not flag]
    _is_refused(answer, "SIM-017", *missing)
    assert [name for name in INDICATORS if name in answer.reason] == missing
    assert desk.store.simulation(found.id).state is State.OPEN
    assert desk.pay(found.id).paid == Decimal("50.78")


def test_an_unknown_simulation_is_not_paid(desk):
    _is_refused(desk.pay(wire.uuid(5)), "SIM-010", wire.uuid(5))


def test_a_second_validation_names_the_first_payment(desk):
    found = desk.simulate()
    first = desk.pay(found.id)
    for _ in range(2):
        _is_refused(desk.pay(found.id), "SIM-014", first.payment)


def test_a_paid_simulation_stays_paid_when_its_time_is_over(desk):
    found = desk.simulate()
    first = desk.pay(found.id)
    desk.clock.advance(timedelta(hours=30))
    _is_refused(desk.pay(found.id), "SIM-014", first.payment)


def test_two_validations_at_once_pay_once(desk):
    for note in range(10):
        found = desk.simulate(note=note)
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(desk.pay, [found.id, found.id]))
        (payment,) = [answer.payment for answer in answers if answer.payment]
        (refused,) = [answer for answer in answers if not answer.payment]
        _is_refused(refused, "SIM-014", payment)
        assert desk.store.payment(found.id).id == payment


@pytest.mark.parametrize(
    ("seconds", "code"), [(0, None), (24 * 3600 - 1, None), (24 * 3600, "SIM-012")]
)
def test_a_simulation_counts_for_the_hours_of_the_setting(desk, seconds, code):
    found = desk.simulate()
    desk.clock.advance(timedelta(seconds=seconds))
    answer = desk.pay(found.id)
    assert answer.code == code
    if code:
        _is_refused(answer, code, found.id, pid_desk.START)
        assert desk.pay(desk.simulate().id).paid == Decimal("50.78")


def test_the_hours_are_a_setting(catalogue):
    assert catalogue.settings["simulation_hours"] == 24


def test_a_clock_set_backwards_expires_nothing(desk):
    found = desk.simulate()
    desk.clock.set("2026-03-01T08:00:00Z")
    assert desk.pay(found.id).paid == Decimal("50.78")


def test_a_new_simulation_takes_the_place_of_the_older(desk):
    first, second = desk.simulate(), desk.simulate()
    _is_refused(desk.pay(first.id), "SIM-013", first.id, second.id)
    assert desk.pay(second.id).paid == Decimal("50.78")


def test_other_notes_and_other_billers_supersede_nothing(desk):
    first = desk.simulate()
    desk.simulate(note=1001)
    desk.simulate(provider="demo-2")
    assert desk.pay(first.id).paid == Decimal("50.78")


def test_a_contested_simulation_is_not_paid(desk):
    found = desk.simulate(line(act="ZZ9"))
    desk.contest(found.id, (found.anomaly("SIM-001"), "1"))
    _is_refused(desk.pay(found.id), "SIM-015", found.id, pid_desk.START)


@pytest.mark.parametrize(
    ("asked", "person", "code"),
    [(line(2, "ZZ9"), "demo-1", "SIM-001"), (line(2), "demo-10", "SIM-008")],
)
def test_a_blocking_anomaly_of_a_line_or_of_the_note_stops_the_payment(desk, asked, person, code):
    found = desk.simulate(line(), asked, person=person)
    _is_refused(desk.pay(found.id), "SIM-016", found.id, code)
    assert desk.store.simulation(found.id).state is State.OPEN


def test_an_information_does_not_stop_the_payment(desk):
    assert desk.pay(desk.simulate(person="demo-8").id).paid == Decimal("50.78")


def test_nothing_to_pay_is_not_paid(desk):
    found = desk.simulate(line(act="XCP1"))
    assert found.codes == []
    _is_refused(desk.pay(found.id), "SIM-018", found.id)


def test_a_note_is_paid_once_whatever_is_simulated_later(desk):
    first = desk.pay(desk.simulate().id)
    again = desk.simulate()
    assert again.codes == ["SIM-007"]
    assert again.totals == (Decimal("50.78"), Decimal("6.92"), Decimal("57.70"))
    _is_refused(desk.pay(again.id), "SIM-016", "SIM-007")
    assert desk.store.payment(again.id) is None
    assert first.payment is not None


def test_a_payment_during_the_computation_is_noticed_when_it_counts(desk):
    """The one way to an open simulation of a paid note without its anomaly."""
    first = desk.simulate()

    class Meanwhile:
        """A store in which the first simulation is paid just before the second is kept."""

        def __getattr__(self, name):
            return getattr(desk.store, name)

        def add_simulation(self, simulation):
            self.paid = desk.pay(first.id)
            desk.store.add_simulation(simulation)

    meanwhile = Meanwhile()
    slow = replace(desk.exchange, store=meanwhile)
    second = pid_desk.simulated(_served(slow, pid_desk.simulation(line())))
    assert second.codes == []
    answer = desk.pay(second.id)
    _is_refused(answer, "SIM-007", wire.uuid(1000), meanwhile.paid.payment)


def _served(exchange, data):
    server = Server(create_app(Services(exchange)))
    server.start()
    try:
        return wire.send(server.url, data)
    finally:
        server.stop()


def _settled(desk, note, provider):
    answer = desk.pay(desk.simulate(provider=provider, note=note).id)
    amounts = (answer.statutory, answer.recovered, answer.paid)
    return tuple(map(str, amounts)), answer


def test_a_claim_is_recovered_in_part_then_exhausted(desk):
    amounts, first = _settled(desk, 1, "demo-6")
    assert amounts == ("50.78", "30.00", "20.78")
    assert first.payment is not None
    assert first.code == "SIM-019"
    assert "30.00" in first.reason
    assert first.payment in first.reason
    amounts, second = _settled(desk, 2, "demo-6")
    assert amounts == ("50.78", "0.00", "50.78")
    assert second.reason is None


def test_a_large_claim_takes_a_whole_payment_then_the_rest(desk):
    amounts, first = _settled(desk, 1, "demo-8")
    assert amounts == ("50.78", "50.78", "0.00")
    assert first.payment is None
    assert first.code == "SIM-019"
    key = desk.store.simulation(desk.simulate(provider="demo-8", note=1).id)
    assert [each.code for each in key.anomalies] == ["SIM-007"]
    amounts, second = _settled(desk, 2, "demo-8")
    assert amounts == ("50.78", "9.22", "41.56")
    assert second.payment is not None
    assert _settled(desk, 3, "demo-8")[0] == ("50.78", "0.00", "50.78")


def test_a_validation_refused_recovers_nothing(desk):
    found = desk.simulate(provider="demo-6")
    desk.pay(found.id, part=False)
    assert desk.store.recovered_from("90000006") == ZERO
    assert desk.pay(found.id).recovered == Decimal("30.00")


def test_claims_name_fictitious_providers_and_whole_cents(catalogue):
    codes = {provider.id for provider in catalogue.providers}
    assert catalogue.claims
    for claim in catalogue.claims:
        assert claim.provider in codes
        assert claim.amount == claim.amount.quantize(Decimal("0.01")) > 0


def test_a_payment_survives_a_restart(tmp_path):
    path = tmp_path / "store.db"
    with pid_desk.open_desk(open_store(path)) as desk:
        found = desk.simulate()
        payment = desk.pay(found.id).payment
    with pid_desk.open_desk(open_store(path)) as desk:
        _is_refused(desk.pay(found.id), "SIM-014", payment)


def test_the_client_tells_why_nothing_was_paid():
    with Sandbox(clock=VirtualClock(pid_desk.START), security="off") as sandbox:
        answer = sandbox.client().send(pid_desk.bare(pid_desk.payment(wire.uuid(5))))
    (finding,) = answer.report.findings
    assert finding.id == "SIM-010"
    assert finding.found == wire.uuid(5)
    assert answer.report.verdict == "invalid"


@pytest.mark.parametrize(("who", "code"), [("demo-1", None), ("demo-2", "SIM-011")])
def test_only_the_space_of_the_simulation_or_of_its_biller_may_pay(who, code):
    clock = VirtualClock(pid_desk.START)
    with Sandbox(clock=clock, seed=3) as sandbox:
        answer = sandbox.client("demo-1").send(pid_desk.bare(pid_desk.simulation()))
        key = answer.message.utaretour.identifiant_reponse_simulation
        settled = sandbox.client(who).send(pid_desk.bare(pid_desk.payment(key))).message
    if code is None:
        assert settled.motif is None
        assert settled.montant_paye == Decimal("50.78")
        return
    assert settled.motif.value == (
        f"SIM-011 : {make('SIM-011', found=key, detail='90000002').text('fr')}"
    )
    assert settled.montant_paye == ZERO
