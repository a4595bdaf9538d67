"""xmlschema's components as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from memhon.schemas.facets import (
    XS,
    builtin_of,
    facet_words,
    literal_facets,
    simple_type,
    type_words,
    value_texts,
)
from memhon.schemas.models import Models
from memhon.schemas.particles import (
    Particle,
    documentation_of,
    namespace_of,
    particles,
    provenance_of,
)
from memhon.schemas.reference import Attribute, Key, Member, Mention, TypeInfo, TypeUse

_MIXED = "Du texte peut se trouver entre les éléments (contenu mixte)."
_ANY = "Contenu libre : {} {}."
_ANY_ATTRIBUTE = "D'autres attributs sont admis ({})."
_EMPTY = "L'élément n'a pas de contenu."
_AGAIN = "Même contenu qu'un élément qui le contient : la structure est récursive."


class Describer:
    """Turns the components of a set into values.

    Args:
        models: The compiled set.
    """

    def __init__(self, models: Models) -> None:
        self._models = models

    def key_of(self, component: Any) -> Key | None:
        """The key of a global type or element; None for what lies outside of the set."""
        if component is None or not component.local_name or component.parent is not None:
            return None
        path = self._models.path_of(component.schema.url)
        return Key(path, component.local_name) if path else None

    def kind(self, path: str, kind: Any) -> TypeInfo:
        """A named type of a file."""
        span = self._models.scans[path].definitions["type", kind.local_name]
        members, remarks = self._content(kind, (), ())
        return TypeInfo(
            schema=path,
            name=kind.local_name,
            kind="complex" if kind.is_complex() else "simple",
            abstract=bool(getattr(kind, "abstract", False)),
            documentation=documentation_of(kind),
            provenance=provenance_of(kind),
            bases=tuple(self._bases(kind)),
            values=self._use(kind) if simple_type(kind) is not None else None,
            members=members,
            inherited=tuple(self._inherited(kind)),
            attributes=self._attributes(kind),
            remarks=remarks,
            line=span.line,
            source=span.text,
        )

    def element(self, element: Any) -> Member:
        """A global element."""
        return self._member(Particle(element, None), (), ())

    def _content(
        self, kind: Any, above: tuple[str, ...], around: tuple[Any, ...]
    ) -> tuple[tuple[Member, ...], tuple[str, ...]]:
        members: dict[str, Member] = {}
        remarks: list[str] = []
        if any(kind is one for one in around):
            return (), (_AGAIN,)
        if kind.is_complex() and kind.mixed and kind.local_name != "anyType":
            remarks.append(_MIXED)
        found = list(particles(kind))
        for particle in found:
            if particle.home is not kind:
                continue
            if not particle.is_element:
                remarks.append(_any_words(particle))
                continue
            member = self._member(particle, above, (*around, kind))
            known = members.get(member.name)
            if known is not None:
                member = replace(known, occurs=known.occurs + member.occurs)
            members[member.name] = member
        attributes = getattr(kind, "attributes", None) or {}
        if None in attributes:
            remarks.append(_ANY_ATTRIBUTE.format(_namespaces(attributes[None])))
        if kind.is_complex() and not found and simple_type(kind) is None:
            remarks.append(_EMPTY)
        return tuple(members.values()), tuple(dict.fromkeys(remarks))

    def _member(
        self, particle: Particle, above: tuple[str, ...], around: tuple[Any, ...]
    ) -> Member:
        element = particle.component
        declared = element.ref if element.ref is not None else element
        names = (*above, declared.local_name)
        kind = declared.type
        # a reference leads to the global element, which shows the content of its anonymous type
        inside = kind.name is None and element.ref is None
        members, remarks = self._content(kind, names, around) if inside else ((), ())
        return Member(
            names=names,
            namespace=namespace_of(declared),
            occurs=((element.min_occurs, element.max_occurs),),
            choice=particle.choice,
            group=particle.group,
            group_occurs=(particle.minimum, particle.maximum),
            type=self._use(kind),
            reference=self.key_of(declared) if element.ref is not None else None,
            substitutes=tuple(self._substitutes(declared)),
            abstract=bool(declared.abstract),
            nillable=bool(declared.nillable),
            default=declared.default,
            fixed=declared.fixed,
            documentation=documentation_of(element) or documentation_of(declared),
            provenance=provenance_of(element) or provenance_of(declared),
            members=members,
            attributes=self._attributes(kind) if inside else (),
            remarks=remarks,
        )

    def _substitutes(self, declared: Any) -> Iterator[Key]:
        if declared.parent is None:
            keys = {self.key_of(other) for other in declared.iter_substitutes()}
            yield from sorted(key for key in keys if key is not None)

    def _use(self, kind: Any) -> TypeUse:
        return TypeUse(
            words=type_words(kind),
            key=self.key_of(kind) if kind.target_namespace != XS else None,
            builtin=builtin_of(kind),
            facets=facet_words(kind),
            literal=literal_facets(kind),
            values=value_texts(kind),
            mentions=tuple(self._mentions(kind)),
        )

    def _mentions(self, kind: Any) -> Iterator[Mention]:
        """The named types that a definition refers to itself, through anonymous ones if need be."""
        waiting = [kind]
        while waiting:
            level = waiting.pop()
            if level.target_namespace == XS:
                continue
            for how, other in _parts(level):
                key = self.key_of(other) if other.target_namespace != XS else None
                if key is not None:
                    yield Mention(how, key)
                elif other.name is None:
                    waiting.append(other)

    def _bases(self, kind: Any) -> Iterator[tuple[str, str, Key | None]]:
        level, seen = kind, {id(kind)}
        while (base := getattr(level, "base_type", None)) is not None and id(base) not in seen:
            if base.local_name in ("anyType", "anySimpleType") and base.target_namespace == XS:
                return
            seen.add(id(base))
            how = str(getattr(level, "derivation", None) or "restriction")
            own = base.target_namespace != XS
            if base.name is not None:
                yield how, str(base.prefixed_name), self.key_of(base) if own else None
            level = base
            if not own:
                return

    def _inherited(self, kind: Any) -> Iterator[tuple[Key, tuple[str, ...]]]:
        found: dict[Key, list[str]] = {}
        for particle in particles(kind):
            home = None if particle.home is kind else self.key_of(particle.home)
            if home is not None and particle.is_element:
                found.setdefault(home, []).append(particle.component.local_name)
        for key, names in found.items():
            yield key, tuple(dict.fromkeys(names))

    def _attributes(self, kind: Any) -> tuple[Attribute, ...]:
        attributes = getattr(kind, "attributes", None) or {}
        return tuple(
            self._attribute(attribute)
            for name, attribute in attributes.items()
            if name is not None and attribute.use != "prohibited"
        )

    def _attribute(self, attribute: Any) -> Attribute:
        declared = attribute.ref if attribute.ref is not None else attribute
        return Attribute(
            name=attribute.local_name,
            namespace=attribute.name.partition("}")[0].lstrip("{")
            if "}" in attribute.name
            else None,
            required=attribute.use == "required",
            type=self._use(attribute.type),
            documentation=documentation_of(attribute) or documentation_of(declared),
            provenance=provenance_of(attribute) or provenance_of(declared),
            default=attribute.default,
            fixed=attribute.fixed,
        )


def _parts(kind: Any) -> Iterable[tuple[str, Any]]:
    members = getattr(kind, "member_types", None)
    if members:
        return [("union", member) for member in members]
    base = getattr(kind, "base_type", None)
    item = getattr(kind, "item_type", None)
    if item is not None and base is None:
        return [("list", item)]
    if base is None or base is kind:
        return []
    return [(str(getattr(kind, "derivation", None) or "restriction"), base)]


def _any_words(particle: Particle) -> str:
    component = particle.component
    most = "n" if component.max_occurs is None else str(component.max_occurs)
    number = "un élément" if most == "1" else f"{component.min_occurs}..{most} éléments"
    if component.min_occurs == 0 and most == "1":
        number = "au plus un élément"
    words = _ANY.format(number, _namespaces(component))
    return f"{words} {documentation_of(component)}".strip()


def _namespaces(wildcard: Any) -> str:
    raw = wildcard.elem.get("namespace", "##any").split()
    words = {
        "##any": "de tout espace de noms",
        "##other": "d'un autre espace de noms que celui du schéma",
        "##local": "sans espace de noms",
        "##targetNamespace": "de l'espace de noms du schéma",
    }
    return ", ".join(words.get(name, f"de {name}") for name in raw)
