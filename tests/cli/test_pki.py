"""``memhon sandbox pki``: files are made and named, keys and passwords stay in them."""

import os
import stat
import subprocess
import sys

import pytest

from memhon.cli.main import main
from memhon.cli.words import DEFECTS
from memhon.security import Defect, load_pair


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of keys made by the command, and what it printed."""
    where = tmp_path_factory.mktemp("keys") / "pki"
    command = [sys.executable, "-m", "memhon", "sandbox", "pki", "--pki", str(where)]
    answer = subprocess.run(command, capture_output=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, b"")
    return where, answer.stdout.decode()


def _contents(where):
    return {path.name: path.read_bytes() for path in where.iterdir()}


def test_authority_services_and_a_practitioner_are_made(folder):
    where, out = folder
    pairs = {"authority", "demo-1", "identite", "mysecu", "plateforme", "tls"}
    assert {path.stem for path in where.glob("*.pem")} == pairs
    assert {path.stem for path in where.glob("*.p12")} == pairs
    for name in pairs:
        assert f"{name}.pem, {name}.p12" in out
    assert "serialNumber=0000000001" in out
    assert "valable du 2020-01-01 au 2049-12-31" in out
    assert str(where / "authority.crt") in out


def test_only_the_owner_can_read(folder):
    where, _ = folder
    assert {stat.S_IMODE(path.stat().st_mode) for path in where.iterdir()} == {0o600}
    assert stat.S_IMODE(where.stat().st_mode) == 0o700


def test_no_key_and_no_password_is_shown(folder):
    where, out = folder
    password = (where / "password.txt").read_text().strip()
    assert "PRIVATE" not in out
    assert password not in out
    assert load_pair(where / "demo-1.p12", password.encode()) is not None


def test_what_exists_is_kept(folder, capsys):
    where, out = folder
    before = _contents(where)
    assert main(["sandbox", "pki", "--pki", str(where)]) == 0
    assert capsys.readouterr().out == out
    assert _contents(where) == before


def test_a_list_makes_nothing(folder, tmp_path, capsys):
    empty = tmp_path / "nothing"
    assert main(["sandbox", "pki", "--list", "--pki", str(empty)]) == 0
    assert "Aucune clé d'essai" in capsys.readouterr().out
    assert not empty.exists()
    where, out = folder
    before = _contents(where)
    assert main(["sandbox", "pki", "--list", "--pki", str(where)]) == 0
    assert out.startswith(capsys.readouterr().out.rstrip("\n"))
    assert _contents(where) == before


def test_defects_stand_beside_the_good_ones(folder, capsys):
    where, _ = folder
    words = ["sandbox", "pki", "--pki", str(where), "--lang", "en"]
    assert main([*words, "--practitioner", "demo-2", "--defect", "expired"]) == 0
    assert "valid from 2020-01-01 to 2020-01-02" in capsys.readouterr().out
    assert main([*words, "--practitioner", "demo-2", "--defect", "revoked"]) == 0
    out = capsys.readouterr().out
    assert "demo-2-revoked.pem" in out
    assert out.count(", revoked\n") == 1


def test_the_words_name_every_defect():
    assert tuple(Defect) == DEFECTS


def test_wrong_words(capsys):
    for words in (["--practitioner", "demo-99"], ["--defect", "stolen"]):
        with pytest.raises(SystemExit) as caught:
            main(["sandbox", "pki", *words])
        assert caught.value.code == 2
    assert "demo-99" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made(tmp_path, capsys):
    (tmp_path / "file").write_bytes(b"")
    assert main(["sandbox", "pki", "--pki", str(tmp_path / "file" / "pki")]) == 4
    assert "SEC-083" in capsys.readouterr().err


def test_a_foreign_file_in_the_folder_is_named(tmp_path, capsys):
    (tmp_path / "mine.pem").write_bytes(os.urandom(64))
    assert main(["sandbox", "pki", "--list", "--pki", str(tmp_path)]) == 4
    err = capsys.readouterr().err
    assert "SEC-080" in err
    assert "mine.pem" in err
