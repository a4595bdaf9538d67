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
    assert "  fix  " in out


def test_a_truncated_file_and_an_empty_one(tmp_path):
    path = tmp_path / "cut.xml"
    path.write_bytes(GOOD[: len(GOOD) // 2])
    assert "FORM-003" in run("validate", path)[1]
    path.write_bytes(b"")
    assert "FORM-001" in run("validate", path)[1]


def test_standard_input_and_json():
    code, out, _ = run("validate", "-", "--format", "json", data=GOOD)
    assert code == 0
    assert [report["verdict"] for report in json.loads(out)["reports"]] == ["valid"]


def test_several_files_hide_nothing(good, bad, huge):
    code, out, _ = run("validate", good, huge)
    assert code == 3
    assert "LIMIT-001" in out
    code, out, _ = run("validate", good, bad, huge, "--format", "json")
    assert code == 1
    verdicts = [report["verdict"] for report in json.loads(out)["reports"]]
    assert verdicts == ["valid", "invalid", "undecided"]


def test_a_missing_file_is_wrong_usage_and_hides_no_report(good, tmp_path):
    code, out, err = run("validate", tmp_path / "nothing.xml", good)
    assert code == 2
    assert "nothing.xml" in err
    assert "valide" in out
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("validate", empty)[0] == 2
    assert run("validate", tmp_path / "no*.xml")[0] == 2


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
    assert {"alive"} == {entry["state"] for entry in listed}


def test_a_finding_is_explained():
    code, out, _ = run("explain", "xsd-029")
    assert code == 0
    assert "XSD-029" in out
    assert "100" in out
    code, _, err = run("explain", "XSD-777")
    assert code == 2
    assert "XSD-013" in err


def test_several_findings_are_explained_and_all_are_listed():
    code, out, _ = run("explain", "file-001", "FORM-003", "--lang", "en")
    assert code == 0
    assert out.index("FILE-001 (not judged)") < out.index("FORM-003 (error)")
    code, out, _ = run("explain", "--list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(load().findings)
    assert run("explain")[0] == 2
    assert run("explain", "--list", "FORM-003")[0] == 2


def test_the_bindings_are_checked(root, tmp_path):
    code, out, _ = run("bindings", "check", "--target", root / "generated")
    assert (code, out) == (0, "les classes générées correspondent aux schémas\n")
    assert run("bindings", "check", "--target", tmp_path)[0] == 1
    assert run("bindings", "check", "--target", tmp_path / "nothing")[0] == 2


def test_an_internal_error_is_one_line(monkeypatch, capsys):
    from memhon.cli import exchanges, main

    def broken():
        raise ZeroDivisionError("surprise")

    monkeypatch.setattr(exchanges, "load", broken)
    assert 4 == main.main(["exchanges"])
    assert "surprise" in capsys.readouterr().err


def test_a_crash_on_one_file_hides_no_other(good, tmp_path, monkeypatch, capsys):
    from memhon.cli import main, reading

    judge = reading.validate

    def broken(data, **kwargs):
        if b"breaks" in data:
            raise ZeroDivisionError("surprise")
        return judge(data, **kwargs)

    breaking = tmp_path / "breaking.xml"
    breaking.write_bytes(b"<breaks/>")
    monkeypatch.setattr(reading, "validate", broken)
    assert 3 == main.main(["validate", str(breaking), str(good)])
    out = capsys.readouterr().out
    assert "CRASH-001" in out
    assert "surprise" in out
    assert "bon mémoire.xml : valide" in out
    monkeypatch.setenv("MEMHON_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main.main(["validate", str(breaking)])


def test_a_missing_extra_names_the_command_that_installs_it(monkeypatch, capsys):
    from memhon.cli import exchanges, main

    def lacking():
        raise ModuleNotFoundError("No module named 'starlette'", name="starlette.routing")

    monkeypatch.setattr(exchanges, "load", lacking)
    assert 4 == main.main(["exchanges"])
    assert 'pip install "memhon[sandbox]"' in capsys.readouterr().err
