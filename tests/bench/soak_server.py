"""One arm of ``make soak``: a server that prints its port and answers until it is killed."""

import argparse
import re
import threading
import warnings
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from lxml import etree

from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.intake import Recognised, read, recognise
from memhon.local import Sandbox
from memhon.schemas.content import slot_of
from memhon.store import Deposit, IssuedToken, Store

NOW = "2023-12-28T00:01:13.539Z"
SYNC = "http://ws.mysecu.lu/generic/sync"
LINES = 5


def _note() -> bytes:
    """The smallest deposit of the catalogue, with five lines."""
    text = load().example("ra-depot", "request", "minimal").data.decode()
    line = re.search(r"<prestation>.*</prestation>", text, re.DOTALL)
    assert line is not None
    number = "<numeroLigne>{}</numeroLigne>"
    lines = [line[0].replace(number.format(1), number.format(1 + each)) for each in range(LINES)]
    return text.replace(line[0], "".join(lines)).encode()


NOTE = _note()
"""What every arm is sent, under a UUID of its own."""


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("arm", choices=("durable", "forgetful", "spyne"))
    parser.add_argument("--store", default="memory")
    parser.add_argument("--security", default="strict")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--clock", choices=("still", "store"), default="still")
    parser.add_argument("--token", nargs=2, default=("", ""), metavar=("DIGEST", "CERTIFICATE"))
    words = parser.parse_args()
    if words.arm == "spyne":
        _peer()
        return
    if words.arm == "forgetful":
        _forget()
    clock = VirtualClock(NOW) if words.clock == "still" else None
    with Sandbox(
        clock=clock, security=words.security, store=words.store, seed=words.seed
    ) as running:
        assert running._store is not None
        if words.token[0]:
            _admit(running._store, *words.token)
        print(running.url.rpartition(":")[2], flush=True)
        threading.Event().wait()


def _forget() -> None:
    """Keep no deposit: what is left is the same server without a store."""

    def forget(_store: Store, _deposit: Deposit) -> None:
        return

    Store.add_deposit = forget  # type: ignore[method-assign]


def _admit(store: Store, digest: str, certificate: str) -> None:
    """Let the token of the signed messages in."""
    from soak import ADDRESS, EXPIRES, SPACE

    if store.token(digest) is None:
        store.add_token(IssuedToken(digest, certificate, ADDRESS, SPACE, EXPIRES))


def peer_body(body: bytes) -> bytes:
    """The message as spyne takes it: every element in the namespace of its service."""
    root = etree.fromstring(body)
    for element in root.iter():
        element.tag = f"{{{SYNC}}}{etree.QName(element).localname}"
    root.tag = f"{{{SYNC}}}message"
    etree.cleanup_namespaces(root)
    text = etree.tostring(root).decode()
    return (
        f'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
        f'<s:RequestInfo xmlns:s="{SYNC}">{text}</s:RequestInfo></e:Body></e:Envelope>'
    ).encode()


def _peer() -> None:
    """Spyne with the same elements and types, checked by its own schema; it keeps nothing."""
    from spyne import Application, Array, ComplexModel, ServiceBase, Unicode, rpc
    from spyne.protocol.soap import Soap11
    from spyne.server.wsgi import WsgiApplication

    class Answer(ComplexModel):
        __namespace__ = SYNC
        UUIDPrestataire = Unicode
        UuidSecu = Unicode
        anomalies = Array(Unicode)

    recognised = recognise(read(NOTE).root)

    class Exchange(ServiceBase):
        @rpc(_model(recognised.element, recognised), _returns=Answer)
        def RequestInfo(_context: Any, message: Any) -> Any:  # noqa: N802, N805
            return Answer(UUIDPrestataire=message.entete.UUID, UuidSecu=str(uuid4()))

    wire = {"in_protocol": Soap11(validator="lxml"), "out_protocol": Soap11()}
    _serve(WsgiApplication(Application([Exchange], SYNC, **wire)))


def _model(element: etree._Element, recognised: Recognised) -> Any:
    """The type of an element in the words of spyne."""
    import spyne

    if not len(element):
        slot = slot_of(element, recognised.element, recognised.message)
        assert slot is not None
        return getattr(spyne, _TYPES.get(slot.definition.builtin or "", "Unicode"))
    fields: dict[str, Any] = {"__namespace__": SYNC}
    for child in element:
        name = etree.QName(child).localname
        kind = _model(child, recognised)
        fields[name] = kind.customize(max_occurs="unbounded") if name in fields else kind
    path = element.getroottree().getpath(element)
    return type(re.sub(r"\W+|\d+:", "_", path), (spyne.ComplexModel,), fields)


_TYPES = {
    "boolean": "Boolean",
    "date": "Date",
    "decimal": "Decimal",
    "int": "Integer32",
    "integer": "Integer",
    "time": "Time",
}


def _serve(application: Callable[..., Any]) -> None:
    import socket

    import uvicorn

    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    warnings.simplefilter("ignore", DeprecationWarning)
    config = uvicorn.Config(application, interface="wsgi", log_config=None, access_log=False)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
