"""The shapes of the catalogue: frozen values, no reading, no rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Direction(StrEnum):
    """Which way a message travels."""

    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True, slots=True)
class AnomalyFields:
    """Where an answer carries the anomalies of its sender."""

    element: str
    """Local name of the repeated element."""
    code: str | None = None
    """Local name of the child with the anomaly code; None: the code begins the element's text."""
    text: str | None = None
    """Local name of the child with the free text; None: the element itself holds it."""
    nature: str | None = None
    """Local name of the child that says how grave it is, where there is one."""
    refusal: str | None = None
    """Value of that child which means that the request was refused."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message in one version: the schema that rules it and how to read it."""

    exchange_id: str
    """Id of the exchange it belongs to, e.g. ``ra-depot``."""
    direction: Direction
    """Request or response."""
    version: str
    """Version of the schema among those of the exchange, ``1`` for the first."""
    schema: str
    """Path of the schema file below ``memhon_xsd``, with forward slashes."""
    namespace: str
    """Namespace of the document element."""
    root: str
    """Local name of the document element."""
    prefixes: Mapping[str, str]
    """Prefixes of the field, all declared on the document element; the first is the root's."""
    bind: str | None
    """Name of the type that an untyped root is read as (wire-contract 9.4)."""
    bind_elements: Mapping[str, str]
    """Local name of an untyped element → XSD built-in type that it is read as."""
    personal: frozenset[str]
    """Local names of elements whose values are masked in reports."""
    provenance: tuple[str, ...]
    """Source tags of wire-contract §0, or ``hypothese``."""
    anomalies: AnomalyFields | None
    """Where an answer carries anomalies, if it does."""
    since: date
    """Day of the state that the schema describes: of its source, or of our own design."""

    @property
    def qname(self) -> str:
        """Name of the document element in Clark notation."""
        return f"{{{self.namespace}}}{self.root}"

    @property
    def prefix(self) -> str:
        """The prefix with which the field writes the document element."""
        return next(name for name, uri in self.prefixes.items() if uri == self.namespace)

    @property
    def package(self) -> str:
        """Import name of the generated package."""
        exchange = self.exchange_id.replace("-", "_")
        return f"memhon_bindings.{exchange}.{self.direction.value}_v{self.version}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence with its sources, e.g. a prerequisite of an exchange."""

    text: str
    """French (Markdown code spans)."""
    provenance: tuple[str, ...]
    """Source tags of wire-contract §0, or ``hypothese``."""
    when: str = ""
    """French: day or version that the sentence is about, in a history."""


@dataclass(frozen=True, slots=True)
class Provocation:
    """How an example is sent so that an anomaly comes back, in the answer or cited by a fault."""

    finding: str
    example: str | None = None
    """Name of the example; None: the smallest one."""
    element: str | None = None
    """Local name of the element that gets another value; None: the example as it is."""
    value: str = ""
    why: str = ""
    """French: what the other value is."""
    times: int = 1
    """How often it is sent; the last answer counts."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One webservice: a request, an answer and what an editor must know of them."""

    id: str
    """Stable id, e.g. ``pid-sim``."""
    family: str
    """``ra`` or ``pid``."""
    number: str
    """``WS1`` … ``WS5``, counted in the family."""
    model_uid: str
    """Value of the attribute ``modelUID`` on the wire."""
    state: str
    """``alive``: the sandbox computes the answer; ``example``: it answers with an example."""
    title: str
    """French title."""
    purpose: str
    """French, two sentences."""
    when: str
    """French: who calls whom, and when."""
    provenance: tuple[str, ...]
    """Source tags of the exchange's existence and purpose."""
    answer_example: str
    """Name of the response example that a sandbox answers with in state ``example``."""
    traps: tuple[str, ...]
    """French sentences (Markdown): what developers stumble over."""
    prerequisites: tuple[Remark, ...]
    """What has to be there before the first call."""
    history: tuple[Remark, ...]
    """What was otherwise before, oldest first."""
    provoked: tuple[Provocation, ...]
    """Anomalies that the sandbox can be made to answer with."""
    messages: tuple[Message, ...]
    """All versions of both directions, oldest first."""
    populated: bool = False
    """Whether its examples speak of the demo messages, that is, to a populated sandbox."""

    @property
    def alive(self) -> bool:
        """Whether the sandbox computes the answer."""
        return self.state == "alive"

    @property
    def request(self) -> Message:
        """The request in its current version."""
        return self._current(Direction.REQUEST)

    @property
    def response(self) -> Message:
        """The answer in its current version."""
        return self._current(Direction.RESPONSE)

    def _current(self, direction: Direction) -> Message:
        return [message for message in self.messages if message.direction is direction][-1]


@dataclass(frozen=True, slots=True)
class Example:
    """An example message of the catalogue."""

    exchange_id: str
    direction: Direction
    name: str
    """``minimal``, ``rich``, ``observed`` …"""
    data: bytes
    """The document as stored, UTF-8 with its XML declaration."""


@dataclass(frozen=True, slots=True)
class DemoMessage:
    """A request that a populated sandbox has received."""

    exchange_id: str
    example: str
    """Name of the request example."""
    key: str
    """The first identifier that the sandbox gives it."""
    instead: Mapping[str, str]
    """Values of the example → what stands in their place."""
    more: tuple[str, ...] = ()
    """Further identifiers, in the order in which the sandbox draws them."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list."""

    value: str
    label: str
    description: str
    provenance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes with its origin."""

    id: str
    title: str
    description: str
    provenance: tuple[str, ...]
    codes: tuple[Code, ...]
    elements: tuple[str, ...] = ()
    """Elements whose values are these codes: family and local name, e.g. ``ra/codeH``."""

    def code(self, value: str) -> Code | None:
        """The code of that value, or None."""
        return next((code for code in self.codes if code.value == value), None)


@dataclass(frozen=True, slots=True)
class TariffPeriod:
    """An amount in euros and the days on which it holds, both ends included."""

    start: date
    end: date | None
    amount: Decimal
    """Opposable to the health insurance, which pays its part of it."""
    provenance: tuple[str, ...]
    non_opposable: Decimal | None = None
    """What the patient owes besides, outside the computation; None when there is nothing."""

    def covers(self, day: date) -> bool:
        """Whether the amount holds on that day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Tariff:
    """The dated amounts of one act."""

    code: str
    label: str
    provenance: tuple[str, ...]
    note: str
    periods: tuple[TariffPeriod, ...]

    def on(self, day: date) -> Decimal | None:
        """The amount of one act on that day, in euros, or None when none is known."""
        period = self.period_on(day)
        return None if period is None else period.amount

    def period_on(self, day: date) -> TariffPeriod | None:
        """The period that holds on that day, or None."""
        return next((period for period in self.periods if period.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Person:
    """A fictitious protected person."""

    id: str
    matricule: str
    nom: str
    prenom: str
    birth: str
    minor: bool
    note: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A fictitious doctor or dentist."""

    id: str
    code: str
    ehealth_id: str
    matricule: str
    """Of the practitioner in person, as an assertion tells it; that of a fictitious person."""
    nom: str
    prenom: str
    titre: str
    profession: str
    note: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of values, e.g. the identity profile ``certification``."""

    id: str
    title: str
    values: Mapping[str, str | bool | int]
    provenance: Mapping[str, tuple[str, ...]]
    """Source tags of each value."""
