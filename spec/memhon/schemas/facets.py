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
    "length": "exactement {} caractères",
    "minLength": "au moins {} caractère(s)",
    "maxLength": "au plus {} caractères",
    "minInclusive": "minimum {}",
    "maxInclusive": "maximum {}",
    "fractionDigits": "au plus {} décimales",
    "totalDigits": "au plus {} chiffres",
}


def type_words(kind: Any) -> str:
    """The name of a named type, or French words for the built-in below an anonymous one."""
    if kind.local_name and kind.target_namespace != _xsd():
        return str(kind.local_name)
    if kind.is_complex():
        return _BUILTIN["anyType"] if kind.local_name == "anyType" else "groupe"
    name = kind.local_name or kind.root_type.local_name
    if kind.local_name is None and kind.base_type is not None and kind.base_type.local_name:
        name = kind.base_type.local_name
    return _BUILTIN.get(str(name), str(name))


def facet_words(kind: Any) -> tuple[str, ...]:
    """One French phrase a facet; nothing for a type with content of elements."""
    if kind.is_complex() or kind.target_namespace == _xsd():
        return ()
    words: list[str] = []
    primitive = kind.root_type.local_name
    if kind.local_name:
        words.append(_BUILTIN.get(primitive, primitive))
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
            words.append(_WORDS[name].format(facet.value))
    return tuple(words)


def _xsd() -> str:
    return "http://www.w3.org/2001/XMLSchema"
