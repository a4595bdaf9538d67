"""Layer « forme »: the door lets the document in, and it is a message of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from memhon.findings import Finding
from memhon.intake import read, recognise
from memhon.validation.run import Run


def check_form(run: Run) -> Sequence[Finding]:
    """Open the document and recognise the message.

    Raises:
        MessageError: The door refuses the document, or it is no message of the catalogue.
    """
    run.document = read(run.data, limits=run.limits)
    run.recognised = recognise(run.document.root, exchange=run.exchange)
    return ()
