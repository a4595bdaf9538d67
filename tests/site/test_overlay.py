"""Files in front of the built site, and pages that reload when what they show has changed."""

import threading

import httpx
import pytest

from memhon.sandbox import Server
from memhon.site.overlay import Overlay
from memhon.site.serving import site_app


@pytest.fixture
def site(tmp_path):
    for name in ("", "a/"):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "index.html").write_text(f"<body>{name}</body>")
    (tmp_path / "404.html").write_text("<body>absent</body>")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "memhon.css").write_text("a {}")
    return tmp_path


@pytest.fixture
def overlay():
    return Overlay()


@pytest.fixture
def client(site, overlay):
    server = Server(site_app(site, overlay))
    server.start()
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        yield client
    server.stop()


def test_a_file_in_front_hides_the_built_one_until_it_is_taken_away(client, overlay):
    overlay.put({"a/index.html": b"<body>new</body>", "assets/memhon.css": b"b {}"})
    assert "<body>new<script" in client.get("/a/").text
    assert client.get("/assets/memhon.css").text == "b {}"
    assert client.get("/assets/memhon.css").headers["content-type"].startswith("text/css")
    overlay.clear()
    assert "<body>a/<script" in client.get("/a/").text


def test_only_what_is_served_carries_the_script(client, site):
    assert '<script src="/_live/reload.js" defer></script></body>' in client.get("/").text
    assert client.get("/_live/reload.js").headers["content-type"].startswith("text/javascript")
    assert "script" not in (site / "index.html").read_text()


def test_the_site_alone_has_no_script(site):
    server = Server(site_app(site))
    server.start()
    assert "_live" not in httpx.get(f"{server.url}/", trust_env=False).text
    assert httpx.get(f"{server.url}/_live/digest", trust_env=False).status_code == 404
    server.stop()


def test_nothing_is_kept_by_the_browser(client):
    for path in ("/", "/assets/memhon.css", "/_live/digest?path=/"):
        assert client.get(path).headers["cache-control"] == "no-cache"


def test_an_absent_page_is_absent(client):
    answer = client.get("/nothing/")
    assert (answer.status_code, "absent" in answer.text) == (404, True)


def test_the_digest_changes_with_the_page_and_with_what_every_page_uses(client, overlay):
    def _digest(path):
        return client.get("/_live/digest", params={"path": path}).text

    before = _digest("/a/"), _digest("/")
    assert before == (_digest("/a/"), _digest("/"))
    overlay.put({"a/index.html": b"new"})
    after = _digest("/a/"), _digest("/")
    assert (after[0] != before[0], after[1] == before[1]) == (True, True)
    overlay.put({"assets/memhon.css": b"new"})
    assert _digest("/") != after[1]


def test_the_digest_says_nothing_of_files_outside(client, site):
    (site.parent / "secret.html").write_text("a")
    before = client.get("/_live/digest", params={"path": "../secret.html"}).text
    (site.parent / "secret.html").write_text("b")
    assert before == client.get("/_live/digest", params={"path": "../secret.html"}).text


def test_a_reader_waits_while_a_new_site_is_swapped_in(client, site):
    aside = site.with_name(f"{site.name}-aside")
    site.rename(aside)
    timer = threading.Timer(0.2, aside.rename, [site])
    timer.start()
    assert client.get("/a/").status_code == 200
    timer.join()
