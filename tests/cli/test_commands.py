"""The commands as a person runs them: words in, text and exit code out, never a traceback."""

import json
import os
import subprocess
import sys

import pytest

from memhon.catalogue import load

GOOD = load().example("ra-depot", "request", "minimal").data


def run(*words, data: bytes = b"", **environment):
    done = subprocess.run(
        [sys.executable, "-m", "memhon", *map(str, words)],
        input=data,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err + out
    return done.returncode, out, err


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "bon mémoire.xml"
    path.write_bytes(GOOD)
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.xml"
    path.write_bytes(GOOD.replace(b"<entete>", b"<entete><x/>"))
    return path


@pytest.fixture
def huge(tmp_path):
    path = tmp_path / "huge.xml"
    path.write_bytes(b"<a>" + b" " * (16 * 1024 * 1024) + b"</a>")
    return path


def test_a_good_message(good):
    code, out, err = run("validate", good)
    assert (code, err) == (0, "")
    assert "valide pour : forme, schéma" in out
    assert "ra-depot" in out


def test_a_bad_message_in_both_languages(bad):
    code, out, _ = run("validate", bad)
    assert code == 1
    assert "XSD-001" in out
    assert "correction" in out
    code, out, _ = run("validate", "--lang", "en", bad)
    assert code == 1
    assert "fix: " in out


def test_a_truncated_file_and_an_empty_one(tmp_path):
    path = tmp_path / "cut.xml"
    path.write_bytes(GOOD[: len(GOOD) // 2])
    assert "FORM-003" in run("validate", path)[1]
    path.write_bytes(b"")
    assert "FORM-001" in run("validate", path)[1]


def test_standard_input_and_json():
    code, out, _ = run("validate", "-", "--format", "json", data=GOOD)
    assert code == 0
    assert json.loads(out)["verdict"] == "valid"


def test_several_files_hide_nothing(good, bad, huge):
    code, out, _ = run("validate", good, huge)
    assert code == 3
    assert "LIMIT-001" in out
    code, out, _ = run("validate", good, bad, huge, "--format", "json")
    assert code == 1
    assert [report["verdict"] for report in json.loads(out)] == ["valid", "invalid", "undecided"]


def test_a_missing_file_is_wrong_usage_and_hides_no_report(good, tmp_path):
    code, out, err = run("validate", tmp_path / "nothing.xml", good)
    assert code == 2
    assert "nothing.xml" in err
    assert "valide" in out
    assert run("validate", tmp_path)[0] == 2


@pytest.mark.parametrize(
    "words", [(), ("nothing",), ("validate",), ("validate", "--lang", "de", "x")]
)
def test_wrong_words(words):
    assert run(*words)[0] == 2


def test_an_unknown_exchange_or_layer_is_wrong_usage(good):
    for option in ("--exchange", "--layers"):
        code, _, err = run("validate", good, option, "nothing")
        assert code == 2
        assert "nothing" in err


def test_the_catalogue_is_listed():
    code, out, _ = run("exchanges")
    assert code == 0
    assert [exchange.id for exchange in load().exchanges] == [
        line.split()[0] for line in out.splitlines()
    ]
    listed = json.loads(run("exchanges", "--format", "json")[1])
    assert [e.model_uid for e in load().exchanges] == [entry["modelUID"] for entry in listed]


def test_a_finding_is_explained():
    code, out, _ = run("explain", "xsd-012")
    assert code == 0
    assert "XSD-012" in out
    assert "100" in out
    code, _, err = run("explain", "XSD-777")
    assert code == 2
    assert "XSD-013" in err


def test_the_bindings_are_checked(root, tmp_path):
    code, out, _ = run("bindings", "check", "--target", root / "generated")
    assert (code, out) == (0, "les classes générées correspondent aux schémas\n")
    assert run("bindings", "check", "--target", tmp_path)[0] == 1
    assert run("bindings", "check", "--target", tmp_path / "nothing")[0] == 2


def test_an_internal_error_is_one_line(good, monkeypatch, capsys):
    from memhon.cli import main, validate

    def broken(*args, **kwargs):
        raise ZeroDivisionError("surprise")

    monkeypatch.setattr(validate, "validate", broken)
    assert main.main(["validate", str(good)]) == 4
    assert "surprise" in capsys.readouterr().err


def test_a_missing_extra_names_the_command_that_installs_it(monkeypatch, capsys):
    from memhon.cli import main, validate

    def lacking(*args, **kwargs):
        raise ModuleNotFoundError("No module named 'starlette'", name="starlette.routing")

    monkeypatch.setattr(validate, "validate", lacking)
    assert 4 == main.main(["validate", __file__])
    assert 'pip install "memhon[sandbox]"' in capsys.readouterr().err
