"""Reads ahead what a check of a message relies on, in one thread."""

from __future__ import annotations

from memhon.catalogue import Message
from memhon.schemas.compiling import base64_elements, compiled, strict
from memhon.schemas.content import content
from memhon.schemas.masking import masker


def make_ready(message: Message) -> None:
    """Read the schema of a message and keep all that its checks ask of it.

    Left to the first requests, several threads did it at once, and now and then libxml2 did not
    survive that, or read a schema wrongly.

    Raises:
        SchemaError: The schema cannot be used.
    """
    compiled(message)
    strict(message)
    content(message)
    base64_elements(message)
    masker(message, show_values=False)
