"""``memhon site serve``: what is saved shows within seconds, and a whole build follows behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from memhon.errors import MemhonError
from memhon.site.checkout import Checkout
from memhon.site.commands import Command
from memhon.site.overlay import Overlay
from memhon.site.preview import Preview
from memhon.site.progress import Progress
from memhon.site.watching import Changes, changed, places, snapshot
from memhon.site.whole_build import WholeBuild

_LOOK_SECONDS = 0.15
_IDLE_SECONDS = 1.0
"""A whole build waits that long for the next save, and gives way to it."""

_CODE = (
    "du code a changé : construction complète à chaque enregistrement ; "
    "relancez la commande pour que le bac à sable et l'aperçu rapide utilisent ce code."
)


class LiveSite:
    """Watches the sources and keeps what is served up to date.

    Args:
        checkout: The project's folder, whose site is built.
        overlay: Where the quick pass lays its files.
        told: Receives the lines for the person at the keyboard.
        commands: The command line, for its page.
    """

    def __init__(
        self,
        checkout: Checkout,
        overlay: Overlay,
        told: Callable[[str], None],
        commands: Command | None = None,
    ) -> None:
        self._checkout = checkout
        self._overlay = overlay
        self._told = told
        self._preview = Preview(checkout, checkout.build / "site", Progress(), commands)
        self._whole = WholeBuild(checkout)
        self._due: float | None = None
        self._quick = True

    def run(self, stop: threading.Event) -> None:
        """Watch until told to stop."""
        seen = snapshot(places(self._checkout))
        self._preview.start()
        self._told("les sources sont surveillées : enregistrez, la page se recharge.")
        try:
            while not stop.wait(_LOOK_SECONDS):
                now = snapshot(places(self._checkout))
                paths = changed(seen, now)
                seen = now
                if paths:
                    names = ", ".join(sorted(path.name for path in paths))
                    self._saved(Changes.of(paths, self._checkout), names)
                self._follow()
        finally:
            self._whole.stop()
            self._preview.stop()

    def _saved(self, changes: Changes, names: str) -> None:
        self._whole.stop()
        self._due = time.monotonic() + _IDLE_SECONDS
        if changes.code and self._quick:
            self._quick = False
            self._told(f"{names} : {_CODE}")
        if not self._quick:
            return
        start = time.perf_counter()
        try:
            found = self._preview.update(changes)
        except Exception as error:  # whatever was saved, the service goes on
            self._due = None
            self._told(f"{names} : {_reason(error)}\nle dernier bon site reste servi.")
            return
        if found is None:
            self._told(f"{names} : des pages ou des fichiers apparaissent ou disparaissent.")
            return
        self._overlay.put(found)
        pages = sum(path.endswith(".html") for path in found)
        self._told(f"{names} : {pages} page(s) à jour en {_words(time.perf_counter() - start)}.")

    def _follow(self) -> None:
        due = self._due is not None and time.monotonic() >= self._due
        if due and self._preview.ready:
            self._due = None
            self._told("seconde passe : construction complète, derrière ce qui est servi…")
            self._whole.start()
        done = self._whole.finished()
        if done is None:
            return
        good, said, seconds = done
        if not good:
            self._told(f"construction complète en échec ; le dernier bon site reste servi.\n{said}")
            return
        try:
            if self._quick:
                self._preview.renew()
        except Exception as error:  # the next save tries again
            self._told(f"aperçu rapide indisponible : {_reason(error)}")
            return
        self._overlay.clear()
        self._told(f"construction complète : {_words(seconds)}.")


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, MemhonError) else f"{type(error).__name__} : {error}"


def _words(seconds: float) -> str:
    return f"{seconds:.1f} s".replace(".", ",")
