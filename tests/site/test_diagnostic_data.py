"""What the build gives the page of signatures: words, profiles, damaged messages, and a policy."""

import base64
import hashlib
import json
import re

import pytest

from memhon.errors import MemhonError
from memhon.security import list_signatures
from memhon.security.diagnosis import explain
from memhon.site import diagnostic
from memhon.site.diagnostic import PAGE, data_file, policy, restrict
from memhon.site.recording import START
from memhon.site.vector_recording import record_vectors
from memhon.site.vectors import Vector

LINES = 300
HEAD = '<html><head>\n<meta charset="utf-8">\n<script>a=1</script></head></html>'


@pytest.fixture(scope="module")
def vectors(catalogue):
    return record_vectors(catalogue)


@pytest.fixture(scope="module")
def data(catalogue, vectors):
    return json.loads(data_file(catalogue, vectors).data)


def test_every_cause_has_its_words_and_no_other_finding_is_carried(data, catalogue):
    causes = {name for name in catalogue.findings if name.startswith(("DIA-", "SEC-"))}
    assert causes == set(data["texts"])
    assert len(causes) > 15
    french = catalogue.findings["DIA-003"].texts["fr"]
    assert [french.title, french.text, french.cause, french.fix] == [
        data["texts"]["DIA-003"][name] for name in ("title", "text", "cause", "fix")
    ]


def test_the_profiles_are_those_of_the_catalogue_in_their_order(data, catalogue):
    assert list(catalogue.signing) == [profile["id"] for profile in data["profiles"]]
    for profile in data["profiles"]:
        told = catalogue.signing[profile["id"]]
        assert list(told.signed_info) == profile["signedInfo"]
        parts = [{"name": part.name, "prefixes": list(part.prefixes)} for part in told.parts]
        assert parts == profile["parts"]
    assert set(data["contents"].values()) <= set(catalogue.signing)


def test_every_example_is_a_message_of_this_build_with_something_wrong(data):
    assert len(data["examples"]) == 3
    for example in data["examples"]:
        message = example["text"].encode()
        assert [s for s in list_signatures(message, trust=None, now=START) if s.findings]
        assert not explain(message).right


def test_an_example_that_is_no_longer_damaged_stops_the_build(vectors, catalogue):
    (vector,) = [one for one in vectors if one.id == "jeton-requete-username"]
    bare = re.sub(rb' PrefixList="[^"]*"', b"", vector.data)
    changed = Vector(vector.id, vector.title, bare, vector.signature)
    with pytest.raises(MemhonError, match="n'est plus abîmé"):
        data_file(catalogue, [changed])


def test_the_policy_names_every_script_and_no_other_place():
    digest = base64.b64encode(hashlib.sha256(b"a=1").digest()).decode()
    rules = dict(rule.split(" ", 1) for rule in policy(HEAD).split("; "))
    assert rules["script-src"] == f"'self' 'wasm-unsafe-eval' 'sha256-{digest}'"
    assert (rules["default-src"], rules["connect-src"]) == ("'none'", "'self'")
    assert rules["form-action"] == "'none'"
    assert "http" not in policy(HEAD)


def test_the_policy_stands_before_every_script(tmp_path):
    page = tmp_path / PAGE
    page.parent.mkdir(parents=True)
    page.write_text(HEAD, encoding="utf-8")
    restrict(tmp_path)
    text = page.read_text(encoding="utf-8")
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy(HEAD)}">' in text
    assert text.index("Content-Security-Policy") < text.index("<script>")


@pytest.mark.parametrize("head", [None, "<html></html>"])
def test_a_page_without_a_place_for_the_policy_stops_the_build(tmp_path, head):
    page = tmp_path / PAGE
    page.parent.mkdir(parents=True)
    if head is not None:
        page.write_text(head, encoding="utf-8")
    with pytest.raises(MemhonError, match="pas de place"):
        restrict(tmp_path)


def test_the_built_page_has_the_policy_and_no_other_page_loads_its_scripts(site):
    loading = [
        path.relative_to(site).as_posix()
        for path in sorted(site.rglob("*.html"))
        if re.search(r'(?:src|href)="[^"]*assets/(?:diagnostic|libxml2-wasm)/[^"]*"', _head(path))
    ]
    assert loading == [PAGE]
    assert "Content-Security-Policy" in (site / PAGE).read_text(encoding="utf-8")


def _head(path):
    text = path.read_text(encoding="utf-8")
    return "".join(re.findall(r"<(?:script|link)\b[^>]*>", text))


def test_no_module_of_the_page_is_longer_than_those_of_the_toolkit(root):
    modules = sorted((root / "docs/assets/diagnostic").glob("*.*js"))
    assert len(modules) > 20
    long = [path.name for path in modules if len(path.read_text("utf-8").splitlines()) > LINES]
    assert long == []


def test_every_module_says_what_it_is_for(root):
    folder = root / "docs/assets/diagnostic"
    silent = [path.name for path in folder.glob("*.*js") if path.read_text("utf-8")[:3] != "// "]
    assert silent == []


def test_the_page_is_the_one_of_the_site(site):
    assert diagnostic.DATA in {path.relative_to(site).as_posix() for path in site.rglob("*.json")}
