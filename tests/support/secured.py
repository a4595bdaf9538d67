"""Signed requests of every step, right ones and wrong ones, and the pairs that sign them."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from lxml import etree

import wire
from memhon import soap
from memhon.catalogue import Provider, SigningProfile, load
from memhon.clock import Clock
from memhon.findings import explain
from memhon.home import pki_path
from memhon.security import (
    Addresses,
    Credentials,
    KeyPair,
    Pki,
    Token,
    Username,
    authentication,
    list_signatures,
    secure,
    tokens,
)
from memhon.security.names import (
    ASSERTION,
    BINARY_TOKEN,
    BODY,
    HEADER,
    SECURITY,
    WSU_ID,
    Space,
    clark,
)

START = "2023-12-28T00:01:13.539Z"
IDENTITY = "/SAML2Server/AuthenticationService"
TOKENS = "/ws/soap/trust"
SELF_TEST = "/ws/soap/inttest/btt"
TLS_TEST = "/ws/soap/inttest/ssl"
PROFILE = load().profiles["certification"].values
ADDRESS = str(PROFILE["business_address"])
ADDRESSES = Addresses(
    destination=str(PROFILE["saml_destination"]),
    issuer=str(PROFILE["saml_issuer"]),
    consumer=str(PROFILE["saml_assertion_consumer_service_url"]),
)
ACCOUNT = Username(str(load().settings["account_name"]), str(load().settings["account_password"]))
SIMULATION = load().example("pid-sim", "request", "minimal").data
DEPOSIT = load().example("ra-depot", "request", "minimal").data
PREFIXES = {"wsse": SECURITY[1:].partition("}")[0], "wsu": WSU_ID[1:].partition("}")[0]}
Change = Callable[[etree._Element], object]
"""Does something to an envelope."""


def pki() -> Pki:
    """The folder of test keys that the sandboxes of the tests use."""
    return Pki(pki_path())


def draw(count: int) -> str:
    """Unpredictable hexadecimal digits."""
    return secrets.token_hex(count // 2)


def keep(_envelope: etree._Element) -> None:
    """Change nothing."""


def without(profile: SigningProfile, *names: str) -> SigningProfile:
    """The profile of a signer who forgets some parts."""
    parts = tuple(part for part in profile.parts if part.name not in names)
    return replace(profile, parts=parts)


def security_of(envelope: etree._Element) -> etree._Element:
    """The Security header."""
    found = envelope.find(f"{HEADER}/{SECURITY}")
    assert found is not None
    return found


def trust(local: str) -> str:
    """A name of WS-Trust."""
    return clark(Space.TRUST, local)


def drop(path: str) -> Change:
    """Take the element at a path away."""

    def change(envelope: etree._Element) -> None:
        node = envelope.find(path)
        assert node is not None, path
        node.getparent().remove(node)

    return change


def write(path: str, value: str) -> Change:
    """Write a text at a path."""

    def change(envelope: etree._Element) -> None:
        node = envelope.find(path)
        assert node is not None, path
        node.text = value

    return change


def refuses(answer: wire.Raw, finding: str) -> None:
    """Assert that an answer is the fault of a finding, complete and signed."""
    told(answer, finding)
    (own,) = list_signatures(answer.data, trust=None, now=datetime.now(UTC))
    assert own.findings == ()


def told(answer: wire.Raw, finding: str) -> None:
    """Assert that an answer is the fault of a finding, and complete, signed or not."""
    registered = explain(finding)
    assert finding == error_of(answer), answer.data.decode()
    assert answer.status == 500
    assert answer.text(".//soap:Fault/faultcode") == f"soap:{registered.side}.{registered.fault}"
    head = re.search(rb"Correlation-ID: (Id-[0-9a-f]{24})-->", answer.data)
    assert head is not None
    assert answer.text(".//mh:correlationId") == head[1].decode()
    assert b"Traceback" not in answer.data


def error_of(answer: wire.Raw) -> str | None:
    """Id of the fault, or None when the answer is none."""
    assert answer.root is not None, answer.data
    node = answer.root.find(".//mh:fault", wire.NAMES)
    return None if node is None else node.get("code")


@dataclass
class Peer:
    """Somebody who calls the services of a sandbox step by step."""

    url: str
    clock: Clock
    pair: KeyPair
    provider: Provider = field(default_factory=lambda: load().provider("demo-1"))

    def signed(
        self,
        envelope: etree._Element,
        profile: str | SigningProfile,
        before: Change = keep,
        after: Change = keep,
        now: datetime | None = None,
        **more: object,
    ) -> bytes:
        """An envelope with its header.

        Args:
            envelope: The envelope.
            profile: Id of a profile, or a profile of one's own.
            before: Changes the envelope before it is signed.
            after: Changes it when it is signed.
            now: Instant of the timestamp.
            more: Token, assertion, user name.
        """
        before(envelope)
        known = load().signing[profile] if isinstance(profile, str) else profile
        credentials = Credentials(self.pair, **more)  # type: ignore[arg-type]
        root = secure(envelope, known, credentials, now=now or self.clock.now(), draw=draw)
        after(root)
        return soap.document(root)

    def authentication(self, ehealth_id: str | None = None, **options: object) -> bytes:
        """A request of step 1."""
        envelope = authentication.authentication_envelope(
            ehealth_id or self.provider.ehealth_id,
            ADDRESSES,
            request_id=f"saml-{draw(32)}",
            now=options.pop("issued", None) or self.clock.now(),  # type: ignore[arg-type]
        )
        profile = options.pop("profile", "authentication-request")
        return self.signed(envelope, profile, **options)  # type: ignore[arg-type]

    def identity(self, data: bytes) -> wire.Raw:
        """What the identity provider says."""
        return wire.send(self.url, data, path=IDENTITY)

    def authenticate(self) -> etree._Element:
        """The assertion of step 1."""
        answer = self.identity(self.authentication())
        assert answer.status == 200, answer.data
        found = answer.root.find(f".//{ASSERTION}")
        assert found is not None
        return found

    def token_request(
        self, assertion: etree._Element | None, address: str = ADDRESS, **options: object
    ) -> bytes:
        """A request of step 2 with an assertion."""
        envelope = tokens.token_envelope(
            address,
            options.pop("space", self.provider.code),  # type: ignore[arg-type]
        )
        profile = options.pop("profile", "token-request-saml")
        return self.signed(envelope, profile, assertion=assertion, **options)  # type: ignore[arg-type]

    def account_request(self, account: Username = ACCOUNT, **options: object) -> bytes:
        """A request of step 2 with a system account."""
        envelope = tokens.token_envelope(ADDRESS, None)
        profile = options.pop("profile", "token-request-username")
        return self.signed(envelope, profile, username=account, **options)  # type: ignore[arg-type]

    def cancel_request(self, token: Token, **options: object) -> bytes:
        """A request to cancel a token."""
        envelope = tokens.cancel_envelope(token)
        options.setdefault("assertion", self.authenticate())
        return self.signed(envelope, "token-request-saml", **options)  # type: ignore[arg-type]

    def ask(self, data: bytes) -> wire.Raw:
        """What the token service says."""
        return wire.send(self.url, data, path=TOKENS)

    def token(self, address: str = ADDRESS) -> Token:
        """The token of steps 1 and 2."""
        return token_in(self.ask(self.token_request(self.authenticate(), address)))

    def call(
        self,
        token: Token | None,
        payload: bytes = SIMULATION,
        *,
        family: str = "pid",
        **options: object,
    ) -> bytes:
        """A request of step 3."""
        model = wire.SIM if payload is SIMULATION else wire.DEPOT
        tree = soap.request_tree(etree.fromstring(payload), model_uid=model, prefixes=PREFIXES)
        profile = options.pop("profile", load().signing[f"exchange-request-{family}"])
        if token is None:
            header = tuple(item for item in profile.header if item != "token")  # type: ignore[attr-defined]
            profile = replace(profile, header=header)  # type: ignore[type-var]
        return self.signed(tree, profile, token=token, **options)  # type: ignore[arg-type]

    def send(self, data: bytes, path: str = wire.PATH) -> wire.Raw:
        """What the synchronous exchange says."""
        return wire.send(self.url, data, path=path)


def token_in(answer: wire.Raw) -> Token:
    """The token that an answer hands out."""
    assert answer.status == 200, answer.data
    node = answer.root.find(f".//{BODY}//{BINARY_TOKEN}")
    assert node is not None, answer.data
    return Token(node.text or "", node.get(WSU_ID) or "")
