"""What the pages of the chain tell to do gives what they say: commands, snippets, faults."""

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

import secured
from memhon.catalogue import load
from memhon.client import Client, ClientKeys
from memhon.clock import VirtualClock
from memhon.errors import SoapFault
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.security import Defect, Pki

FENCE = re.compile(
    r"^(?P<in> *)`{3} ?\{? ?\.?(?P<kind>\w+)[^\n]*\n(?P<text>.*?)^(?P=in)`{3}$",
    re.DOTALL | re.MULTILINE,
)
SHOWN = re.compile(r"\{ #vecteur-([\w-]+) \}")
ROW = re.compile(r"^\| (`SEC-\d+`[^|]*) \|", re.MULTILINE)
USUAL = "appel-requete-pid"
"""The vector that a command outside of any is written for."""
PAGES = ("appel-signe", "authentification", "empreinte", "jeton", "reponses-et-fautes")


@pytest.fixture(scope="module")
def vectors(site):
    return site / "telechargements" / "vecteurs"


def _fences(text, kind):
    """Blocks of code of a kind, each with the id of the vector above it."""
    for fence in FENCE.finditer(text):
        if fence["kind"] == kind:
            above = SHOWN.findall(text[: fence.start()])
            yield above[-1] if above else USUAL, re.sub(f"(?m)^{fence['in']}", "", fence["text"])


def _page(root, name):
    return (root / "build" / "docs" / "securite" / f"{name}.md").read_text(encoding="utf-8")


def test_every_openssl_command_gives_what_the_vector_says(site, root, vectors, tmp_path):
    seen = []
    for page in PAGES:
        for name, commands in _fences(_page(root, page), "sh"):
            if "openssl dgst" not in commands:
                continue
            folder = tmp_path / f"{page}-{name}"
            shutil.copytree(vectors / name, folder)
            done = subprocess.run(
                ["sh", "-eu", "-c", commands],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=60,
                check=True,
            )
            digest = (folder / "empreintes.txt").read_text(encoding="ascii").split()[0]
            assert f"{digest}\nVerified OK\n" == done.stdout, (page, name)
            seen.append((page, name))
    assert sorted(name for page, name in seen if page != "empreinte") == sorted(
        path.parent.name for path in vectors.glob("*/message.xml")
    )
    assert ("empreinte", USUAL) in seen


def test_the_snippet_of_python_writes_the_forms_of_a_vector(site, root, vectors, tmp_path):
    ((name, source),) = _fences(_page(root, "empreinte"), "python")
    shutil.copy(vectors / name / "message.xml", tmp_path / "requete.xml")
    subprocess.run([sys.executable, "-c", source], cwd=tmp_path, check=True, timeout=60)
    for written, kept in (("Body.c14n", "1-Body.c14n"), ("signed-info.c14n", "signed-info.c14n")):
        assert (tmp_path / written).read_bytes() == (vectors / name / kept).read_bytes()


@pytest.fixture
def clock():
    return VirtualClock(secured.START)


@pytest.fixture
def sandbox(clock):
    with Sandbox(clock=clock, seed=7) as running:
        yield running


@pytest.fixture
def peer(sandbox, clock):
    return secured.Peer(sandbox.url, clock, Pki(pki_path()).practitioner("demo-1"))


def _ids(root):
    """The ids of the table, ranges written out."""
    text = (root / "docs" / "securite" / "reponses-et-fautes.md").read_text(encoding="utf-8")
    for cell in ROW.findall(text.partition("## Les provoquer")[2]):
        numbers = [int(number) for number in re.findall(r"SEC-(\d+)", cell)]
        whole = range(numbers[0], numbers[-1] + 1) if " à " in cell else numbers
        yield from (f"SEC-{number:03}" for number in whole)


def test_every_fault_of_the_table_has_its_proof(root):
    named = list(_ids(root))
    proven = {name.rpartition("_")[2] for name in globals() if name.startswith("test_provoked_")}
    assert proven == {name.removeprefix("SEC-") for name in named}
    assert len(named) == len(set(named))


def _sent(client, data=secured.SIMULATION):
    with pytest.raises(SoapFault) as caught:
        client.send(data)
    return caught.value.detail_id


def test_provoked_001(sandbox):
    assert "SEC-001" == _sent(Client(sandbox.url, security="off"))


def test_provoked_007(peer):
    data = peer.call(peer.token())
    secured.refuses(peer.send(data.replace(b">C1<", b">C2<")), "SEC-007")


def test_provoked_008(peer):
    data = peer.call(peer.token(), secured.DEPOSIT, family="ra")
    assert data.count(b"xmlns:saml2=") == 0
    secured.refuses(peer.send(data.replace(b"saml2", b"saml3", 1)), "SEC-008")


def _with_defect(peer, defect, finding):
    wrong = replace(peer, pair=Pki(pki_path()).practitioner("demo-1", defect))
    secured.refuses(peer.identity(wrong.authentication()), finding)


def test_provoked_011(peer):
    _with_defect(peer, Defect.FOREIGN, "SEC-011")


def test_provoked_012(peer):
    _with_defect(peer, Defect.EXPIRED, "SEC-012")


def test_provoked_013(peer):
    _with_defect(peer, Defect.REVOKED, "SEC-013")


def test_provoked_014(peer):
    _with_defect(peer, Defect.WRONG_USAGE, "SEC-014")


def _ahead(sandbox, clock, shift):
    other = VirtualClock(clock.now() + shift)
    return Client(sandbox.url, keys=ClientKeys.of_sandbox(), clock=other)


def test_provoked_020(sandbox, clock):
    assert "SEC-020" == _sent(_ahead(sandbox, clock, -timedelta(minutes=30)))


def test_provoked_021(sandbox, clock):
    assert "SEC-021" == _sent(_ahead(sandbox, clock, timedelta(minutes=30)))


def test_provoked_030(peer, clock):
    assertion = peer.authenticate()
    clock.advance(60)
    secured.refuses(peer.ask(peer.token_request(assertion)), "SEC-030")


def test_provoked_032(peer):
    request = peer.token_request(peer.authenticate())
    assert peer.ask(request).status == 200
    secured.refuses(peer.ask(request), "SEC-032")


def test_provoked_040(sandbox, clock):
    old = sandbox.client().send(secured.SIMULATION).trace[-1].request
    with Sandbox(clock=clock, seed=8) as again:
        assert "SEC-040" == _sent(again.client(), old)


def test_provoked_041(sandbox, clock):
    client = sandbox.client()
    old = client.send(secured.SIMULATION).trace[-1].request
    clock.advance(30 * 60)
    assert "SEC-041" == _sent(client, old)


def test_provoked_042(sandbox):
    client = sandbox.client()
    old = client.send(secured.SIMULATION).trace[-1].request
    client.cancel_token()
    assert "SEC-042" == _sent(client, old)


def test_provoked_043(peer):
    other = replace(peer, pair=Pki(pki_path()).practitioner("demo-2"))
    secured.refuses(peer.send(other.call(peer.token())), "SEC-043")


def test_provoked_050(peer):
    other = load().provider("demo-2").ehealth_id
    secured.refuses(peer.identity(peer.authentication(other)), "SEC-050")
