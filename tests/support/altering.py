"""A man in the middle on the loopback address, and what he does to answers."""

import http.server
import threading
import urllib.request
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from forging import DS, SAML, SOAP, START, WSSE, WSU_ID, Element
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.home import pki_path
from memhon.security import Credentials, Defect, KeyPair, Pki, assertions, secure

Change = Callable[[Element], Element | bytes | None]


class Between:
    """Stands between client and sandbox and alters one of the answers."""

    def __init__(self, target: str, path: str, change: Change | None) -> None:
        seen = self.seen = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["Content-Length"]))
                request = urllib.request.Request(
                    target + self.path, data, {"Content-Type": "text/xml"}
                )
                with urllib.request.urlopen(request, timeout=20) as answer:
                    found = answer.read()
                seen.append(self.path)
                if self.path == path and change is not None:
                    found = altered(found, change)
                self.send_response(200)
                self.send_header("Content-Type", "text/xml")
                self.send_header("Content-Length", str(len(found)))
                self.end_headers()
                self.wfile.write(found)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        return f"http://127.0.0.1:{self.server.server_port}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)


def altered(data: bytes, change: Change) -> bytes:
    """The answer after the change; comments before the root stay."""
    root = etree.fromstring(data)
    found = change(root)
    if isinstance(found, bytes):
        return found
    return etree.tostring(root if found is None else found, encoding="UTF-8")


def body_of(root: Element) -> Element:
    """The Body where it belongs."""
    found = root.find(f"{SOAP}Body")
    assert found is not None
    return found


def security_of(root: Element) -> Element:
    """The Security header."""
    return root[0][0]


def wrapped(node: Element) -> Element:
    """The element inside another one."""
    wrapper = etree.Element("{urn:example:wrapper}Wrapper")
    wrapper.append(node)
    return wrapper


def raised(body: Element) -> None:
    """Another amount, another token, another name."""
    for node in body.iter():
        if node.tag.endswith(("}sommeTotale", "}totalPartStatutaire")):
            node.text = "99.99"
        if node.tag == f"{WSSE}BinarySecurityToken":
            node.text = "QUJD" * 40
        if node.tag == f"{SAML}AttributeValue":
            node.text = "x"


def aside(root: Element) -> None:
    true = body_of(root)
    copy = deepcopy(true)
    copy.set(WSU_ID, "forged")
    for node in copy.iter(f"{WSSE}BinarySecurityToken"):
        node.set(WSU_ID, "forged-token")
    raised(copy)
    root.replace(true, copy)
    root[0].append(wrapped(true))


def into_key_info(root: Element) -> None:
    aside(root)
    security_of(root)[0].find(f"{DS}KeyInfo").append(root[0][1])


def into_object(root: Element) -> None:
    aside(root)
    etree.SubElement(security_of(root)[0], f"{DS}Object").append(root[0][1])


def sibling(root: Element) -> None:
    aside(root)
    root.append(root[0][1])


def same_id(root: Element) -> None:
    aside(root)
    body_of(root).set(WSU_ID, root[0][1][0].get(WSU_ID))


def nested(root: Element) -> None:
    aside(root)
    body_of(root).append(root[0][1])


def two_bodies(root: Element) -> None:
    aside(root)
    root.append(root[0][1][0])


def content(root: Element) -> None:
    raised(body_of(root))


def stripped(root: Element) -> None:
    content(root)
    root.remove(root[0])


def unsigned(root: Element) -> None:
    content(root)
    security_of(root).clear()


def instruction(root: Element) -> bytes:
    return etree.tostring(root).replace(b"</", b"<?x y?></", 1)


def comment(root: Element) -> bytes:
    text = etree.tostring(root)
    place = text.index(b":Body")
    return text[:place] + text[place:].replace(b"</", b"<!-- x --></", 1)


def key_info_only(root: Element) -> None:
    """The reference to the Body is dropped; that to KeyInfo is right."""
    content(root)
    info = security_of(root)[0][0]
    info.remove(info.find(f"{DS}Reference"))


def _signed_by(root: Element, key: KeyPair) -> Element:
    content(root)
    security_of(root).getparent().remove(security_of(root))
    return secure(
        root,
        load().signing["service-response"],
        Credentials(key),
        now=VirtualClock(START).now(),
        draw=lambda count: "1" * count,
    )


def by_a_practitioner(root: Element) -> Element:
    return _signed_by(root, Pki(pki_path()).practitioner("demo-2"))


def by_the_identity_provider(root: Element) -> Element:
    return _signed_by(root, Pki(pki_path()).service("identite"))


def by_a_foreign_service(root: Element) -> Element:
    return _signed_by(root, Pki(pki_path()).service("mysecu", Defect.FOREIGN))


def not_xml(_root: Element) -> bytes:
    return b"<html>"


def empty(_root: Element) -> bytes:
    return b""


BY_MYSECU = [
    aside,
    into_key_info,
    into_object,
    sibling,
    same_id,
    nested,
    two_bodies,
    content,
    stripped,
    unsigned,
    instruction,
    comment,
    key_info_only,
    by_a_practitioner,
    by_the_identity_provider,
    by_a_foreign_service,
    not_xml,
    empty,
]


def assertion_of(root: Element) -> Element:
    """The assertion in the answer."""
    return assertions.read_response(root)


def other_name(root: Element) -> None:
    raised(assertion_of(root))


def longer_life(root: Element) -> None:
    conditions = assertion_of(root).find(f"{SAML}Conditions")
    conditions.set("NotOnOrAfter", "2033-01-01T00:00:00Z")


def assertion_unsigned(root: Element) -> None:
    assertion = assertion_of(root)
    assertion.remove(assertion.find(f"{DS}Signature"))


def assertion_nested(root: Element) -> None:
    true = assertion_of(root)
    copy = deepcopy(true)
    copy.set("ID", "Id-forged")
    raised(copy)
    true.getparent().replace(true, copy)
    copy.append(true)


def assertion_in_object(root: Element) -> None:
    true = assertion_of(root)
    copy = deepcopy(true)
    copy.set("ID", "Id-forged")
    raised(copy)
    true.getparent().replace(true, copy)
    etree.SubElement(copy.find(f"{DS}Signature"), f"{DS}Object").append(true)


def two_assertions(root: Element) -> None:
    true = assertion_of(root)
    copy = deepcopy(true)
    copy.set("ID", "Id-forged")
    true.addprevious(copy)


def assertion_same_id(root: Element) -> None:
    true = assertion_of(root)
    copy = deepcopy(true)
    raised(copy)
    true.getparent().replace(true, copy)
    root.append(wrapped(true))


BY_IDENTITY = [
    other_name,
    longer_life,
    assertion_unsigned,
    assertion_nested,
    assertion_in_object,
    two_assertions,
    assertion_same_id,
    instruction,
    comment,
    not_xml,
    empty,
]
