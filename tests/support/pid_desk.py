"""The three PID calls as a practice makes them over HTTP, and a sandbox to make them to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal

import wire
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.sandbox import Numbering, Server, Services, SynchronousExchange, create_app, rules_of
from memhon.store import Store, open_store

START = "2026-03-02T08:00:00Z"
DAY = "2026-03-02"
PAY = "2023-CNS-PID-VAL-V1"
CONTEST = "2023-CNS-PID-CON-V1"
NIL = wire.uuid(0)


@dataclass(frozen=True)
class Line:
    """One line of the answer to a simulation."""

    count: int
    statutory: Decimal
    personal: Decimal
    opposable: Decimal
    non_opposable: Decimal | None
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Simulated:
    """The answer to a simulation."""

    id: str
    totals: tuple[Decimal, Decimal, Decimal]
    lines: dict[str, Line]
    """By identifier: that is how they are to be read."""
    anomalies: dict[str, tuple[str, str | None]]
    """Identifier → code and line, in the order of the answer."""

    @property
    def codes(self) -> list[str]:
        """The codes of all anomalies."""
        return [code for code, _ in self.anomalies.values()]

    def anomaly(self, code: str) -> str:
        """Identifier of the first anomaly with that code."""
        return next(key for key, (own, _) in self.anomalies.items() if own == code)


@dataclass(frozen=True)
class Paid:
    """The answer to a validation."""

    statutory: Decimal
    recovered: Decimal
    paid: Decimal
    payment: str | None
    reason: str | None

    @property
    def code(self) -> str | None:
        """The code with which the reason begins."""
        return self.reason.partition(" : ")[0] if self.reason else None


@dataclass(frozen=True)
class Contested:
    """The answer to a contest."""

    simulation: str
    id: str
    at: str
    reason: str | None

    @property
    def code(self) -> str | None:
        """The code with which the reason begins."""
        return self.reason.partition(" : ")[0] if self.reason else None


@dataclass
class Desk:
    """A practice in front of a sandbox without security."""

    url: str
    clock: VirtualClock
    store: Store
    exchange: SynchronousExchange = field(repr=False)

    def simulate(
        self,
        *lines: wire.SimulationLine,
        person: str = "demo-1",
        provider: str = "demo-1",
        note: int = 1000,
    ) -> Simulated:
        """Simulate a fee note; one consultation when no line is given."""
        return simulated(self.send(simulation(*lines, person=person, provider=provider, note=note)))

    def pay(self, key: str, doctor: bool = True, patient: bool = True, part: bool = True) -> Paid:
        """Validate a simulation."""
        return paid(self.send(payment(key, doctor, patient, part)))

    def contest(self, key: str, *anomalies: tuple[str, str]) -> Contested:
        """Contest anomalies of a simulation: pairs of identifier and code."""
        return contested(self.send(contestation(key, *anomalies)))

    def send(self, data: bytes) -> wire.Raw:
        """One call; every one of them has to be answered."""
        answer = wire.send(self.url, data)
        assert answer.status == 200, answer.data.decode()
        assert answer.headers["x-memhon-answer"] == "computed"
        return answer


@contextmanager
def open_desk(store: Store | None = None) -> Iterator[Desk]:
    """A running sandbox with a clock that stands still."""
    with store or open_store() as kept:
        clock = VirtualClock(START)
        exchange = SynchronousExchange(kept, clock, Numbering(11), rules_of(load()))
        server = Server(create_app(Services(exchange)))
        server.start()
        try:
            yield Desk(server.url, clock, kept, exchange)
        finally:
            server.stop()


def line(number: int = 1, act: str = "C1", **more: object) -> wire.SimulationLine:
    """A line of today."""
    return replace(wire.SimulationLine(number, act, day=DAY), **more)  # type: ignore[arg-type]


def simulation(
    *lines: wire.SimulationLine,
    person: str = "demo-1",
    provider: str = "demo-1",
    note: int = 1000,
) -> bytes:
    """A simulation request in its envelope."""
    catalogue = load()
    matricule, code = catalogue.person(person).matricule, catalogue.provider(provider).code
    return wire.simulation(matricule, code, list(lines or (line(),)), note)


def payment(key: str, doctor: bool = True, patient: bool = True, part: bool = True) -> bytes:
    """A validation request in its envelope."""
    flags = [str(flag).lower() for flag in (doctor, patient, part)]
    payload = (
        f'<c:paiementMedecin xmlns:c="{wire.CNS}">'
        f"<c:idReponseSimulation>{key}</c:idReponseSimulation>"
        f"<c:indicateurValidationMedecin>{flags[0]}</c:indicateurValidationMedecin>"
        f"<c:indicateurValidationPersonneProtegee>{flags[1]}"
        "</c:indicateurValidationPersonneProtegee>"
        f"<c:indicateurAcquittementParticipationPersonnelle>{flags[2]}"
        "</c:indicateurAcquittementParticipationPersonnelle>"
        "</c:paiementMedecin>"
    )
    return wire.envelope(payload, PAY)


def contestation(key: str, *anomalies: tuple[str, str]) -> bytes:
    """A contest request in its envelope."""
    each = "".join(
        f"<c:contestationAnomalie><c:identifiantAnomalie>{anomaly}</c:identifiantAnomalie>"
        f"<c:codeContestation>{code}</c:codeContestation></c:contestationAnomalie>"
        for anomaly, code in anomalies
    )
    payload = (
        f'<c:contestationSimulationMedecin xmlns:c="{wire.CNS}">'
        f"<c:identifiantReponseSimulation>{key}</c:identifiantReponseSimulation>{each}"
        "</c:contestationSimulationMedecin>"
    )
    return wire.envelope(payload, CONTEST)


def bare(envelope: bytes) -> bytes:
    """The message of a request of this module, without its envelope."""
    return envelope.partition(b'-V1">')[2].rpartition(b"</s:RequestInfo>")[0]


def simulated(answer: wire.Raw) -> Simulated:
    """Read the answer to a simulation."""
    root = answer.root.find(".//cns:UTARetour", wire.NAMES)
    nodes = root.findall("cns:Lignes/cns:LigneUTARetour", wire.NAMES)
    told = [node for line in [*nodes, root] for node in line.findall("cns:anomalie", wire.NAMES)]
    names = ("totalPartStatutaire", "totalParticipationPersonelle", "sommeTotale")
    return Simulated(
        id=_text(root, "cns:identifiantReponseSimulation"),
        totals=tuple(_amount(root, name) for name in names),
        lines={_text(node, "cns:identifiantPrestation"): _line(node) for node in nodes},
        anomalies={
            _text(node, "com:identifiantAnomalie"): (
                _text(node, "com:codeAnomalie"),
                node.findtext("com:identifiantPrestation", namespaces=wire.NAMES),
            )
            for node in told
        },
    )


def _line(node) -> Line:
    besides = node.findtext("cns:montantNonOpposable", namespaces=wire.NAMES)
    return Line(
        count=int(_text(node, "cns:nombreActeRembourse")),
        statutory=_amount(node, "partStatutaire"),
        personal=_amount(node, "participationPersonelle"),
        opposable=_amount(node, "montantOpposable"),
        non_opposable=None if besides is None else Decimal(besides),
        codes=tuple(
            _text(anomaly, "com:codeAnomalie")
            for anomaly in node.findall("cns:anomalie", wire.NAMES)
        ),
    )


def paid(answer: wire.Raw) -> Paid:
    """Read the answer to a validation."""
    root = answer.root.find(".//cns:paiementMedecinRetour", wire.NAMES)
    names = ("montantPartStatutaire", "montantRecouvrement", "montantPaye")
    return Paid(
        *(_amount(root, name) for name in names),
        root.findtext("cns:identifiantInitiationPaiement", namespaces=wire.NAMES),
        root.findtext("com:motif", namespaces=wire.NAMES),
    )


def contested(answer: wire.Raw) -> Contested:
    """Read the answer to a contest."""
    root = answer.root.find(".//cns:contestationSimulationMedecinRetour", wire.NAMES)
    return Contested(
        _text(root, "cns:identifiantReponseSimulation"),
        _text(root, "cns:identifiantContestation"),
        _text(root, "cns:dateContestation"),
        root.findtext("com:motif", namespaces=wire.NAMES),
    )


def _text(node, path: str) -> str:
    found = node.findtext(path, namespaces=wire.NAMES)
    assert found is not None, path
    return found


def _amount(node, name: str) -> Decimal:
    return Decimal(_text(node, f"cns:{name}"))
