"""Cardinalities, facets and types as short pieces of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from memhon.schemas import Attribute, Member, TypeUse, Use
from memhon.site.markup import code, html, inline, link
from memhon.site.reference_pages import CODES, FINDINGS, code_anchor
from memhon.site.type_book import Place, TypeBook

_SHOWN = 3
"""Entries of a list that are shown before the rest is folded."""
_VALUES = 12
HOW = {
    "restriction": "restreint",
    "extension": "étend",
    "list": "liste de",
    "union": "réunit",
}
"""How a type is made from another, from the view of the one made."""


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of names and values; pairs without a value are left out."""
    # the space keeps words apart in the text that search reads
    rows = " ".join(f"<dt>{html(name)}</dt> <dd>{value}</dd>" for name, value in pairs if value)
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def listed(entries: Sequence[str], what: str, shown: int = _SHOWN) -> str:
    """A list of which only a long one is folded.

    Args:
        entries: HTML of each entry.
        what: What they are, in the plural, for the title of a folded list.
        shown: Up to how many entries are shown openly.
    """
    items = " ".join(f"<li>{entry}</li>" for entry in entries)
    if len(entries) <= shown:
        return f"<ul>{items}</ul>" if items else ""
    return more(f"{len(entries)} {what}", f"<ul>{items}</ul>")


def more(title: str, body: str) -> str:
    """Something secondary that opens on click, in the flow of the text."""
    return f'<details class="more"><summary>{html(title)}</summary>{body}</details>'


def occurs_words(member: Member) -> str:
    """How often an element stands there, in figures and words."""
    words = [
        f"{code(figure)} : {_number(*pair)}"
        for figure, pair in zip(member.cardinalities, member.occurs, strict=True)
    ]
    text = " ; ".join(dict.fromkeys(words))
    if member.choice:
        branches = ", ".join(code(branch) for branch in member.choice)
        text += f"<br>une seule branche parmi {branches}"
    if member.group_occurs != (1, 1) and not member.choice:
        text += f"<br>dans un groupe : {_number(*member.group_occurs)}"
    elif member.choice and member.group_occurs != (1, 1):
        text += f"<br>ce choix : {_number(*member.group_occurs)}"
    return text + (f"<br>groupe {code(member.group)}" if member.group else "")


def type_text(here: str, book: TypeBook, used: TypeUse) -> str:
    """The type of an element or attribute: a link or words, and what its facets mean."""
    name = book.type_link(here, used.key) if used.key else html(used.words)
    words = [word for word in used.facets if not word.startswith("valeurs : ")]
    return " · ".join([name, *(html(word) for word in words if word != used.words)])


def literal_text(literal: Sequence[tuple[str, str]]) -> str:
    """The facets to the letter; enumerated values are shown on their own."""
    return "<br>".join(
        f"{code(name)} = {code(value)}" for name, value in literal if name != "enumeration"
    )


def values_text(used: TypeUse) -> str:
    """The values that an enumeration allows, with their texts if there are any."""
    values = [value for name, value in used.literal if name == "enumeration"]
    texts = dict(used.values)
    entries = [
        code(value) + (f" {inline(texts[value])}" if texts.get(value) else "") for value in values
    ]
    if len(values) <= _VALUES and not texts:
        return ", ".join(entries)
    return listed(entries, "valeurs", _VALUES)


def codes_text(here: str, book: TypeBook, place: Place) -> str:
    """A link to the code list of an element."""
    codes = book.code_list(place)
    if codes is None:
        return ""
    first = link(here, CODES, code_anchor(codes.id, codes.codes[0].value))
    return f'<a href="{first}">{html(codes.title)}</a> ({len(codes.codes)})'


def findings_text(here: str, ids: Iterable[str]) -> str:
    """Links to findings."""
    return ", ".join(
        f'<a href="{link(here, FINDINGS, name.lower())}">{name}</a>' for name in sorted(ids)
    )


def python_text(book: TypeBook, place: Place) -> str:
    """The generated class and the packages that have it, or its attribute."""
    found = book.python(place)
    names = ", ".join(
        dict.fromkeys(
            code(f"{python.name}.{python.attribute}" if python.attribute else python.name)
            for python in found
        )
    )
    if not found or found[0].attribute:
        return names
    packages = [code(python.package) for python in found]
    where = packages[0] if len(packages) == 1 else listed(packages, "paquets", 0)
    return f"{names} dans {where}"


def paths_text(here: str, book: TypeBook, place: Place) -> str:
    """Where an element stands in the messages, with a button that copies the path."""
    entries = [
        f'{found.link(here)} <code class="path">{_breakable(found.xpath)}</code> '
        '<button type="button" class="copy-path" data-search-exclude=""'
        f' data-copy="{html(found.xpath)}" hidden>'
        "Copier le XPath</button>"
        for found in book.occurrences(place)
    ]
    return listed(entries, "emplacements")


def attributes_text(
    here: str, book: TypeBook, attributes: Sequence[Attribute], prefix: str = ""
) -> str:
    """The attributes of a type or element as a list with ids."""
    items = []
    for each in attributes:
        there = f"{prefix}attribut-{each.name}"
        details = [
            "obligatoire" if each.required else "facultatif",
            type_text(here, book, each.type),
            literal_text(each.type.literal).replace("<br>", " · "),
            values_text(each.type),
            *constant_words(each.default, each.fixed),
            inline(each.documentation),
        ]
        text = " · ".join(part for part in details if part)
        items.append(f'<dt id="{html(there)}"><code>@{html(each.name)}</code></dt> <dd>{text}</dd>')
    return f'<dl class="facts">{" ".join(items)}</dl>' if items else ""


def use_text(here: str, book: TypeBook, use: Use) -> str:
    """A place that uses a type or refers to an element, as a link."""
    if use.how == "attribute":
        place = book.place_link(here, (use.schema, use.owner, use.names[:-1]))
        return f"attribut {code(use.names[-1])} de {place}"
    place = book.place_link(here, (use.schema, use.owner, use.names))
    return place if use.how == "element" else f"{place} ({HOW.get(use.how, use.how)})"


def constant_words(default: str | None, fixed: str | None) -> list[str]:
    """A default or fixed value in words."""
    words = [f"valeur par défaut {code(default)}"] if default is not None else []
    return [*words, f"valeur fixe {code(fixed)}"] if fixed is not None else words


def _breakable(path: str) -> str:
    """A path that goes to the next line between two steps rather than inside a name."""
    return html(path).replace("/", "<wbr>/")


def _number(least: int, most: int | None) -> str:
    if most == 0:
        return "interdit"
    if most == 1:
        return "obligatoire, une fois" if least else "facultatif, une fois au plus"
    if most is None:
        return f"au moins {'une' if least == 1 else least} fois" if least else "autant que voulu"
    return f"exactement {most} fois" if least == most else f"de {least} à {most} fois"
