"""The client: one message out, one answer back."""

from __future__ import annotations

from memhon.client.answer import Answer, Step
from memhon.client.incoming import read_answer
from memhon.client.outgoing import prepare
from memhon.client.transport import REQUEST_HEADERS, post, resolve
from memhon.clock import Clock, SystemClock

BUSINESS_STEP = "Échange synchrone mySecu"


class Client:
    """Sends messages to the synchronous exchange and reads the answers.

    Args:
        endpoint: URL of the peer; without a path, that of the synchronous exchange is added.
            Default: ``MEMHON_ENDPOINT``, else the sandbox at ``http://127.0.0.1:8480``.
        clock: The time in which the client lives.
        timeout: Seconds for each of connecting, sending and waiting.
        allow_real_systems: Permits hosts under ``esante.lu`` and ``mysecu.lu``.

    Raises:
        TransportError: The endpoint is no usable URL, or a real system without permission.
    """

    def __init__(
        self,
        endpoint: str | None = None,
        *,
        clock: Clock | None = None,
        timeout: float = 30.0,
        allow_real_systems: bool = False,
    ) -> None:
        self.clock: Clock = clock or SystemClock()
        self._url = resolve(endpoint, allow_real_systems=allow_real_systems)
        self._timeout = timeout

    @property
    def endpoint(self) -> str:
        """Where messages go."""
        return str(self._url)

    def send(self, message: object, exchange: str | None = None) -> Answer:
        """Send one message and read the answer.

        Args:
            message: A binding, or bytes. A bare message is wrapped in an envelope; an envelope is
                sent byte for byte.
            exchange: Id of the exchange that is expected, if one is.

        Raises:
            SoapFault: The peer answered with a fault.
            TransportError: There is no usable answer.
            MessageError: The message is not recognised, or the answer does not hold.
        """
        outgoing = prepare(message, exchange)
        reply = post(self._url, outgoing.data, timeout=self._timeout)
        step = Step(
            name=BUSINESS_STEP,
            url=self.endpoint,
            request=outgoing.data,
            request_headers=dict(REQUEST_HEADERS),
            status=reply.status,
            response=reply.data,
            response_headers=reply.headers,
        )
        return read_answer(step, outgoing.exchange)
