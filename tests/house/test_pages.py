"""What exists has a page in the built site; the promises of the catalogue can be read there."""

import json

import pytest

import memhon
from memhon.cli.main import VERBS
from memhon.findings import make


@pytest.fixture(scope="module")
def pages(built_site, root):
    """The Markdown from which the site was built, by its path below build/docs."""
    folder = root / "build" / "docs"
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.md"))
    }


def _page(exchange):
    return exchange.id.replace("-", "/", 1)


def test_every_exchange_has_a_page(catalogue, pages, built_site):
    for exchange in catalogue.exchanges:
        found = exchange.model_uid in pages[f"{_page(exchange)}.md"]
        assert found, exchange.id
        assert (built_site / _page(exchange) / "index.html").is_file(), exchange.id


def test_the_page_of_an_alive_exchange_shows_what_was_executed(catalogue, pages, root):
    for exchange in catalogue.exchanges:
        if not exchange.alive:
            continue
        file = root / "notebooks" / f"{exchange.id}.ipynb"
        notebook = json.loads(file.read_text(encoding="utf-8"))
        page = pages[f"{_page(exchange)}.md"]
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        first = ["".join(cell["source"]).strip().splitlines()[0] for cell in code]
        assert [line for line in first if line not in page] == [], exchange.id
        assert page.count("nb-out") >= len(code) // 2, exchange.id


def test_every_finding_has_its_place(catalogue, pages):
    missing = []
    for identifier in catalogue.findings:
        path, _, anchor = make(identifier).page.partition("#")
        if f"{{ #{anchor} }}" not in pages[f"{path.rstrip('/')}.md"]:
            missing.append(identifier)
    assert missing == []


def test_every_code_has_its_place(catalogue, pages):
    page = pages["reference/codes.md"]
    for codes in catalogue.code_lists:
        assert page.count(codes.title) > 0, codes.id
        assert [code.value for code in codes.codes if code.value not in page] == [], codes.id


def test_every_verb_has_its_place(pages):
    page = pages["reference/ligne-de-commande.md"]
    assert [verb for verb in VERBS if f"memhon {verb}" not in page] == []


def test_what_nothing_public_confirms_is_marked_on_its_page(catalogue, pages):
    page = pages["reference/anomalies.md"]
    for identifier in catalogue.findings:
        section = page.partition(f"{{ #{identifier.lower()} }}")[2].partition("\n### ")[0]
        ours = identifier.split("-")[0] in {"DIA", "MH", "PLA", "SBX", "SEC", "SIM", "USE"}
        assert ("hypothèse du bac à sable" in section) is ours, identifier


def test_every_public_name_has_its_place(pages):
    page = pages["reference/api.md"]
    assert [name for name in memhon.__all__ if f"{{ #memhon-{name} }}" not in page] == []


def test_every_message_has_its_version(catalogue, pages):
    page = pages["versions/index.md"]
    messages = [message for exchange in catalogue.exchanges for message in exchange.messages]
    assert [message.schema for message in messages if message.schema not in page] == []


def test_every_setting_has_its_place(catalogue, pages):
    text = "\n".join(pages.values())
    assert [name for name in catalogue.settings if name not in text] == []


def test_every_tariff_person_and_provider_has_its_place(catalogue, pages):
    page = pages["reference/donnees-fictives.md"]
    known = [*catalogue.tariffs, *(person.matricule for person in catalogue.persons)]
    known += [provider.code for provider in catalogue.providers]
    assert [value for value in known if value not in page] == []
