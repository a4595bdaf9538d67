"""Reports → standard output or a file, in the form asked for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from memhon.findings import Report, Verdict, summary
from memhon.findings.formats import FORMATS, summary_text, text

_FEW = 20
_WORDS = {
    "fr": {
        "hidden": "{count} fichiers valides sans anomalie ne sont pas énumérés ; --all le fait.",
        "written": "Rapport écrit dans {path}",
    },
    "en": {
        "hidden": "{count} valid files without a finding are not listed; --all lists them.",
        "written": "Report written to {path}",
    },
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where reports go and what they look like."""

    form: str
    """A key of ``FORMATS``."""
    lang: str
    """``fr`` or ``en``."""
    output: str | None = None
    """File to write; standard output when None."""
    every: bool = False
    """Whether the text lists valid files too when there are many files."""

    def unusable(self) -> str | None:
        """Why the file cannot be written, as far as that shows before the work begins."""
        if self.output is None:
            return None
        path = Path(self.output)
        if path.is_dir():
            return f"c'est un dossier : {self.output}"
        if not path.parent.is_dir():
            return f"dossier introuvable : {path.parent}"
        return None

    def deliver(self, reports: Sequence[Report], planned: int) -> None:
        """Write the reports; with a file, standard output gets the summary.

        Args:
            reports: In the order of the inputs.
            planned: How many reports a complete run has.

        Raises:
            OSError: The file cannot be written.
        """
        if self.output is None:
            plain = self.form == "text"
            print(self._text(reports, planned) if plain else self._form(reports, planned))
            return
        self.write(reports, planned)
        print(summary_text(summary(reports, planned=planned), self.lang, colour=coloured()))
        print(_WORDS[self.lang]["written"].format(path=self.output))

    def write(self, reports: Sequence[Report], planned: int) -> None:
        """Replace the file in one step, so that a reader never finds half a report.

        Raises:
            OSError: The file cannot be written.
        """
        path = Path(self.output or "")
        if path.exists() and not path.is_file():
            path.write_text(self._form(reports, planned) + "\n", encoding="utf-8")
            return
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_text(self._form(reports, planned) + "\n", encoding="utf-8")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    def as_text(self, report: Report) -> str:
        """One report for the screen."""
        return text([report], self.lang, False, colour=coloured(), width=columns())

    def one(self, report: Report) -> str:
        """One report in the form asked for."""
        return FORMATS[self.form]([report], self.lang, False)

    def _form(self, reports: Sequence[Report], planned: int) -> str:
        return FORMATS[self.form](reports, self.lang, True, planned=planned)

    def _text(self, reports: Sequence[Report], planned: int) -> str:
        """Of many files the text lists those with something to say; the summary counts all."""
        colour, width = coloured(), columns()
        plain = [report for report in reports if _is_plain(report)]
        if self.every or len(reports) <= _FEW or not plain:
            return text(reports, self.lang, planned=planned, colour=colour, width=width)
        shown = [report for report in reports if not _is_plain(report)]
        listed = [text(shown, self.lang, False, colour=colour, width=width), ""] if shown else []
        counts = summary_text(summary(reports, planned=planned), self.lang, colour=colour)
        hidden = _WORDS[self.lang]["hidden"].format(count=len(plain))
        return "\n".join([*listed, counts, hidden])


def coloured() -> bool:
    """Whether standard output is a terminal that shows colours and the reader wants them."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and sys.stdout.isatty()


def columns() -> int | None:
    """The width of the terminal; None in a pipe, where lines stay whole."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _is_plain(report: Report) -> bool:
    return report.verdict is Verdict.VALID and not report.findings
