"""Types and facets in French words."""

from __future__ import annotations

from typing import Any

_BUILTIN = {
    "string": "texte",
    "decimal": "nombre décimal",
    "integer": "nombre entier",
    "int": "nombre entier",
    "boolean": "booléen (true ou false)",
    "date": "date (aaaa-mm-jj)",
    "time": "heure (hh:mm:ss)",
    "dateTime": "instant (date, heure, fuseau)",
    "base64Binary": "données en base64",
    "anyType": "contenu libre (non contrôlé)",
}
_WORDS = {
    "length": "exactement {} caractère{s}",
    "minLength": "au moins {} caractère{s}",
    "maxLength": "au plus {} caractère{s}",
    "minInclusive": "minimum {}",
    "maxInclusive": "maximum {}",
    "fractionDigits": "au plus {} décimale{s}",
    "totalDigits": "au plus {} chiffre{s}",
}


def type_words(kind: Any) -> str:
    """The name of a named type, or French words for the built-in below an anonymous one."""
    if kind.local_name and kind.target_namespace != _xsd():
        return str(kind.local_name)
    if kind.is_complex():
        return _BUILTIN["anyType"] if kind.local_name == "anyType" else "groupe"
    return _builtin_words(kind) if kind.base_type is None else _named_base(kind)


def facet_words(kind: Any) -> tuple[str, ...]:
    """One French phrase a facet; nothing for a type with content of elements."""
    if kind.is_complex() or kind.target_namespace == _xsd():
        return ()
    words: list[str] = []
    if kind.local_name:
        words.append(_builtin_words(kind))
    for qname, facet in kind.facets.items():
        if qname is None:
            continue
        name = qname.rpartition("}")[2]
        if name == "pattern":
            words += [f"motif {pattern}" for pattern in facet.regexps]
        elif name == "enumeration":
            values = ", ".join(str(value) for value in facet.enumeration)
            words.append(f"valeurs : {values}")
        elif name in _WORDS:
            plural = "" if facet.value == 1 else "s"
            words.append(_WORDS[name].format(facet.value, s=plural))
    return tuple(words)


def literal_facets(kind: Any) -> tuple[tuple[str, str], ...]:
    """Every facet of a simple type as the schema writes it; one pair a pattern or value."""
    if kind.is_complex() or kind.target_namespace == _xsd():
        return ()
    found: list[tuple[str, str]] = []
    for qname, facet in kind.facets.items():
        if qname is None:
            continue
        name = qname.rpartition("}")[2]
        if name == "pattern":
            found += [(name, str(pattern)) for pattern in facet.regexps]
        elif name == "enumeration":
            found += [(name, str(value)) for value in facet.enumeration]
        elif name != "whiteSpace":
            found.append((name, str(facet.value)))
    return tuple(found)


def _named_base(kind: Any) -> str:
    """A restriction without a name of its own goes by the type that it restricts."""
    base = kind
    while base.local_name is None and base.base_type is not None:
        base = base.base_type
    return type_words(base) if base.target_namespace != _xsd() else _builtin_words(base)


def _builtin_words(kind: Any) -> str:
    base = kind
    while base.target_namespace != _xsd() and base.base_type is not None:
        base = base.base_type
    return _BUILTIN.get(str(base.local_name), str(base.local_name))


def _xsd() -> str:
    return "http://www.w3.org/2001/XMLSchema"
