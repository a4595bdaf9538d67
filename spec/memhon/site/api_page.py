"""The page of the Python interface in detail, from the source's own docstrings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from memhon.site.api import PublicName, Variable
from memhon.site.markup import Page, cell, fence, front_matter, html, link, slug, table

PAGE = "reference/api.md"
OVERVIEW = "reference/python.md"
_WORD = re.compile(r"[A-Za-z_]\w*")
_GROUPS = {"function": "Fonctions", "class": "Classes", "error": "Erreurs"}
_PARAMETER = "Paramètre"
_LINE = 88


def api_page(names: Sequence[PublicName]) -> Page:
    """One section for each public name, in groups; names of the page link to each other."""
    anchors = {name.name: name_anchor(name.name) for name in names}
    parts = [
        front_matter("Interface Python, en détail", "Signatures, paramètres et erreurs de memhon."),
        "# Interface Python, en détail",
        _intro(),
    ]
    for kind, title in _GROUPS.items():
        own = [name for name in names if name.kind == kind]
        if own:
            parts.append(f"## {title} {{ #groupe-{slug(title)} }}")
            parts += [_section(name, anchors, "###") for name in own]
    return Page(PAGE, "\n\n".join(parts) + "\n")


def _intro() -> str:
    overview = f'<a href="{link(PAGE, OVERVIEW)}">Interface Python</a>'
    return (
        f"La page {overview} en donne la vue d'ensemble, en français. Celle-ci est faite des "
        "commentaires du code, qui sont en anglais : signature, paramètres, valeur rendue, erreurs "
        "et attributs de chaque nom public."
    )


def name_anchor(name: str) -> str:
    """Id of a name; prefixed, since two public names may differ only in their capitals."""
    return f"memhon-{name.replace('.', '-')}"


def _section(name: PublicName, anchors: Mapping[str, str], level: str) -> str:
    parts = [
        f"{level} {name.name} {{ #{name_anchor(name.name)} }}",
        fence(_broken(name.signature), "python") if name.signature else "",
        *(_paragraph(part) for part in name.text.split("\n\n") if part),
        _bases(name, anchors),
        _variables(_PARAMETER, name.parameters, anchors),
        _returned(name, anchors),
        _raised(name, anchors),
        _variables("Attribut", name.attributes, anchors),
        *(_section(method, anchors, f"{level}#") for method in name.methods),
    ]
    return "\n\n".join(part for part in parts if part)


def _broken(signature: str) -> str:
    """A long call with one parameter a line."""
    if len(signature) <= _LINE:
        return signature
    head, _, rest = signature.partition("(")
    inside, _, end = rest.rpartition(")")
    parameters = re.split(r", (?![^\[(]*[\])])", inside)
    return f"{head}(\n" + "".join(f"    {each},\n" for each in parameters) + f"){end}"


def _paragraph(text: str) -> str:
    return text if text.startswith("```") else _english(text)


def _bases(name: PublicName, anchors: Mapping[str, str]) -> str:
    if not name.bases:
        return ""
    return "Hérite de " + ", ".join(_linked(base, anchors) for base in name.bases) + "."


def _variables(what: str, variables: Iterable[Variable], anchors: Mapping[str, str]) -> str:
    """A table; nothing where the source says no more than the signature."""
    told = list(variables)
    if not any(each.text for each in told) and what == _PARAMETER:
        return ""
    rows = [(_variable(each, anchors), _english(each.text)) for each in told]
    return table((what, "Sens"), rows) if rows else ""


def _variable(each: Variable, anchors: Mapping[str, str]) -> str:
    written = f"<code>{html(each.name)}</code>"
    if each.type:
        written += f"<br>{_linked(each.type, anchors)}"
    return f"{written}<br>= <code>{_marks(each.default)}</code>" if each.default else written


def _returned(name: PublicName, anchors: Mapping[str, str]) -> str:
    if not name.returns:
        return ""
    written = _linked(name.returns, anchors)
    if name.returned:
        return f"**Rend** {written} : {_english(name.returned)}"
    return f"**Rend** {written}" if "href" in written else ""


def _raised(name: PublicName, anchors: Mapping[str, str]) -> str:
    rows = [(_linked(error, anchors), _english(text)) for error, text in name.raises]
    return table(("Erreur", "Quand"), rows) if rows else ""


def _linked(annotation: str, anchors: Mapping[str, str]) -> str:
    """An annotation as code, its public names as links."""
    pieces, last = [], 0
    for match in _WORD.finditer(annotation):
        if match[0] in anchors:
            pieces.append(_marks(annotation[last : match.start()]))
            pieces.append(f'<a href="#{anchors[match[0]]}">{match[0]}</a>')
            last = match.end()
    pieces.append(_marks(annotation[last:]))
    return f"<code>{''.join(pieces)}</code>"


def _marks(text: str) -> str:
    return html(text).replace("|", "&#124;").replace("*", "&#42;").replace("_", "&#95;")


def _english(text: str) -> str:
    """A sentence of the source, marked as English for screen readers."""
    if not text:
        return "–"
    return f'<span lang="en">{cell(text.replace("``", "`"))}</span>'
