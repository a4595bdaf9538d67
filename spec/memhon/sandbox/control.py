"""Clock, switchboard and contents of a store: what the desk and the command set, and how.

Every request is a method, a path and plain values, whether it came over HTTP or from the command.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from memhon.catalogue import load
from memhon.clock import Clock, read_duration, read_instant
from memhon.errors import CatalogueError, SandboxError
from memhon.findings import make
from memhon.sandbox.access_log import DESK, local_reader, reads_in_copy, write_down
from memhon.sandbox.access_query import ACCESSES, page_of
from memhon.sandbox.context import rules_of
from memhon.sandbox.copies import copy_of, keep_copy, persons_in
from memhon.sandbox.exchange import SynchronousExchange
from memhon.sandbox.numbering import Numbering
from memhon.sandbox.population import populate
from memhon.sandbox.switchboard import Effect, practitioner_of, rule
from memhon.sandbox.timekeeping import StoreClock, Timekeeper
from memhon.sandbox.wishes import WishError, keys, misunderstood
from memhon.security import instants
from memhon.store import CopyError, DuplicateError, Store, Switch

ROOT = "/_sandbox/"
CLOCK, FAULTS, RESET = f"{ROOT}clock", f"{ROOT}faults", f"{ROOT}reset"
POPULATE, DUMP, LOAD = f"{ROOT}populate", f"{ROOT}dump", f"{ROOT}load"
MACHINE = "machine"
_MOST_DUMPED = 32 * 1024 * 1024
"""Characters; more is written by the command, straight from the store."""
_NUMBERED = re.compile(rf"{FAULTS}/([0-9]{{1,9}})")


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered."""

    status: int = 200
    """HTTP status."""
    value: Any = None
    """As JSON has it; None: nothing."""
    place: str = ""
    """Path of what was made."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says besides its method and path."""

    wish: Any
    """The body as it was read."""
    instead: bool
    """Whether a copy replaces what is there."""
    number: int
    """Of the rule that the path names."""
    query: Mapping[str, str]
    """What follows the path."""
    address: str
    """Network address of the peer."""


@dataclass(frozen=True, slots=True)
class Control:
    """Answers requests one by one; safe to use from several threads."""

    store: Store
    clock: Clock
    """Of the sandbox."""
    numbering: Numbering = field(default_factory=Numbering)
    """Draws the identifiers of what is handed over."""
    interface: str = DESK
    """Through which the requests come, for the access log."""

    def ask(
        self,
        method: str,
        path: str,
        wish: Any = None,
        query: Mapping[str, str] | None = None,
        address: str = "",
    ) -> Told:
        """Answer a request.

        Args:
            method: Of HTTP.
            path: Below ``/_sandbox/``.
            wish: The body as it was read.
            query: What follows the path.
            address: Network address of the peer, for the access log.

        Raises:
            WishError: It is refused; nothing was changed.
            StoreError: The store does not answer.
        """
        numbered = _NUMBERED.fullmatch(path)
        work = _work(method, f"{FAULTS}/n" if numbered else path)
        number = int(numbered[1]) if numbered else 0
        given = query or {}
        told = work(self, Asked(wish, _instead(path, given), number, given, address))
        if method != "GET" and isinstance(self.clock, StoreClock):
            self.clock.look()
        return told

    def _clock(self, _asked: Asked) -> Told:
        if not isinstance(self.clock, StoreClock):
            return Told(value={"now": instants.seconds(self.clock.now()), "state": "own"})
        keeper = Timekeeper(self.store)
        state = keeper.state()
        kind = MACHINE if state is None else "frozen" if state.frozen else "running"
        return Told(value={"now": instants.seconds(keeper.now()), "state": kind})

    def _set_clock(self, asked: Asked) -> Told:
        wish = keys(asked.wish, {"set": str, "advance": str, "freeze": bool})
        if len(wish) != 1:
            raise misunderstood("corps de la requête", asked.wish, "une clé : set, advance, freeze")
        if not isinstance(self.clock, StoreClock):
            raise WishError(409, make("SBX-017"))
        try:
            _move(Timekeeper(self.store), wish)
        except WishError:
            raise
        except SandboxError as error:
            raise _refused(error) from None
        return self._clock(asked)

    def _faults(self, _asked: Asked) -> Told:
        return Told(value={"faults": [_shown(switch) for switch in self.store.switches.all()]})

    def _add_fault(self, asked: Asked) -> Told:
        kinds = {"effect": str, "detail": str, "exchange": str, "practitioner": str, "count": int}
        wish = dict(keys(asked.wish, kinds))
        effects = [effect.value for effect in Effect]
        if wish.get("effect") not in effects:
            found = wish.get("effect", "absent")
            raise misunderstood("effect", found, ", ".join(effects))
        try:
            made = rule(Effect(wish.pop("effect")), **wish)
        except (CatalogueError, SandboxError) as error:
            raise _refused(error) from None
        number = self.store.switches.add(made)
        return Told(201, self._found(number), f"{FAULTS}/{number}")

    def _fault(self, asked: Asked) -> Told:
        return Told(value=self._found(asked.number))

    def _found(self, number: int) -> dict[str, Any]:
        for switch in self.store.switches.all():
            if switch.number == number:
                return _shown(switch)
        raise WishError(404, make("SBX-016", found=str(number)))

    def _clear_fault(self, asked: Asked) -> Told:
        if not self.store.switches.clear(asked.number):
            raise WishError(404, make("SBX-016", found=str(asked.number)))
        return Told(204)

    def _clear_faults(self, _asked: Asked) -> Told:
        return Told(value={"cleared": self.store.switches.clear()})

    def _reset(self, asked: Asked) -> Told:
        keys(asked.wish, {})
        return Told(value={"forgotten": self.store.reset()})

    def _populate(self, asked: Asked) -> Told:
        keys(asked.wish, {})
        rules = rules_of(load())
        exchange = SynchronousExchange(self.store, self.clock, self.numbering, rules)
        return Told(value={"handed_over": populate(exchange)})

    def _accesses(self, asked: Asked) -> Told:
        return Told(value=page_of(self.store, asked.query))

    def _dump(self, asked: Asked) -> Told:
        rows, size, persons = [], 0, set[str]()
        for row in copy_of(self.store):
            persons |= persons_in(row)
            size += sum(len(str(value)) for value in row[1].values())
            if size > _MOST_DUMPED:
                raise WishError(413, make("SBX-018", detail="la copie serait trop grande"))
            rows.append(row)
        reader = local_reader(self.interface, f"GET {DUMP}", asked.address)
        write_down(self.store, reader, reads_in_copy(persons), self.clock.now())
        return Told(value=rows)

    def _load(self, asked: Asked) -> Told:
        if type(asked.wish) is not list:
            raise misunderstood("corps de la requête", asked.wish, "la liste rendue par dump")
        try:
            kept, strangers = keep_copy(self.store, asked.wish, instead=asked.instead)
        except (SandboxError, CopyError, DuplicateError) as error:
            raise WishError(400, make("SBX-018", detail=str(error))) from None
        return Told(value={"kept": kept, "strangers": strangers})


_Work: TypeAlias = Callable[[Control, Asked], Told]
_WORK: Mapping[str, Mapping[str, _Work]] = {
    CLOCK: {"GET": Control._clock, "POST": Control._set_clock},
    FAULTS: {
        "GET": Control._faults,
        "POST": Control._add_fault,
        "DELETE": Control._clear_faults,
    },
    f"{FAULTS}/n": {"GET": Control._fault, "DELETE": Control._clear_fault},
    RESET: {"POST": Control._reset},
    POPULATE: {"POST": Control._populate},
    DUMP: {"GET": Control._dump},
    ACCESSES: {"GET": Control._accesses},
    LOAD: {"POST": Control._load},
}


def methods_of(path: str) -> tuple[str, ...]:
    """What a path answers to; empty when there is nothing."""
    offered = tuple(_WORK.get(f"{FAULTS}/n" if _NUMBERED.fullmatch(path) else path, ()))
    return ("HEAD", *offered) if "GET" in offered else offered


def _work(method: str, path: str) -> _Work:
    offered = _WORK.get(path)
    if offered is None:
        raise WishError(404, make("SBX-019", found=f"{method} {path}"))
    if method not in offered:
        raise WishError(405, make("SBX-019", found=f"{method} {path}"))
    return offered[method]


def _instead(path: str, query: Mapping[str, str]) -> bool:
    if path == ACCESSES:
        return False
    allowed = {"instead"} if path == LOAD else set()
    for name, value in query.items():
        if name not in allowed:
            raise misunderstood(f"?{name}", value, "aucun paramètre de ce nom")
        if value not in ("true", "false"):
            raise misunderstood(f"?{name}", value, "true ou false")
    return query.get("instead") == "true"


def _move(keeper: Timekeeper, wish: Mapping[str, Any]) -> None:
    if "freeze" in wish:
        _ = keeper.freeze() if wish["freeze"] else keeper.resume()
        return
    ((key, word),) = wish.items()
    try:
        if key == "advance":
            keeper.advance(read_duration(word))
        elif word == MACHINE:
            keeper.follow_machine()
        else:
            keeper.set(read_instant(word))
    except ValueError:
        expected = "une durée, p. ex. 2d12h" if key == "advance" else _INSTANT
        raise misunderstood(key, word, expected) from None


_INSTANT = "un instant avec fuseau, p. ex. 2026-03-02T08:30Z, ou machine"


def _shown(switch: Switch) -> dict[str, Any]:
    return {
        "number": switch.number,
        "effect": switch.effect,
        "detail": switch.detail,
        "exchange": switch.exchange,
        "practitioner": practitioner_of(switch.sender),
        "sender": switch.sender,
        "left": switch.left,
        "used": switch.used,
    }


def _refused(error: Exception) -> WishError:
    return WishError(400, make("SBX-015", detail=str(error).rstrip(".")))
