"""The OpenAPI document of the platform, made from the very records that answer the requests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from memhon import __version__
from memhon.catalogue import ApiWords, api_words, load
from memhon.platform.callers import Role
from memhon.platform.consents import known_types
from memhon.platform.handover import HANDOVER
from memhon.platform.login import LOGIN
from memhon.platform.operations import BASE, FORMATS, JSON, ZIP, Operation
from memhon.platform.periods import PAGE, SIZE
from memhon.platform.practitioner_documents import TOTAL
from memhon.platform.table import OPERATIONS

VERSION = "3.0.1"
PATH = f"{BASE}/openapi.json"
_DESK = "http://127.0.0.1:8481"
_ALWAYS = (400, 401, 403, 408, 413, 415, 500, 503)
_AT_THE_DESK = (400, 403, 408, 413, 415, 500, 503)
"""The guard of the desk answers 403 in plain text."""
_SANDBOX = "sandbox"
_ROLES = {
    Role.PRACTITIONER: "professionnel",
    Role.PATIENT: "patient",
    Role.CNS: "CNS",
    Role.ADMIN: "administration",
}


@dataclass(frozen=True, slots=True)
class DeskRequest:
    """A request of ours that goes with the platform, below ``/_sandbox/``."""

    method: str
    path: str
    summary: str
    gives: str
    takes: str = ""
    query: tuple[str, ...] = ()


DESK_REQUESTS = (
    DeskRequest("POST", LOGIN, "Ouvrir une session d'essai", "Session", "Login"),
    DeskRequest("POST", HANDOVER, "Remettre ce qui attend", "HandOver", "Nothing", ("lang",)),
    DeskRequest("GET", HANDOVER, "Lire la dernière remise", "HandOver", query=("lang",)),
)
"""Hypotheses of the sandbox; the platform knows nothing of the kind."""


def document() -> bytes:
    """The document as it is served and published; always the same."""
    return f"{json.dumps(described(), ensure_ascii=False, indent=2)}\n".encode()


def described() -> dict[str, Any]:
    """The document as JSON has it."""
    words = api_words("platform")
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        shown = _operation(operation, words)
        paths.setdefault(BASE + operation.path, {})[operation.method.lower()] = shown
    for request in DESK_REQUESTS:
        paths.setdefault(request.path, {})[request.method.lower()] = _desk(request, words)
    return {
        "openapi": VERSION,
        "info": {
            "title": words.title,
            "version": __version__,
            "description": words.description,
        },
        "servers": [{"url": _DESK, "description": "Le poste de commande du bac à sable"}],
        "tags": [{"name": name, "description": told} for name, told in words.tags.items()],
        "paths": paths,
        "components": {
            "schemas": {name: _schema(made) for name, made in words.schemas.items()},
            "securitySchemes": _schemes(),
        },
    }


def _operation(operation: Operation, words: ApiWords) -> dict[str, Any]:
    roles = [word for role, word in _ROLES.items() if role in operation.roles]
    names = re.findall(r"\{(\w+)\}", operation.path)
    statuses = {*operation.answers, *_ALWAYS, *((404,) if names else ())}
    shown: dict[str, Any] = {
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": f"Rôle : {', '.join(roles)}.",
        "operationId": _identifier(operation.method, operation.path),
        "parameters": [
            *(_parameter(name, "path", words) for name in names),
            *(_parameter(name, "query", words) for name in operation.query),
        ],
        "responses": {
            str(status): _response(status, operation.gives, "Error", words)
            for status in sorted(statuses)
        },
        "security": list(_security(operation)),
    }
    if operation.query:
        shown["responses"]["200"]["headers"] = {
            TOTAL: {"description": words.headers[TOTAL], "schema": {"type": "integer"}}
        }
    if operation.accepts:
        shown["requestBody"] = _body(operation.accepts, operation.takes, operation.required)
    return shown


def _desk(request: DeskRequest, words: ApiWords) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "tags": [_SANDBOX],
        "summary": request.summary,
        "description": "Hypothèse du bac à sable.",
        "operationId": _identifier(request.method, request.path),
        "parameters": [_parameter(name, "query", words) for name in request.query],
        "responses": {
            str(status): _response(status, request.gives, "Refused", words)
            for status in (200, *_AT_THE_DESK)
        },
        "security": [],
    }
    shown["responses"]["403"] = {
        "description": words.statuses["403"],
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
    if request.takes:
        shown["requestBody"] = _body(JSON, request.takes, required=True)
    return shown


def _identifier(method: str, path: str) -> str:
    words = re.findall(r"\w+", path.replace("_sandbox", "sandbox"))
    return "_".join([method.lower(), *words])


def _parameter(name: str, place: str, words: ApiWords) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": "string"}
    if place == "path":
        kind["pattern"] = f"^{FORMATS[name]}$"
    if name == "type":
        kind = {"type": "string", "enum": list(known_types())}
    elif name == "lang":
        kind = {"type": "string", "enum": ["fr", "en"]}
    elif name in (PAGE, SIZE):
        kind = {"type": "integer", "minimum": 0 if name == PAGE else 1}
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": words.parameters[name],
        "schema": kind,
    }


def _response(status: int, gives: str, refusal: str, words: ApiWords) -> dict[str, Any]:
    told = words.statuses.get(str(status), HTTPStatus(status).phrase)
    fine = status < HTTPStatus.BAD_REQUEST
    return {"description": told, "content": _content(gives if fine else refusal)}


def _content(name: str) -> dict[str, Any]:
    if "/" in name:
        return {name: {"schema": {"type": "string", "format": "binary"}}}
    reference = {"$ref": f"#/components/schemas/{name.strip('[]')}"}
    listed = {"type": "array", "items": reference}
    return {JSON: {"schema": listed if name.startswith("[") else reference}}


def _body(accepts: str, takes: str, required: bool) -> dict[str, Any]:
    return {"required": required, "content": _content(ZIP if accepts == ZIP else takes)}


def _security(operation: Operation) -> Iterator[dict[str, list[str]]]:
    """The ways in, one for each kind of caller."""
    if Role.PRACTITIONER in operation.roles:
        yield {"jwt": [], "certificate": []}
    if Role.PATIENT in operation.roles:
        yield {"jwt": []}
    if operation.roles & {Role.CNS, Role.ADMIN}:
        yield {"certificate": []}


def _schema(made: Mapping[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "type": "object",
        "description": made["description"],
        "properties": {name: dict(each) for name, each in made["properties"].items()},
    }
    if made["required"]:
        shown["required"] = list(made["required"])
    if made.get("closed"):
        shown["additionalProperties"] = False
    return shown


def _schemes() -> dict[str, Any]:
    """How callers make themselves known."""
    return {
        "jwt": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": f"Un jeton du fournisseur d'identité ; ici, celui de POST {LOGIN}",
        },
        "certificate": {
            "type": "apiKey",
            "in": "header",
            "name": load().settings["platform_certificate_header"],
            "description": "Champs du certificat client, écrits par un relais d'après TLS",
        },
    }
