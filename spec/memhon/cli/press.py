"""Documents, one after the other → PDF files; each failure stays with its document."""

from __future__ import annotations

import sys
from pathlib import Path

from memhon.cli.delivery import Delivery
from memhon.cli.exits import Exit, of_verdict
from memhon.cli.writing import write_new
from memhon.errors import FindingLike, MessageError
from memhon.findings import Finding, Verdict, finding_lines, make
from memhon.messages import bind
from memhon.pdf import FEE_NOTE, PARTS, Printing, print_fee_note, print_payment
from memhon.validation import examine

STDOUT = "-"
_STEM = "memoire"


class Press:
    """Prints what it is given and remembers how that went.

    Args:
        output: File, folder or ``-``; None for beside the input.
        lang: Language of the findings.
        force: Whether files that are there are replaced.
    """

    def __init__(self, output: str | None, lang: str, *, force: bool) -> None:
        self._output = output
        self._lang = lang
        self._force = force
        self._written: set[Path] = set()
        self._parts: list[tuple[str, object]] = []
        self.outcomes: list[Exit] = []
        """One for each document that was or should have been printed."""
        self.passed_over = 0
        """Valid messages of a folder that have no printed form."""

    def take(self, name: str, data: bytes | tuple[Finding, ...], *, named: bool) -> None:
        """Print one document, or keep it until the other messages of its payment are there.

        Args:
            name: What the reader calls it.
            data: Its content, or why there is none.
            named: Whether the reader asked for this very file, and not for a folder.
        """
        if not isinstance(data, bytes):
            self._refuse(name, data)
            return
        examined = examine(data, source=name)
        report, recognised = examined.report, examined.recognised
        if report.verdict is not Verdict.VALID or recognised is None:
            print(Delivery("text", self._lang).as_text(report), file=sys.stderr)
            self.outcomes.append(of_verdict(report.verdict))
            return
        try:
            message = bind(recognised)
            if isinstance(message, FEE_NOTE):
                self._deliver(name, print_fee_note(message))
            elif isinstance(message, PARTS):
                self._parts.append((name, message))
            elif named:
                self._refuse(name, (make("PDF-001", found=recognised.message.root),))
            else:
                self.passed_over += 1
        except MessageError as error:
            self._refuse(name, error.findings)

    def finish(self, doctor: str, patient: str) -> None:
        """Print the payment whose messages were given, and say what was passed over."""
        if self._parts:
            name = self._parts[0][0]
            messages = [message for _, message in self._parts]
            try:
                self._deliver(name, print_payment(messages, doctor=doctor, patient=patient))
            except MessageError as error:
                self._refuse(name, error.findings)
        if self.passed_over:
            print(
                f"memhon : {self.passed_over} message(s) sans forme imprimable, non imprimé(s)",
                file=sys.stderr,
            )

    def _deliver(self, name: str, printed: Printing) -> None:
        if self._output == STDOUT:
            self._show(printed)
            return
        path = self._target(name)
        try:
            write_new(path, printed.data, force=self._force and path not in self._written)
        except OSError as error:
            print(f"memhon : écriture impossible : {path} ({error.strerror})", file=sys.stderr)
            self.outcomes.append(Exit.FAILED)
            return
        self._written.add(path)
        self.outcomes.append(Exit.FINE)
        pages = f"{printed.pages} page" + "s" * (printed.pages > 1)
        print(f"{name} → {path} ({pages})")

    def _show(self, printed: Printing) -> None:
        if self.outcomes:
            print("memhon : la sortie standard ne prend qu'un document", file=sys.stderr)
            self.outcomes.append(Exit.FAILED)
            return
        sys.stdout.buffer.write(printed.data)
        self.outcomes.append(Exit.FINE)

    def _target(self, name: str) -> Path:
        """The file of a document; one inside an archive goes beside the archive."""
        archive, _, inside = name.partition("!/")
        own = f"{Path(inside or name).stem}.pdf"
        source = Path(archive)
        if self._output is None:
            return source.with_name(own) if source.exists() else Path(f"{_STEM}.pdf")
        output = Path(self._output)
        return output / own if output.is_dir() else output

    def _refuse(self, name: str, findings: tuple[FindingLike, ...]) -> None:
        """Say why a document was not printed."""
        known = [finding for finding in findings if isinstance(finding, Finding)]
        print(f"{name} :", file=sys.stderr)
        for finding in known:
            print("\n".join(finding_lines(finding, self._lang)), file=sys.stderr)
        open_ = all(finding.kind in {"limit", "crash"} for finding in known)
        self.outcomes.append(Exit.UNDECIDED if open_ else Exit.INVALID)
