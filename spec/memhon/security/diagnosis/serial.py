"""Canonical XML with every setting open: the verifier's own form is only one of them.

What it writes for the settings of the verifier is compared with libxml2 by the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from memhon.security.diagnosis.nodes import XML, Node, Remark

DEFAULT = "#default"


@dataclass(frozen=True, slots=True)
class Method:
    """How a tree becomes octets."""

    exclusive: bool = True
    prefixes: tuple[str, ...] = ()
    """``PrefixList``; ``#default`` stands for no prefix."""
    comments: bool = False


def canonical(
    node: Node, scope: Mapping[str, str], method: Method, *, content: bool = False
) -> list[bytes]:
    """The canonical octets of an element, in pieces.

    Args:
        node: The element.
        scope: Namespaces declared above it, by prefix.
        method: How.
        content: Without its own tags.
    """
    listed = frozenset("" if name == DEFAULT else name for name in method.prefixes)
    writer = _Writer(method, listed)
    if content:
        inner = {**scope, **dict(node.declared)}
        writer.children(node, inner, {})
    else:
        writer.element(node, scope, {})
    return writer.out


class _Writer:
    def __init__(self, method: Method, listed: Collection[str]) -> None:
        self.out: list[bytes] = []
        self._method = method
        self._listed = listed

    def element(self, node: Node, scope: Mapping[str, str], shown: Mapping[str, str]) -> None:
        """Write an element.

        Args:
            node: The element.
            scope: Namespaces in scope above it.
            shown: Namespaces that the output declares above it.
        """
        if node.declared:
            scope = {**scope, **dict(node.declared)}
        fresh = dict(self._declarations(node, scope, shown))
        if fresh:
            shown = {**shown, **fresh}
        name = f"{node.prefix}:{node.local}" if node.prefix else node.local
        head = [f"<{name}"]
        for prefix in sorted(fresh):
            label = f"xmlns:{prefix}" if prefix else "xmlns"
            head.append(f' {label}="{_value(fresh[prefix])}"')
        for prefix, _, local, value in sorted(node.attributes, key=lambda item: item[1:3]):
            label = f"{prefix}:{local}" if prefix else local
            head.append(f' {label}="{_value(value)}"')
        head.append(">")
        self.out.append("".join(head).encode())
        self.children(node, scope, shown)
        self.out.append(f"</{name}>".encode())

    def children(self, node: Node, scope: Mapping[str, str], shown: Mapping[str, str]) -> None:
        """Write what stands inside an element."""
        for child in node.children:
            if isinstance(child, str):
                self.out.append(_text(child))
            elif isinstance(child, Node):
                self.element(child, scope, shown)
            elif not child.comment or self._method.comments:
                self.out.append(_remark(child))

    def _declarations(
        self, node: Node, scope: Mapping[str, str], shown: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]:
        """The namespaces that an element has to declare in the output."""
        if self._method.exclusive:
            used = {prefix for prefix, uri, _, _ in node.attributes if uri and uri != XML}
            wanted = used | {node.prefix} | {name for name in self._listed if name in scope}
        else:
            wanted = {*scope, node.prefix}
        for prefix in wanted:
            uri = scope.get(prefix, "")
            if prefix != "xml" and shown.get(prefix, "") != uri:
                yield prefix, uri


def _remark(child: Remark) -> bytes:
    return f"<!--{child.text}-->".encode() if child.comment else f"<?{child.text}?>".encode()


@lru_cache(maxsize=4096)
def _short(text: str) -> bytes:
    return _escaped(text)


@lru_cache(maxsize=2)
def _long(text: str) -> bytes:
    return _escaped(text)


def _text(text: str) -> bytes:
    # a PDF is escaped once, and forgotten with the next one
    return _short(text) if len(text) < 4096 else _long(text)


def _escaped(text: str) -> bytes:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#xD;").encode()


def _value(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return text.replace("\t", "&#x9;").replace("\n", "&#xA;").replace("\r", "&#xD;")


def forget() -> None:
    """Drop the texts that were kept while one document was diagnosed."""
    _short.cache_clear()
    _long.cache_clear()
