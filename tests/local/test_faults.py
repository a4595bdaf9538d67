"""Faults on demand from Python, and what may be sent again when an answer is lost."""

from contextlib import suppress

import pytest

import journeying
from memhon.clock import VirtualClock
from memhon.errors import CatalogueError, MemhonError, SandboxError, TransportError
from memhon.local import Sandbox


@pytest.fixture
def sandbox():
    with Sandbox(clock=VirtualClock(journeying.START), seed=6) as running:
        yield running


@pytest.fixture
def client(sandbox):
    return sandbox.client()


def test_a_rule_is_added_counted_and_cleared(sandbox, client):
    made = sandbox.faults.add("cut", exchange="ra-depot", practitioner="demo-1", count=2)
    assert (made.effect, made.exchange, made.left, made.used) == ("cut", "ra-depot", 2, 0)
    with pytest.raises(TransportError):
        client.send(journeying.deposit())
    assert [(1, 1)] == [(rule.left, rule.used) for rule in sandbox.faults.all()]
    assert 1 == sandbox.faults.clear(made.number)
    assert () == sandbox.faults.all()
    client.send(journeying.listing())


@pytest.mark.parametrize(
    ("effect", "options", "error", "words"),
    [
        ("tempête", {}, SandboxError, "effet inconnu « tempête » ; connus : fault, anomaly,"),
        ("delay", {"detail": "vite"}, SandboxError, "délai « vite »"),
        ("cut", {"count": 0}, SandboxError, "nombre d'appels"),
        ("cut", {"practitioner": "personne"}, SandboxError, "professionnel inconnu"),
        ("cut", {"exchange": "ra-rien"}, CatalogueError, "ra-rien"),
    ],
)
def test_an_impossible_rule_is_refused(sandbox, effect, options, error, words):
    with pytest.raises(error, match=words):
        sandbox.faults.add(effect, **options)
    assert () == sandbox.faults.all()


def test_faults_belong_to_a_running_sandbox():
    with pytest.raises(SandboxError, match="pas démarré"):
        _ = Sandbox().faults


def twice(sandbox, client, message, effect):
    """The anomalies of the second answer, when the first is lost."""
    sandbox.faults.add(effect)
    with suppress(MemhonError):
        client.send(message)
    answer = client.send(message)
    return answer, [found.id for found in answer.report.errors]


@pytest.mark.parametrize("effect", ["cut", "half", "invalid-signature"])
def test_what_the_second_sending_says_when_the_first_had_arrived(sandbox, client, effect):
    def again(message):
        return twice(sandbox, client, message, effect)

    assert ["MH-001"] == again(journeying.deposit())[1]
    listed, codes = again(journeying.listing())
    assert (1, []) == (listed.message.nombre_total, codes)
    secu = listed.message.memoire[0].uuidsecu
    assert ["MH-020"] == again(journeying.consent(secu))[1]
    assert [] == again(journeying.reading(secu))[1]
    cancelled, codes = again(journeying.cancellation(secu))
    assert ["MH-043"] == codes
    assert journeying.START == str(cancelled.message.date_annulation)

    simulated, codes = again(journeying.simulation())
    assert [] == codes
    simulation = simulated.message.utaretour.identifiant_reponse_simulation
    paid, codes = again(journeying.payment(simulation))
    assert ["SIM-014"] == codes
    assert "paiement" in paid.message.motif.value
    note = journeying.simulation("XAP1")
    note.uta.id_memoire_honoraire = journeying.CANCELLATION
    refused = client.send(note).message.utaretour
    (anomaly,) = refused.lignes.ligne_utaretour[0].anomalie
    wish = journeying.contest(refused.identifiant_reponse_simulation, anomaly.identifiant_anomalie)
    assert ["SIM-015"] == again(wish)[1]


@pytest.mark.parametrize("effect", ["maintenance", "expired-token"])
def test_after_these_nothing_had_been_done(sandbox, client, effect):
    assert [] == twice(sandbox, client, journeying.deposit(), effect)[1]
    secu = client.send(journeying.listing()).message.memoire[0].uuidsecu
    assert [] == twice(sandbox, client, journeying.consent(secu), effect)[1]
    assert [] == twice(sandbox, client, journeying.cancellation(secu), effect)[1]
    simulated = client.send(journeying.simulation()).message.utaretour
    payment = journeying.payment(simulated.identifiant_reponse_simulation)
    assert [] == twice(sandbox, client, payment, effect)[1]


def test_a_lost_simulation_that_arrives_twice_leaves_one_that_counts(sandbox, client):
    first = client.send(journeying.simulation()).message.utaretour.identifiant_reponse_simulation
    client.send(journeying.simulation())
    assert ["SIM-013"] == [f.id for f in client.send(journeying.payment(first)).report.errors]
