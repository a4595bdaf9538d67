"""What an answer says of its request: the ids of the anomalies that stand in it."""

from __future__ import annotations

from memhon import soap
from memhon.catalogue import AnomalyFields

_AFTER_CODE = " : "
"""What stands between code and sentence where one element holds both."""


def anomalies_in(payload: soap.Element, fields: AnomalyFields | None) -> tuple[str, ...]:
    """The codes of the anomalies of an answer, in its order, each once.

    Args:
        payload: The message that answers.
        fields: Where it carries anomalies; None: nowhere.
    """
    if fields is None:
        return ()
    nodes = payload.iter(f"{{*}}{fields.element}", fields.element)
    codes = (_code(node, fields.code) for node in nodes)
    return tuple(dict.fromkeys(code for code in codes if code))


def _code(node: soap.Element, child: str | None) -> str:
    if child is not None:
        return (node.findtext(f"{{*}}{child}") or node.findtext(child) or "").strip()
    code, found, _ = (node.text or "").partition(_AFTER_CODE)
    return code.strip() if found else ""
