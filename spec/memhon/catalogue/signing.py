"""How each step of the chain is signed: data, one profile for each step and direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from memhon.errors import CatalogueError

PARTS = frozenset({"assertion", "body", "certificate", "keyinfo", "timestamp", "username"})
_ITEMS = PARTS - {"body", "keyinfo"} | {"signature", "token"}
_KEY_INFOS = frozenset({"reference", "certificate"})


@dataclass(frozen=True, slots=True)
class SignedPart:
    """One reference of a signature."""

    name: str
    """``assertion``, ``body``, ``certificate``, ``keyinfo``, ``timestamp`` or ``username``."""
    prefixes: tuple[str, ...]
    """``PrefixList`` of its exclusive canonicalisation; empty: no list is written."""


@dataclass(frozen=True, slots=True)
class SigningProfile:
    """What is signed in one step, in one direction, and how."""

    id: str
    """E.g. ``exchange-request-pid``."""
    title: str
    """French."""
    parts: tuple[SignedPart, ...]
    """References in the order in which they are written."""
    required: frozenset[str]
    """Parts that a verifier demands."""
    signed_info: tuple[str, ...]
    """``PrefixList`` of SignedInfo; empty: no list is written."""
    key_info: str
    """``reference``: to the certificate's BinarySecurityToken; ``certificate``: a copy of it."""
    header: tuple[str, ...]
    """Children of ``wsse:Security`` in the order in which the field writes them."""
    misspelt: bool
    """Whether the certificate's ValueType is written without its second hyphen, as observed."""
    provenance: tuple[str, ...]
    """Source tags of wire-contract §0, or ``hypothese``."""


def signing_profile(table: dict[str, Any]) -> SigningProfile:
    """A profile from its TOML table.

    Raises:
        CatalogueError: A key is missing, or a value is none of those known.
    """
    try:
        found = SigningProfile(
            id=table["id"],
            title=table["title"],
            parts=tuple(SignedPart(p["name"], tuple(p["prefixes"])) for p in table["part"]),
            required=frozenset(table["required"]),
            signed_info=tuple(table["signed_info"]),
            key_info=table["key_info"],
            header=tuple(table["header"]),
            misspelt=table.get("misspelt", False),
            provenance=tuple(table["provenance"]),
        )
    except KeyError as error:
        raise CatalogueError(f"profil de signature incomplet : {error}") from error
    names = {part.name for part in found.parts}
    known = names <= PARTS and set(found.header) <= _ITEMS and found.key_info in _KEY_INFOS
    if not known or not found.required <= names:
        raise CatalogueError(f"profil de signature incohérent : {found.id}")
    return found
