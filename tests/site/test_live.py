"""What is saved is served, what is wrong is told, and nothing stops answering meanwhile."""

import json
import threading

import httpx
import pytest

from memhon.catalogue import load
from served import Served, served

pytestmark = [pytest.mark.notebook, pytest.mark.slow]

EXCHANGE = "spec/memhon/catalogue/exchanges/pid-sim.toml"


@pytest.fixture(scope="module")
def service(root, tmp_path_factory):
    with served(root, tmp_path_factory.mktemp("copy").resolve()) as service:
        yield service


@pytest.fixture(scope="module", autouse=True)
def watch(service):
    """Ask for a page and send a request all the time; at the end every answer must have come."""
    wrong, stop = [], threading.Event()
    message = load().example("pid-sim", "request", "minimal").data
    thread = threading.Thread(target=_ask, args=(service, message, wrong, stop))
    thread.start()
    yield
    stop.set()
    thread.join()
    assert wrong == []


def _ask(service: Served, message: bytes, wrong: list[str], stop: threading.Event):
    import memhon

    client = memhon.Client(service.wire)
    with httpx.Client(trust_env=False, base_url=service.client.base_url) as site:
        while not stop.wait(0.1):
            try:
                page = site.get("/pid/val/")
                client.send(message, exchange="pid-sim")
            except Exception as error:
                wrong.append(repr(error))
            else:
                wrong += [] if page.status_code == 200 else [f"{page.status_code}"]


def test_a_saved_page_shows_and_is_found_by_the_search(service):
    service.save("docs/pid/index.md", lambda text: text + "\n\nPhrase enregistrée.\n")
    service.until(lambda: service.shows("/pid/", "Phrase enregistrée."))
    index = service.client.get("/search/search_index.json").json()
    found = [e["location"] for e in index["docs"] if "Phrase enregistrée." in e["text"]]
    assert [place.partition("#")[0] for place in found] == ["pid/"]
    assert "Phrase enregistrée." not in service.client.get("/ra/").text


def test_a_saved_style_shows(service):
    service.save("docs/assets/memhon.css", lambda text: text + "\n/* style enregistré */\n")
    service.until(lambda: service.shows("/assets/memhon.css", "style enregistré"))


def test_a_saved_catalogue_shows(service):
    service.save(
        EXCHANGE, lambda text: text.replace('purpose = "', 'purpose = "But enregistré. ', 1)
    )
    service.until(lambda: service.shows("/pid/sim/", "But enregistré."))


def test_saved_prose_and_code_of_a_notebook_show(service):
    service.save("notebooks/pid-sim.ipynb", lambda text: _noted(text, "markdown", "Prose gardée."))
    service.until(lambda: service.shows("/pid/sim/", "Prose gardée."))
    code = 'print("sortie " + "enregistrée")'
    service.save("notebooks/pid-sim.ipynb", lambda text: _noted(text, "code", code))
    service.until(lambda: service.shows("/pid/sim/", "sortie enregistrée"))


@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [
        ("docs/pid/index.md", "\n[rien](rien.md)\n", "pid/index.md"),
        (EXCHANGE, "\n= cassé\n", "exchanges/pid-sim.toml"),
        ("notebooks/pid-sim.ipynb", "{", "pid-sim.ipynb"),
    ],
)
def test_what_is_wrong_is_told_with_its_file_and_the_last_good_site_stays(
    service, name, wrong, told
):
    before, page = len(service.said), "/pid/" if name.startswith("docs") else "/pid/sim/"
    good = service.client.get(page).text
    original = service.save(name, lambda text: text + wrong)
    service.until(lambda: told in service.said[before:])
    service.until(lambda: "le dernier bon site reste servi" in service.said[before:])
    assert good == service.client.get(page).text
    mended = len(service.said)
    service.save(name, lambda text: original)
    # what is saved next is another save: two at once would be told together
    service.until(lambda: name.rpartition("/")[2] in service.said[mended:])


def test_a_new_page_shows_after_the_whole_build_and_the_quick_ones_stay(service):
    page = service.root / "docs" / "pid" / "neuve.md"
    page.write_text("# Page neuve\n\nUn texte.\n", encoding="utf-8")
    service.until(lambda: service.shows("/pid/neuve/", "Un texte."))
    assert service.shows("/pid/", "Phrase enregistrée.")
    assert service.shows("/pid/sim/", "sortie enregistrée")
    script = "_live/reload.js"
    assert script in service.client.get("/pid/neuve/").text
    built = service.root / "build" / "site"
    assert [p for p in built.rglob("*.html") if script in p.read_text(encoding="utf-8")] == []


def test_changed_code_is_announced_and_built_in_a_new_process(service):
    service.until(lambda: service.said.rstrip().endswith(" s."))
    service.save(
        "spec/memhon/site/downloads.py",
        lambda text: text.replace('"# Téléchargements"', '"# Téléchargements du code neuf"'),
    )
    service.until(lambda: "downloads.py : du code a changé" in service.said)
    service.until(lambda: service.shows("/telechargements/", "Téléchargements du code neuf"))


def _noted(text, kind, added):
    notebook = json.loads(text)
    cell = [cell for cell in notebook["cells"] if cell["cell_type"] == kind][2]
    cell["source"] = f"{''.join(cell['source'])}\n\n{added}"
    return json.dumps(notebook)
