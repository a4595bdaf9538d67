"""Where things lie in the project's folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from memhon.errors import MemhonError

_MARKS = ("mkdocs.yml", "notebooks", "docs", "spec", "xsd")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder with the sources of the project."""

    root: Path
    """The folder that holds ``mkdocs.yml``."""

    @classmethod
    def find(cls, start: Path) -> Checkout:
        """The nearest project folder at or above ``start``.

        Raises:
            MemhonError: There is none; the site is built from the sources, not from a wheel.
        """
        start = start.resolve()
        for folder in (start, *start.parents):
            if all((folder / mark).exists() for mark in _MARKS):
                return cls(folder)
        raise MemhonError(
            f"pas de sources de MemHon dans {start} ni au-dessus : "
            "le site se construit depuis le dossier du projet, qui contient mkdocs.yml"
        )

    @property
    def docs(self) -> Path:
        """Hand-written pages and assets."""
        return self.root / "docs"

    @property
    def notebooks(self) -> Path:
        """Notebooks without outputs."""
        return self.root / "notebooks"

    @property
    def build(self) -> Path:
        """Everything that is made; may be deleted at any time."""
        return self.root / "build"

    @property
    def home(self) -> Path:
        """``MEMHON_HOME`` of builds: test keys, made once."""
        return self.build / "home"

    @property
    def sources(self) -> tuple[Path, ...]:
        """The three source roots that notebooks depend on."""
        return tuple(self.root / name for name in ("spec", "generated", "xsd"))
