"""The same conversation, again and again: all eight exchanges, accepted and refused.

As a script it holds the conversation in a process of its own and prints what was answered.
"""

import json
import sys
from dataclasses import dataclass, field
from datetime import timedelta

from lxml import etree

import fee_notes
import pid_desk
from memhon.clock import VirtualClock
from memhon.errors import SoapFault
from memhon.local import Sandbox

START = "2026-03-02T09:00:00Z"
SEED = 2026
_UUIDS = [f"{number:08x}-abcd-4abc-8abc-abcdefabcdef" for number in range(4)]


@dataclass
class Talk:
    """What a client of a sandbox is answered, word for word."""

    sandbox: Sandbox
    clock: VirtualClock
    said: list[bytes] = field(default_factory=list)
    computed: set[str] = field(default_factory=set)
    """Exchanges whose behaviour has answered."""
    request: bytes = b""
    """The last one that was answered without a fault, as it was sent."""

    def __post_init__(self) -> None:
        """Have two practitioners at hand."""
        self._clients = {name: self.sandbox.client(name) for name in ("demo-1", "demo-2")}

    def send(self, message: str | bytes, name: str = "demo-1") -> fee_notes.Told:
        """Send a message a moment later; keep every answer of the chain."""
        self.clock.advance(timedelta(seconds=7))
        data = message.encode() if isinstance(message, str) else message
        try:
            answer = self._clients[name].send(data)
        except SoapFault as fault:
            self.said.append(fault.raw)
            return fee_notes.Told(etree.fromstring(fault.raw))
        self.said += [step.response for step in answer.trace]
        headers = answer.trace[-1].response_headers
        if headers["x-memhon-answer"] == "computed":
            self.computed.add(headers["x-memhon-exchange"])
        self.request = answer.trace[-1].request
        return fee_notes.Told(etree.fromstring(answer.raw))

    def pid(self, envelope: bytes) -> fee_notes.Told:
        """Send the message of an envelope."""
        return self.send(pid_desk.bare(envelope))


def hold(store: str) -> Talk:
    """One conversation with a new sandbox.

    Args:
        store: Where it keeps what it is told.
    """
    clock = VirtualClock(START)
    with Sandbox(store=store, clock=clock, seed=SEED) as sandbox:
        talk = Talk(sandbox, clock)
        _reimburse(talk)
        _pay(talk)
        _blunder(talk)
    return talk


def _reimburse(talk: Talk) -> None:

    first = talk.send(fee_notes.deposit_xml(_UUIDS[0], pdf=b"%PDF-1.7")).text("UuidSecu")
    assert first
    assert "MH-001" == talk.send(fee_notes.deposit_xml(_UUIDS[0])).refusal
    other = talk.send(fee_notes.deposit_xml(_UUIDS[1])).text("UuidSecu")
    for _ in range(2):
        talk.send(fee_notes.consent_xml(first))
    talk.send(fee_notes.list_xml(statut="CONSENTI", taillePage=1))
    talk.send(fee_notes.list_xml(dateDebut="2026-03-02", dateFin="2026-03-01"))
    talk.send(fee_notes.reading_xml(first))
    talk.send(fee_notes.reading_xml(_UUIDS[3]))
    talk.send(fee_notes.cancellation_xml(_UUIDS[2], first, replacement=other))
    assert talk.send(fee_notes.cancellation_xml(_UUIDS[3], first)).refusal
    assert talk.send(fee_notes.cancellation_xml(_UUIDS[3], first), "demo-2").refusal


def _pay(talk: Talk) -> None:
    plain = talk.pid(pid_desk.simulation())
    key = plain.text("identifiantReponseSimulation") or ""
    talk.pid(pid_desk.payment(key, patient=False))
    for _ in range(2):
        talk.pid(pid_desk.payment(key))
    wrong = talk.pid(pid_desk.simulation(pid_desk.line(act="ZZ99"), pid_desk.line(2), note=1001))
    key = wrong.text("identifiantReponseSimulation") or ""
    anomaly = wrong.text("identifiantAnomalie") or ""
    talk.pid(pid_desk.contestation(key, (anomaly, "9")))
    talk.pid(pid_desk.contestation(key, (anomaly, "2")))
    talk.pid(pid_desk.payment(key))
    talk.pid(pid_desk.simulation(pid_desk.line(act="ZZ99"), note=1001))


def _blunder(talk: Talk) -> None:
    talk.send(talk.request.replace(b"</soapenv:Body>", b"\n</soapenv:Body>"))
    talk.send(fee_notes.deposit_xml(_UUIDS[3], amount="beaucoup"))
    talk.clock.advance(timedelta(hours=9))
    talk.send(talk.request)


if __name__ == "__main__":
    held = hold(sys.argv[1])
    print(json.dumps([[data.decode() for data in held.said], sorted(held.computed)]))
