"""The page « Diagnostiquer une signature » as a reader uses it, and what leaves it: nothing."""

import io
import json
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

import visits
from damages import cases
from diagnosed import ADDRESS
from memhon.site.diagnostic import DATA
from visits import VARIANTS, Variant, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEND = """async address => {
  const told = [];
  for (const [name, send] of Object.entries({
    fetch: () => fetch(address, {method: "POST", body: "secret", mode: "no-cors"}),
    beacon: () => { if (!navigator.sendBeacon(address, "secret")) throw new Error("refused"); },
    image: () => new Promise((done, failed) => {
      const image = new Image(); image.onload = done; image.onerror = failed; image.src = address;
    }),
    socket: () => new Promise((done, failed) => {
      const socket = new WebSocket(address.replace("http", "ws"));
      socket.onopen = done; socket.onerror = failed;
    }),
  })) {
    try { await send(); told.push(name); } catch {}
  }
  return told;
}"""
FETCH = """async address => {
  try { await fetch(address, {mode: "no-cors"}); return "sent"; } catch { return "refused"; }
}"""


@pytest.fixture(scope="module")
def context(engine, base):
    """A window whose tabs share what they loaded."""
    with engine.new_context() as context:
        yield context


@pytest.fixture
def page(context, base):
    """The page, ready."""
    with context.new_page() as page:
        page.goto(urljoin(base, ADDRESS), wait_until="networkidle")
        _ready(page)
        yield page


@pytest.fixture(scope="module")
def data(site):
    return json.loads((site / DATA).read_text(encoding="utf-8"))


@pytest.fixture
def elsewhere():
    """Another server, and the requests that reached it."""
    reached: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            reached.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", reached
    server.shutdown()
    thread.join()
    server.server_close()


def _ready(page):
    page.locator("#diagnostic-app").wait_for(state="visible")


def _explain(page, text):
    page.locator("#diagnostic-text").fill(text)
    page.get_by_role("button", name="Diagnostiquer", exact=True).click()
    _answered(page)


def _answered(page):
    expect(page.locator("#diagnostic-results")).to_have_attribute("aria-busy", "false")


def _example(page, number):
    page.locator("#diagnostic-examples button").nth(number).click()
    _answered(page)


def test_nothing_is_asked_of_any_server_once_the_page_is_there(page, context, data):
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.set_offline(True)
    try:
        for number in range(len(data["examples"])):
            _example(page, number)
        name, octets = "message.xml", data["examples"][0]["text"].encode()
        file = {"name": name, "mimeType": "text/xml", "buffer": octets}
        page.locator("#diagnostic-file").set_input_files(files=[file])
        _answered(page)
        assert page.locator("#diagnostic-results section").count() > 1
        page.locator("#diagnostic-results summary").first.click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Enregistrer").first.click()
        assert download.value.suggested_filename.endswith(".c14n")
    finally:
        context.set_offline(False)
    assert [] == [url for url in asked if not url.startswith("blob:")]


def test_the_policy_stops_whatever_would_send_something(page, elsewhere):
    address, reached = elsewhere
    # a beacon is taken before the policy is asked: what counts is that nothing arrives
    assert set(page.evaluate(SEND, address)) <= {"beacon"}
    (worker,) = [one for one in page.workers if one.url.startswith("blob:")]
    assert worker.evaluate(FETCH, address) == "refused"
    page.wait_for_timeout(300)
    assert reached == []


def test_a_script_of_a_message_is_text(page):
    mark = "&lt;img src=x onerror=&quot;document.title='hit'&quot;&gt;"
    text = (
        '<a xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Signature><ds:SignedInfo>'
        f'<ds:Reference URI="#{mark}"><ds:DigestValue>{mark}</ds:DigestValue></ds:Reference>'
        "</ds:SignedInfo></ds:Signature></a>"
    )
    _explain(page, text)
    assert page.locator("#diagnostic-results img").count() == 0
    assert "onerror" in page.locator("#diagnostic-results").inner_text()
    assert "hit" not in page.title()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Collez un message"),
        ("HTTP/1.1 200 OK", "XML bien formé"),
        ("<a><b></a>", "ligne 1"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
        ("<a>&nbsp;</a>", "XML bien formé"),
        ("<a/>", "Aucune signature"),
    ],
)
def test_what_is_no_signed_message_is_told(page, text, told):
    page.locator("#diagnostic-text").fill(text)
    page.get_by_role("button", name="Diagnostiquer", exact=True).click()
    expect(page.locator("#diagnostic-status")).to_contain_text(told)
    assert page.locator("#diagnostic-results section").count() == 0


def test_the_answer_shows_octets_digests_cause_and_correction(page, data, catalogue):
    _example(page, 0)
    results = page.locator("#diagnostic-results")
    french = catalogue.findings["DIA-001"].texts["fr"]
    for expected in (french.title, french.fix, french.cause, "Empreinte recalculée", "PrefixList"):
        expect(results).to_contain_text(expected)
    assert results.locator("a[href$='#dia-001']").count() > 0
    drawn = results.locator("details pre").first.text_content()
    assert "·" in drawn
    assert "↵\n" in drawn
    with page.expect_navigation():
        results.locator("a[href$='#dia-001']").first.click()
    assert page.locator("#dia-001").is_visible()


def test_a_password_and_an_instant_are_asked_only_when_they_help(page, data):
    case = next(one for one in cases() if one.passwords)
    page.locator("#diagnostic-app summary").first.click()
    page.locator("#diagnostic-password").fill(case.passwords[0])
    _explain(page, case.data.decode())
    results = page.locator("#diagnostic-results")
    expect(results).to_contain_text("DIA-021")
    assert case.passwords[0] not in results.inner_text()
    page.locator("#diagnostic-clear").click()
    assert page.locator("#diagnostic-password").input_value() == ""
    assert results.inner_text() == ""
    late = next(one for one in cases() if one.later)
    page.locator("#diagnostic-now").fill(late.now.isoformat())
    _explain(page, late.data.decode())
    expect(results).to_contain_text("DIA-020")


def test_everything_can_be_done_with_the_keyboard_and_is_announced(page, data):
    page.locator("#diagnostic-text").focus()
    page.keyboard.insert_text(data["examples"][0]["text"])
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.id") == "diagnostic-run":
            break
    page.keyboard.press("Enter")
    _answered(page)
    status = page.locator("#diagnostic-status")
    assert status.get_attribute("role") == "status"
    expect(status).to_contain_text("1 signature, au moins une erreur")
    assert page.evaluate("() => document.activeElement.id") == "diagnostic-results"


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_the_answer_fits_and_is_accessible(engine, base, variant):
    with opened(engine, base, ADDRESS, variant) as page:
        _ready(page)
        page.locator("#diagnostic-app summary").first.click()
        _example(page, 0)
        page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert visits.violations(page) == []
        assert visits.overflow(page) <= 0


def test_the_answer_is_on_paper_without_the_form(page):
    _example(page, 0)
    text = "".join(
        "".join(sheet.extract_text().split())
        for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    )
    assert "DIA-001" in text
    assert "Octetscanoniques" in text
    for absent in ("Choosefile", "Enregistrer", "ouunfichier", "Effacer"):
        assert absent not in text


def test_from_the_disk_the_page_says_how_to_be_served(engine, site, tmp_path):
    with zipfile.ZipFile(site / "telechargements/memhon-site.zip") as archive:
        archive.extractall(tmp_path)
    (top,) = tmp_path.iterdir()
    wrong: list[str] = []
    with engine.new_context(offline=True) as context, context.new_page() as page:
        page.on("console", lambda message: wrong.append(message.text))
        page.goto((top / ADDRESS / "index.html").as_uri())
        expect(page.locator("#diagnostic-file-only")).to_contain_text("python3 -m http.server")
        assert not page.locator("#diagnostic-app").is_visible()
    assert wrong == []


def test_without_scripts_the_page_names_the_command(engine, base):
    with opened(engine, base, ADDRESS, Variant(), java_script_enabled=False) as page:
        expect(page.locator("#diagnostic-loading")).to_contain_text("memhon signature explain")


def test_a_module_that_is_missing_is_told(engine, base):
    with engine.new_context() as context, context.new_page() as page:
        page.route("**/libxml2raw.mjs", lambda route: route.abort())
        page.goto(urljoin(base, ADDRESS))
        expect(page.locator("#diagnostic-failed")).to_be_visible()
