"""Reads the plain messages, which nearly all are, without xsdata's steps for everything else.

The plan of a class is taken from xsdata's own description of it, and values are converted by
xsdata's own converters. What is not plain (an attribute, an open place, a value that cannot be
converted, a name out of place) is left to xsdata, whole: its result and its errors count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import QName

from lxml import etree
from xsdata.exceptions import ConverterError
from xsdata.formats.converter import converter
from xsdata.formats.dataclass.context import XmlContext
from xsdata.formats.dataclass.models.elements import XmlMeta, XmlVar
from xsdata.models.datatype import XmlDate

_DAYS = 64


class NotPlainError(Exception):
    """The message has to be read by xsdata."""


@dataclass(frozen=True, slots=True)
class _Field:
    """Where the content of an element goes."""

    name: str
    many: bool
    gather: Callable[[list[Any]], Any]
    """Makes the collection that the class holds, where there are many."""
    convert: Callable[[str], Any] | None
    """Makes the value of a text; None for an element with children."""
    empty: Any
    """The value of an element without text."""
    inner: type | None
    """Class of an element with children."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a class is filled."""

    fields: Mapping[str, _Field]
    """By the Clark name of the child element."""
    text: _Field | None
    """Where the text of the element itself goes."""
    open: bool
    """Whether text between the children would be kept too."""


class QuickReader:
    """Reads plain trees; safe to use from several threads.

    Args:
        context: What xsdata knows of the classes.
    """

    def __init__(self, context: XmlContext) -> None:
        self._context = context
        self._plans: dict[type, _Plan] = {}

    def read(self, element: etree._Element, binding: type) -> Any:
        """The binding of a validated element.

        Raises:
            NotPlainError: xsdata has to read it.
        """
        plan = self._plans.get(binding)
        if plan is None:
            plan = self._plans[binding] = _plan(self._context.build(binding))
        if element.attrib:
            raise NotPlainError
        values: dict[str, Any] = {}
        lists: dict[str, tuple[_Field, list[Any]]] = {}
        for child in element:
            field = plan.fields.get(str(child.tag))
            if field is None:
                raise NotPlainError
            value = self._value(child, field)
            if field.many:
                lists.setdefault(field.name, (field, []))[1].append(value)
            elif field.name in values:
                raise NotPlainError
            else:
                values[field.name] = value
        self._take_text(element, plan, values)
        for name, (field, found) in lists.items():
            values[name] = field.gather(found)
        try:
            return binding(**values)
        except TypeError:
            raise NotPlainError from None

    def _value(self, child: etree._Element, field: _Field) -> Any:
        if field.inner is not None:
            return self.read(child, field.inner)
        if len(child) or child.attrib:
            raise NotPlainError
        return _converted(child.text, field)

    @staticmethod
    def _take_text(element: etree._Element, plan: _Plan, values: dict[str, Any]) -> None:
        text = element.text
        if plan.open and ((text and text.strip()) or (element.tail and element.tail.strip())):
            raise NotPlainError
        if plan.text is not None and text is not None:
            values[plan.text.name] = _converted(text, plan.text)


def _converted(text: str | None, field: _Field) -> Any:
    if text is None:
        return field.empty
    assert field.convert is not None
    try:
        return field.convert(text)
    except ConverterError:
        raise NotPlainError from None


def _plan(meta: XmlMeta) -> _Plan:
    if meta.mixed_content or meta.wrappers:
        return _Plan({}, None, open=True)
    fields: dict[str, _Field] = {}
    for qname, variables in meta.elements.items():
        if len(variables) == 1 and _is_plain(variables[0]):
            fields[qname] = _field(variables[0])
    for choice in meta.choices:
        for qname, variable in (choice.elements or {}).items():
            if qname in meta.elements or qname in fields or not _is_plain(variable):
                fields.pop(qname, None)
            else:
                fields[qname] = _field(variable)
    text = meta.text
    if text is not None and not _is_plain(text):
        return _Plan({}, None, open=True)
    return _Plan(fields, _field(text) if text else None, open=bool(meta.wildcards))


def _is_plain(variable: XmlVar) -> bool:
    special = (
        variable.any_type,
        variable.is_wildcard,
        variable.is_clazz_union,
        variable.tokens_factory,
        variable.nillable,
        variable.wrapper,
        not variable.init,
        QName in variable.types,
    )
    return not any(special)


def _field(variable: XmlVar) -> _Field:
    empty = None if callable(variable.default) else variable.default
    if empty is None:
        empty = b"" if bytes in variable.types else ""
    return _Field(
        name=variable.name,
        many=variable.list_element,
        gather=variable.factory or list,
        convert=None if variable.clazz else _converting(variable),
        empty=empty,
        inner=variable.clazz,
    )


def _converting(variable: XmlVar) -> Callable[[str], Any]:
    types, form = variable.types, variable.format
    if tuple(types) == (str,):
        return str
    if len(types) > 1:
        return lambda text: converter.deserialize(text, types, ns_map={}, format=form)
    only = types[0]
    deserialize = converter.type_converter(only).deserialize

    def convert(text: str) -> Any:
        return deserialize(text, data_type=only, ns_map={}, format=form)

    # A message repeats its few days, and xsdata reads each in twenty steps.
    return lru_cache(_DAYS)(convert) if only is XmlDate else convert
