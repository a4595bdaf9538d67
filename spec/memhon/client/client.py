"""The client: one message out, one answer back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from memhon import security, soap
from memhon.catalogue import load
from memhon.client.answer import Answer, Step
from memhon.client.chain import REFUSED_TOKENS, Chain
from memhon.client.incoming import read_answer, refuse_fault
from memhon.client.keys import ClientKeys
from memhon.client.outgoing import Outgoing, prepare
from memhon.client.recording import Attempt, Recorder
from memhon.client.transport import REQUEST_HEADERS, is_local_tls, post, resolve, service_url
from memhon.clock import Clock, SystemClock
from memhon.errors import SoapFault
from memhon.home import pki_path

BUSINESS_STEP = "Échange synchrone mySecu"
STRICT = "strict"
PREFIXES = {name: security.PREFIXES[name].value for name in ("wsse", "wsu")}


class Draws(Protocol):
    """Anything that draws hexadecimal digits."""

    def digits(self, count: int) -> str:
        """That many hexadecimal digits."""
        ...


def _unpredictable(count: int) -> str:
    return secrets.token_hex(count // 2)


class Client:
    """Sends messages through the whole chain and reads the answers.

    ``timeout`` and ``trace`` may be set between two calls.

    Args:
        endpoint: URL of the peer; without a path, those of its services are added.
            Default: ``MEMHON_ENDPOINT``, else the sandbox at ``http://127.0.0.1:8480``.
        keys: With what to sign, what to present over HTTPS and whom to believe; by default the
            test keys of the fictitious practitioner ``demo-1``, made on first use.
        security: ``strict``: the whole chain, signed; ``off``: the bare call, for a sandbox that
            checks nothing.
        numbering: Draws the ids of messages; unpredictable by default.
        clock: The time in which the client lives.
        profile: Id of the identity profile, whose values go into the messages.
        timeout: Seconds for each of connecting, sending and waiting.
        allow_real_systems: Permits hosts under ``esante.lu`` and ``mysecu.lu``.

    Raises:
        TransportError: The endpoint is no usable URL, or a real system without permission.
    """

    def __init__(
        self,
        endpoint: str | None = None,
        *,
        keys: ClientKeys | None = None,
        clock: Clock | None = None,
        profile: str = "certification",
        security: str = "strict",
        numbering: Draws | None = None,
        timeout: float = 30.0,
        allow_real_systems: bool = False,
    ) -> None:
        self.clock: Clock = clock or SystemClock()
        self._url = resolve(endpoint, allow_real_systems=allow_real_systems)
        self.timeout = timeout
        self.trace: Recorder | None = None
        """Keeps every call with its messages, also those that fail; e.g. a ``Trace``."""
        self._chain: Chain | None = None
        own = keys
        if own is None and (security == STRICT or is_local_tls(self._url)):
            own = ClientKeys.of_sandbox(pki_path())
        self._tls = own.tls(self._url.host) if own and self._url.scheme == "https" else None
        if own is not None and security == STRICT:
            draw = numbering.digits if numbering else _unpredictable
            identity = load().profiles[profile]
            self._chain = Chain(own, self.clock, self._posted, identity, draw)

    @property
    def endpoint(self) -> str:
        """Where messages go."""
        return str(self._url)

    def send(self, message: object, exchange: str | None = None) -> Answer:
        """Send one message and read the answer.

        Args:
            message: A binding, or bytes. A bare message is wrapped in an envelope and signed; an
                envelope is sent byte for byte.
            exchange: Id of the exchange that is expected, if one is.

        Raises:
            SoapFault: The peer answered with a fault.
            TransportError: There is no usable answer.
            SecurityError: An answer is not signed by the service that was called.
            MessageError: The message is not recognised, or the answer does not hold.
        """
        outgoing = prepare(message, exchange)
        data, before = self._written(outgoing)
        found = outgoing.exchange.id if outgoing.exchange else None
        keys = self._chain.keys if self._chain else None
        attempt = self._attempt(BUSINESS_STEP, "exchange", data, found)
        try:
            with attempt:
                attempt.step = step = self._post(BUSINESS_STEP, "exchange", data)
                attempt.answer = answer = read_answer(
                    step, found, keys, self.clock.now(), outgoing.message
                )
        except SoapFault as fault:
            ours = outgoing.element is not None
            if ours and self._chain and fault.detail_id in REFUSED_TOKENS:
                self._chain.forget()
            raise
        return replace(answer, trace=(*before, step))

    def cancel_token(self) -> tuple[Step, ...]:
        """Hand the token back to the token service, if there is one.

        Returns:
            The steps that were made.

        Raises:
            TransportError, SecurityError: As ``send``.
        """
        return self._chain.cancel() if self._chain else ()

    def _written(self, outgoing: Outgoing) -> tuple[bytes, tuple[Step, ...]]:
        if outgoing.element is None or outgoing.exchange is None:
            return outgoing.data or b"", ()
        model_uid = outgoing.exchange.model_uid
        if self._chain is None:
            return soap.write_request(outgoing.element, model_uid=model_uid), ()
        token, steps = self._chain.token()
        tree = soap.request_tree(outgoing.element, model_uid=model_uid, prefixes=PREFIXES)
        return self._chain.signed(tree, outgoing.exchange.family, token), steps

    def _attempt(
        self, name: str, service: str, data: bytes, exchange: str | None = None
    ) -> Attempt:
        return Attempt(self.trace, self.clock, name, service, data, exchange)

    @contextmanager
    def _posted(self, name: str, service: str, data: bytes) -> Iterator[Step]:
        """A call of the chain; what the block finds wrong with the answer is its outcome."""
        with self._attempt(name, service, data) as attempt:
            attempt.step = step = self._post(name, service, data)
            refuse_fault(step)
            yield step

    def _post(self, name: str, service: str, data: bytes) -> Step:
        url = service_url(self._url, service)
        reply = post(url, data, timeout=self.timeout, tls=self._tls)
        return Step(
            name=name,
            url=str(url),
            request=data,
            request_headers=dict(REQUEST_HEADERS),
            status=reply.status,
            response=reply.data,
            response_headers=reply.headers,
        )
