"""Tree → binding, after the strict reading of the schema has agreed."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from lxml import etree
from xsdata.exceptions import ParserError, XmlContextError

from memhon.catalogue import Message, load
from memhon.errors import CatalogueError, MessageError
from memhon.findings import Finding, make
from memhon.intake import Recognised, read, recognise, xpath_of
from memhon.messages.binding import binder
from memhon.schemas import findings_of, strict


def parse(data: bytes, *, exchange: str | None = None) -> Any:
    """Read a bare message as its binding.

    Args:
        data: The message as received, without a SOAP envelope.
        exchange: Id of the exchange that is expected, if one is.

    Returns:
        An instance of the root class of the message's generated package.

    Raises:
        MessageError: The door, the schema or the binding refuses the message; ``findings`` says
            why. A published schema that checks too little is read strictly (wire-contract 9.4).
        CatalogueError: ``exchange`` is unknown.
    """
    recognised = recognise(read(data).root, exchange=exchange)
    if recognised.enveloped:
        line = recognised.element.sourceline
        finding = make("FORM-020", line=line, found="Envelope", expected=recognised.message.root)
        raise MessageError(findings=(finding,))
    return bind(recognised)


def bind(recognised: Recognised) -> Any:
    """Read a recognised tree as its binding; the tree is left as it was.

    Raises:
        MessageError: The strict reading of the schema or the binding refuses it.
    """
    message, element = recognised.message, recognised.element
    findings = findings_of(strict(message), element, message)
    if findings:
        raise MessageError(findings=findings)
    try:
        return binder().bind(element, binding_class(message))
    except ParserError as error:
        raise MessageError(findings=(_unconverted(error, element, message),)) from error
    except (TypeError, ValueError, XmlContextError) as error:
        finding = make("BIND-002", element=message.root, detail=type(error).__name__)
        raise MessageError(findings=(finding,)) from error


@cache
def _classes(package: str) -> dict[str, type]:
    module = importlib.import_module(package)
    found: dict[str, type] = {}
    for name in module.__all__:
        candidate = getattr(module, name)
        meta = candidate.__dict__.get("Meta")
        if meta is not None and getattr(meta, "namespace", None):
            found[f"{{{meta.namespace}}}{getattr(meta, 'name', name)}"] = candidate
    return found


def binding_class(message: Message) -> type:
    """The generated class of a message's document element.

    Raises:
        CatalogueError: The bindings have not been generated for this message.
    """
    try:
        return _classes(message.package)[message.qname]
    except (ImportError, KeyError) as error:
        raise CatalogueError(
            f"aucune classe générée pour {message.schema} : lancez « memhon bindings regenerate »"
        ) from error


def entry_of(message: object) -> Message:
    """The catalogue's entry of a binding.

    Raises:
        MessageError: The object is no message of the catalogue.
    """
    package = type(message).__module__.rpartition(".")[0]
    for exchange in load().exchanges:
        for entry in exchange.messages:
            if entry.package == package and isinstance(message, binding_class(entry)):
                return entry
    finding = make("BIND-003", found=f"{type(message).__module__}.{type(message).__qualname__}")
    raise MessageError(findings=(finding,))


def _unconverted(error: ParserError, element: etree._Element, message: Message) -> Finding:
    first, _, rest = str(error).partition("\n")
    if not first.startswith("Failed to convert"):
        return make("BIND-002", element=message.root, detail=type(error).__name__)
    field = first.rpartition(".")[2].strip("`")
    line, xpath = None, None
    wanted = field.replace("_", "").lower()
    for node in element.iter(etree.Element):
        if etree.QName(node).localname.lower() == wanted and (node.text or "").strip() in rest:
            line, xpath = node.sourceline, xpath_of(node, element, message.prefixes)
            break
    return make("BIND-001", line=line, xpath=xpath, element=field, detail=type(error).__name__)
