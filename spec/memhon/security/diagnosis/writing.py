"""Other ways from an element to octets: algorithm, namespaces, source text, frame and encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from memhon.security.diagnosis.content import edited
from memhon.security.diagnosis.forms import Axis, Form, Source, Step
from memhon.security.diagnosis.nodes import Node
from memhon.security.names import PREFIXES, Algorithm

INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_DECLARATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<?xml version='1.0' encoding='UTF-8'?>",
    '<?xml version="1.0" encoding="utf-8"?>',
    "<?xml version='1.0' encoding='utf-8'?>",
    '<?xml version="1.0"?>',
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
)
_ENCODINGS = (
    ("utf-16-le", b"", "UTF-16LE"),
    ("utf-16-le", codecs.BOM_UTF16_LE, "BOM + UTF-16LE"),
    ("utf-16-be", b"", "UTF-16BE"),
    ("utf-16-be", codecs.BOM_UTF16_BE, "BOM + UTF-16BE"),
    ("iso-8859-1", b"", "ISO-8859-1"),
    ("cp1252", b"", "Windows-1252"),
)
_GENERATED = re.compile(r"(?:ns|n|ns_|p)\d+")
_WORD = re.compile(r"[^\x00-\x7f]")


# Algorithm


def method_steps(form: Form) -> Iterator[Step]:
    """The other canonicalisation: inclusive, or exclusive."""
    exclusive = not form.method.exclusive
    names = (INCLUSIVE, Algorithm.EXCLUSIVE.value)

    def other(given: Form) -> Form:
        return replace(given, method=replace(given.method, exclusive=exclusive))

    found, expected = names if exclusive else names[::-1]
    yield Step(Axis.METHOD, "DIA-005", other, found=found, expected=expected)


# Namespaces


def scope_steps(form: Form) -> Iterator[Step]:
    """Namespaces declared elsewhere than in the message."""
    missing = {
        prefix: uri
        for prefix in form.method.prefixes
        if prefix not in form.scope and (uri := _known(form, prefix))
    }
    for chosen in _subsets(missing):
        yield _scope_step({**form.scope, **chosen}, " ".join(chosen), "+")
    lost = [prefix for prefix in sorted(form.scope) if prefix != "xml"]
    used = _used(form.node)
    own = {prefix: uri for prefix, uri in form.scope.items() if prefix in used}
    yield _scope_step(own, " ".join(p or "xmlns" for p in lost if p not in used), "–")
    for prefix in lost:
        if prefix not in used:
            rest = {name: uri for name, uri in form.scope.items() if name != prefix}
            yield _scope_step(rest, prefix or "xmlns", "–")
    declared = {prefix for node in form.node.walk() for prefix, _ in node.declared}
    if declared:
        yield _moved_step(form, declared)


def name_steps(form: Form) -> Iterator[Step]:
    """Prefixes that a library made up, put back to those of the field."""
    usual = {space.value: prefix for prefix, space in PREFIXES.items()}
    names = {*form.scope.items(), *(pair for node in form.node.walk() for pair in node.declared)}
    renamed = {prefix: usual[uri] for prefix, uri in names if uri in usual and usual[uri] != prefix}
    made_up = {prefix for prefix in renamed if _GENERATED.fullmatch(prefix) or not prefix}
    for chosen in (made_up, set(renamed)):
        if chosen:
            yield _renamed_step({prefix: renamed[prefix] for prefix in sorted(chosen)})


def _renamed_step(names: Mapping[str, str]) -> Step:
    def rename(node: Node) -> Node:
        return replace(
            node,
            prefix=names.get(node.prefix, node.prefix),
            declared=tuple((names.get(prefix, prefix), uri) for prefix, uri in node.declared),
            attributes=tuple(
                (names.get(prefix, prefix) if uri else "", uri, local, value)
                for prefix, uri, local, value in node.attributes
            ),
            children=tuple(
                rename(child) if isinstance(child, Node) else child for child in node.children
            ),
        )

    def change(form: Form) -> Form:
        scope = {names.get(prefix, prefix): uri for prefix, uri in form.scope.items()}
        return replace(form, node=rename(form.node), scope=scope)

    return Step(
        Axis.NAMES,
        "DIA-004",
        change,
        found=" ".join(f"{name or 'xmlns'}:" for name in names),
        expected=" ".join(f"{name}:" for name in names.values()),
        detail="≠",
    )


def _known(form: Form, prefix: str) -> str:
    """The namespace that a prefix has elsewhere in the document, or in the field."""
    for node in form.tree.root.walk():
        for name, uri in node.declared:
            if name == prefix:
                return uri
    space = PREFIXES.get(prefix)
    return space.value if space else ""


def _subsets(missing: Mapping[str, str]) -> Iterator[dict[str, str]]:
    if missing:
        yield dict(missing)
    if len(missing) > 1:
        for prefix, uri in missing.items():
            yield {prefix: uri}


def _scope_step(scope: Mapping[str, str], names: str, sign: str) -> Step:
    def change(form: Form) -> Form:
        return replace(form, scope=scope)

    return Step(Axis.SCOPE, "DIA-004", change, names or "–", f"{sign} {names}", sign)


def _moved_step(form: Form, declared: set[str]) -> Step:
    """Every declaration below the element moved up onto it."""

    def raise_all(node: Node) -> Node:
        found: dict[str, str] = {}
        for inner in node.walk():
            for prefix, uri in inner.declared:
                if prefix and uri:
                    found.setdefault(prefix, uri)
        return replace(node, declared=tuple({**found, **dict(node.declared)}.items()))

    names = " ".join(sorted(name for name in declared if name))
    return edited(
        Axis.NAMES, "DIA-004", raise_all, found=names or "–", expected=form.node.local, detail="↑"
    )


def _used(node: Node) -> set[str]:
    found: set[str] = set()
    for inner in node.walk():
        found.add(inner.prefix)
        found |= {prefix for prefix, uri, _, _ in inner.attributes if uri}
    return found


# Source text


def source_steps(form: Form) -> Iterator[Step]:
    """The text of the document instead of its canonical form."""
    local = form.node.local
    for source, content, shown in (
        (Source.WRITTEN, False, f"<{local}>…</{local}>"),
        (Source.WRITTEN, True, f"<{local}> [ … ] </{local}>"),
        (Source.STRING, False, f"string({local})"),
        (Source.STRING, True, f"normalize-space({local})"),
        (Source.DECODED, False, f"base64-decode({local})"),
    ):
        yield _source_step(source, content=content, shown=shown)


def _source_step(source: Source, *, content: bool, shown: str) -> Step:
    def change(form: Form) -> Form:
        return replace(form, source=source, content=content)

    return Step(Axis.METHOD, "DIA-008", change, found="c14n", expected=shown)


# Octets


def end_steps() -> Iterator[Step]:
    """Line ends of the octets, after canonicalisation."""
    for octets, shown in ((b"\r\n", "←↵"), (b"\r", "←")):
        yield Step(
            Axis.ENDS,
            "DIA-002",
            lambda form, octets=octets: replace(form, line_end=octets),  # type: ignore[misc]
            found="↵",
            expected=shown,
        )


def octet_steps(form: Form) -> Iterator[Step]:
    """What may stand before and behind the canonical form, and other encodings."""
    plain = _octet_step
    yield plain("BOM (EF BB BF)", mark=codecs.BOM_UTF8)
    for declaration in _DECLARATIONS:
        yield plain(declaration, front=declaration)
        yield plain(f"{declaration}↵", front=f"{declaration}\n")
    yield plain(f"BOM + {_DECLARATIONS[0]}", mark=codecs.BOM_UTF8, front=_DECLARATIONS[0])
    yield plain(f"{_DECLARATIONS[0]}←↵", front=f"{_DECLARATIONS[0]}\r\n")
    yield plain("…↵", back="\n")
    yield plain("…←↵", back="\r\n")
    for encoding, mark, shown in _ENCODINGS:
        if encoding.startswith("utf") or _beyond_ascii(form.node):
            yield plain(shown, encoding=encoding, mark=mark)


def _beyond_ascii(node: Node) -> bool:
    return any(
        isinstance(child, str) and _WORD.search(child)
        for inner in node.walk()
        for child in (*inner.children, *(value for *_, value in inner.attributes))
    )


def _octet_step(shown: str, **settings: object) -> Step:
    def change(form: Form) -> Form:
        return replace(form, **settings)  # type: ignore[arg-type]

    return Step(Axis.OCTETS, "DIA-009", change, found="c14n", expected=shown)
