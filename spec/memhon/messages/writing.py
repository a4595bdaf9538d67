"""Binding → bytes, with the prefixes of the field."""

from __future__ import annotations

from lxml import etree
from xsdata.exceptions import ConverterError, SerializerError

from memhon.errors import MessageError
from memhon.findings import make
from memhon.messages.binding import binder
from memhon.messages.reading import entry_of


def serialize(message: object) -> bytes:
    """Write a binding as a message.

    Args:
        message: An instance of the root class of a generated package.

    Returns:
        UTF-8 with an XML declaration, one line, amounts with the decimals they were given.

    Raises:
        MessageError: The object is no message of the catalogue, or a value has no XML form.
    """
    return etree.tostring(to_element(message), encoding="UTF-8", xml_declaration=True)


def to_element(message: object) -> etree._Element:
    """Write a binding as a tree.

    Raises:
        MessageError: As ``serialize``.
    """
    entry = entry_of(message)
    try:
        return binder().build(message, entry.prefixes)
    except (SerializerError, ConverterError, ValueError, TypeError) as error:
        finding = make("BIND-004", element=entry.root, detail=str(error))
        raise MessageError(findings=(finding,)) from error
