"""``memhon signature explain`` on damaged messages, in its three formats."""

import base64
import hashlib
import json
from datetime import timedelta
from html.parser import HTMLParser

import pytest

import damages
import memhon
from damage_stock import CLOCK, right
from damages_named import account
from memhon.cli.main import main

CASES = {case.name: case for case in damages.cases()}
RIGHT = right("authentication-request").data
LAID_OUT = CASES["indented, step 1"].data


@pytest.fixture
def explained(tmp_path, capsys):
    def run(data, *words):
        path = tmp_path / "message.xml"
        path.write_bytes(data)
        code = main(["signature", "explain", str(path), *words])
        return code, capsys.readouterr().out

    return run


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "autre.xml"
    path.write_bytes(RIGHT)
    return str(path)


def test_a_right_message_has_nothing_to_explain(explained):
    code, out = explained(RIGHT)
    assert (0, 0) == (code, out.count("DIA-"))
    assert "tout est juste" in out


def test_the_cause_the_octets_and_the_correction_are_told(explained):
    code, out = explained(LAID_OUT)
    assert 1 == code
    assert "1. DIA-001" in out
    assert "Correction : " in out
    assert "Première différence" in out
    assert "↵" in out
    assert "right" in explained(RIGHT, "--lang", "en")[1]


def test_the_octets_of_a_cause_yield_the_digest(explained):
    code, out = explained(LAID_OUT, "--format", "json")
    told = json.loads(out)
    assert (1, "urn:memhon:diagnosis:1", False) == (code, told["schema"], told["right"])
    (signature,) = told["signatures"]
    wrong = [reference for reference in signature["references"] if not reference["right"]]
    assert ["Timestamp", "Body"] == [reference["element"] for reference in wrong]
    for reference in wrong:
        cause = reference["causes"][0]
        octets = base64.b64decode(cause["octets"]["base64"])
        digest = base64.b64encode(hashlib.sha256(octets).digest()).decode()
        assert reference["found"] == cause["value"] == digest
        assert hashlib.sha256(octets).hexdigest() == cause["octets"]["sha256"]
        offset = cause["difference"]["offset"]
        actual = base64.b64decode(reference["canonical"]["base64"])
        assert octets[:offset] == actual[:offset]
        assert octets[offset] != actual[offset]


def test_two_messages_are_compared_step_by_step(explained, other):
    code, out = explained(LAID_OUT, "--against", other, "--format", "json")
    steps = {(s["signature"], s["step"]): s for s in json.loads(out)["comparison"]["steps"]}
    assert 1 == code
    assert not steps["message", "reference body"]["same"]
    assert not steps["message", "signed-info"]["same"]
    assert steps["message", "digest body"]["same"]
    assert steps["message", "reference certificate"]["same"]
    assert steps["message", "signature-value"]["same"]
    assert steps["message", "certificate"]["same"]
    assert "Comparaison" in explained(LAID_OUT, "--against", other)[1]
    assert "Rien ne diffère" in explained(RIGHT, "--against", other)[1]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.names, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.names += [name for name, _ in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_is_whole_and_obeys_nothing(explained, other, lang):
    hostile = LAID_OUT.replace(b"minimum", b"&lt;script&gt;\xc2\xa0\xe2\x80\xae")
    code, out = explained(hostile, "--against", other, "--format", "html", "--lang", lang)
    reader = _Reader()
    reader.feed(out)
    assert (1, []) == (code, reader.open)
    assert len(reader.ids) == len(set(reader.ids))
    assert [] == [name for name in reader.names if name.startswith("on") or name == "src"]
    assert "<script" not in out
    told = "".join(reader.text)
    assert "‹U+00A0›‹U+202E›" in told
    assert "\u202e" not in out
    assert "DIA-" in told


def test_what_is_known_beside_the_message(explained, tmp_path):
    secret = tmp_path / "mot"
    secret.write_text("mot-a-moi\n", "utf-8")
    own = CASES["password in clear"].data.replace(account().encode(), b"mot-a-moi")
    assert "DIA-021" not in explained(own)[1]
    code, out = explained(own, "--password-file", str(secret))
    told = out.partition("Octets canoniques")[0].partition("Signature 1")[0]
    assert (1, True, False) == (code, "DIA-021" in told, "mot-a-moi" in told)
    late = (CLOCK.now() - timedelta(hours=1)).isoformat()
    assert "DIA-020" in explained(RIGHT, "--at", late)[1]
    assert "DIA-020" not in explained(RIGHT)[1]
    profile = ("--profile", "token-request-saml")
    assert "DIA-001" in explained(LAID_OUT, *profile)[1]


def test_the_key_that_did_sign_is_named(explained, tmp_path):
    data = CASES["another known key"].data
    assert "DIA-015" in explained(data)[1]
    assert "demo-2@example.invalid" in explained(data)[1]
    assert "demo-2@example.invalid" not in explained(data, "--pki", str(tmp_path / "none"))[1]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--profile", "inconnu"),
        ("--at", "hier"),
        ("--at", "2023-12-28T00:01:13"),
        ("--format", "pdf"),
    ],
)
def test_wrong_words_are_wrong_usage(explained, words):
    with pytest.raises(SystemExit) as caught:
        explained(RIGHT, *words)
    assert 2 == caught.value.code


def test_what_cannot_be_read(tmp_path, capsys):
    path = tmp_path / "message.xml"
    assert 2 == main(["signature", "explain", str(path)])
    path.write_bytes(RIGHT)
    assert 2 == main(["signature", "explain", str(path), "--against", str(tmp_path / "x")])
    latin = tmp_path / "latin"
    latin.write_bytes(b"\xe9")
    assert 2 == main(["signature", "explain", str(path), "--password-file", str(latin)])
    path.write_bytes(b"<a>")
    assert 1 == main(["signature", "explain", str(path)])
    assert "FORM-003" in capsys.readouterr().err
    path.write_bytes(b"<a/>")
    assert 1 == main(["signature", "explain", str(path)])
    assert "Aucune signature" in capsys.readouterr().out


def test_the_function_says_the_same():
    found = memhon.explain_signature(LAID_OUT, against=RIGHT, profile="authentication-request")
    assert found.comparison is not None
    assert not found.right
    with pytest.raises(memhon.CatalogueError):
        memhon.explain_signature(RIGHT, profile="inconnu")
