"""``--security``, ``--tls`` and the keys of ``memhon send``; no secret among words or output."""

import getpass
import sys
import types

import pytest

from memhon.catalogue import load
from memhon.cli.main import main, parser
from memhon.cli.sandbox import _made
from memhon.home import pki_path
from memhon.local import Sandbox
from memhon.local.services import Setting
from memhon.security import Pki

CANARY = "canari-7f3a"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def pki():
    made = Pki(pki_path())
    made.practitioner("demo-1")
    return made


@pytest.fixture
def message(tmp_path):
    path = tmp_path / "simulation.xml"
    path.write_bytes(load().example("pid-sim", "request", "observed").data)
    return str(path)


@pytest.fixture
def send(sandbox, message, capsys):
    def sent(*words, endpoint=sandbox.url):
        code = main(["send", message, "--endpoint", endpoint, *map(str, words)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return sent


def test_strict_is_the_default(send):
    code, out, err = send()
    assert (code, err) == (0, "")
    assert "sécurité stricte" in out


def test_in_the_name_of_another_practitioner(send):
    assert send("--practitioner", "demo-2")[0] == 0
    with pytest.raises(SystemExit) as caught:
        send("--practitioner", "demo-99")
    assert caught.value.code == 2


def test_over_tls(send):
    with Sandbox(tls=True) as running:
        code, out, err = send(endpoint=running.url)
    assert (code, err) == (0, "")
    assert "sécurité stricte" in out


def test_a_key_file_with_its_password_in_a_file(send, pki):
    code, out, err = send("--key", pki.file("demo-1"))
    assert (code, err) == (0, "")
    archive = pki.file("demo-1").with_suffix(".p12")
    code, out, err = send("--key", archive, "--password-file", pki.password_file)
    assert (code, err) == (0, "")
    assert pki.password().decode() not in out


def test_a_wrong_password_is_told_and_never_shown(send, pki, tmp_path):
    archive = pki.file("demo-1").with_suffix(".p12")
    secret = tmp_path / "password"
    secret.write_text(CANARY + "\n")
    code, out, err = send("--key", archive, "--password-file", secret)
    assert (code, out) == (4, "")
    assert "SEC-080" in err
    assert CANARY not in err
    assert send("--key", archive)[0] == 4
    assert send("--key", tmp_path / "absent.p12")[0] == 4


def test_a_password_file_that_is_not_there(send, pki, tmp_path):
    absent = tmp_path / "absent"
    code, out, err = send("--key", pki.file("demo-1"), "--password-file", absent)
    assert (code, out) == (2, "")
    assert str(absent) in err


def test_a_password_that_is_asked_for(send, pki, monkeypatch):
    archive = pki.file("demo-1").with_suffix(".p12")
    monkeypatch.setattr(getpass, "getpass", lambda prompt: pki.password().decode())
    assert send("--key", archive, "--password-prompt")[0] == 0


def test_no_password_can_stand_among_the_words(send, pki):
    for words in (["--password", CANARY], ["--password-prompt", "--keyring", "x"]):
        with pytest.raises(SystemExit) as caught:
            send("--key", pki.file("demo-1"), *words)
        assert caught.value.code == 2


def _keyring(monkeypatch, answer):
    class KeyringError(Exception):
        pass

    def get_password(service, name):
        assert (service, name) == ("memhon", "cabinet")
        if isinstance(answer, str):
            raise KeyringError(answer)
        return answer and answer.decode()

    errors = types.ModuleType("keyring.errors")
    errors.KeyringError = KeyringError
    module = types.ModuleType("keyring")
    module.errors, module.get_password = errors, get_password
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)


def test_a_password_of_the_keyring(send, pki, monkeypatch):
    words = ["--key", pki.file("demo-1").with_suffix(".p12"), "--keyring", "cabinet"]
    _keyring(monkeypatch, pki.password())
    assert send(*words)[0] == 0
    _keyring(monkeypatch, None)
    code, _, err = send(*words)
    assert (code, "SEC-084" in err) == (4, True)
    _keyring(monkeypatch, f"locked {CANARY}")
    code, _, err = send(*words)
    assert (code, "SEC-084" in err, CANARY in err) == (4, True, False)


def test_a_machine_without_the_keyring_package(send, pki, monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    code, _, err = send("--key", pki.file("demo-1"), "--keyring", "cabinet")
    assert code == 4
    assert 'pip install "memhon[keyring]"' in err


def test_off_warns_and_a_strict_sandbox_refuses(send):
    code, _, err = send("--security", "off")
    assert code == 1
    assert "sécurité désactivée" in err
    assert "SEC-001" in err
    assert send("--security", "off", "--lang", "en")[2].startswith("memhon: security is off")


def test_off_on_both_sides(send):
    with Sandbox(security="off") as running:
        code, out, err = send("--security", "off", endpoint=running.url)
        assert code == 0
        assert "sécurité désactivée" in out
        assert err.count("\n") == 1
        code, _, err = send(endpoint=running.url)
    assert code == 4
    assert "--security off" in err


@pytest.mark.parametrize(
    ("words", "port", "tls"),
    [([], 8480, False), (["--tls"], 8443, True), (["--tls", "--port", "9"], 9, True)],
)
def test_the_port_follows_the_protocol(words, port, tls):
    made = _made(parser("sandbox").parse_args(["sandbox", "serve", *words]))
    assert (made._port, made._setting) == (port, Setting("strict", tls))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], 8481),
        (["--tls"], 8481),
        (["--port", "9000"], 8481),
        (["--port", "0"], 0),
        (["--desk-port", "0"], 0),
        (["--port", "0", "--desk-port", "9001"], 9001),
        (["--desk-port", "off"], None),
    ],
)
def test_where_the_desk_listens(words, expected):
    made = _made(parser().parse_args(["sandbox", "serve", *words]))
    assert expected == made._desk_port
