"""What goes over the wire is taken at once, written in batches, and holds no secret."""

import logging
import threading
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from memhon.errors import StoreError
from memhon.sandbox.switchboard import Effect, Met
from memhon.sandbox.voice import Answer
from memhon.sandbox.wiretap import HIDDEN, Wiretap, hidden, sent
from memhon.store import WireBounds, WireExchange, open_store

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
CORRELATION = "Id-" + "0a" * 12
ANSWER = f"<!--MemHon\nCorrelation-ID: {CORRELATION}--><e/>".encode()


def _exchange(request=b"<a/>", response=b"<b/>"):
    return WireExchange(
        at=NOW,
        correlation_id="",
        exchange="token",
        outcome="",
        http_status=200,
        microseconds=1,
        request=request,
        response=response,
    )


class Kept:
    """A store that writes only when it may, and counts its batches."""

    def __init__(self, *, fails=False):
        self.batches = []
        self.may = threading.Event()
        self.fails = fails
        self.wire = SimpleNamespace(add=self._add)

    def _add(self, exchanges, _bounds):
        assert self.may.wait(10)
        if self.fails:
            raise StoreError("the disk is full")
        self.batches.append([exchange.request for exchange in exchanges])

    @property
    def written(self):
        return [request for batch in self.batches for request in batch]


def _numbered(count):
    return [b"%d" % number for number in range(count)]


def test_what_waits_is_written_when_it_stops():
    store = Kept()
    tap = Wiretap(store, pause=60)
    tap.start()
    for request in _numbered(5):
        tap.keep(_exchange(request))
    store.may.set()
    tap.stop()
    assert _numbered(5) == store.written
    assert len(store.batches) <= 2


def test_nobody_waits_for_a_store_that_does_not_answer():
    store = Kept()
    tap = Wiretap(store, WireBounds(count=3, size=1000), pause=0)
    tap.start()
    for request in _numbered(50):
        tap.keep(_exchange(request))
    store.may.set()
    tap.stop()
    # A first batch may have been taken before the rest came; of the rest the newest are left.
    assert _numbered(50)[-3:] == store.written[-3:]
    assert all(len(batch) <= 3 for batch in store.batches)


def test_large_messages_do_not_pile_up():
    store = Kept()
    tap = Wiretap(store, WireBounds(count=100, size=1000))
    for request in (b"a" * 400, b"b" * 400, b"c" * 400):
        tap.keep(_exchange(request, b""))
    store.may.set()
    tap.start()
    tap.stop()
    assert [b"b", b"c"] == [request[:1] for request in store.written]


def test_a_store_that_fails_is_told_of_once_a_batch(caplog):
    store = Kept(fails=True)
    tap = Wiretap(store, pause=0)
    store.may.set()
    tap.start()
    with caplog.at_level(logging.WARNING, "memhon.sandbox"):
        tap.keep(_exchange(b"kanari-0815"))
        tap.stop()
    assert "1 exchanges not kept for the desk" in caplog.text
    assert "kanari" not in caplog.text


def test_secrets_are_taken_out_before_anything_is_written():
    tap = Wiretap(store := open_store())
    tap.start()
    tap.keep(_exchange(b"<x:Password Type='t'>kanari</x:Password>"))
    tap.stop()
    (entry,) = store.wire.page().entries
    expected = b"<x:Password Type='t'>" + HIDDEN + b"</x:Password>"
    assert expected == store.wire.find(entry.number).request
    store.close()


BST = "wsse:BinarySecurityToken"
X509 = 'ValueType="http://docs.oasis-open.org/wss/x509-token-profile-1.0#X509v3"'


@pytest.mark.parametrize(
    "secret",
    [
        "<Password>{}</Password>",
        '<w:Password a=">">{}</w:Password >',
        "<w:Password><![CDATA[{}]]></w:Password>",
        "<w:Password>\n{}",
        "<t:BinarySecret>{}</t:BinarySecret>",
        f'<{BST} ValueType="http://ws.mySecu.lu/trust/token/bst">{{}}</{BST}>',
        f"<{BST}>{{}}\n{{}}</{BST}>",
    ],
)
def test_a_secret_is_replaced_and_nothing_else(secret):
    given = f"<a><b/>{secret.format('kanari', 'kanari')}<c>d</c></a>"
    found = hidden(given.encode())
    assert b"kanari" not in found
    assert found.startswith(b"<a><b/><")
    assert found.count(HIDDEN) == 1
    if "</" in secret:
        assert found.endswith(b"<c>d</c></a>")


@pytest.mark.parametrize(
    "text", [f"<{BST} {X509}>MIIE</{BST}>", "<Passwords>3</Passwords>", "<Password/><a>1</a>", ""]
)
def test_what_is_no_secret_stays(text):
    assert text.encode() == hidden(text.encode())


def test_nothing_is_kept_of_an_encoding_in_which_nothing_is_found():
    assert HIDDEN == hidden("<Password>kanari</Password>".encode("utf-16"))


def _sent(effect=None, **changes):
    met = None if effect is None else Met(effect, "SBX-001" if effect is Effect.FAULT else "")
    answer = Answer(200, ANSWER, "pid-sim", True, met=met, **changes)
    return sent(answer, _exchange(response=b""))


def test_an_exchange_tells_what_became_of_it():
    found = _sent(outcome=("SIM-001", "SIM-003"))
    assert ("pid-sim", "SIM-001 SIM-003") == (found.exchange, found.outcome)
    assert (CORRELATION, 200, ANSWER) == (found.correlation_id, found.http_status, found.response)


def test_an_answer_that_was_cut_is_kept_as_far_as_it_came():
    assert (0, b"", "cut") == _broken(_sent(Effect.CUT))
    assert (200, ANSWER[: len(ANSWER) // 2], "half") == _broken(_sent(Effect.HALF))
    assert (200, ANSWER, "SBX-001 fault") == _broken(_sent(Effect.FAULT, outcome=("SBX-001",)))


def _broken(found):
    assert CORRELATION == found.correlation_id
    return found.http_status, found.response, found.outcome


def test_a_service_that_is_no_exchange_keeps_its_name():
    assert "token" == sent(Answer(200, b"<a/>", None, True), _exchange()).exchange
