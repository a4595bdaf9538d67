"""Namespaces around a message that only this room needs."""

from __future__ import annotations

UTILITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
"""WS-Security utility, for ``wsu:Id``."""

BODY_ID = f"{{{UTILITY}}}Id"
"""The attribute ``wsu:Id`` in Clark notation."""

FAULT_NAMESPACE = "urn:memhon:sandbox:fault"
"""Namespace of our own fault detail; nothing public says what the real one holds."""
