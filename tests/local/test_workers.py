"""Several processes that answer as one, on one port and one store."""

import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

import crews
import secured
import wire
from memhon.errors import SoapFault
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.sandbox import Effect, Timekeeper, rule
from memhon.security import Pki
from memhon.store import open_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signal")
MARK = re.compile(rb"Correlation-ID: (Id-[0-9a-f]{24})")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("workers") / "store.sqlite3"


@pytest.fixture(scope="module")
def strict(place):
    with Sandbox(store=place, workers=2, desk_port=0, seed=7) as sandbox:
        yield sandbox


@pytest.fixture
def peer(strict):
    return secured.Peer(strict.url, strict.clock, Pki(pki_path()).practitioner("demo-1"))


@pytest.fixture
def only(place):
    """Lets one worker answer alone, at a moment when no other writes."""
    return partial(crews.only, place=place)


@pytest.fixture
def kept(strict, place):
    with open_store(place) as store:
        yield store


def one_and_other():
    one, other = sorted(crews.own_workers())
    return one, other


def test_a_token_of_one_is_taken_by_the_other(peer, only):
    one, other = one_and_other()
    with only(one):
        token = peer.token()
    with only(other):
        assert 200 == peer.send(peer.call(token)).status
        assert 200 == peer.ask(peer.cancel_request(token)).status
    with only(one):
        secured.refuses(peer.send(peer.call(token)), "SEC-042")


def test_an_assertion_buys_one_token_from_all_of_them(peer, only):
    one, other = one_and_other()
    assertion = peer.authenticate()
    with only(one):
        secured.token_in(peer.ask(peer.token_request(assertion)))
    with only(other):
        secured.refuses(peer.ask(peer.token_request(assertion)), "SEC-032")


def test_the_desk_explains_whoever_refused(strict, peer, only):
    token = peer.token()
    call = re.sub(rb"(</\w+:Body>)", rb"\n\1", peer.call(token))
    links = []
    for pid in crews.own_workers():
        with only(pid), pytest.raises(SoapFault) as caught:
            strict.client().send(call)
        links.append(caught.value.diagnostic_url)
    assert 2 == len(set(links))
    for link in links:
        path = link.removeprefix(strict.desk_url)
        page = wire.send(strict.desk_url, b"", method="GET", path=path)
        assert (200, True) == (page.status, "DIA-" in page.data.decode())


def test_a_rule_with_a_count_is_met_so_often_by_all_together(peer, kept):
    kept.switches.add(rule(Effect.FAULT, detail="SBX-006", exchange="pid-sim", count=3))
    token = peer.token()
    calls = [peer.call(token) for _ in range(12)]
    with ThreadPoolExecutor(4) as pool:
        statuses = Counter(answer.status for answer in pool.map(peer.send, calls))
    assert {500: 3, 200: 9} == statuses
    assert [(0, 3)] == [(switch.left, switch.used) for switch in kept.switches.all()]


def test_the_clock_that_is_set_is_that_of_all(strict, peer, kept, only):
    token = peer.token()
    before = strict.clock.now()
    Timekeeper(kept).advance(timedelta(days=2))
    crews.await_that(lambda: strict.clock.now() - before > timedelta(days=1))
    for pid in crews.own_workers():
        with only(pid):
            crews.await_that(lambda: peer.send(peer.call(token)).status == 500)
            secured.refuses(peer.send(peer.call(token)), "SEC-041")
            assert 200 == peer.send(peer.call(peer.token())).status


def test_no_id_is_given_twice_by_all_together(peer):
    assertion = peer.authentication()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(peer.identity, [assertion] * 80))
    assert 80 == len({MARK.search(answer.data)[1] for answer in answers})
