"""Runs the chain against a sandbox of this build and keeps every message of it as a vector."""

from __future__ import annotations

from memhon import security, soap
from memhon.catalogue import Catalogue
from memhon.client.transport import post, resolve, service_url
from memhon.clock import VirtualClock
from memhon.errors import MemhonError
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.sandbox import Numbering
from memhon.security import Credentials, Pki, TrustStore, Username, list_signatures
from memhon.site.own_keys import PRACTITIONER
from memhon.site.recording import SEED, START
from memhon.site.vectors import Vector, vector

_TITLES = {
    "authentification-requete": "étape 1, AuthnRequest",
    "authentification-reponse": "étape 1, assertion SAML",
    "jeton-requete-saml": "étape 2, demande de jeton avec assertion",
    "jeton-requete-username": "étape 2, demande de jeton avec UsernameToken",
    "jeton-reponse": "étape 2, réponse avec le jeton",
    "appel-requete-pid": "étape 3, requête PID",
    "appel-reponse-pid": "étape 3, réponse PID",
    "appel-requete-ra": "étape 3, requête RA",
    "appel-reponse-ra": "étape 3, réponse RA",
}
_SECONDS = 30.0


def record_vectors(catalogue: Catalogue) -> tuple[Vector, ...]:
    """One vector for each signed message of the chain, every one accepted by its receiver.

    Raises:
        MemhonError: A message was refused, or one of its signatures is not right.
    """
    clock = VirtualClock(START)
    with Sandbox(clock=clock, seed=SEED) as sandbox:
        client = sandbox.client()
        pid = client.send(_example(catalogue, "pid")).trace
        ra = client.send(_example(catalogue, "ra")).trace
        named = _with_username(catalogue, sandbox.url, clock)
    identity, token, call = pid
    messages = {
        "authentification-requete": identity.request,
        "authentification-reponse": identity.response,
        "jeton-requete-saml": token.request,
        "jeton-requete-username": named,
        "jeton-reponse": token.response,
        "appel-requete-pid": call.request,
        "appel-reponse-pid": call.response,
        "appel-requete-ra": ra[-1].request,
        "appel-reponse-ra": ra[-1].response,
    }
    trust = Pki(pki_path()).trust()
    for name, data in messages.items():
        _right(name, data, trust, clock)
    return tuple(vector(name, title, messages[name]) for name, title in _TITLES.items())


def _example(catalogue: Catalogue, family: str) -> bytes:
    """The shortest request of the first service of a family."""
    first = next(exchange for exchange in catalogue.exchanges if exchange.family == family)
    requests = [e.data for e in catalogue.examples(first.id) if e.direction == "request"]
    return min(requests, key=len)


def _with_username(catalogue: Catalogue, url: str, clock: VirtualClock) -> bytes:
    """A token request of the system account, as it was accepted."""
    settings, addresses = catalogue.settings, catalogue.profiles["certification"].values
    account = Username(str(settings["account_name"]), str(settings["account_password"]))
    key = Pki(pki_path()).practitioner(PRACTITIONER)
    tree = security.secure(
        security.tokens.token_envelope(str(addresses["business_address"]), None),
        catalogue.signing["token-request-username"],
        Credentials(key, username=account),
        now=clock.now(),
        draw=Numbering(SEED).digits,
    )
    data = soap.document(tree)
    target = service_url(resolve(url, allow_real_systems=False), "tokens")
    reply = post(target, data, timeout=_SECONDS)
    if reply.status != 200:
        raise MemhonError(f"demande de jeton avec UsernameToken : HTTP {reply.status}")
    return data


def _right(name: str, data: bytes, trust: TrustStore, clock: VirtualClock) -> None:
    listed = list_signatures(data, trust=trust, now=clock.now())
    wrong = [finding.text("fr") for signature in listed for finding in signature.findings]
    if wrong or not listed:
        raise MemhonError(f"vecteur {name} : {' '.join(wrong) or 'pas de signature'}")
