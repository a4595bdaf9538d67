"""Canaries: what is told of a patient lies in the store and in files that were asked for, only."""

import base64
import logging
import re
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

import pid_desk
import wire
from desk_calls import JSON, ask
from fee_notes import cancellation_xml, consent_xml, list_xml, reading_xml
from memhon.catalogue import load
from memhon.cli.main import main
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.platform import LOGIN
from memhon.sandbox.access_query import ACCESSES
from memhon.sandbox.control import DUMP
from memhon.store import open_store
from platform_desk import ZIP, entry, zipped
from serving import MEMHON

_DEMO = load().person("demo-2").matricule
HANDOVER = "/_sandbox/handover"
MATRICULE = str(int(load().person("demo-1").matricule) + 11)
"""Of nobody in the catalogue, whose values may be shown: of a stranger nothing may be."""
NAME, FIRST, WORD, CITY = "Zwylkmarq", "Oxquandel", "Krempfolux", "Vrintschbech"
CANARIES = (MATRICULE, _DEMO, NAME, FIRST, WORD, CITY)
ALLOWED = {
    ("deposits", "data"),
    ("deposits", "matricule"),
    ("simulations", "matricule"),
    ("accesses", "whose"),
    ("platform_documents", "data"),
    ("platform_documents", "matricule"),
    ("platform_consents", "matricule"),
    ("platform_consents", "author"),
}
PRACTICE = load().provider("demo-1").ehealth_id
SCREENS = (
    "/",
    "/memoires",
    "/paiements",
    "/plateforme",
    f"/plateforme/{_DEMO}",
    "/messages",
    "/messages/1",
    "/jetons",
    "/horloge",
    "/utilisation",
    "/acces",
)
PROVIDER = load().provider("demo-1").code


def _deposit(uuid):
    example = load().example("ra-depot", "request", "rich").data.decode()
    text = re.sub("<UUID>[^<]*", f"<UUID>{uuid}", example, count=1)
    text = re.sub("<matricule>[^<]*", f"<matricule>{MATRICULE}", text)
    text = text.replace("<nom>FICTIF", f"<nom>{NAME}").replace("<prenom>Amélie", f"<prenom>{FIRST}")
    text = re.sub("(<patient>.*?<rue>|<assure>.*?<rue>)[^<]*", rf"\g<1>{CITY}", text, flags=re.S)
    text = re.sub("<texteLibreMedical>[^<]*", f"<texteLibreMedical>{WORD}", text)
    assert all(canary in text for canary in CANARIES if canary != _DEMO)
    return text


class Scene:
    """Commands, calls and requests to one sandbox, and everything that was not asked for."""

    def __init__(self, url, desk, folder, capfd):
        self.url, self.folder, self.capfd = url, folder, capfd
        self.desk = SimpleNamespace(desk_url=desk)
        self.beside = ""
        self._number = 0

    def run(self, *words):
        """Run a command; what it prints was asked for, what it complains of was not."""
        code = main([str(word) for word in words])
        said = self.capfd.readouterr()
        self.beside += said.err
        return code, said.out

    def send(self, message):
        """Send a message; the answer."""
        self._number += 1
        file = self.folder / f"message-{self._number}.xml"
        file.write_text(message, encoding="utf-8")
        return self.run("send", file, "--endpoint", self.url)[1]


def _live(scene):
    """All eight exchanges, accepted and refused, then the desk and the commands."""
    secu = [
        re.search("UuidSecu>([^<]*)<", scene.send(_deposit(wire.uuid(number))))[1]
        for number in (1, 2)
    ]
    assert "MH-001" in scene.send(_deposit(wire.uuid(1)))
    assert secu[1] in scene.send(list_xml(MATRICULE))
    assert WORD in scene.send(reading_xml(secu[0], MATRICULE))
    assert secu[0] in scene.send(consent_xml(secu[0], MATRICULE))
    scene.send(consent_xml(secu[0], _DEMO))
    scene.send(reading_xml(secu[0], _DEMO))
    assert secu[1] in scene.send(cancellation_xml(wire.uuid(9), secu[1]))
    for matricule in (MATRICULE, _DEMO):
        _pid(scene, matricule)
    scene.send(_deposit(wire.uuid(3)).replace(f"<matricule>{MATRICULE}", f"<matricule>{WORD}"))
    scene.send(_deposit(wire.uuid(4)).replace(f"<nom>{NAME}", f"<nom>{NAME * 20}"))
    scene.send(_deposit(wire.uuid(4)).replace("<acquitte>", "<acquitte/><acquitte>", 1)[:-9])
    scene.send(f"<unknown>{MATRICULE} {NAME} {WORD}</unknown>")
    # Of what cannot be read as XML nobody knows the fields: whoever sent it is shown where it ends.
    told = scene.beside
    scene.send(f"{MATRICULE} {NAME} {WORD}")
    scene.beside = told
    _refused(scene)
    _platform(scene)
    _look(scene)


def _platform(scene):
    """A note on the platform, read, refused and handed over; then every screen of the desk."""
    doctor, other, patient = (
        ask(scene.desk, "POST", LOGIN, wish)[1]["headers"]
        for wish in ({"practitioner": "demo-1"}, {"practitioner": "demo-2"}, {"patient": "demo-2"})
    )
    own, uuid = f"/api/v1/person/{_DEMO}", wire.uuid(40)
    for kind in ("MH", "ESANTE", "CNS"):
        wish = {"type": kind, "endAt": "2099-01-01T00:00:00Z"}
        assert 200 == ask(scene.desk, "POST", f"{own}/consent", wish, **patient)[0]
    folder = f"/api/v1/practitioner/{PRACTICE}/person/{_DEMO}/document"
    packed = zipped((entry(uuid), _deposit(uuid).replace(MATRICULE, _DEMO)))
    for status in (200, 409):
        found, value, _ = ask(scene.desk, "POST", folder, packed, **doctor, **ZIP)
        assert status == found
        scene.beside += value["message"] if status == 409 else ""
    for path in (f"{own}/documents", f"{own}/document/{uuid}", f"{own}/document/{uuid}/pdf"):
        assert 200 == ask(scene.desk, "GET", path, **patient)[0]
        status, value, _ = ask(scene.desk, "GET", path, **other)
        assert 403 == status
        scene.beside += str(value)
    scene.beside += str(ask(scene.desk, "POST", HANDOVER, **JSON)[1])
    scene.beside += scene.run("sandbox", "handover", "--desk", scene.desk.desk_url)[1]
    for path in SCREENS:
        assert 200 == ask(scene.desk, "GET", path)[0]
    scene.beside += str(ask(scene.desk, "GET", f"/memoires/{wire.uuid(41)}")[1])


def _pid(scene, matricule):
    asked = wire.simulation(matricule, PROVIDER, [pid_desk.line()])
    for number in (1, 2):
        answer = scene.send(pid_desk.bare(asked.replace(b"03e8", b"03e%d" % number)).decode())
        key = re.search("identifiantReponseSimulation>([^<]*)<", answer)[1]
        calls = {
            1: pid_desk.payment(key),
            2: pid_desk.contestation(key, (wire.uuid(5), "1")),
        }
        scene.send(pid_desk.bare(calls[number]).decode())


def _refused(scene):
    """A message without a signature, and its diagnosis."""
    payload = re.sub(r"^<\?xml[^>]*\?>", "", _deposit(wire.uuid(6)))
    answer = wire.send(scene.url, wire.envelope(payload, wire.DEPOT))
    link = answer.text(".//mh:fault/mh:diagnostic")
    scene.beside += answer.data.decode()
    for form in ("", "?format=json"):
        status, _, _ = ask(scene.desk, "GET", link.removeprefix(scene.desk.desk_url) + form)
        assert 200 == status


def _look(scene):
    assert 200 == ask(scene.desk, "GET", DUMP)[0]
    assert 200 == ask(scene.desk, "GET", ACCESSES)[0]
    address = ("--desk", scene.desk.desk_url)
    assert 0 == scene.run("sandbox", "dump", scene.folder / "copy.jsonl", *address)[0]
    assert MATRICULE in scene.run("sandbox", "audit", *address)[1]
    page = ("--format", "html", "--output", scene.folder / "log.html")
    assert 0 == scene.run("sandbox", "audit", *address, *page)[0]
    broken = scene.folder / "broken.xml"
    wrong = _deposit(wire.uuid(7)).replace(f"<matricule>{MATRICULE}", f"<matricule>{WORD}")
    broken.write_text(wrong, encoding="utf-8")
    code, said = scene.run("validate", broken)
    assert 1 == code
    scene.beside += said
    scene.run("sandbox", "load", scene.folder / "copy.jsonl", *address)
    scene.run("sandbox", "audit", *address, "--whose", "x", "--from", MATRICULE[:4])


def _found(text):
    return [canary for canary in CANARIES if canary in text]


@contextmanager
def _served(place, folder):
    """``memhon sandbox serve`` in a process of its own; what it prints goes to a file."""
    said = folder / "said"
    command = [*MEMHON, "sandbox", "serve", "--port", "0", "--store", str(place)]
    with said.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + 60
    while "Ctrl-C" not in said.read_text(encoding="utf-8"):
        assert process.poll() is None, said.read_text(encoding="utf-8")
        assert time.monotonic() < deadline
        time.sleep(0.05)
    try:
        yield said
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Folders of a user of their own: home, temporary files, where they work, what they ask for."""
    names = ("home", "scratch", "work", "asked", "store", "log")
    found = SimpleNamespace(**{name: tmp_path / name for name in names})
    for name in names:
        (tmp_path / name).mkdir()
    shutil.copytree(pki_path(), found.home / "pki")
    monkeypatch.setenv("MEMHON_HOME", str(found.home))
    monkeypatch.setenv("TMPDIR", str(found.scratch))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(found.work)
    found.left = lambda: [
        (path.relative_to(tmp_path).as_posix(), _found(path.read_bytes().decode("latin-1")))
        for path in sorted(tmp_path.rglob("*"))
        if path.is_file() and not {found.asked, found.store} & set(path.parents)
    ]
    return found


def test_nothing_but_the_store_and_what_was_asked_for_names_a_patient(places, capfd):
    place = places.store / "store.sqlite3"
    with _served(place, places.log) as said:
        banner = said.read_text(encoding="utf-8")
        url = re.search(r"http://127\.0\.0\.1:\d+", banner)[0]
        desk = re.search(r"Poste de commande : (http://127\.0\.0\.1:\d+)", banner)[1]
        scene = Scene(url, desk, places.asked, capfd)
        _live(scene)
    assert [] == _found(scene.beside)
    left = places.left()
    assert ("log/said", []) in left
    assert len(left) > 5
    assert [(name, found) for name, found in left if found] == []
    assert _found(place.read_bytes().decode("latin-1"))


def test_in_the_store_it_stands_where_it_is_said_to_stand(places, capfd):
    place = places.store / "store.sqlite3"
    with Sandbox(store=place, desk_port=0) as sandbox:
        _live(Scene(sandbox.url, sandbox.desk_url, places.asked, capfd))
    with open_store(place) as store:
        rows = []
        store.dump(rows.append)
    columns = {
        (table, name)
        for table, values in rows
        for name, value in values.items()
        if _found(str(value))
        or (name == "data" and _found(base64.b64decode(value).decode("latin-1")))
    }
    assert ALLOWED == columns
    assert {"usage", "accesses", "payments", "cancellations"} <= {table for table, _ in rows}


def test_no_log_of_any_level_names_a_patient(places, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    with Sandbox(store=places.store / "store.sqlite3", desk_port=0) as sandbox:
        scene = Scene(sandbox.url, sandbox.desk_url, places.asked, capfd)
        _live(scene)
    assert "SBX-030" in caplog.text or "fictives" in caplog.text
    records = "\n".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    assert [] == _found(caplog.text + records)
    assert [] == _found(scene.beside)
