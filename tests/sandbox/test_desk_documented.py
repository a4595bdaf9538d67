"""The page of the desk: its table names every request, and its lines for curl do what it says."""

import contextlib
import http.client
import re
import shlex

import pytest

from memhon.local import Sandbox
from memhon.platform.handover import HANDOVER
from memhon.sandbox import Effect
from memhon.sandbox.control import _WORK, ROOT
from memhon.store import open_store

ADDRESS = "http://127.0.0.1:8481"
PAGE = "docs/reference/poste-de-commande.md"


@pytest.fixture(scope="module")
def page(root):
    return (root / PAGE).read_text(encoding="utf-8")


@pytest.fixture
def curl(tmp_path):
    """Does what a line for curl asks for, and refuses what it does not know."""
    with Sandbox(security="off", desk_port=0, store=tmp_path / "store.sqlite3") as sandbox:

        def run(line):
            name, *words = shlex.split(line)
            assert "curl" == name
            asked = {"method": "GET", "data": None, "file": None, "url": None}
            headers = {}
            while words:
                word = words.pop(0)
                if word == "--json":
                    data = words.pop(0)
                    named = data.startswith("@")
                    asked["data"] = (tmp_path / data[1:]).read_bytes() if named else data.encode()
                    asked["method"] = "POST"
                    headers = {"Content-Type": "application/json", "Accept": "application/json"}
                elif word == "-X":
                    asked["method"] = words.pop(0)
                elif word == "-o":
                    asked["file"] = tmp_path / words.pop(0)
                else:
                    assert word.startswith(ADDRESS), word
                    asked["url"] = word.removeprefix(ADDRESS)
            port = int(sandbox.desk_url.rpartition(":")[2])
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            with contextlib.closing(connection):
                connection.request(asked["method"], asked["url"], asked["data"], headers)
                answer = connection.getresponse()
                body = answer.read()
            if asked["file"]:
                asked["file"].write_bytes(body)
            return answer.status, body.decode()

        yield run


def _blocks(page):
    blocks = re.findall(r'```sh title="([^"]*)"\n(.*?)```', page, re.DOTALL)
    return {title: text.splitlines() for title, text in blocks if text.startswith("curl")}


def test_every_request_stands_in_the_table_and_no_other(page):
    told = set(re.findall(r"^\| `([A-Z]+) ([a-z/]+)` \|", page, re.MULTILINE))
    control = {
        (method, path.removeprefix(ROOT)) for path, offered in _WORK.items() for method in offered
    }
    handover = {(method, HANDOVER.removeprefix(ROOT)) for method in ("GET", "POST")}
    assert control | handover == told


def test_every_refusal_of_the_desk_stands_in_the_table(page, catalogue):
    desk = {entry.id for entry in catalogue.findings.values() if entry.kind == "desk"}
    # SBX-010 is the diagnosis that is gone, told on the page of faults
    assert [] == sorted(desk - {"SBX-010"} - set(re.findall(r"`(SBX-\d{3})`", page)))


def test_every_effect_has_its_row_on_the_page_of_faults(root):
    faults = (root / "docs" / "securite" / "reponses-et-fautes.md").read_text(encoding="utf-8")
    assert [each for each in Effect if not re.search(rf"^\| `{each}[ `]", faults, re.M)] == []


def test_the_lines_for_the_clock(page, curl):
    said = [
        curl(line)
        for line in _blocks(page)[
            "Lire l'heure, avancer de deux jours, revenir à l'heure de la machine"
        ]
    ]
    assert [200, 200, 200] == [status for status, _ in said]
    states = [re.search(r'"state": "(\w+)"', text)[1] for _, text in said]
    assert ["machine", "running", "machine"] == states


def test_the_lines_for_the_switchboard(page, curl):
    said = [
        curl(line)
        for line in _blocks(page)["Les trois prochains appels coupés, puis plus de panne"]
    ]
    assert [201, 200, 200] == [status for status, _ in said]
    assert '"left": 3' in said[1][1]
    assert '"cleared": 1' in said[2][1]


def test_the_lines_for_the_contents(page, curl, tmp_path):
    said = [curl(line) for line in _blocks(page)["Remplir, copier, vider, reprendre la copie"]]
    assert [200, 200, 200, 200] == [status for status, _ in said]
    with open_store(tmp_path / "store.sqlite3") as store:
        assert store.count_deposits()


def test_no_line_for_curl_is_left_out(page):
    assert 3 == len(_blocks(page))
