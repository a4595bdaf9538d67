"""The page of the platform: what it shows does what it says."""

import re
from html import unescape

import pytest

from desk_calls import ask
from memhon.catalogue import load
from memhon.platform import OPERATIONS
from memhon.platform.periods import NAMES
from memhon.site.platform_part import platform_requests

PAGE = "docs/ra/plateforme.md"
ADDRESS = "http://127.0.0.1:8481"


@pytest.fixture(scope="module")
def page(root):
    return (root / PAGE).read_text(encoding="utf-8")


def test_the_program_of_the_page_deposits_a_fee_note(page, desk, tmp_path, monkeypatch, capsys):
    (program,) = re.findall(r"```python title=[^\n]*\n(.*?)```", page, re.DOTALL)
    (tmp_path / "memoire.xml").write_bytes(load().example("ra-depot", "request", "rich").data)
    monkeypatch.chdir(tmp_path)
    assert ADDRESS in program
    exec(compile(program.replace(ADDRESS, desk.sandbox.desk_url), PAGE, "exec"), {})
    said = capsys.readouterr().out
    assert said.startswith("200 ")
    assert "'status': 'RECEIVED'" in said


def test_every_form_of_a_login_on_the_page_is_one(page, desk):
    forms = re.findall(r"""`(\{"[^`]*\})` \|$""", page, re.MULTILINE)
    assert 3 == len(forms)
    assert [200] * 3 == [
        ask(desk.sandbox, "POST", "/_sandbox/login", form.encode())[0] for form in forms
    ]


def test_the_line_for_curl_logs_in(page, desk):
    (line,) = re.findall(r"^curl --json '([^']*)' (\S+)$", page, re.MULTILINE)
    path = line[1].removeprefix(ADDRESS)
    status, value, _ = ask(desk.sandbox, "POST", path, line[0].encode())
    assert 200 == status
    assert {"headers", "expires_at"} <= set(value)


def test_the_table_has_every_request(page):
    assert "<!-- memhon:platform -->" in page
    told = unescape(platform_requests())
    assert [
        each.action
        for each in OPERATIONS
        if f"| `{each.method} {each.path}` |" not in told or each.summary not in told
    ] == []
    assert all(f"`{name}`" in told for name in NAMES)


def test_the_error_of_the_page_is_one_that_is_sent(page, desk):
    (shown,) = re.findall(r"```json title=[^\n]*\n(.*?)```", page, re.DOTALL)
    path = f"/person/{load().person('demo-1').matricule}/document/{desk.deposited()}"
    value = desk.refused(403, "PLA-026", "patient", "PUT", path)
    assert set(value) == set(re.findall(r'^  "(\w+)"', shown, re.MULTILINE))
    assert value["code"] in shown
    assert value["page"] in shown
