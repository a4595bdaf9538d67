"""A person who is not of the catalogue is noticed, told to the peer, and named nowhere."""

import pytest

import wire
from memhon.catalogue import load
from memhon.client import Client
from memhon.local import Sandbox

OURS = load().person("demo-1").matricule
OTHER = OURS[:-1] + str(9 - int(OURS[-1]))


def request(exchange, matricule):
    example = load().example(exchange, "request", "minimal").data
    assert OURS.encode() in example
    return example.replace(OURS.encode(), matricule.encode())


@pytest.fixture(scope="module")
def running():
    with Sandbox(security="off", populated=True) as sandbox:
        yield sandbox


def sent(running, exchange, matricule):
    model = load().exchange(exchange).model_uid
    data = request(exchange, matricule).decode()
    return wire.send(running.url, wire.envelope(data[data.index("?>") + 2 :], model))


WITH_MATRICULE = ["ra-depot", "ra-remblist", "ra-rembcons", "ra-doc", "pid-sim"]


@pytest.mark.parametrize("exchange", WITH_MATRICULE)
def test_a_stranger_is_told_in_the_head_of_the_answer(running, exchange, caplog):
    answer = sent(running, exchange, OTHER)
    assert answer.headers["x-memhon-notice"] == "SBX-030"
    assert "données fictives" in caplog.text
    assert OTHER not in caplog.text


@pytest.mark.parametrize("exchange", WITH_MATRICULE)
def test_of_a_person_of_the_catalogue_nothing_is_told(running, exchange, caplog):
    assert "x-memhon-notice" not in sent(running, exchange, OURS).headers
    assert caplog.text == ""


def test_every_exchange_about_a_person_is_among_them():
    about = [
        exchange.id
        for exchange in load().exchanges
        if OURS.encode() in load().example(exchange.id, "request", "minimal").data
    ]
    assert sorted(WITH_MATRICULE) == sorted(about)


def test_the_client_tells_it_as_a_warning(running):
    client = Client(running.url, security="off")
    report = client.send(request("ra-remblist", OTHER)).report
    assert ["SBX-030"] == [finding.id for finding in report.findings]
    assert report.errors == ()
    assert client.send(request("ra-remblist", OURS)).report.findings == ()


@pytest.mark.parametrize("notice", ["SBX-001", "no such id", ""])
def test_a_notice_that_is_none_changes_nothing(running, notice):
    from memhon.client.anomalies import with_notice

    report = Client(running.url, security="off").send(request("ra-remblist", OURS)).report
    assert with_notice(report, {"x-memhon-notice": notice}) is report
