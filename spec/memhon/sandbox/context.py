"""What a behaviour may use besides the message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from memhon.catalogue import Catalogue, EngineRule, Tariff
from memhon.sandbox.access_log import Read
from memhon.sandbox.numbering import Numbering
from memhon.store import Store


@dataclass(frozen=True, slots=True)
class Rules:
    """The data by which the sandbox computes, taken from the catalogue."""

    tariffs: Mapping[str, Tariff]
    """Dated amounts by act code."""
    places: frozenset[str]
    """Known codes of places of service."""
    adult_rate: Decimal
    """Part of the tariff that the insurance pays for an adult."""
    minor_rate: Decimal
    """The same below the adult age."""
    adult_age: int
    """Years at which the adult rate begins, on the birthday itself."""
    extra_line: bool
    """Whether a simulation adds the zero line that was observed."""
    space_must_match: bool
    """Whether the biller has to be the mySecu space of the token; otherwise an anomaly warns."""
    engine: tuple[EngineRule, ...]
    """By what a simulation is judged, in the order of its answer."""
    named_persons: Mapping[str, frozenset[str]]
    """Id of a rule of the engine → national numbers of the persons it names."""
    simulation_life: timedelta
    """How long a simulation may be paid or contested."""
    contest_codes: tuple[str, ...]
    """Known codes for contesting an anomaly."""
    claims: Mapping[str, Decimal]
    """What the insurance claims back, in euros, by the code of the provider."""


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of one exchange."""

    now: datetime
    """Instant of the exchange, UTC."""
    received: bytes
    """The request as received, envelope included."""
    numbering: Numbering
    """Draws identifiers."""
    store: Store
    """Remembers."""
    rules: Rules
    """Tariffs, rates and settings."""
    to_the_letter: Callable[[bytes], Any]
    """From a request that was received, envelope included, to the form in which an answer can hold
    its message unchanged."""
    space: str = ""
    """Provider code of the mySecu space of the token; empty when it names none."""
    reads: list[Read] = field(default_factory=list)
    """What the answer shows of a patient; a behaviour adds to it."""


def rules_of(catalogue: Catalogue) -> Rules:
    """The rules that stand in the catalogue."""
    settings = catalogue.settings
    return Rules(
        tariffs=catalogue.tariffs,
        places=frozenset(code.value for code in catalogue.code_list("lieu-prestation").codes),
        adult_rate=Decimal(str(settings["adult_rate"])),
        minor_rate=Decimal(str(settings["minor_rate"])),
        adult_age=int(settings["adult_age"]),
        extra_line=bool(settings["extra_line"]),
        space_must_match=bool(settings["space_must_match"]),
        engine=catalogue.engine,
        named_persons={
            rule.id: frozenset(catalogue.person(person).matricule for person in rule.persons)
            for rule in catalogue.engine
        },
        simulation_life=timedelta(hours=int(settings["simulation_hours"])),
        contest_codes=tuple(code.value for code in catalogue.code_list("codes-contestation").codes),
        claims={
            catalogue.provider(claim.provider).code: claim.amount for claim in catalogue.claims
        },
    )
