"""The platform's API as a page: one table for each request, made from its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from memhon.catalogue import api_words
from memhon.platform.openapi import VERSION, described, document
from memhon.site.downloads import Download
from memhon.site.markup import Page, badge, cell, code, front_matter, link, slug, table
from memhon.site.provenance import badges

PAGE = "ra/api-plateforme.md"
FILE = "telechargements/plateforme/openapi.json"
_TITLE = "API de la plateforme"
_HYPOTHESES = "reference/hypotheses.md"
_INTRO = (
    "Chaque requête de la plateforme que joue le bac à sable, avec ce qu'elle reçoit et ce qu'elle "
    "rend. Cette page et le document OpenAPI viennent de la même table que les réponses : un essai "
    "compare, et un autre invente des requêtes et contrôle ce qui revient."
)
_SOURCE = (
    "Adresses, rôles, statuts et champs d'un document : « plateforme publique V2.4 » ; "
    "ce n'est pas le document officiel."
)
_SERVED = "Le bac à sable le sert aussi à `http://127.0.0.1:8481/api/v1/openapi.json`, sans jeton."
_SANDBOX = "/_sandbox/"


def openapi_file() -> Download:
    """The document itself."""
    return Download("API de la plateforme", FILE, document())


def openapi_page() -> Page:
    """Every request by subject, then the schemas."""
    told = described()
    file = f'<a download href="{link(PAGE, FILE)}">openapi.json</a>'
    parts = [
        front_matter(_TITLE, "Les requêtes de la plateforme d'échange du RA, une table chacune."),
        f"# {_TITLE}",
        _INTRO,
        _SOURCE,
        f"Document OpenAPI {VERSION} : {file}. {_SERVED}",
        *_requests(told),
        "## Schémas { #schemas }",
        *_schemas(),
    ]
    return Page(PAGE, "\n\n".join(parts) + "\n")


def request_anchor(request: Mapping[str, Any]) -> str:
    """Id of a request on the page."""
    return slug(request["operationId"])


def _requests(told: Mapping[str, Any]) -> Iterator[str]:
    for tag in told["tags"]:
        yield f"## {tag['description']} {{ #sujet-{tag['name']} }}"
        for path, own in told["paths"].items():
            for method, request in own.items():
                if request["tags"] == [tag["name"]]:
                    yield from _request(path, method, request)


def _request(path: str, method: str, request: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {request['summary']} {{ #{request_anchor(request)} }}"
    mark = f" {_ours()}" if path.startswith(_SANDBOX) else f" {request['description']}"
    yield f"`{method.upper()} {path}`{mark}"
    rows = [
        (code(each["name"]), _place(each), cell(each["description"]))
        for each in request["parameters"]
    ]
    if "requestBody" in request:
        body = request["requestBody"]
        need = "corps" if body["required"] else "corps, facultatif"
        rows.append((_content(body["content"]), need, ""))
    rows += [
        (_content(answer["content"]), status, cell(answer["description"]))
        for status, answer in request["responses"].items()
    ]
    yield table(("Nom ou contenu", "Où", "Sens"), rows)


def _place(parameter: Mapping[str, Any]) -> str:
    return "chemin" if parameter["in"] == "path" else "requête, facultatif"


def _content(content: Mapping[str, Any]) -> str:
    ((kind, held),) = content.items()
    schema = held["schema"]
    listed = schema.get("type") == "array"
    reference = (schema["items"] if listed else schema).get("$ref")
    if reference is None:
        return code(kind)
    name = reference.rpartition("/")[2]
    shown = f'<a href="#{_anchor(name)}">{name}</a>'
    return f"liste de {shown}" if listed else shown


def _schemas() -> Iterator[str]:
    for name, made in api_words("platform").schemas.items():
        yield f"### {name} {{ #{_anchor(name)} }}"
        yield f"{made['description']}. {badges(PAGE, tuple(made['provenance']))}"
        rows = [
            (code(field), _kind(each), _need(field, made), cell(each["description"]))
            for field, each in made["properties"].items()
        ]
        if rows:
            yield table(("Champ", "Type", "Présence", "Sens"), rows)


def _kind(field: Mapping[str, Any]) -> str:
    if "$ref" in field:
        return cell(field["$ref"].rpartition("/")[2])
    if field["type"] == "array":
        return f"liste de {_kind(field['items'])}"
    words = [cell(field.get("format", field["type"]))]
    if field.get("nullable"):
        words.append("ou null")
    if "enum" in field:
        words.append(": " + ", ".join(code(value) for value in field["enum"]))
    return " ".join(words)


def _need(field: str, made: Mapping[str, Any]) -> str:
    return "toujours" if field in made["required"] else "facultatif"


def _anchor(name: str) -> str:
    return f"schema-{slug(name)}"


def _ours() -> str:
    return badge(
        "hypothèse du bac à sable",
        "hypothesis",
        "La plateforme publique n'a rien de tel",
        link(PAGE, _HYPOTHESES, "remise-de-la-plateforme"),
    )
