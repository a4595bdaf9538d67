"""Files that are served in front of the built site while somebody writes, and the reload."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path

import anyio
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

_HEADERS = {"cache-control": "no-cache"}
_RELOAD = b'<script src="/_live/reload.js" defer></script></body>'
_LOOKED_AT = ("assets/memhon.css", "assets/memhon.js")
"""Assets whose change reloads every page."""

_TRIES = 400
_TRY_SECONDS = 0.005
_SCRIPT = """\
(function () {
  "use strict";
  var known = null, address = "/_live/digest?path=" + encodeURIComponent(location.pathname);
  setInterval(function () {
    fetch(address).then(function (answer) { return answer.text(); }).then(function (digest) {
      if (known !== null && known !== digest) location.reload();
      known = digest;
    }).catch(function () {});
  }, 500);
})();
"""


class Overlay:
    """Files by their path below the site; replaced as a whole, so that readers need no lock."""

    def __init__(self) -> None:
        self._files: Mapping[str, bytes] = {}

    def get(self, path: str) -> bytes | None:
        """The bytes of a file of the site, if it lies here."""
        return self._files.get(path)

    def put(self, files: Mapping[str, bytes]) -> None:
        """Lay some files over those of the site, all at once."""
        self._files = {**self._files, **files}

    def clear(self) -> None:
        """Show the built site again."""
        self._files = {}


def live_routes(site: Path, overlay: Overlay) -> list[BaseRoute]:
    """The built site below an overlay; every page asks whether it has changed."""
    files = _LiveFiles(site, overlay)
    return [
        Route("/_live/reload.js", _script),
        Route("/_live/digest", files.digest),
        Mount("/", files),
    ]


class _LiveFiles(StaticFiles):
    """Nothing is kept by the browser, and each page carries the script; the files do not."""

    def __init__(self, site: Path, overlay: Overlay) -> None:
        super().__init__(directory=site, html=True)
        self._site = site
        self._overlay = overlay

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._present()
        await super().__call__(scope, receive, send)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        name = Path(full_path).relative_to(self._site.resolve()).as_posix()
        data = self._bytes(name)
        if name.endswith(".html"):
            data = data.replace(b"</body>", _RELOAD, 1)
        kind = guess_type(name)[0] or "application/octet-stream"
        return Response(data, status_code, dict(_HEADERS), media_type=kind)

    async def digest(self, request: Request) -> Response:
        """Digest of the page at a path and of what every page uses."""
        await self._present()
        path = request.query_params.get("path", "/").strip("/")
        page = path if path.endswith(".html") else f"{path}/index.html".lstrip("/")
        total = hashlib.sha256()
        inside = (self._site / page).resolve().is_relative_to(self._site.resolve())
        for name in (page, *_LOOKED_AT) if inside else _LOOKED_AT:
            total.update(self._bytes(name))
        return PlainTextResponse(total.hexdigest(), headers=_HEADERS)

    def _bytes(self, name: str) -> bytes:
        laid = self._overlay.get(name)
        if laid is not None:
            return laid
        for _ in range(_TRIES):
            try:
                return (self._site / name).read_bytes()
            except FileNotFoundError:
                if self._is_there():
                    break
                time.sleep(_TRY_SECONDS)
        return b""

    async def _present(self) -> None:
        for _ in range(_TRIES):
            if self._is_there():
                return
            await anyio.sleep(_TRY_SECONDS)

    def _is_there(self) -> bool:
        # A whole build swaps its folder in: for a moment there is none.
        return (self._site / "index.html").is_file()


async def _script(request: Request) -> Response:
    return Response(_SCRIPT, media_type="text/javascript", headers=_HEADERS)
