"""Who starts a hand-over: the desk, the command and the clock; never two at a time."""

import threading
import time
from datetime import timedelta

import pytest

import desk_calls
import fee_notes
from handing import START, UUIDS, Platform
from memhon.cli.main import main
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.platform.handover import Rounds

PATH = "/_sandbox/handover"


@pytest.fixture
def clock():
    return VirtualClock(START)


@pytest.fixture
def sandbox(clock):
    with Sandbox(clock=clock, seed=5, desk_port=0) as running:
        yield running


def test_the_desk_hands_over_and_remembers(sandbox):
    assert {} == desk_calls.ask(sandbox, "GET", PATH)[1]
    Platform(sandbox).receive(0)
    sandbox.faults.add("anomaly", "MH-050", exchange="ra-depot")
    status, told, _ = desk_calls.ask(sandbox, "POST", PATH, {})
    assert (200, "2026-03-02T08:30:00Z", 0) == (status, told["at"], told["left"])
    (handed,) = told["handed"]
    findings = handed["findings"]
    expected = [UUIDS[0], "deposit", "refused", "RECEIVED", None]
    assert expected == [value for name, value in handed.items() if name != "findings"]
    assert ["PLA-040", "MH-050"] == [finding["id"] for finding in findings]
    assert UUIDS[0] in findings[0]["text"]
    assert told == desk_calls.ask(sandbox, "GET", PATH)[1]
    english = desk_calls.ask(sandbox, "GET", f"{PATH}?lang=en")[1]
    assert "was not deposited" in english["handed"][0]["findings"][0]["text"]
    told = desk_calls.ask(sandbox, "POST", PATH, {})[1]
    assert ["done"] == [each["outcome"] for each in told["handed"]]
    assert told["handed"][0]["uuidSecu"] == Platform(sandbox).secu(0)


@pytest.mark.parametrize(
    ("status", "finding", "request_"),
    [
        (405, "SBX-019", ("DELETE", PATH)),
        (400, "SBX-014", ("POST", f"{PATH}?lang=de", {})),
        (400, "SBX-014", ("POST", PATH, {"all": True})),
        (400, "SBX-012", ("POST", PATH, b"{")),
    ],
)
def test_a_wrong_request_hands_nothing_over(sandbox, status, finding, request_):
    Platform(sandbox).receive(0)
    desk_calls.refused(sandbox, status, finding, *request_)


def test_a_page_of_another_site_starts_nothing(sandbox):
    Platform(sandbox).receive(0)
    answer = desk_calls.ask(sandbox, "POST", PATH, {}, Origin="http://evil.invalid")
    assert 403 == answer[0]
    answer = desk_calls.ask(sandbox, "POST", PATH, b"{}", Content_Type="text/plain")
    assert 415 == answer[0]
    assert "RECEIVED" == Platform(sandbox).status(0)


def test_the_command_tells_what_became_of_each(sandbox, capsys):
    command = ["sandbox", "handover", "--desk", sandbox.desk_url]
    assert 0 == main(command)
    assert "Rien n'attendait" in capsys.readouterr().out
    Platform(sandbox).receive(0)
    Platform(sandbox).receive(1)
    sandbox.faults.add("anomaly", "MH-050", exchange="ra-depot")
    assert 1 == main(command)
    out = capsys.readouterr().out
    assert f"dépôt {UUIDS[0]} : refusé, état RECEIVED" in out
    assert f"dépôt {UUIDS[1]} : fait, état SENT" in out
    assert "  PLA-040 Le document" in out
    assert 0 == main([*command, "--lang", "en"])
    assert f"deposit {UUIDS[0]}: done, status SENT" in capsys.readouterr().out
    for number in range(2, 6):
        Platform(sandbox).receive(number)
    sandbox.faults.add("cut", exchange="ra-depot", count=3)
    assert 1 == main(command)
    assert "Laissés pour la prochaine remise" in capsys.readouterr().out


def test_the_command_needs_a_sandbox_that_runs(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["sandbox", "handover", "--store", "default"])
    assert 2 == caught.value.code
    assert 4 == main(["sandbox", "handover", "--desk", "http://127.0.0.1:9"])
    assert "NET-008" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["0", "-1", "x", "86401"])
def test_an_impossible_interval(word, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["sandbox", "serve", "--handover", word])
    assert 2 == caught.value.code
    assert f"« {word} »" in capsys.readouterr().err


def _in_march(sandbox):
    """What is older than thirty days would be deleted before it left."""
    command = ["sandbox", "clock", "set", "2026-03-02T08:30Z", "--desk", sandbox.desk_url]
    assert 0 == main(command)
    return Platform(sandbox)


def _until(condition):
    for _ in range(400):
        if condition():
            return True
        time.sleep(0.025)
    return False


def test_the_clock_of_the_sandbox_starts_it(clock):
    with Sandbox(clock=clock, seed=5, handover=10) as sandbox:
        platform = Platform(sandbox)
        platform.receive(0)
        clock.advance(9)
        time.sleep(0.6)
        assert "RECEIVED" == platform.status(0)
        clock.advance(1)
        assert _until(lambda: platform.status(0) == "SENT")


def test_advancing_the_clock_at_the_desk_starts_it(tmp_path):
    with Sandbox(store=tmp_path / "s.sqlite3", seed=5, desk_port=0, handover=600) as sandbox:
        platform = _in_march(sandbox)
        platform.receive(0)
        assert 0 == main(["sandbox", "clock", "advance", "1d", "--desk", sandbox.desk_url])
        assert _until(lambda: platform.status(0) == "SENT")


def test_several_processes_hand_over_once(tmp_path):
    where = tmp_path / "s.sqlite3"
    with Sandbox(store=where, seed=5, desk_port=0, handover=600, workers=2) as sandbox:
        platform = _in_march(sandbox)
        for number in range(4):
            platform.receive(number)
        assert 0 == main(["sandbox", "clock", "advance", "1d", "--desk", sandbox.desk_url])
        assert _until(lambda: all(platform.status(number) == "SENT" for number in range(4)))
        sandbox.hand_over()
        assert dict.fromkeys(range(4), "DEPOSE") == platform.listed()


def test_two_that_start_it_at_once_take_turns(sandbox):
    platform = Platform(sandbox)
    for number in range(6):
        platform.receive(number)
    reports = []
    threads = [
        threading.Thread(target=lambda: reports.append(sandbox.hand_over())) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    outcomes = [each.outcome.value for report in reports for each in report.handed]
    assert ["done"] * 6 == outcomes


def test_two_sandboxes_on_one_store_deposit_each_note_once(tmp_path, clock):
    where = tmp_path / "s.sqlite3"
    with Sandbox(store=where, clock=clock) as one, Sandbox(store=where, clock=clock) as other:
        platform = Platform(one)
        for number in range(5):
            platform.receive(number)
        threads = [threading.Thread(target=each.hand_over) for each in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert ["SENT"] * 5 == [platform.status(number) for number in range(5)]
        assert dict.fromkeys(range(5), "DEPOSE") == platform.listed()
        kept = one._store.deposit(UUIDS[3].upper())
        assert kept.secu_uuid == platform.secu(3)


def test_rounds_follow_a_clock_that_leaps(clock):
    rounds = Rounds(lambda: None, clock, timedelta(seconds=10))
    rounds.start()
    rounds.stop()
    now = clock.now()
    said = [
        rounds.due(now + timedelta(seconds=seconds))
        for seconds in (0, 9, 10, 15, 20, 500, 505, 100, 105, 110)
    ]
    assert [False, False, True, False, True, True, False, True, False, True] == said


def test_a_round_that_fails_is_logged_and_followed_by_another(clock, caplog):
    calls = []

    def work():
        calls.append(clock.now())
        raise ValueError("on purpose")

    rounds = Rounds(work, clock, timedelta(seconds=1), seconds=0.01)
    rounds.start()
    for number in range(1, 3):
        clock.advance(1)
        assert _until(lambda number=number: len(calls) == number)
    rounds.stop()
    assert "hand-over failed" in caplog.text


@pytest.mark.parametrize("setting", [{"security": "off"}, {"tls": True}, {"security": "strict"}])
def test_it_speaks_as_the_sandbox_was_set(clock, setting):
    with Sandbox(clock=clock, seed=5, **setting) as sandbox:
        platform = Platform(sandbox)
        platform.receive(0)
        assert [(0, "deposit", "done", "SENT", [])] == platform.run()
        assert {0: "DEPOSE"} == platform.listed()


def test_a_sandbox_on_whose_platform_nothing_waits_sends_and_draws_nothing(clock):
    def drawn(times):
        with Sandbox(clock=clock, seed=5) as sandbox:
            for _ in range(times):
                assert sandbox.hand_over().settled
            deposit = fee_notes.deposit_xml(UUIDS[0]).encode()
            return sandbox.client().send(deposit).raw

    assert drawn(0) == drawn(3)


def test_the_same_seed_hands_over_the_same_bytes(clock):
    def answers():
        with Sandbox(clock=clock, seed=5) as sandbox:
            platform = Platform(sandbox)
            platform.receive(0)
            platform.receive(1)
            platform.run()
            platform.move(1, "CANCEL_ASKED")
            platform.run()
            return [platform.secu(0), sandbox._store.deposit(UUIDS[1].upper())]

    assert answers() == answers()
