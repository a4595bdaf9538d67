"""The screens of the desk: what a sandbox holds, as pages for people, and what can be set there.

They read the store and call what is there anyway: the control, the platform, the usage report. They
must not compute an answer of the exchange, and no page needs more than itself, style and script.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from memhon.errors import StoreError
from memhon.findings import make
from memhon.local.screens.access import access
from memhon.local.screens.asking import Asked, Desk, Given, MissingError, Screen
from memhon.local.screens.clock import clock
from memhon.local.screens.credentials import credentials
from memhon.local.screens.layout import FILES, POLICY, problem, whole_page
from memhon.local.screens.messages import message, messages, request_file, response_file
from memhon.local.screens.notes import note, note_message, note_printed, notes
from memhon.local.screens.overview import overview
from memhon.local.screens.payments import payment, payments
from memhon.local.screens.platform import patient, patients
from memhon.local.screens.usage import usage
from memhon.sandbox import DeskPart

__all__ = ["SCREENS", "Desk", "screens_part"]

SCREENS: Mapping[str, Screen] = {
    "/": overview,
    "/memoires": notes,
    "/memoires/{secu_uuid}": note,
    "/memoires/{secu_uuid}/message.xml": note_message,
    "/memoires/{secu_uuid}/memoire.pdf": note_printed,
    "/paiements": payments,
    "/paiements/{simulation}": payment,
    "/plateforme": patients,
    "/plateforme/{matricule}": patient,
    "/messages": messages,
    "/messages/{number:int}": message,
    "/messages/{number:int}/requete.xml": request_file,
    "/messages/{number:int}/reponse.xml": response_file,
    "/jetons": credentials,
    "/horloge": clock,
    "/utilisation": usage,
    "/acces": access,
}
"""Every page by its path."""
_STATIC = {"desk.css": "text/css", "desk.mjs": "text/javascript"}
_HTML = "text/html"
_HEADERS = {"Content-Security-Policy": POLICY}
_LOG = logging.getLogger("memhon.sandbox")


def screens_part(desk: Desk) -> DeskPart:
    """The screens, as a part of the desk's server.

    Args:
        desk: What they show.
    """
    pages = [
        Route(path, _endpoint(desk, path, screen), methods=["GET"])
        for path, screen in SCREENS.items()
    ]
    return DeskPart([*pages, *(Route(FILES + name, _file(name)) for name in _STATIC)])


def _endpoint(desk: Desk, pattern: str, screen: Screen) -> Callable[[Request], Awaitable[Response]]:
    menu = "/" + pattern[1:].partition("/")[0]

    async def answer(request: Request) -> Response:
        asked = Asked(
            pattern=pattern,
            path=request.url.path,
            parts=request.path_params,
            query=dict(request.query_params),
            peer=request.client.host if request.client else "",
        )
        return await run_in_threadpool(_answered, desk, menu, screen, asked)

    return answer


def _answered(desk: Desk, menu: str, screen: Screen, asked: Asked) -> Response:
    try:
        shown = screen(desk, asked)
        if isinstance(shown, Given):
            return _given(shown)
        return _page(200, whole_page(desk, menu, shown))
    except MissingError as error:
        return _page(404, whole_page(desk, menu, problem("Rien à cette adresse", str(error))))
    except StoreError as error:
        _LOG.error("desk: %s", error)
        return _failed(503, "SBX-020", menu)
    except Exception:
        # The path may name a patient: it stays out of the log.
        _LOG.exception("screen failed, %s", asked.pattern)
        return _failed(500, "SBX-006", menu)


def _failed(status: int, identifier: str, menu: str) -> Response:
    words = make(identifier).wording("fr")
    shown = problem(f"{identifier} – {words.title}", words.cause, words.fix)
    return _page(status, whole_page(None, menu, shown))


def _page(status: int, text: str) -> Response:
    return Response(text, status, dict(_HEADERS), _HTML)


def _given(given: Given) -> Response:
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
    if given.name:
        headers["Content-Disposition"] = f'attachment; filename="{given.name}"'
    return Response(given.data, 200, headers, given.media_type)


def _file(name: str) -> Callable[[Request], Awaitable[Response]]:
    data = files("memhon.local.screens").joinpath(name).read_bytes()

    async def answer(_request: Request) -> Response:
        return Response(data, 200, media_type=_STATIC[name])

    return answer
