"""A running strict sandbox seen by an attacker: true messages of each step, to be altered."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree

import wire
from memhon import soap
from memhon.catalogue import SigningProfile, load
from memhon.clock import VirtualClock
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.sandbox import EXCHANGE_PATH, IDENTITY_PATH, TOKEN_PATH
from memhon.security import (
    PREFIXES,
    Addresses,
    Credentials,
    Defect,
    KeyPair,
    Pki,
    Token,
    Username,
    assertions,
    authentication,
    secure,
    tokens,
)

START = "2023-12-28T00:01:13.539Z"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
SOAP = f"{{{wire.SOAP}}}"
WSSE = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd}"
WSU_ID = f"{{{wire.WSU}}}Id"
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
Element = etree._Element
Alteration = Callable[[Element, "Scene"], Element | bytes | None]
"""Changes a message in place, or gives another one."""


@dataclass
class Scene:
    """A sandbox, its clock and whatever a practitioner or an attacker can make."""

    sandbox: Sandbox
    clock: VirtualClock
    faults: list[bytes] = field(default_factory=list)
    """Every answer that was not a success."""
    _numbers: count = field(default_factory=lambda: count(1))

    @property
    def pki(self) -> Pki:
        """The folder of test keys."""
        return Pki(pki_path())

    def key(self, practitioner: str = "demo-1", defect: Defect = Defect.NONE) -> KeyPair:
        """The key of a practitioner."""
        return self.pki.practitioner(practitioner, defect)

    def draw(self, digits: int) -> str:
        """Another number at every call."""
        return f"{next(self._numbers):0{digits}x}"

    def signed(
        self, tree: Element, profile: str | SigningProfile, credentials: Credentials
    ) -> Element:
        """An envelope, secured by the toolkit and read again as a peer reads it."""
        found = load().signing[profile] if isinstance(profile, str) else profile
        done = secure(tree, found, credentials, now=self.clock.now(), draw=self.draw)
        return etree.fromstring(soap.document(done))

    def authentication(self, key: KeyPair | None = None, ehealth_id: str | None = None) -> Element:
        """Step 1."""
        values = load().profiles["certification"].values
        addresses = Addresses(
            str(values["saml_destination"]), str(values["saml_issuer"]), "https://ws.invalid"
        )
        tree = authentication.authentication_envelope(
            ehealth_id or load().provider("demo-1").ehealth_id,
            addresses,
            request_id=f"saml-{self.draw(32)}",
            now=self.clock.now(),
        )
        return self.signed(tree, "authentication-request", Credentials(key or self.key()))

    def assertion(self, key: KeyPair | None = None, ehealth_id: str | None = None) -> Element:
        """The assertion that step 1 answers."""
        answer = self.post(self.authentication(key, ehealth_id), IDENTITY_PATH)
        assert answer.status == 200, answer.data.decode()
        assert answer.root is not None
        return assertions.read_response(answer.root)

    def token_request(
        self,
        assertion: Element | None = None,
        key: KeyPair | None = None,
        *,
        applies_to: str | None = None,
        space: str | None = None,
    ) -> Element:
        """Step 2."""
        address = applies_to or str(load().profiles["certification"].values["business_address"])
        tree = tokens.token_envelope(address, space or load().provider("demo-1").code)
        found = self.assertion() if assertion is None else assertion
        credentials = Credentials(key or self.key(), assertion=found)
        return self.signed(tree, "token-request-saml", credentials)

    def account_request(self, account: Username) -> Element:
        """Step 2 with a system account."""
        address = str(load().profiles["certification"].values["business_address"])
        tree = tokens.token_envelope(address, None)
        credentials = Credentials(self.key(), username=account)
        return self.signed(tree, "token-request-username", credentials)

    def token(self, request: Element | None = None) -> Token:
        """The token that step 2 answers."""
        answer = self.post(self.token_request() if request is None else request, TOKEN_PATH)
        assert answer.status == 200, answer.data.decode()
        assert answer.root is not None
        found = tokens.read_token_answer(answer.root.find(f"{SOAP}Body")).token
        assert found is not None
        return found

    def business(
        self,
        token: Token | None = None,
        key: KeyPair | None = None,
        *,
        profile: str | SigningProfile = "exchange-request-pid",
        data: bytes | None = None,
    ) -> Element:
        """Step 3, a simulation unless told otherwise."""
        payload = etree.fromstring(data or load().example("pid-sim", "request", "minimal").data)
        prefixes = {name: PREFIXES[name].value for name in ("wsse", "wsu")}
        model = wire.SIM if data is None else wire.DEPOT
        tree = soap.request_tree(payload, model_uid=model, prefixes=prefixes)
        assertion = self.assertion() if "assertion" in _header(profile) else None
        own = token or self.token()
        return self.signed(tree, profile, Credentials(key or self.key(), own, assertion))

    def post(self, message: Element | bytes, path: str = EXCHANGE_PATH) -> wire.Raw:
        """Send it."""
        data = message if isinstance(message, bytes) else etree.tostring(message, encoding="UTF-8")
        answer = wire.send(self.sandbox.url, data, path=path)
        if answer.status != 200:
            self.faults.append(answer.data)
        return answer

    def attack(
        self, message: Element, alteration: Alteration, path: str = EXCHANGE_PATH
    ) -> wire.Raw:
        """Alter a true message and send it."""
        changed = alteration(message, self)
        return self.post(message if changed is None else changed, path)


def _header(profile: str | SigningProfile) -> tuple[str, ...]:
    return () if isinstance(profile, str) else tuple(profile.header)


def fault_id(answer: wire.Raw) -> str | None:
    """The id of the fault, None when the request was accepted."""
    found = None if answer.root is None else answer.root.find(f".//{{{wire.FAULT}}}fault")
    return None if found is None else found.get("code")


def canonical(node: Element) -> bytes:
    """Exclusive canonical form with the list that stands in CanonicalizationMethod."""
    lists = [item.get("PrefixList", "") for item in node[0]] if len(node) else []
    prefixes = " ".join(lists).split()
    return etree.tostring(
        node, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes
    )


def resigned(root: Element, key: KeyPair, algorithm: hashes.HashAlgorithm | None = None) -> Element:
    """Sign SignedInfo as it now stands, so that only what is tested is wrong."""
    parsed = etree.fromstring(etree.tostring(root))
    signature = parsed.find(f".//{WSSE}Security/{DS}Signature")
    assert signature is not None
    value = key.private_key.sign(
        canonical(signature[0]), padding.PKCS1v15(), algorithm or hashes.SHA256()
    )
    signature[1].text = base64.b64encode(value).decode()
    return parsed


def digest_of(node: Element, prefixes: list[str], name: str = "sha256") -> str:
    """DigestValue of an element."""
    octets = etree.tostring(
        node, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes
    )
    return base64.b64encode(hashlib.new(name, octets).digest()).decode()
