"""What the screens of the desk show in tests: one of everything, hostile where that is possible."""

from dataclasses import replace
from decimal import Decimal

import wire
from memhon.store import (
    Cancellation,
    Claimant,
    Contestation,
    PlatformConsent,
    PlatformDocument,
    WireExchange,
)
from values import DEPOSIT, NOW, SIMULATION

HOSTILE = "<script>alert('kanari')</script>\"'><img src=x onerror=alert(1)>&amp;"
"""What must not become markup."""


def filled(store):
    """One of everything, with hostile words wherever a peer chooses them."""
    named = {"last_name": HOSTILE, "first_name": HOSTILE, "number": HOSTILE, "dated": "2023-12-28"}
    given = replace(DEPOSIT, matricule=HOSTILE, sender=HOSTILE, space=HOSTILE, **named)
    other = replace(given, uuid=wire.uuid(20), secu_uuid=wire.uuid(21))
    store.add_deposit(given)
    store.add_deposit(other)
    store.cancel(
        Cancellation(
            uuid=wire.uuid(22),
            cancelled=DEPOSIT.secu_uuid,
            at=NOW,
            reason=HOSTILE,
            replacement=other.secu_uuid,
            space=HOSTILE,
        )
    )
    line = replace(SIMULATION.lines[0], act=HOSTILE)
    anomaly = replace(SIMULATION.anomalies[0], code=HOSTILE)
    odd = replace(SIMULATION, lines=(line,), anomalies=(anomaly,), matricule=HOSTILE)
    store.add_simulation(odd)
    claimant = Claimant(now=NOW, older=NOW.replace(year=2000))
    store.contest(Contestation(wire.uuid(23), odd.id, NOW, {anomaly.id: HOSTILE}), claimant)
    paid = replace(odd, id=wire.uuid(24), fee_note=wire.uuid(25), anomalies=(), sender="4321")
    store.add_simulation(paid)
    store.pay(paid.id, HOSTILE, Decimal("1.00"), claimant)
    _platform(store)
    store.wire.add(
        [exchange(1, HOSTILE.encode()), exchange(2, b"<a>\xff\x00</a>", outcome=HOSTILE)]
    )


def _platform(store):
    document = PlatformDocument(
        uuid=wire.uuid(30),
        ehealth_id=HOSTILE,
        matricule="patient-1",
        created_at=NOW,
        author=HOSTILE,
        first_name=HOSTILE,
        last_name=HOSTILE,
        dated=HOSTILE,
        amount=Decimal("57.70"),
        paid=False,
        data=b"<a/>",
    )
    store.platform.add(document)
    store.platform.acknowledge(document.uuid, HOSTILE, NOW)
    consent = PlatformConsent(
        matricule="patient-1",
        type=HOSTILE,
        start_at=NOW,
        end_at=NOW.replace(year=2050),
        author=HOSTILE,
        created_at=NOW,
    )
    store.platform.put_consent(consent)
    store.platform.put_consent(consent)


def exchange(number, data, **changes):
    """A call that went over the wire."""
    given = {
        "at": NOW,
        "correlation_id": f"Id-{number:024}",
        "exchange": "",
        "outcome": "",
        "http_status": 200,
        "microseconds": 1234,
        "request": data,
        "response": data,
    }
    return WireExchange(**(given | changes))
