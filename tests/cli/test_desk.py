"""The commands on a running sandbox: clock, faults and contents from another terminal."""

import json
import os
import re
import socket
import stat
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from lxml import etree

from memhon.catalogue import load
from memhon.cli.main import main
from serving import MEMHON, send, serving

DEPOSIT = load().example("ra-depot", "request", "minimal").data
CONSENT = load().example("ra-rembcons", "request", "minimal").data
CNS = "{http://www.secu.lu/ciss/cns}"
DAY = timedelta(days=1)


@contextmanager
def _started(*options):
    with serving("--desk-port", "0", *options) as (banner, url, _process):
        desk = re.search(r"(?:Poste de commande|Desk)\s?: (http://127\.0\.0\.1:\d+)", banner)[1]
        yield SimpleNamespace(banner=banner, url=url, desk=desk)


@pytest.fixture(scope="module")
def strict():
    with _started() as running:
        yield running


@pytest.fixture
def sandbox(strict, capsys):
    """As if it had just been started."""
    _run(strict, capsys, "reset")
    return strict


def _run(running, capsys, *words):
    code = main(["sandbox", *map(str, words), "--desk", running.desk])
    said = capsys.readouterr()
    return code, said.out.strip(), said.err.strip()


@pytest.fixture
def memhon(sandbox, capsys):
    """Runs an action on the running sandbox: exit code, what it said, what it complained of."""
    return lambda *words: _run(sandbox, capsys, *words)


@pytest.fixture
def file(tmp_path):
    """A message as a file."""

    def made(data, name="message.xml"):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return made


def test_the_banner_says_how_to_reach_the_desk(strict):
    assert f"memhon sandbox clock|fault --desk {strict.desk}" in strict.banner
    with _started("--security", "off") as other:
        assert f"memhon sandbox clock|fault --desk {other.desk}" in other.banner
        assert "trente minutes" not in other.banner


def test_a_deposit_is_consented_two_virtual_days_later(sandbox, memhon, file, tmp_path):
    answer = tmp_path / "answer.xml"
    code, _, said = send(file(DEPOSIT), "--endpoint", sandbox.url, "--save", answer)
    assert (0, "") == (code, said)
    secu = etree.parse(answer).findtext(f".//{CNS}UuidSecu")
    consent = re.sub(rb"(UUIDSecu>)[^<]*", rb"\g<1>" + secu.encode(), CONSENT, count=1)
    assert "(elle avance)" in memhon("clock", "advance", "2d")[1]
    code, _, said = send(file(consent), "--endpoint", sandbox.url, "--save", answer)
    assert (0, True) == (code, said.startswith("memhon : heure du bac à sable : "))
    later = datetime.now(UTC) + 2 * DAY
    assert f"{later:%Y-%m-%d}" in said
    told = datetime.fromisoformat(etree.parse(answer).findtext(f".//{CNS}dateConsentement"))
    assert later - timedelta(minutes=2) < told <= later


def test_a_sandbox_at_the_machine_s_time_needs_no_remark(sandbox, file):
    _, _, said = send(file(DEPOSIT), "--endpoint", sandbox.url, "--lang", "en")
    assert "" == said


def test_the_remark_in_english(sandbox, memhon, file):
    memhon("clock", "advance", "1h")
    _, _, said = send(file(DEPOSIT), "--endpoint", sandbox.url, "--lang", "en")
    assert said.startswith("memhon: time of the sandbox: ")


def test_the_clock_answers_as_that_of_a_store(memhon):
    assert "(celle de la machine)" in memhon("clock", "show")[1]
    memhon("clock", "freeze")
    title = "Horloge du bac à sable : 2023-12-28T00:01:00Z (figée)"
    assert (0, title, "") == memhon("clock", "set", "2023-12-28T00:01Z")
    assert (
        "Clock of the sandbox: 2023-12-28T00:01:00Z (frozen)"
        == (memhon("clock", "show", "--lang", "en")[1])
    )
    code, _, complaint = memhon("clock", "set", "2101-01-01T00:00Z")
    assert (4, True) == (code, complaint.startswith("memhon : SBX-015 : "))
    assert "de 2020 à 2049." in complaint


def test_refusals_read_the_same_on_a_desk_and_on_a_store(memhon, tmp_path, capsys):
    place = tmp_path / "store.sqlite3"
    wishes = [
        ("clock", "set", "2101-01-01T00:00Z"),
        ("fault", "add", "delay", "soon"),
        ("fault", "clear", "7"),
        ("fault", "list"),
        ("fault", "add", "cut", "--count", "0"),
        ("fault", "add", "cut", "--practitioner", "demo-2"),
        ("populate",),
        ("fault", "clear"),
        ("reset", "--lang", "en"),
    ]
    for words in wishes:
        ours = memhon(*words)
        code = main(["sandbox", *words, "--store", str(place)])
        said = capsys.readouterr()
        theirs = (code, said.out.strip(), said.err.strip())
        assert _unnumbered(theirs) == _unnumbered(ours)


def _unnumbered(told):
    """A sandbox that runs longer has given numbers before."""
    return told[0], re.sub(r"n° \d+", "n°", told[1]), told[2]


def test_a_copy_goes_from_a_running_sandbox_to_a_store_and_back(memhon, tmp_path, capsys):
    copy, again, place = tmp_path / "copy", tmp_path / "again", tmp_path / "store.sqlite3"
    memhon("populate")
    memhon("clock", "freeze")
    code, said, _ = memhon("dump", copy)
    lines = copy.read_text(encoding="utf-8").splitlines()
    assert (0, f"Lignes copiées : {len(lines) - 1}, dans {copy}") == (code, said)
    if os.name == "posix":
        assert 0o600 == stat.S_IMODE(copy.stat().st_mode)
    assert 4 == memhon("dump", copy)[0]
    for words in (("load", copy), ("dump", again)):
        assert 0 == main(["sandbox", *map(str, words), "--store", str(place)])
    capsys.readouterr()
    assert copy.read_bytes() == again.read_bytes()
    code, _, complaint = memhon("load", again)
    assert (4, True) == (code, complaint.startswith("memhon : SBX-018 : "))
    assert (0, f"Lignes reprises : {len(lines) - 1}", "") == memhon("load", again, "--instead")


EFFECTS = {
    ("fault", "SBX-006"): (1, ["soap:Server.ErreurInterne", "Correlation-ID : Id-", "correction"]),
    ("fault", "SEC-040"): (1, ["JetonInconnu", "Refaites les étapes 1 et 2"]),
    ("anomaly", "MH-010"): (1, ["MH-010 (bloquante", "correction"]),
    ("delay", "0.5"): (0, ["valide pour : forme, schéma"]),
    ("cut",): (4, ["NET-006", "renvoyez-la avec les mêmes identifiants", "MH-001"]),
    ("half",): (4, ["NET-006", "renvoyez-la avec les mêmes identifiants", "MH-001"]),
    ("invalid-signature",): (4, ["SEC-008", "N'en employez rien", "mêmes identifiants"]),
    ("expired-token",): (1, ["JetonExpire", "demandez un jeton neuf"]),
    ("wrong-correlation",): (1, ["NET-011", "Ne rangez pas cette réponse", "mêmes identifiants"]),
    ("maintenance",): (4, ["NET-010", "120 s", "n'a pas été traitée", "mêmes identifiants"]),
}
SILENT = {"cut", "half", "maintenance"}
KEPT = {"delay", "cut", "half", "invalid-signature", "wrong-correlation"}


@pytest.mark.parametrize("effect", EFFECTS, ids=" ".join)
def test_what_a_user_reads_of_each_effect_and_that_the_advice_is_right(
    sandbox, memhon, file, effect
):
    exit_code, words = EFFECTS[effect]
    assert 0 == memhon("fault", "add", *effect, "--exchange", "ra-depot")[0]
    code, out, err = send(file(DEPOSIT), "--endpoint", sandbox.url)
    assert exit_code == code
    assert [word for word in words if word not in out + err] == []
    mark = f"Provoqué par le commutateur du bac à sable ({effect[0]})."
    assert (effect[0] not in SILENT) == (mark in err)
    # sent again as it is: what was kept is recognised, anything else is done now
    code, out, _ = send(file(DEPOSIT), "--endpoint", sandbox.url)
    assert (effect[0] in KEPT) == ("MH-001" in out)
    assert (1 if effect[0] in KEPT else 0) == code


def test_a_fault_as_json_and_in_english(sandbox, memhon, file):
    memhon("fault", "add", "expired-token", "--count", "2")
    code, out, err = send(file(DEPOSIT), "--endpoint", sandbox.url, "--format", "json")
    assert (1, "SEC-041", "") == (code, json.loads(out)["fault"]["id"], err)
    _, _, err = send(file(DEPOSIT), "--endpoint", sandbox.url, "--lang", "en")
    assert "cause" in err
    assert load().findings["SEC-041"].texts["en"].fix in err


def test_nothing_that_listens_is_told_with_what_to_do(capsys):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    code = main(["sandbox", "clock", "show", "--desk", f"http://127.0.0.1:{port}"])
    complaint = capsys.readouterr().err
    assert (4, True) == (code, complaint.startswith("memhon : NET-008 : "))
    assert "memhon sandbox serve" in complaint
    assert "--store" in complaint


def test_something_else_that_listens_is_told(sandbox, capsys):
    code = main(["sandbox", "reset", "--desk", sandbox.url])
    complaint = capsys.readouterr().err
    assert (4, True) == (code, complaint.startswith("memhon : NET-009 : "))
    assert "Poste de commande" in complaint


@pytest.mark.parametrize(
    "address",
    [
        "http://192.0.2.1:8481",
        "http://sandbox.example:8481",
        "https://127.0.0.1:8481",
        "http://127.0.0.1:8481/_sandbox",
        "http://user@127.0.0.1:8481",
        "127.0.0.1:8481",
        "https://ws.mysecu.lu",
    ],
)
def test_only_a_desk_of_this_machine_is_called(address, capsys):
    with pytest.raises(SystemExit) as end:
        main(["sandbox", "clock", "show", "--desk", address])
    assert 2 == end.value.code
    assert "NET-00" in capsys.readouterr().err


def test_a_desk_and_a_store_are_not_named_together(capsys):
    with pytest.raises(SystemExit) as end:
        main(["sandbox", "reset", "--desk", "http://127.0.0.1:1", "--store", "default"])
    assert 2 == end.value.code
    assert "--store" in capsys.readouterr().err


def test_without_options_the_default_desk_is_asked():
    command = [*MEMHON, "sandbox", "clock", "show", "--help"]
    answer = subprocess.run(command, capture_output=True, check=True, timeout=20)
    assert "http://127.0.0.1:8481" in answer.stdout.decode()
