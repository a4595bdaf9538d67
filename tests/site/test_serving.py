"""The site and a sandbox, served together on the loopback address."""

import socket
import threading

import httpx
import pytest

from memhon.errors import SandboxError
from memhon.site.serving import serve


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text("<p>bonjour</p>" * 100)
    (tmp_path / "a" / "index.html").write_text("<p>a</p>")
    (tmp_path / "404.html").write_text("<p>absent</p>")
    (tmp_path / "b.0a1b2c3d.min.css").write_text("b {}")
    (tmp_path / "own.css").write_text("c {}")
    return tmp_path


def test_pages_are_served_compressed_and_a_sandbox_answers(folder):
    told, stop = [], threading.Event()
    settings = {"port": 0, "wire_port": 0, "told": told.append, "stop": stop}
    thread = threading.Thread(target=serve, args=(folder,), kwargs=settings)
    thread.start()
    try:
        while len(told) < 3:
            assert thread.is_alive()
            stop.wait(0.01)
        site, wire = (line.split(" : ")[1].split(" ")[0] for line in told[:2])
        with httpx.Client(trust_env=False) as client:
            home = client.get(site)
            assert "bonjour" in home.text
            assert home.headers["content-encoding"] == "gzip"
            assert client.get(f"{site}a/").text == "<p>a</p>"
            missing = client.get(f"{site}nothing")
            assert (missing.status_code, missing.text) == (404, "<p>absent</p>")
            assert client.get(f"{wire}/").status_code == 404
            kept = {
                name: client.get(f"{site}{name}").headers["cache-control"]
                for name in ("a/", "b.0a1b2c3d.min.css", "own.css")
            }
            assert kept["a/"] == "no-cache"
            assert kept["b.0a1b2c3d.min.css"] == f"public, max-age={365 * 24 * 3600}, immutable"
            assert kept["own.css"] == "public, max-age=600"
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_a_port_in_use_is_a_clear_error(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SandboxError, match=str(taken.getsockname()[1])):
            serve(folder, port=taken.getsockname()[1], wire_port=0)
