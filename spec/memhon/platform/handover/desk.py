"""The hand-over at the desk: started by a request, and what became of the latest run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.routing import Route

from memhon.findings import make
from memhon.platform.handover.running import HandOver
from memhon.sandbox import ControlDesk, DeskPart, Told, WishError, keys, misunderstood

HANDOVER = "/_sandbox/handover"
_METHODS = ("GET", "POST")
_LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class HandOverControl:
    """Answers requests one by one; runs take turns."""

    hand_over: HandOver

    def ask(
        self,
        method: str,
        path: str,
        wish: Any = None,
        query: Mapping[str, str] | None = None,
        _address: str = "",
    ) -> Told:
        """``POST`` hands over what waits, ``GET`` tells of the latest time.

        Raises:
            WishError: It is refused; nothing was handed over.
            StoreError: The store does not answer.
        """
        if method not in _METHODS:
            raise WishError(405, make("SBX-019", found=f"{method} {path}"))
        lang = _language(query or {})
        if method == "POST":
            keys(wish, {})
            return Told(value=self.hand_over.run().to_dict(lang))
        last = self.hand_over.last
        return Told(value={} if last is None else last.to_dict(lang))


def _language(query: Mapping[str, str]) -> str:
    """In which language the findings speak."""
    for name, value in query.items():
        if name != "lang" or value not in _LANGUAGES:
            raise misunderstood(f"?{name}", value, f"lang={' ou '.join(_LANGUAGES)}")
    return query.get("lang", _LANGUAGES[0])


def _methods(_path: str) -> tuple[str, ...]:
    return ("HEAD", *_METHODS)


def handover_part(hand_over: HandOver) -> DeskPart:
    """What answers for the hand-over at the desk."""
    return DeskPart([Route(HANDOVER, ControlDesk(HandOverControl(hand_over), methods=_methods))])
