"""The platform as a part of the desk."""

from __future__ import annotations

from collections.abc import Callable

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from memhon.catalogue import load
from memhon.clock import Clock
from memhon.platform.directory import directory_of
from memhon.platform.http import Api
from memhon.platform.login import LOGIN, Login, methods
from memhon.platform.openapi import PATH as OPENAPI
from memhon.platform.openapi import document
from memhon.platform.operations import BASE, JSON
from memhon.platform.services import Platform
from memhon.platform.settings import settings_of
from memhon.platform.table import OPERATIONS
from memhon.platform.tokens import Tokens
from memhon.sandbox import ControlDesk, DeskPart
from memhon.security import KeyPair
from memhon.store import Store


class _Whole(Convertor[str]):
    """Whatever a path holds, line breaks too: they are refused in the words of the platform."""

    regex = "(?s:.*)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("whole", _Whole())


def create_platform(store: Store, clock: Clock, pair: Callable[[], KeyPair]) -> Platform:
    """The platform of a sandbox.

    Args:
        store: Remembers.
        clock: Of the sandbox.
        pair: Gives the key that signs JWT; asked when the first one is issued or read.
    """
    settings = settings_of(load())
    directory = directory_of(load(), settings.patient_oid)
    return Platform(store, clock, Tokens(pair, settings, clock), directory, settings)


def platform_part(platform: Platform) -> DeskPart:
    """What answers at the desk: the API and the login."""
    api = Api(platform, OPERATIONS)
    login = ControlDesk(Login(platform), methods=methods)
    routes = [
        Route(OPENAPI, _described, methods=["GET"]),
        Route(BASE, api),
        Route(BASE + "/{rest:whole}", api),
        Route(LOGIN, login),
    ]
    return DeskPart(routes, written=BASE)


async def _described(_request: Request) -> Response:
    return Response(document(), media_type=JSON)
