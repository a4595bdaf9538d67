"""From tables of TOML to the values of the catalogue, one function a shape."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from memhon.catalogue.model import (
    AnomalyFields,
    Code,
    CodeList,
    DemoMessage,
    Direction,
    Exchange,
    Message,
    Profile,
    Provocation,
    Remark,
    Tariff,
    TariffPeriod,
)
from memhon.catalogue.texts import FindingText, Wording
from memhon.errors import CatalogueError


def exchange_of(table: dict[str, Any]) -> Exchange:
    """An exchange from its file."""
    messages = tuple(message_of(table["id"], entry) for entry in table["message"])
    return Exchange(
        **{key: table[key] for key in ("id", "family", "number", "model_uid", "state", "title")},
        purpose=table["purpose"].strip(),
        when=table["when"].strip(),
        provenance=tuple(table["provenance"]),
        answer_example=table.get("answer_example", "rich"),
        traps=tuple(trap.strip() for trap in table.get("traps", ())),
        prerequisites=remarks_of(table.get("prerequisites", ())),
        history=remarks_of(table.get("history", ())),
        provoked=tuple(Provocation(**entry) for entry in table.get("provoked", ())),
        messages=messages,
        populated=table.get("populated", False),
    )


def remarks_of(entries: Iterable[dict[str, Any]]) -> tuple[Remark, ...]:
    """Sentences with their sources."""
    return tuple(
        Remark(entry["text"], tuple(entry["provenance"]), entry.get("when", ""))
        for entry in entries
    )


def message_of(exchange_id: str, entry: dict[str, Any]) -> Message:
    """A message from its table in the file of its exchange."""
    anomalies = entry.get("anomalies")
    return Message(
        exchange_id=exchange_id,
        direction=Direction(entry["direction"]),
        version=entry["version"],
        schema=entry["schema"],
        namespace=entry["namespace"],
        root=entry["root"],
        prefixes=MappingProxyType(entry["prefixes"]),
        bind=entry.get("bind"),
        bind_elements=MappingProxyType(entry.get("bind_elements", {})),
        personal=frozenset(entry.get("personal", ())),
        provenance=tuple(entry["provenance"]),
        anomalies=AnomalyFields(**anomalies) if anomalies else None,
        since=entry["since"],
    )


def demo_message_of(entry: dict[str, Any]) -> DemoMessage:
    """A demo message from its table."""
    instead = MappingProxyType(entry.get("instead", {}))
    more = tuple(entry.get("more", ()))
    return DemoMessage(entry["exchange"], entry["example"], entry["key"], instead, more)


def profile_of(table: dict[str, Any]) -> Profile:
    """A profile from its file."""
    values, tags = table["values"], table["provenance"]
    provenance = {name: tuple(tags[name]) for name in values}
    return Profile(table["id"], table["title"], values, MappingProxyType(provenance))


def code_list_of(table: dict[str, Any]) -> CodeList:
    """A code list from its file."""
    codes = tuple(
        Code(c["value"], c["label"], c["description"], tuple(c["provenance"]))
        for c in table["code"]
    )
    provenance = tuple(table["provenance"])
    elements = tuple(table.get("elements", ()))
    return CodeList(table["id"], table["title"], table["description"], provenance, codes, elements)


def tariff_of(entry: dict[str, Any]) -> Tariff:
    """The tariff of an act."""
    periods = tuple(
        TariffPeriod(
            p["start"],
            p.get("end"),
            Decimal(p["amount"]),
            tuple(p["provenance"]),
            Decimal(p["non_opposable"]) if "non_opposable" in p else None,
        )
        for p in entry["period"]
    )
    provenance = tuple(entry["provenance"])
    return Tariff(entry["code"], entry["label"], provenance, entry["note"], periods)


def finding_of(entry: dict[str, Any]) -> FindingText:
    """A finding with its texts.

    Raises:
        CatalogueError: A key is missing or unknown.
    """
    try:
        return FindingText(
            **{key: entry[key] for key in ("id", "layer", "severity", "kind", "since")},
            fault=entry.get("fault"),
            side=entry.get("side"),
            texts=MappingProxyType({lang: Wording(**entry[lang]) for lang in ("fr", "en")}),
            exchanges=tuple(entry.get("exchanges", ())),
        )
    except (KeyError, TypeError) as error:
        raise CatalogueError(f"anomalie incomplète au catalogue : {error}") from error
