"""Reads the public Python names from the source, without importing what is described."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from memhon.errors import MemhonError
from memhon.site.api import PublicName, Variable

_ENUMS = frozenset({"Enum", "StrEnum", "IntEnum"})


def read_api(names: Sequence[str], sources: Path) -> tuple[PublicName, ...]:
    """The public names of the package ``memhon``, in the order given.

    Args:
        names: Those of ``memhon.__all__``.
        sources: Folder that holds the package.

    Raises:
        MemhonError: A name is not found in the source.
    """
    import griffe

    package = griffe.load("memhon", search_paths=[sources], allow_inspection=False)
    found = []
    for name in names:
        try:
            member = package[name]
            target = member.final_target if isinstance(member, griffe.Alias) else member
        except (KeyError, griffe.AliasResolutionError) as error:
            raise MemhonError(f"nom public introuvable dans les sources : {name}") from error
        found.append(_name(target, name))
    return tuple(found)


def _name(found: Any, name: str) -> PublicName:
    words = _sections(found)
    members = [member for key, member in found.members.items() if not key.startswith("_")]
    return PublicName(
        name=name,
        kind=_kind(found),
        signature=_signature(found, name),
        bases=tuple(str(base) for base in getattr(found, "bases", ())),
        text=words.get("text", ""),
        parameters=_parameters(found, words.get("parameters", ())),
        returns=_returns(found),
        returned=" ".join(entry.description for entry in words.get("returns", ())),
        raises=tuple((str(e.annotation), e.description) for e in words.get("raises", ())),
        attributes=tuple(_attribute(member) for member in members if member.is_attribute),
        methods=tuple(_name(m, f"{name}.{m.name}") for m in members if m.is_function),
    )


def _sections(found: Any) -> dict[str, Any]:
    if found.docstring is None:
        return {}
    sections = found.docstring.parse("google", warnings=False)
    return {section.kind.value: section.value for section in sections}


def _kind(found: Any) -> str:
    if found.is_function:
        return "function"
    return "error" if found.module.path == "memhon.errors" else "class"


def _signature(found: Any, name: str) -> str:
    """The call; a class of fixed values or without a constructor of its own has none."""
    maker = found if found.is_function else found.members.get("__init__")
    if maker is None or _ENUMS & {str(base) for base in getattr(found, "bases", ())}:
        return ""
    written = str(maker.signature(name=name)).replace("(self, ", "(").replace("(self)", "()")
    return written.removesuffix(" -> None")


def _parameters(found: Any, told: Sequence[Any]) -> tuple[Variable, ...]:
    """Those of a function, and those of a class whose docstring describes them."""
    if not found.is_function and not told:
        return ()
    texts = {entry.name: entry.description for entry in told}
    return tuple(
        Variable(each.name, _words(each.annotation), _words(each.default), texts.get(each.name, ""))
        for each in found.parameters
        if each.name != "self"
    )


def _returns(found: Any) -> str:
    written = _words(found.returns) if found.is_function else ""
    return "" if written == "None" else written


def _attribute(found: Any) -> Variable:
    words = _sections(found)
    raised = [f"Raises ``{e.annotation}``: {e.description}" for e in words.get("raises", ())]
    text = " ".join([words.get("text", ""), *raised]).strip()
    # what a constructor assigns is no default
    value = _words(found.value) if "class-attribute" in found.labels else ""
    return Variable(found.name, _words(found.annotation), value, text)


def _words(expression: Any) -> str:
    return "" if expression is None else str(expression)
