"""Puts the services of a sandbox together, in whichever process answers."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from memhon.catalogue import load
from memhon.clock import Clock
from memhon.home import pki_path
from memhon.sandbox import (
    Diagnostics,
    Gate,
    IdentityProvider,
    ServiceKeys,
    Services,
    SynchronousExchange,
    TokenService,
    Wiretap,
    numbering_in,
    rules_of,
)
from memhon.security import IDENTITY_PROVIDER, MYSECU, TLS, Pki, Username, server_context
from memhon.store import Store

STRICT, OFF = "strict", "off"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a sandbox was asked to answer; plain values, which can be sent to another process."""

    security: str = STRICT
    """``strict`` or ``off``."""
    tls: bool = False
    """Whether it speaks HTTPS and demands a client certificate."""
    seed: int | None = None
    """Makes identifiers repeatable."""


def services_of(
    setting: Setting,
    store: Store,
    clock: Clock,
    diagnostics: Diagnostics | None,
    tap: Wiretap | None = None,
) -> Services:
    """The services that listen on the wire port.

    Args:
        setting: How they answer.
        store: Remembers.
        clock: The time of the sandbox.
        diagnostics: Keeps refused messages, when there is a desk.
        tap: Keeps what goes over the wire, when there is a desk.

    Raises:
        SecurityError: The test keys cannot be made or read.
    """
    rules = rules_of(load())
    numbering = numbering_in(store, setting.seed)
    if setting.security != STRICT:
        exchange = SynchronousExchange(store, clock, numbering, rules)
        return Services(exchange, tls=setting.tls, tap=tap)
    catalogue = load()
    identity = catalogue.profiles["certification"].values
    pki = Pki(pki_path())
    keys = ServiceKeys(pki.service(IDENTITY_PROVIDER), pki.service(MYSECU), pki.trust())
    gate = Gate(keys, store, clock, str(identity["business_address"]))
    settings = catalogue.settings
    account = Username(str(settings["account_name"]), str(settings["account_password"]))
    return Services(
        SynchronousExchange(store, clock, numbering, rules, gate, diagnostics=diagnostics),
        IdentityProvider(keys, clock, numbering, str(identity["assertion_issuer"]), diagnostics),
        TokenService(keys, store, clock, numbering, account, diagnostics),
        setting.tls,
        tap,
    )


def context_of(setting: Setting) -> ssl.SSLContext | None:
    """What TLS is spoken with, if it is.

    Raises:
        SecurityError: The test keys cannot be made or read.
    """
    if not setting.tls:
        return None
    pki = Pki(pki_path())
    return server_context(pki.service(TLS), pki.trust().authorities)
