"""Right digests under a wrong name, at a wrong time or with a wrong password: one slip each."""

import base64
import hashlib
import re
from datetime import timedelta

import secured
from damage_signer import again
from damage_stock import PARTS, Right
from damage_surgery import span
from damage_ways import changed, cut_and_signed
from damages import Case, at
from damages_signed import AUTH, NAME, PID, RA, SAML

_BASE64 = re.compile(rb"<wsse:Password[^>]*>([^<]*)<")


def password(change):
    """The password written in another form, then signed rightly."""

    def cut(data: bytes) -> bytes:
        old = _BASE64.search(data)[1]
        return data.replace(old, change(data).encode(), 1)

    return cut_and_signed(cut)


def account() -> str:
    """The password of the system account."""
    return secured.ACCOUNT.password


def wsse_digest(data: bytes) -> str:
    """Digest of nonce, instant and password, as the standard has it."""
    nonce = base64.b64decode(re.search(rb"<wsse:Nonce[^>]*>([^<]*)<", data)[1])
    start, end = span(data, "UsernameToken")
    created = re.search(rb"<wsu:Created>([^<]*)<", data[start:end])[1]
    octets = nonce + created + account().encode()
    return base64.b64encode(hashlib.sha1(octets, usedforsecurity=False).digest()).decode()


def same_id(data: bytes) -> bytes:
    """The Body bears the id of the timestamp."""
    stamp = re.search(rb'wsu:Id="(TS-[^"]*)"', data)[1]
    body = re.search(rb'wsu:Id="(Body-[^"]*)"', data)[1]
    return data.replace(body, stamp)


def named(change):
    """The reference to the Body written otherwise, then signed over the right element."""

    def make(stock: Right) -> bytes:
        data = re.sub(
            rb'URI="#(Body-[^"]*)"', lambda found: b'URI="' + change(found[1]) + b'"', stock.data
        )
        place = PARTS[stock.step].index("Body")
        return again(data, stock.key, targets={place: "//*[local-name()='Body']"})

    return make


_IDS = (
    Case("id in small letters", PID, named(bytes.lower), (at("Body", "018"),)),
    Case("id in capitals, step 2", NAME, named(lambda i: b"#" + i.upper()), (at("Body", "018"),)),
    Case("no number sign", AUTH, named(lambda i: i), (at("Body", "018"),)),
    Case("blank before the id", RA, named(lambda i: b"# " + i), (at("Body", "018"),)),
    Case("another id altogether", SAML, named(lambda _: b"#Corps"), (at("Body", "018"),)),
    Case(
        "id of another namespace",
        AUTH,
        lambda stock: again(
            stock.data.replace(b"<wsu:Timestamp wsu:Id=", b"<wsu:Timestamp wsse:Id="),
            stock.key,
            targets={0: "//*[local-name()='Timestamp']"},
        ),
        (at("Timestamp", "018"),),
    ),
    Case(
        "id used twice",
        AUTH,
        lambda stock: again(
            same_id(stock.data), stock.key, targets={2: "//*[local-name()='Body']"}
        ),
        (at("Body", "019"), at("document", "019")),
    ),
)
_TIMES = (
    Case(
        "local time called Z", AUTH, changed(), (at("document", "020"),), later=-timedelta(hours=1)
    ),
    Case(
        "summer time called Z", AUTH, changed(), (at("document", "020"),), later=-timedelta(hours=2)
    ),
    Case("an hour late", AUTH, changed(), (at("document", "020"),), later=timedelta(hours=1)),
    Case(
        "clock three minutes fast",
        AUTH,
        changed(),
        (at("document", "020"),),
        later=-timedelta(minutes=3),
    ),
    Case(
        "assertion of an hour ago",
        SAML,
        changed(),
        (at("document", "020"),),
        later=timedelta(hours=1),
    ),
)


def _password(name: str, change) -> Case:
    return Case(
        name, NAME, password(change), (at("document", "021"),), passwords=(account(), "autre")
    )


_PASSWORDS = (
    _password("password in clear", lambda _: account()),
    _password(
        "password in hexadecimal",
        lambda _: hashlib.sha1(account().encode(), usedforsecurity=False).hexdigest(),
    ),
    _password(
        "password by SHA-256",
        lambda _: base64.b64encode(hashlib.sha256(account().encode()).digest()).decode(),
    ),
    _password("password by the standard's digest", wsse_digest),
)
CASES = (*_IDS, *_TIMES, *_PASSWORDS)
