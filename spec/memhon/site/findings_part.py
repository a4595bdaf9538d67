"""The part of a page that lists the findings an exchange can produce."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from memhon import schemas
from memhon.catalogue import Exchange, FindingText
from memhon.schemas import Row
from memhon.site.fields import anchor
from memhon.site.markup import badge, cell, code, folded, html, link, table
from memhon.site.provenance import badges
from memhon.site.reference_pages import FINDINGS

_NAMED = 6
"""Elements that are named before the rest is only counted."""
_WEIGHTS = {"error": "bloquante", "warning": "avertissement", "information": "information"}


def findings_part(
    here: str, exchange: Exchange, findings: Mapping[str, FindingText], rows: Sequence[Row]
) -> str:
    """Anomalies of the answer, findings of the schema and faults, with links to each.

    Args:
        here: Address of the page.
        exchange: The exchange.
        findings: Every registered finding by id.
        rows: Outline of the request.
    """
    faults = [finding for finding in findings.values() if finding.fault]
    parts = [
        "## Anomalies { #anomalies }",
        "### Dans la réponse { #anomalies-reponse }",
        _answers(here, exchange, findings),
        "### Au contrôle de la requête { #anomalies-requete }",
        _intro(here),
        _foreseen(here, findings, rows),
        folded(
            f"Fautes du bac à sable ({len(faults)}), communes à tous les services",
            _faults(here, faults),
            "plain",
        ),
    ]
    return "\n\n".join(parts)


def _intro(here: str) -> str:
    return (
        "Le schéma laisse prévoir celles-ci, élément par élément. Un nom mal écrit, un ordre faux "
        "ou un préfixe de trop peut en outre frapper n'importe quel élément ; "
        f'<a href="{link(here, FINDINGS)}">la liste complète</a> donne pour chacune la cause et '
        "la correction."
    )


def answer_findings(
    exchange: Exchange, findings: Mapping[str, FindingText]
) -> tuple[FindingText, ...]:
    """The anomalies that an answer may carry: those we compute, and those of an unknown code."""
    own = [finding for finding in findings.values() if exchange.id in finding.exchanges]
    fields = exchange.response.anomalies
    if fields is not None:
        own.append(findings["ANO-001"])
        if fields.refusal:
            own.append(findings["ANO-002"])
    return tuple(own)


def _answers(here: str, exchange: Exchange, findings: Mapping[str, FindingText]) -> str:
    known = answer_findings(exchange, findings)
    if not known:
        return (
            "Aucune structure d'anomalie n'est connue dans la réponse de ce service : un refus "
            "arrive par une faute."
        )
    rows = [
        (
            _title(here, finding),
            f"{badge(_WEIGHTS[finding.severity], finding.severity)} "
            + (badges(here, ("hypothese",)) if finding.exchanges else "code d'une autre partie"),
        )
        for finding in known
    ]
    fields = exchange.response.anomalies
    place = (
        f"Une réponse HTTP 200 peut en porter. Elles se lisent dans {code(fields.element)}."
        if fields
        else "Sans objet à rendre, la réponse n'a pas de forme : une faute cite l'anomalie."
    )
    return f"{place}\n\n{table(('Anomalie', 'Gravité et source'), rows)}"


def _foreseen(here: str, findings: Mapping[str, FindingText], rows: Sequence[Row]) -> str:
    groups: dict[tuple[Row, ...], list[str]] = {}
    for finding, found in schemas.foreseen(rows).items():
        groups.setdefault(found, []).append(_title(here, findings[finding]))
    lines = [("<br>".join(titles), _elements(found)) for found, titles in groups.items()]
    return table(("Anomalie", "Éléments"), lines)


def _elements(rows: Sequence[Row]) -> str:
    named = ", ".join(
        f'<a href="#{anchor("request", row.path)}">{html(row.name)}</a>' for row in rows[:_NAMED]
    )
    rest = len(rows) - _NAMED
    return named if rest <= 0 else f"{named} et {rest} autre{'s' if rest > 1 else ''}"


def _faults(here: str, faults: Iterable[FindingText]) -> str:
    rows = [
        (_title(here, finding), code(f"soap:{finding.side}.{finding.fault}")) for finding in faults
    ]
    remark = f"Ces codes de faute sont une {badges(here, ('hypothese',))}"
    return f"{remark}\n\n{table(('Anomalie', 'Code de la faute'), rows)}"


def _title(here: str, finding: FindingText) -> str:
    href = link(here, FINDINGS, finding.id.lower())
    return f'<a href="{href}">{finding.id}</a> {cell(finding.texts["fr"].title)}'
