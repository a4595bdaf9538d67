"""A client from Java's standard library alone makes TLS and the exchange, where there is a JDK."""

import shutil
import ssl
import subprocess
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from lxml import etree

import canaries
from forging import DS, SOAP, START, WSSE
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.sandbox import EXCHANGE_PATH, create_app
from memhon.security import MYSECU

JAVA = Path(__file__).parent.parent / "support" / "Exchange.java"


@pytest.fixture
def tls(scene, monkeypatch):
    """The same services behind mutual TLS, on a port of their own."""
    made = []
    monkeypatch.setattr(
        "memhon.local.sandbox.create_app",
        lambda services: made.append(services) or create_app(services),
    )
    with Sandbox(clock=VirtualClock(START)) as sandbox:
        pki = scene.pki
        pki.service(MYSECU)
        file = str(pki.file(MYSECU))
        config = uvicorn.Config(
            create_app(made[0]),
            host="127.0.0.1",
            port=0,
            lifespan="off",
            log_config=None,
            ssl_certfile=file,
            ssl_keyfile=file,
            ssl_ca_certs=str(pki.authority_file),
            ssl_cert_reqs=ssl.CERT_REQUIRED,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield sandbox, f"https://localhost:{port}{EXCHANGE_PATH}"
        server.should_exit = True
        thread.join(10)


def unsigned(root: etree._Element) -> bytes:
    """The envelope before the signature: Java makes its own."""
    security = root.find(f"{SOAP}Header/{WSSE}Security")
    security.remove(security.find(f"{DS}Signature"))
    return etree.tostring(root)


def by_java(url: str, message: Path, scene) -> str:
    """What the Java client prints."""
    archive = scene.pki.file("demo-1").with_suffix(".p12")
    password = archive.with_name("password.txt")
    arguments = [url, str(message), str(archive), str(password), str(scene.pki.authority_file)]
    done = subprocess.run(
        ["java", str(JAVA), *arguments], capture_output=True, text=True, timeout=90, check=False
    )
    assert "" == done.stderr
    return done.stdout


def test_an_exchange_over_tls_by_java(scene, tls, tmp_path):
    """Where there is no JDK, the same envelope, signed by us, has to pass instead."""
    sandbox, url = tls
    scene.sandbox, before = sandbox, scene.sandbox
    try:
        message = tmp_path / "message.xml"
        root = scene.business(profile="exchange-request-ra")
        assert 200 == scene.post(root).status
        if shutil.which("javac"):
            message.write_bytes(unsigned(root))
            printed = by_java(url, message, scene)
            assert printed.startswith("200\n"), printed[:2000]
            assert "sommeTotale" in printed
            assert [] == canaries.leaks(printed.replace(load_matricule(), ""))
    finally:
        scene.sandbox = before


def load_matricule() -> str:
    """The answer names the patient, whose number is the practitioner's: both are fictitious."""
    return canaries.secrets()["matricule of the practitioner"]
