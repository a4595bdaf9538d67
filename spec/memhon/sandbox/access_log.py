"""What is written of each read of a patient's data, before the answer leaves.

Behaviours say what their answer shows; who asked, and from where, is known only to whoever received
the request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from memhon import intake
from memhon.catalogue import load
from memhon.errors import MemhonError
from memhon.sandbox.gate import Caller
from memhon.store import AccessEntry, Store

EXCHANGE, DESK, COMMAND = "echange", "poste", "commande"
_PROVIDER, _SYSTEM, _UNKNOWN = "prestataire", "systeme", "inconnu"
_COPY, _MESSAGE = "copie", "message"


@dataclass(frozen=True, slots=True)
class Read:
    """What an answer shows of a patient that the request did not say."""

    category: str
    """A category of the access log, e.g. ``memoire``."""
    whose: str
    """Matricule or birth date; empty when nobody can know."""
    reference: str = ""
    """Identifier of what is shown, when it is one thing."""
    source: str = ""
    """Codes of the providers from whom it is, separated by blanks."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, by which request and from where."""

    who: str
    role: str
    action: str
    origin: str
    provider: str = ""
    """Code of the provider for whom they ask."""


def reader_of(caller: Caller | None, exchange: str, address: str) -> Reader:
    """Who sent a business call.

    Args:
        caller: Who was let in; None when nobody is asked who they are.
        exchange: Id of the exchange.
        address: Network address of the peer; empty when it has none.
    """
    origin = _from(EXCHANGE, address)
    if caller is None:
        return Reader(_UNKNOWN, _UNKNOWN, exchange, origin)
    provider = caller.ehealth_id or caller.space
    role = _PROVIDER if provider else _SYSTEM
    who = provider or caller.name or _SYSTEM
    return Reader(who, role, exchange, origin, caller.space)


def local_reader(interface: str, action: str, address: str = "") -> Reader:
    """Whoever uses the desk or a command on this machine; neither asks who that is.

    Args:
        interface: ``DESK`` or ``COMMAND``.
        action: Method and path pattern, or the words of the command.
        address: Network address of the peer.
    """
    return Reader(interface, interface, action, _from(interface, address))


def write_down(store: Store, reader: Reader, reads: Sequence[Read], now: datetime) -> None:
    """Write down what is about to be shown; one write for all of it.

    Raises:
        StoreError: The store cannot be written, so nothing may be shown.
    """
    entries = (
        AccessEntry(
            at=now,
            who=reader.who,
            role=reader.role,
            whose=read.whose,
            category=read.category,
            origin=reader.origin,
            action=reader.action,
            reference=read.reference,
            source=read.source,
            provider=reader.provider,
        )
        for read in dict.fromkeys(reads)
    )
    store.accesses.add(*entries)


def reads_in_copy(persons: Iterable[str]) -> list[Read]:
    """What a copy of the store shows, of each person once.

    Args:
        persons: Matricule or birth date of everybody in it.
    """
    return [Read(_COPY, whose) for whose in sorted(set(persons))]


def reads_in_message(data: bytes, reference: str) -> list[Read]:
    """What a message shows as it was received, of each patient once; one of nobody shows nothing.

    Args:
        data: The message; it may be damaged.
        reference: By what it is known.
    """
    try:
        persons = set(_patients_in(data))
    except MemhonError:
        persons = {""}
    return [Read(_MESSAGE, whose, reference) for whose in sorted(persons)]


def _patients_in(data: bytes) -> Iterator[str]:
    root = intake.read(data, interrupted=True).root
    names = [f"{{*}}{name}" for name in load().access.patient_elements]
    for node in root.iter(*names):
        text = (node.text or "").strip()
        if text:
            yield text


def _from(interface: str, address: str) -> str:
    return f"{interface} {address}".rstrip()
