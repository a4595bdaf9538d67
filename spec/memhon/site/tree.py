"""The elements of a message as nested lists: groups open and close without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from memhon.schemas import Row
from memhon.site.examples import Examples
from memhon.site.fields import WORDS, anchor, written, xpaths
from memhon.site.markup import html, inline
from memhon.site.provenance import badges, certainty, marker
from memhon.site.type_links import TypeLinks

_MANY = 40
"""Above this number of rows the deeper groups start closed."""
_OPEN_LEVELS = 2
_SHOWN = 42
"""Characters of an example value that are shown."""
_WIDE = 16
"""Longer names may break where a new word begins."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TIMES = {"1": "obligatoire", "0..1": "facultatif"}


@dataclass(frozen=True, slots=True)
class TreeMaterial:
    """What the tree of one message is made of."""

    here: str
    """Address of the page."""
    direction: str
    """``request`` or ``response``."""
    rows: tuple[Row, ...]
    """Depth first."""
    prefixes: Mapping[str, str]
    """Prefixes of the field, by name; shown before the names."""
    examples: Examples = field(default_factory=dict)
    types: TypeLinks = field(default_factory=TypeLinks)


@dataclass(frozen=True, slots=True)
class _Node:
    row: Row
    xpath: str
    children: list[_Node]


def tree(material: TreeMaterial) -> str:
    """The tree of one message: name, number, type and meaning of each element."""
    label = f"Éléments de la {WORDS[material.direction]}"
    body = "\n".join(_node(material, node) for node in _nest(material))
    head = "".join(
        f"<span>{title}</span>" for title in ("Élément", "Nombre", "Type", "Signification, source")
    )
    return (
        f'<div class="tree" role="group" aria-label="{label}">\n'
        '<p class="tree-tools" hidden><button type="button" data-tree="open">Tout ouvrir</button> '
        '<button type="button" data-tree="close">Tout fermer</button></p>\n'
        f'<div class="tree-head" aria-hidden="true">{head}</div>\n'
        f"<ul>\n{body}\n</ul>\n</div>"
    )


def is_group(rows: Sequence[Row], number: int) -> bool:
    """Whether the row of that number has rows below it."""
    return number + 1 < len(rows) and rows[number + 1].depth > rows[number].depth


def _nest(material: TreeMaterial) -> list[_Node]:
    top: list[_Node] = []
    open_nodes: list[_Node] = []
    paths = xpaths(material.rows, material.prefixes)
    for row, xpath in zip(material.rows, paths, strict=True):
        del open_nodes[row.depth :]
        node = _Node(row, xpath, [])
        (open_nodes[-1].children if open_nodes else top).append(node)
        open_nodes.append(node)
    return top


def _node(material: TreeMaterial, node: _Node) -> str:
    row = node.row
    row_id = anchor(material.direction, row.path)
    if not node.children:
        cells = "".join(_leaf(material, node))
        return f'<li id="{row_id}"><div class="row">{cells}</div></li>'
    shown = " open" if len(material.rows) <= _MANY or row.depth < _OPEN_LEVELS else ""
    inner = "\n".join(_node(material, child) for child in node.children)
    return (
        f'<li id="{row_id}"><details{shown}>'
        f'<summary class="row">{"".join(_group(material, node))}</summary>\n'
        f'<div class="more">{"".join(_beside(material, node))}</div>\n'
        f"<ul>\n{inner}\n</ul></details></li>"
    )


def _leaf(material: TreeMaterial, node: _Node) -> Iterator[str]:
    row = node.row
    page = material.types.element(material.here, row)
    name = _written(material, row)
    linked = f'<a href="{page}">{name}</a>' if page else name
    yield _cell("n", _mark(row) + linked + _copy(node))
    yield _cell("c", _number(row))
    kind = material.types.type(material.here, row)
    words = html(row.type_name)
    parts = [f'<a href="{kind}">{words}</a>' if kind else words, *_facets(row)]
    value = material.examples.get((material.direction, row.path))
    if value is not None:
        cut = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
        parts.append(f'<span class="ex">ex. <code>{html(cut)}</code></span>')
    yield _cell("t", "".join(parts))
    sources = badges(material.here, row.provenance)
    yield _cell("m", f'{inline(row.documentation)}<span class="more">{sources}</span>')


def _group(material: TreeMaterial, node: _Node) -> Iterator[str]:
    row = node.row
    yield _cell("n", _mark(row) + _written(material, row))
    yield _cell("c", _number(row))
    yield _cell("t", html(row.type_name))
    yield _cell("m", inline(row.documentation))


def _mark(row: Row) -> str:
    level = certainty(row.provenance)
    told = f'<span class="vh">{level.label} : </span>'
    return f'<span class="sure {level.css}" title="{level.label}">{told}</span>'


def _cell(kind: str, content: str) -> str:
    return f'<span class="{kind}">{content}</span>'


def _written(material: TreeMaterial, row: Row) -> str:
    prefix, colon, local = written(row, material.prefixes).rpartition(":")
    before = f"<i>{html(prefix)}{colon}</i>" if prefix else ""
    name = _HUMP.sub("<wbr>", html(local)) if len(local) > _WIDE else html(local)
    return f"<code>{before}{name}</code>"


def _number(row: Row) -> str:
    words = _TIMES.get(row.cardinality, "répétable" if row.maximum != 1 else "")
    tip = f' title="{words}"' if words else ""
    choice = '<span class="note">au choix</span>' if row.choice else ""
    return f'<span{tip}><span class="vh">nombre </span>{row.cardinality}</span>{choice}'


def _facets(row: Row) -> Iterator[str]:
    facets = row.facets
    if facets:
        yield f'<span class="facets">{html(" ; ".join(facets))}</span>'


def _beside(material: TreeMaterial, node: _Node) -> Iterator[str]:
    """What cannot stand in a summary, which is a button of its own: links and buttons."""
    row = node.row
    page = material.types.element(material.here, row)
    of_name = f'<span class="vh"> de {html(row.name)}</span>'
    yield _cell("n", (f'<a href="{page}">fiche{of_name}</a>' if page else "") + _copy(node))
    kind = material.types.type(material.here, row)
    if kind:
        yield _cell("t", f'<a href="{kind}">page de {html(row.type_name)}</a>')
    yield _cell("m", badges(material.here, row.provenance))


def _copy(node: _Node) -> str:
    return (
        '<button type="button" class="copy-path" data-search-exclude=""'
        f' data-copy="{html(node.xpath)}" hidden>'
        "Copier le XPath</button>"
    )


def legend() -> str:
    """What the marks of certainty mean, in one line."""
    levels = [
        (("E",), "une source publique donne le nom, le type et les bornes"),
        (("E", "hypothese"), "le nom a été vu, le type ou les bornes sont de nous"),
        (("hypothese",), "rien de public : choix du bac à sable"),
    ]
    items = "".join(f"<li>{marker(certainty(tags))} : {words}</li>" for tags, words in levels)
    return f'<ul class="legend">{items}</ul>'
