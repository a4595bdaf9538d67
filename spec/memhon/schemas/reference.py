"""What a set of schema files defines, as frozen values for a reference: files, types, elements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Key(NamedTuple):
    """A named type or a global element of the set."""

    schema: str
    """Path of the file that defines it."""
    name: str
    """Local name."""


class Mention(NamedTuple):
    """One type that is part of another, and how."""

    how: str
    """``restriction``, ``extension``, ``list`` or ``union``."""
    key: Key


class Use(NamedTuple):
    """A place where a type is used."""

    how: str
    """``element``, ``attribute``, or as in ``Mention``."""
    schema: str
    owner: str | None
    """Name of the type that uses it; None for a global element."""
    names: tuple[str, ...]
    """Local names of the element, or of the attribute at the end; empty for the type itself."""


@dataclass(frozen=True, slots=True)
class TypeUse:
    """The type of an element or attribute, or the values of a type."""

    words: str
    """Name of a named type, French words for a built-in or anonymous one."""
    key: Key | None
    """The named type of the set; None for a built-in, an anonymous or a foreign one."""
    builtin: str | None
    """Local name of the XSD built-in below it; None for content of elements."""
    facets: tuple[str, ...]
    """French phrases, one a facet."""
    literal: tuple[tuple[str, str], ...]
    """Facets to the letter, inherited ones included."""
    values: tuple[tuple[str, str], ...]
    """Enumerated values with their texts, where the schema gives any text."""
    mentions: tuple[Mention, ...]
    """Types that an anonymous type, or the type itself, is derived from."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a type or of an element."""

    name: str
    namespace: str | None
    required: bool
    type: TypeUse
    documentation: str
    provenance: tuple[str, ...]
    default: str | None
    fixed: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """An element of a type, or a global element."""

    names: tuple[str, ...]
    """Local names from its type (or global element, itself included) down to it."""
    namespace: str | None
    """Namespace on the wire; None for an unqualified element."""
    occurs: tuple[tuple[int, int | None], ...]
    """Minimum and maximum (None: unbounded) wherever the name stands in the content."""
    choice: tuple[str, ...]
    """Branches of the choice it stands in; empty outside of one."""
    group: str | None
    """Named model group that it comes from."""
    group_occurs: tuple[int, int | None]
    """How often the groups around it may stand there, all together."""
    type: TypeUse
    reference: Key | None
    """The global element that it refers to."""
    substitutes: tuple[Key, ...]
    """Global elements that may stand in its place."""
    abstract: bool
    """Whether only its substitutes may stand there."""
    nillable: bool
    default: str | None
    fixed: str | None
    documentation: str
    provenance: tuple[str, ...]
    members: tuple[Member, ...]
    """Elements of its anonymous type."""
    attributes: tuple[Attribute, ...]
    """Attributes of its anonymous type."""
    remarks: tuple[str, ...]
    """French sentences on what else its anonymous type allows."""
    used_by: tuple[Use, ...] = ()
    """For a global element, the places that refer to it."""

    @property
    def name(self) -> str:
        """Local name."""
        return self.names[-1]

    @property
    def cardinalities(self) -> tuple[str, ...]:
        """Each as ``1``, ``0..1`` or ``1..n``."""
        return tuple(_cardinality(least, most) for least, most in self.occurs)


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """A named type."""

    schema: str
    name: str
    kind: str
    """``simple`` or ``complex``."""
    abstract: bool
    documentation: str
    provenance: tuple[str, ...]
    bases: tuple[tuple[str, str, Key | None], ...]
    """The derivation chain: how, name of the base, and its key if it is in the set."""
    values: TypeUse | None
    """The values of a type with simple content; None for content of elements."""
    members: tuple[Member, ...]
    """Elements that it declares itself."""
    inherited: tuple[tuple[Key, tuple[str, ...]], ...]
    """Names of the elements that come from the types it extends."""
    attributes: tuple[Attribute, ...]
    """All attributes, those of the base included."""
    remarks: tuple[str, ...]
    """French sentences on wildcards, mixed and empty content."""
    line: int
    """First line of the definition in its file."""
    source: str
    """The definition to the letter."""
    used_by: tuple[Use, ...] = ()

    @property
    def key(self) -> Key:
        """The type as others refer to it."""
        return Key(self.schema, self.name)


@dataclass(frozen=True, slots=True)
class SchemaInfo:
    """A schema file."""

    path: str
    """Below the folder of the set."""
    target_namespace: str | None
    qualified: bool
    """Whether local elements are in the target namespace."""
    version: str | None
    notes: tuple[str, ...]
    """Remarks at the head of the file, a paragraph each."""
    provenance: tuple[str, ...]
    links: tuple[str, ...]
    """Paths of the files that it includes or imports."""
    elements: tuple[Member, ...]
    """Global elements in the order of the file."""
    types: tuple[TypeInfo, ...]
    """Named types in the order of the file."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A set of schema files."""

    schemas: tuple[SchemaInfo, ...]
    """By path."""
    compilations: int
    """How often xmlschema was run for them."""
    _types: Mapping[Key, TypeInfo] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {kind.key: kind for schema in self.schemas for kind in schema.types}
        object.__setattr__(self, "_types", known)

    @property
    def types(self) -> tuple[TypeInfo, ...]:
        """Every named type, by file and in the order of the file."""
        return tuple(self._types.values())

    def type(self, key: Key) -> TypeInfo | None:
        """The type of that key."""
        return self._types.get(key)


def _cardinality(least: int, most: int | None) -> str:
    last = "n" if most is None else str(most)
    return last if str(least) == last else f"{least}..{last}"
