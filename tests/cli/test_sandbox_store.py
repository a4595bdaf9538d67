"""``memhon sandbox clock|fault|reset|populate|dump|load``: a store as its user works on it."""

import json
import os
import re
import stat

import pytest

import secured
from memhon.cli import contents, lasting
from memhon.cli.fault import EFFECTS
from memhon.cli.main import main
from memhon.client import DEFAULT_DESK
from memhon.local import Sandbox
from memhon.sandbox import Effect
from memhon.store import open_store
from values import DEPOSIT, fill

THEN = "2023-12-28T00:01:00Z"


@pytest.fixture
def place(tmp_path):
    return tmp_path / "store.sqlite3"


@pytest.fixture
def memhon(place, capsys):
    """Runs an action on the store: exit code, what it said, what it complained of."""

    def run(*words):
        try:
            code = main(["sandbox", *map(str, words), "--store", str(place)])
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return run


def test_the_clock_is_set_advanced_frozen_and_freed(memhon):
    memhon("clock", "freeze")
    said = "Horloge du bac à sable : {}Z ({})".format
    assert (0, said("2023-12-28T00:01:00", "figée"), "") == memhon("clock", "set", THEN)
    assert said("2023-12-30T12:01:00", "figée") == memhon("clock", "advance", "2d12h")[1]
    assert said("2023-12-30T12:01:00", "figée") == memhon("clock", "show")[1]
    assert "(elle avance)" in memhon("clock", "freeze", "--off")[1]
    assert "(celle de la machine)" in memhon("clock", "set", "machine")[1]
    assert "(the machine's)" in memhon("clock", "show", "--lang", "en")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("clock", "set", "2026-03-02"),
        ("clock", "set", "tomorrow"),
        ("clock", "advance", "2"),
        ("clock", "advance", "a day"),
        ("fault", "add", "nothing"),
        ("fault", "add", "cut", "--exchange", "pid-xyz"),
        ("fault", "add", "cut", "--practitioner", "nobody"),
        ("clock", "show", "--store", "memory"),
    ],
)
def test_wrong_words_are_wrong_usage(words, capsys):
    with pytest.raises(SystemExit) as end:
        main(["sandbox", *words])
    assert 2 == end.value.code
    assert capsys.readouterr().err


def test_a_year_without_certificates_is_refused(memhon):
    code, _, complaint = memhon("clock", "set", "2101-01-01T00:00Z")
    assert 4 == code
    assert complaint.startswith("memhon : SBX-015 : ")
    assert "l'horloge du bac à sable va de 2020 à 2049." in complaint


def test_a_running_sandbox_follows_the_command(memhon, place):
    memhon("clock", "freeze")
    memhon("clock", "set", THEN)
    with Sandbox(security="off", store=place) as sandbox:
        memhon("fault", "add", "fault", "SBX-006", "--count", "1", "--exchange", "pid-sim")
        client = sandbox.client()
        with pytest.raises(Exception, match=r"soap:Server"):
            client.send(secured.SIMULATION)
        assert client.send(secured.SIMULATION).report.verdict == "valid"
        said = "n° 1 : fault SBX-006 ; pid-sim, tous les prestataires ; reste 0, servie 1 fois"
        assert said == memhon("fault", "list")[1]


def test_rules_are_added_listed_and_cleared(memhon):
    assert "Aucune règle." == memhon("fault", "list")[1]
    said = memhon("fault", "add", "delay", "2.50", "--practitioner", "demo-2", "--count", "3")[1]
    assert said.startswith("n° 1 : delay 2.5 ; tous les échanges, ")
    assert said.endswith(" ; reste 3, servie 0 fois")
    memhon("fault", "add", "cut")
    assert 2 == len(memhon("fault", "list")[1].splitlines())
    assert "Règles effacées : 1" == memhon("fault", "clear", "1")[1]
    assert "Rules cleared: 1" == memhon("fault", "clear", "--lang", "en")[1]
    assert "No rule." == memhon("fault", "list", "--lang", "en")[1]


def test_a_rule_without_sense_is_refused(memhon):
    code, _, complaint = memhon("fault", "add", "fault", "MH-001")
    assert (4, True) == (code, "« MH-001 » n'est pas une faute (SBX-001)." in complaint)
    complaint = memhon("fault", "add", "anomaly", "MH-002")[2]
    assert "« MH-002 » ne refuse rien : ce n'est pas une anomalie bloquante." in complaint
    assert "Aucune règle." == memhon("fault", "list")[1]


def test_the_command_knows_every_effect_every_table_and_the_desk():
    assert list(EFFECTS) == [effect.value for effect in Effect]
    with open_store() as store:
        assert set(contents._KEPT["fr"]) == set(store.reset())
    assert lasting.DESK == DEFAULT_DESK


def test_a_populated_store_answers_what_the_examples_ask(memhon, place, catalogue):
    assert 0 == memhon("populate")[0]
    with open_store(place) as store:
        assert store.count_deposits()
    assert 0 == memhon("populate")[0]
    code, said, _ = memhon("reset")
    assert (0, True) == (code, said.startswith("Bac à sable vidé, horloge et règles comprises."))
    assert re.search(r"\bmémoires : \d", said)
    with open_store(place) as store:
        assert 0 == store.count_deposits()
    assert "Bac à sable vidé ; il ne contenait rien." == memhon("reset")[1]
    assert "Sandbox emptied; it held nothing." == memhon("reset", "--lang", "en")[1]


def test_a_copy_is_private_and_gives_the_same_store(memhon, tmp_path, place):
    memhon("populate")
    memhon("clock", "freeze")
    memhon("fault", "add", "cut")
    copy, again = tmp_path / "copy.jsonl", tmp_path / "again.jsonl"
    code, said, _ = memhon("dump", copy)
    lines = copy.read_text(encoding="utf-8").splitlines()
    assert (0, f"Lignes copiées : {len(lines) - 1}, dans {copy}") == (code, said)
    if os.name == "posix":
        assert 0o600 == stat.S_IMODE(copy.stat().st_mode)
    memhon("reset")
    assert (0, f"Lignes reprises : {len(lines) - 1}", "") == memhon("load", copy)
    assert 4 == memhon("load", copy)[0]
    assert 0 == memhon("load", copy, "--instead")[0]
    memhon("dump", again)
    assert copy.read_bytes() == again.read_bytes()


def test_a_copy_never_replaces_a_file(memhon, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    code, _, complaint = memhon("dump", taken)
    assert (4, True) == (code, "existe déjà" in complaint)
    assert "mine" == taken.read_text(encoding="utf-8")
    assert 4 == memhon("dump", tmp_path / "nowhere" / "copy")[0]


def test_somebody_who_is_not_fictitious_is_warned_of_and_not_named(memhon, tmp_path, place):
    with open_store(place) as store:
        fill(store)
    copy = tmp_path / "copy.jsonl"
    memhon("dump", copy)
    code, _, complaint = memhon("load", copy, "--instead")
    assert (0, True) == (code, complaint.startswith("memhon : attention, 1 personne"))
    assert DEPOSIT.matricule not in complaint


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"hello",
        b'["letters", {}]\n',
        b'["memhon-store", {"revision": "9999"}]\n',
        b'["memhon-store", {"revision": "0003"}]\n["deposits", 3]\n',
        b'["memhon-store", {"revision": "0003"}]\n["letters", {}]\n',
    ],
)
def test_what_is_no_copy_is_refused_and_changes_nothing(memhon, tmp_path, place, content):
    memhon("populate")
    before = tmp_path / "before"
    memhon("dump", before)
    broken = tmp_path / "broken"
    broken.write_bytes(content)
    code, _, complaint = memhon("load", broken, "--instead")
    assert (4, True) == (code, complaint.startswith("memhon : "))
    assert "erreur interne" not in complaint
    memhon("dump", tmp_path / "after")
    assert _held(before) == _held(tmp_path / "after")


def _held(copy):
    """The rows of a copy but for those of the access log: to look is an access."""
    lines = copy.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith('["accesses"')]


def test_a_value_that_cannot_be_read_is_refused(memhon, tmp_path, place):
    memhon("populate")
    copy = tmp_path / "copy"
    memhon("dump", copy)
    lines = [json.loads(line) for line in copy.read_text(encoding="utf-8").splitlines()]
    next(values for name, values in lines if name == "deposits")["data"] = "é"
    copy.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    code, _, complaint = memhon("load", copy, "--instead")
    assert (4, True) == (code, "valeur illisible" in complaint)


def test_a_missing_copy_is_told(memhon, tmp_path):
    assert 4 == memhon("load", tmp_path / "nothing")[0]
