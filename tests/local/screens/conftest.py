"""A running desk."""

from types import SimpleNamespace

import httpx
import pytest

from memhon.clock import VirtualClock
from memhon.local.explaining import explain_refused
from memhon.local.screens import Desk, screens_part
from memhon.local.services import Setting
from memhon.sandbox import Control, Server, create_desk
from memhon.store import open_store
from values import NOW


@pytest.fixture
def desk(request):
    """A running desk over a store in memory; the parameter is the security mode."""
    security = getattr(request, "param", "strict")
    with open_store() as store:
        control = Control(store, VirtualClock(NOW.isoformat()))
        shown = Desk(control, Setting(security), lambda: "http://127.0.0.1:1")
        server = Server(create_desk(control, explain_refused, screens_part(shown)))
        server.start()
        with httpx.Client(base_url=server.url, trust_env=False) as client:
            yield SimpleNamespace(store=store, get=client.get, url=server.url, client=client)
        server.stop()
