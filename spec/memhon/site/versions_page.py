"""Which schema rules which message, in which version, from which source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from memhon.catalogue import Exchange, Message
from memhon.site.addresses import schema_page
from memhon.site.families import exchange_link, family_of
from memhon.site.fields import WORDS
from memhon.site.markup import Page, admonition, code, front_matter, link, slug, table
from memhon.site.provenance import badges

PAGE = "versions/index.md"
_HEAD = ("Message", "Schéma, espace de noms, SHA-256 et source")
_VERSION = re.compile(rb"<(?:\w+:)?schema\b[^>]*?\sversion=\"([^\"]*)\"", re.DOTALL)
_NOTICE = (
    "Le nom d'un fichier suit celui de l'officiel, son contenu est la description de MemHon. "
    "L'attribut `version` de chaque schéma commence donc par `memhon`."
)
_INTRO = (
    "Un message est contrôlé par le schéma de sa version courante, la dernière de sa rubrique. Une "
    "version plus ancienne reste à sa place, avec ses classes Python et ses essais. La date est "
    "celle de l'état décrit : le jour de la source, ou celui de notre hypothèse."
)


def versions_page(
    exchanges: Sequence[Exchange],
    sources: Mapping[str, bytes],
    aliases: Mapping[str, str],
    known: Collection[str],
) -> Page:
    """Every message of every exchange with the schema that rules it, then the shared files.

    Args:
        exchanges: In the order of the page.
        sources: Schema files by path below ``memhon_xsd``.
        aliases: Short name of each schema file.
        known: Addresses of the pages there are; a schema without one leads to its file only.
    """
    described = "Le schéma de chaque message : version, fichier, source et empreinte."
    parts = [
        front_matter("Versions des schémas", described),
        "# Versions des schémas",
        _INTRO,
        admonition("note", "Description indépendante", _NOTICE),
    ]
    ruled: set[str] = set()
    for family in dict.fromkeys(exchange.family for exchange in exchanges):
        members = [exchange for exchange in exchanges if exchange.family == family]
        title = family_of(members[0]).title
        rows = [
            _row(exchange, message, sources[message.schema], _page(message.schema, aliases, known))
            for exchange in members
            for message in exchange.messages
        ]
        ruled |= {message.schema for exchange in members for message in exchange.messages}
        parts += [f"## {title} {{ #{slug(family)} }}", table(_HEAD, rows)]
    parts += _shared(sorted(set(sources) - ruled), sources, aliases, known)
    return Page(PAGE, "\n\n".join(parts) + "\n")


def version_of(data: bytes) -> str:
    """The attribute ``version`` of a schema file; empty without one."""
    found = _VERSION.search(data)
    return found[1].decode() if found else ""


def _page(path: str, aliases: Mapping[str, str], known: Collection[str]) -> str:
    address = schema_page(aliases[path]) if path in aliases else ""
    return address if address in known else ""


def _row(exchange: Exchange, message: Message, data: bytes, page: str) -> tuple[str, str]:
    current = message in (exchange.request, exchange.response)
    state = "courante" if current else "ancienne"
    told = (
        f"{exchange_link(PAGE, exchange)}, {WORDS[message.direction]}",
        code(message.root),
        f"version {message.version}, {state}",
        f"état du {message.since.isoformat()}",
    )
    ruled = (
        _file(message.schema, data, page),
        code(message.namespace),
        _digest(data),
        badges(PAGE, message.provenance),
    )
    return "<br>".join(told), "<br>".join(ruled)


def _file(path: str, data: bytes, page: str) -> str:
    href = link(PAGE, f"telechargements/schemas/{path}")
    file = f'<a download href="{href}">{path}</a>'
    version = version_of(data)
    told = f" ({version})" if version else ""
    described = f'<br><a href="{link(PAGE, page)}">types et éléments</a>' if page else ""
    return f"{file}{told}{described}"


def _digest(data: bytes) -> str:
    return code(hashlib.sha256(data).hexdigest())


def _shared(
    paths: Iterable[str],
    sources: Mapping[str, bytes],
    aliases: Mapping[str, str],
    known: Collection[str],
) -> list[str]:
    rows = [
        (_file(path, sources[path], _page(path, aliases, known)), _digest(sources[path]))
        for path in paths
    ]
    if not rows:
        return []
    return ["## Fichiers communs { #communs }", table(("Fichier", "SHA-256"), rows)]
