"""Step 2: asking mySecu for a token, answering, cancelling (WS-Trust 1.3, wire-contract §1.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lxml import etree

from memhon.security.header import Token, binary_token
from memhon.security.instants import milliseconds, read
from memhon.security.names import (
    BINARY_TOKEN,
    BODY,
    ENVELOPE,
    HEADER,
    WSU_ID,
    Space,
    ValueType,
    clark,
)
from memhon.security.refusing import refused

LIFE = timedelta(minutes=30)
"""As observed (wire-contract §1.5)."""
ISSUE = f"{Space.TRUST.value}/Issue"
CANCEL = f"{Space.TRUST.value}/Cancel"
REQUEST = clark(Space.TRUST, "RequestSecurityToken")
ANSWER = clark(Space.TRUST, "RequestSecurityTokenResponse")
_DIALECT = f"{Space.AUTHORIZATION.value}/authclaims"
_SPACE_CLAIM = "http://ws.mysecu.lu/trust/prodo/espaceid"
_NSMAP = {
    "soapenv": Space.SOAP.value,
    "ns": Space.TRUST.value,
    "wsp": Space.POLICY.value,
    "wsa": Space.ADDRESSING.value,
    "auth": Space.AUTHORIZATION.value,
    "wsse": Space.SECURITY.value,
    "wsu": Space.UTILITY.value,
}


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """What is asked of the token service."""

    cancels: bool
    """Whether a token is handed back instead of asked for."""
    applies_to: str
    """URL of the business endpoint, trimmed; a text, never called."""
    space: str | None
    """Provider code of the mySecu space, 8 digits; absent with a user name."""
    cancelled: str | None = field(repr=False)
    """Text of the token to cancel, without white space."""


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """What the token service answers."""

    token: Token | None
    """None after a cancellation."""
    expires: datetime | None
    applies_to: str


def token_envelope(applies_to: str, space: str | None) -> etree._Element:
    """The envelope of an Issue request, to be secured.

    Args:
        applies_to: ``wsa:Address`` of the business endpoint, from the identity profile.
        space: Provider code of the mySecu space; None leaves the claim out.
    """
    envelope, request = _request(ISSUE)
    etree.SubElement(request, _trust("TokenType")).text = ValueType.MYSECU.value
    _applies_to(request, applies_to)
    if space is not None:
        claims = etree.SubElement(request, _trust("Claims"), Dialect=_DIALECT)
        claim = etree.SubElement(claims, _authorization("ClaimType"), Uri=_SPACE_CLAIM)
        etree.SubElement(claim, _authorization("Value")).text = space
    return envelope


def cancel_envelope(token: Token) -> etree._Element:
    """The envelope of a Cancel request, to be secured; the token stands in CancelTarget."""
    envelope, request = _request(CANCEL)
    target = etree.SubElement(request, _trust("CancelTarget"))
    target.append(binary_token(token.value, token.id, ValueType.MYSECU.value))
    return envelope


def read_token_request(body: etree._Element) -> TokenRequest:
    """What a verified Body asks for.

    Raises:
        SecurityError: It holds no request that is understood (SEC-061).
    """
    requests = body.findall(REQUEST)
    if len(requests) != 1 or len(body) != 1:
        raise refused("SEC-061", body, f"{len(requests)} RequestSecurityToken")
    request = requests[0]
    kind = _text(request, _trust("RequestType"))
    if kind == CANCEL:
        token = request.findtext(f"{_trust('CancelTarget')}/{BINARY_TOKEN}")
        if not token:
            raise refused("SEC-061", request, "pas de BinarySecurityToken dans CancelTarget")
        return TokenRequest(True, "", None, "".join(token.split()))
    address = _text(request, _ADDRESS)
    token_type = _text(request, _trust("TokenType"))
    if kind != ISSUE or token_type != ValueType.MYSECU.value or not address:
        raise refused("SEC-061", request, f"{kind or 'sans RequestType'}, {token_type}, {address}")
    path = f"{_trust('Claims')}/{_authorization('ClaimType')}"
    claims = [claim for claim in request.findall(path) if claim.get("Uri") == _SPACE_CLAIM]
    if len(claims) > 1:
        raise refused("SEC-061", request, f"{len(claims)} espaces")
    space = _text(claims[0], _authorization("Value")) if claims else None
    return TokenRequest(False, address, space, None)


def token_answer(token: Token, applies_to: str, *, now: datetime, body_id: str) -> etree._Element:
    """The envelope with a token, to be signed.

    Args:
        token: Value and id.
        applies_to: Echoed.
        now: Start of its life.
        body_id: ``wsu:Id`` of the Body.
    """
    envelope, answer = _answer(body_id)
    lifetime = etree.SubElement(answer, _trust("Lifetime"))
    etree.SubElement(lifetime, _utility("Created")).text = milliseconds(now)
    etree.SubElement(lifetime, _utility("Expires")).text = milliseconds(now + LIFE)
    _applies_to(answer, applies_to)
    etree.SubElement(answer, _trust("TokenType")).text = ValueType.MYSECU.value
    requested = etree.SubElement(answer, _trust("RequestedSecurityToken"))
    requested.append(binary_token(token.value, token.id, ValueType.MYSECU.value))
    return envelope


def cancel_answer(*, body_id: str) -> etree._Element:
    """The envelope that confirms a cancellation, to be signed."""
    envelope, answer = _answer(body_id)
    etree.SubElement(answer, _trust("RequestedTokenCancelled"))
    return envelope


def read_token_answer(body: etree._Element) -> TokenAnswer:
    """What a verified Body answers.

    Raises:
        SecurityError: There is neither a token with id and expiry nor a cancellation (SEC-046).
    """
    answer = body.find(ANSWER)
    if answer is None:
        raise refused("SEC-046", body, "pas de RequestSecurityTokenResponse")
    if answer.find(_trust("RequestedTokenCancelled")) is not None:
        return TokenAnswer(None, None, "")
    node = answer.find(f"{_trust('RequestedSecurityToken')}/{BINARY_TOKEN}")
    expires = read(answer.findtext(f"{_trust('Lifetime')}/{_utility('Expires')}"))
    token_id = "" if node is None else node.get(WSU_ID) or ""
    if node is None or not node.text or not token_id or expires is None:
        raise refused("SEC-046", answer, "jeton, wsu:Id ou Expires")
    return TokenAnswer(Token(node.text, token_id), expires, _text(answer, _ADDRESS))


def folded(value: str) -> str:
    """Base64 in lines of 76 characters, each with its line break, as observed."""
    lines = [value[start : start + 76] for start in range(0, len(value), 76)]
    return "".join(f"{line}\n" for line in lines)


def _request(kind: str) -> tuple[etree._Element, etree._Element]:
    envelope = etree.Element(ENVELOPE, nsmap=_NSMAP)
    etree.SubElement(envelope, HEADER)
    request = etree.SubElement(etree.SubElement(envelope, BODY), REQUEST)
    etree.SubElement(request, _trust("RequestType")).text = kind
    return envelope, request


def _answer(body_id: str) -> tuple[etree._Element, etree._Element]:
    envelope = etree.Element(ENVELOPE, nsmap={"soap": Space.SOAP.value})
    body = etree.SubElement(envelope, BODY, nsmap={"wsu": Space.UTILITY.value})
    body.set(WSU_ID, body_id)
    nsmap = {"wst": Space.TRUST.value}
    return envelope, etree.SubElement(body, ANSWER, {"Context": " "}, nsmap=nsmap)


def _applies_to(parent: etree._Element, address: str) -> None:
    nsmap = {"wsp": Space.POLICY.value, "wsa": Space.ADDRESSING.value}
    node = etree.SubElement(parent, clark(Space.POLICY, "AppliesTo"), nsmap=nsmap)
    reference = etree.SubElement(node, clark(Space.ADDRESSING, "EndpointReference"))
    etree.SubElement(reference, clark(Space.ADDRESSING, "Address")).text = address


def _text(node: etree._Element, path: str) -> str:
    return (node.findtext(path) or "").strip()


def _trust(local: str) -> str:
    return clark(Space.TRUST, local)


def _authorization(local: str) -> str:
    return clark(Space.AUTHORIZATION, local)


def _utility(local: str) -> str:
    return clark(Space.UTILITY, local)


_ADDRESS = "/".join(
    (
        clark(Space.POLICY, "AppliesTo"),
        clark(Space.ADDRESSING, "EndpointReference"),
        clark(Space.ADDRESSING, "Address"),
    )
)
