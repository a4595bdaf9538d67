"""The switchboard: the next calls of an exchange or of a practitioner meet what was asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from memhon.catalogue import load
from memhon.errors import CatalogueError, SandboxError
from memhon.findings import Finding, explain, make
from memhon.store import Store, Switch

MOST_CALLS = 1_000_000
LONGEST_DELAY = 600.0
"""Seconds."""
_ON_DEMAND = "à la demande"
_PLACEHOLDER = re.compile(r"\{(found|expected|element|detail)\}")


class Effect(StrEnum):
    """What a call can meet."""

    FAULT = "fault"
    """A fault; nothing is computed."""
    ANOMALY = "anomaly"
    """An answer that refuses; nothing is computed."""
    DELAY = "delay"
    """The answer comes late."""
    CUT = "cut"
    """The request is processed, and the connection is cut before the answer."""
    HALF = "half"
    """The request is processed, and the connection is cut in the middle of the answer."""
    SIGNATURE = "invalid-signature"
    """The signature of the answer is wrong."""
    TOKEN = "expired-token"
    """The token counts as expired; nothing is computed."""
    CORRELATION = "wrong-correlation"
    """The answer carries the identifiers of another call."""
    MAINTENANCE = "maintenance"
    """HTTP 503 with the time to wait, no SOAP; nothing is computed."""


_DETAILED = {Effect.FAULT: "fault", Effect.ANOMALY: "anomaly"}
"""Effects that need the id of a finding of that kind."""


@dataclass(frozen=True, slots=True)
class Met:
    """What a call met."""

    effect: Effect
    detail: str = ""

    @property
    def seconds(self) -> float:
        """How late the answer comes."""
        return float(self.detail) if self.effect is Effect.DELAY else 0.0

    @property
    def finding(self) -> Finding:
        """The fault or anomaly that was asked for."""
        told = explain(self.detail).texts["fr"].text
        values: dict[str, Any] = dict.fromkeys(_PLACEHOLDER.findall(told), _ON_DEMAND)
        return make(self.detail, **values)


@dataclass(frozen=True, slots=True)
class Switchboard:
    """Says what a call meets; every worker on one store shares the rules and their counts."""

    store: Store

    def met(self, exchange: str, senders: Collection[str], *, signed: bool) -> Met | None:
        """What a call meets; the rule is used by it.

        Args:
            exchange: Id of the exchange.
            senders: Codes by which the call may name its provider.
            signed: Whether answers are signed; otherwise a rule about their signature waits.

        Raises:
            StoreError: The store does not answer.
        """
        without = () if signed else (Effect.SIGNATURE,)
        found = self.store.switches.take(exchange, senders, without)
        return None if found is None else Met(Effect(found.effect), found.detail)


def rule(
    effect: Effect,
    *,
    detail: str = "",
    exchange: str | None = None,
    practitioner: str | None = None,
    count: int = 1,
) -> Switch:
    """A rule to be added to a store.

    Args:
        effect: What the next calls meet.
        detail: Id of the fault or anomaly, or the delay in seconds.
        exchange: Id of the only exchange that counts.
        practitioner: Id of the only fictitious provider that counts.
        count: How many calls.

    Raises:
        SandboxError: The detail does not fit the effect, the practitioner is unknown, or there are
            too many calls.
        CatalogueError: The exchange is unknown.
    """
    if not 1 <= count <= MOST_CALLS:
        raise SandboxError(f"nombre d'appels « {count} » ; permis : 1 à {MOST_CALLS}")
    return Switch(
        effect=effect.value,
        detail=_checked(effect, detail),
        exchange=load().exchange(exchange).id if exchange else None,
        sender=_code(practitioner) if practitioner else None,
        left=count,
    )


def restored(values: Mapping[str, Any]) -> None:
    """Accept a rule of a copy.

    Raises:
        ValueError: No call could meet it.
    """
    try:
        _checked(Effect(str(values.get("effect"))), str(values.get("detail")))
    except SandboxError as error:
        raise ValueError(str(error)) from None


def practitioner_of(code: str | None) -> str | None:
    """Id of the fictitious provider with that code, if there is one."""
    known = {provider.code: provider.id for provider in load().providers}
    return None if code is None else known.get(code)


def _code(practitioner: str) -> str:
    known = {provider.id: provider.code for provider in load().providers}
    if practitioner not in known:
        raise SandboxError(
            f"professionnel inconnu « {practitioner} » ; connus : {', '.join(known)}"
        )
    return known[practitioner]


def _checked(effect: Effect, detail: str) -> str:
    if effect in _DETAILED:
        return _of_kind(_DETAILED[effect], detail)
    if effect is Effect.DELAY:
        return _seconds(detail)
    if detail:
        raise SandboxError(f"l'effet « {effect} » n'attend pas de précision : « {detail} »")
    return ""


def _of_kind(kind: str, identifier: str) -> str:
    try:
        known = explain(identifier)
    except CatalogueError as error:
        raise SandboxError(str(error)) from None
    if known.kind != kind:
        wanted = "une faute (SBX-001)" if kind == "fault" else "une anomalie (MH-001, SIM-001)"
        raise SandboxError(f"« {identifier} » n'est pas {wanted}")
    if known.severity != "error":
        raise SandboxError(f"« {identifier} » ne refuse rien : ce n'est pas une anomalie bloquante")
    return identifier


def _seconds(text: str) -> str:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= LONGEST_DELAY:
        most = f"{LONGEST_DELAY:.0f}"
        raise SandboxError(
            f"délai « {text} » ; attendu : des secondes, plus de 0 et au plus {most}"
        )
    return f"{seconds:g}"
