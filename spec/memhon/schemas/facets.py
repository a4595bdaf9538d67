"""Types and facets in French words, and to the letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

XS = "http://www.w3.org/2001/XMLSchema"

_BUILTIN = {
    "ID": "identifiant unique dans le document (xs:ID)",
    "IDREF": "renvoi à un identifiant du document (xs:IDREF)",
    "anySimpleType": "valeur libre (non contrôlée)",
    "anyType": "contenu libre (non contrôlé)",
    "anyURI": "URI",
    "base64Binary": "données en base64",
    "boolean": "booléen (true ou false)",
    "date": "date (aaaa-mm-jj)",
    "dateTime": "instant (date, heure, fuseau)",
    "decimal": "nombre décimal",
    "duration": "durée (par exemple P1DT2H)",
    "gYear": "année (aaaa)",
    "gYearMonth": "mois d'une année (aaaa-mm)",
    "hexBinary": "données en hexadécimal",
    "int": "nombre entier",
    "integer": "nombre entier",
    "language": "code de langue (par exemple fr)",
    "long": "nombre entier",
    "nonNegativeInteger": "nombre entier, 0 ou plus",
    "normalizedString": "texte sans saut de ligne ni tabulation",
    "positiveInteger": "nombre entier, 1 ou plus",
    "short": "nombre entier",
    "string": "texte",
    "time": "heure (hh:mm:ss)",
    "token": "texte sans espaces superflus",
}
_WORDS = {
    "length": "exactement {} {unit}{s}",
    "minLength": "au moins {} {unit}{s}",
    "maxLength": "au plus {} {unit}{s}",
    "minInclusive": "minimum {}",
    "maxInclusive": "maximum {}",
    "minExclusive": "plus grand que {}",
    "maxExclusive": "plus petit que {}",
    "fractionDigits": "au plus {} décimale{s}",
    "totalDigits": "au plus {} chiffre{s}",
}
_MANY = frozenset({"enumeration", "pattern"})


def type_words(kind: Any) -> str:
    """The name of a named type, or French words for the built-in below an anonymous one."""
    if kind.local_name and kind.target_namespace != XS:
        return str(kind.local_name)
    if kind.is_complex():
        if kind.local_name == "anyType":
            return _BUILTIN["anyType"]
        return type_words(kind.content) if kind.has_simple_content() else "groupe"
    return builtin_words(kind) if kind.base_type is None else _named_base(kind)


def facet_words(kind: Any) -> tuple[str, ...]:
    """One French phrase a facet; nothing for a type with content of elements."""
    simple = simple_type(kind)
    if simple is None or (kind.target_namespace == XS and kind.local_name):
        return ()
    words = [builtin_words(simple)] if kind.local_name else []
    if simple.target_namespace == XS and simple.local_name:
        return tuple(words)
    words += [] if builtin_of(simple) else [builtin_words(simple)]
    values: list[str] = []
    for name, value in literal_facets(simple):
        if name == "enumeration":
            values.append(value)
        elif name == "pattern":
            words.append(f"motif {value}")
        elif name in _WORDS:
            words.append(
                _WORDS[name].format(value, unit=_unit(simple), s="" if value == "1" else "s")
            )
    if values:
        words.append(f"valeurs : {', '.join(values)}")
    return tuple(dict.fromkeys(words))


def literal_facets(kind: Any) -> tuple[tuple[str, str], ...]:
    """The facets to the letter, in the order of the schema, those of the base types last.

    A facet that a derived type narrows is given once, as narrowed; patterns of all levels hold.
    """
    found: list[tuple[str, str]] = []
    level = simple_type(kind)
    while level is not None and level.target_namespace != XS:
        own = list(_own(level))
        known = {name for name, _ in found}
        found += [pair for pair in own if pair[0] == "pattern" or pair[0] not in known]
        level = _below(level)
    return tuple(dict.fromkeys(found))


def value_texts(kind: Any) -> tuple[tuple[str, str], ...]:
    """The enumerated values with the text that the schema gives each; empty without any text."""
    level = simple_type(kind)
    while level is not None and level.target_namespace != XS:
        nodes = [node for facet in _facets(level) for node in _nodes(facet, "enumeration")]
        if nodes:
            texts = tuple((str(node.get("value")), _text(node)) for node in nodes)
            return texts if any(text for _, text in texts) else ()
        level = _below(level)
    return ()


def simple_type(kind: Any) -> Any:
    """The simple type of a type's values; None for content of elements."""
    if not kind.is_complex():
        return kind
    return kind.content if kind.has_simple_content() else None


def builtin_of(kind: Any) -> str | None:
    """Local name of the XSD built-in below a type; None for elements, lists and unions."""
    base = simple_type(kind)
    while base is not None and base.target_namespace != XS:
        base = _below(base)
    if base is None:
        return "anyType" if kind.local_name == "anyType" and kind.target_namespace == XS else None
    return str(base.local_name)


def builtin_words(kind: Any) -> str:
    """French words for the built-in below a simple type, or for a list or union of others."""
    name = builtin_of(kind)
    if name:
        return _BUILTIN.get(name, name)
    base = kind
    while (below := _below(base)) is not None:
        base = below
    members = getattr(base, "member_types", None)
    if members:
        return " ou ".join(type_words(member) for member in members)
    return f"liste de valeurs séparées par des espaces, chacune : {type_words(base.item_type)}"


def _unit(kind: Any) -> str:
    """What a length counts."""
    name = builtin_of(kind)
    if name in ("base64Binary", "hexBinary"):
        return "octet"
    return "caractère" if name else "valeur"


def _below(kind: Any) -> Any:
    """The simple type that a simple type restricts; None below a list, a union or a built-in."""
    base = getattr(kind, "base_type", None)
    return None if base is None else simple_type(base)


def _facets(kind: Any) -> list[Any]:
    return [facet for name, facet in kind.facets.items() if name is not None]


def _own(kind: Any) -> Iterator[tuple[str, str]]:
    if getattr(kind, "item_type", None) is not None and kind.base_type is None:
        return  # the white space of a list is fixed; no schema writes it
    for facet in _facets(kind):
        for node in _nodes(facet, None):
            value = node.get("value", node.get("test"))
            if value is not None:
                yield node.tag.rpartition("}")[2], value


def _nodes(facet: Any, only: str | None) -> list[Any]:
    """The elements of a facet in the schema; enumerations and patterns have several."""
    if not hasattr(facet, "elem") or facet.elem is None:
        return []
    name = facet.elem.tag.rpartition("}")[2]
    if only is not None and name != only:
        return []
    return list(facet) if name in _MANY else [facet.elem]


def _text(node: Any) -> str:
    texts = node.iterfind(f"{{{XS}}}annotation/{{{XS}}}documentation")
    return " ".join(" ".join("".join(text.itertext()) for text in texts).split())


def _named_base(kind: Any) -> str:
    """A restriction without a name of its own goes by the type that it restricts."""
    base = kind
    while base.local_name is None and base.base_type is not None:
        base = base.base_type
    if base.local_name is None:
        return "valeurs"
    return type_words(base) if base.target_namespace != XS else builtin_words(base)
