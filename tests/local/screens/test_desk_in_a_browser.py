"""The desk in a real browser: axe on every screen, no noise, and what the keyboard can do."""

from datetime import timedelta

import pytest
from playwright.sync_api import sync_playwright

import platform_desk
import visits
import wire
from desk_screens import filled
from memhon.catalogue import load
from memhon.clock import VirtualClock
from memhon.local import Sandbox
from memhon.local.screens import SCREENS
from memhon.store import PlatformDocument
from values import DEPOSIT, NOW, SIMULATION

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENT = load().person("demo-1")
EACH = {
    "/memoires/{secu_uuid}": f"/memoires/{DEPOSIT.secu_uuid}",
    "/paiements/{simulation}": f"/paiements/{SIMULATION.id}",
    "/plateforme/{matricule}": f"/plateforme/{PATIENT.matricule}",
    "/messages/{number:int}": "/messages/1",
}
PAGES = [EACH.get(path, path) for path in SCREENS if "{" not in path or path in EACH]
TOLD = "#told p"


@pytest.fixture(scope="module")
def engine(chromium, chromium_arguments):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A desk with one of everything, refused messages and rules included."""
    place = tmp_path_factory.mktemp("desk") / "store.sqlite3"
    clock = VirtualClock(NOW.isoformat())
    with Sandbox(store=place, desk_port=0, populated=True, clock=clock) as sandbox:
        filled(sandbox._store)
        _document(sandbox)
        sandbox.faults.add("cut", count=2)
        sandbox.faults.add("fault", detail="SBX-001")
        yield sandbox


@pytest.fixture
def sandbox():
    with Sandbox(desk_port=0) as running:
        yield running


def _document(sandbox, number=40):
    store, now = sandbox._store, sandbox.clock.now()
    store.platform.add(
        PlatformDocument(
            uuid=wire.uuid(number),
            ehealth_id=load().provider("demo-1").ehealth_id,
            matricule=PATIENT.matricule,
            created_at=now,
            author="demo",
            first_name="",
            last_name="x",
            dated="2026-03-02",
            amount=DEPOSIT.amount,
            paid=False,
            data=b"<a/>",
        )
    )
    store.platform.acknowledge(wire.uuid(number), wire.uuid(number + 1), now)


@pytest.mark.parametrize("variant", visits.VARIANTS, ids=str)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(engine, shown, variant):
    found = {}
    with visits.screen(engine, variant) as context:
        page = context.new_page()
        noise = []
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("request", lambda request: noise.extend(_foreign(shown.desk_url, request.url)))
        for path in PAGES:
            answer = page.goto(f"{shown.desk_url}{path}")
            assert 200 == answer.status, path
            seen = (visits.violations(page), visits.overflow(page), list(noise))
            if seen != ([], 0, []):
                found[path] = seen
            noise.clear()
    assert {} == found


def _foreign(base, url):
    return [] if url.startswith((base, "data:")) else [url]


def test_everything_is_read_without_a_script(engine, shown):
    settings = {"java_script_enabled": False}
    with visits.opened(engine, shown.desk_url, "/horloge", **settings) as page:
        assert page.locator("noscript p").is_visible()
        assert 0 == page.locator("form.act:visible").count()
        page.get_by_role("link", name="Messages").click()
        assert "Messages" == page.locator("h1").inner_text()


def test_the_keyboard_skips_to_the_content(engine, shown):
    with visits.opened(engine, shown.desk_url, "/") as page:
        page.keyboard.press("Tab")
        assert "Aller au contenu" == page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        assert "contenu" == page.evaluate("document.activeElement.id")


def _press(page, name):
    """Reach a button by the keyboard alone, and press it."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")
    page.locator(TOLD).wait_for()


def test_the_clock_is_advanced_by_keyboard(engine, sandbox):
    before = sandbox.clock.now()
    with visits.opened(engine, sandbox.desk_url, "/horloge") as page:
        _press(page, "+ 1 jour")
        assert "L'horloge est réglée." == page.locator(TOLD).inner_text()
        assert "advance-1d" == page.evaluate("document.activeElement.id")
        assert "polite" == page.locator("#told").get_attribute("aria-live")
        assert page.locator("main").get_by_text("réglée, elle avance").first.is_visible()
    assert sandbox.clock.now() - before >= timedelta(days=1)


def test_a_text_that_is_no_duration_is_refused_with_its_id_and_what_to_do(engine, sandbox):
    # The browser tells its console of every answer 400, so that no noise is judged here.
    with visits.screen(engine, visits.Variant()) as context:
        page = context.new_page()
        page.goto(f"{sandbox.desk_url}/horloge")
        page.get_by_label("Avancer de").fill("demain")
        page.get_by_label("Avancer de").press("Enter")
        error = page.locator("#told p.error")
        error.wait_for()
        assert error.inner_text().startswith("SBX-014 ")
        assert "demain" == page.get_by_label("Avancer de").input_value()
        assert [] == visits.violations(page)


def test_a_fault_is_added_and_cleared_by_keyboard(engine, sandbox):
    with visits.opened(engine, sandbox.desk_url, "/horloge") as page:
        page.get_by_label("Effet").select_option("cut")
        page.get_by_label("Appels").fill("3")
        _press(page, "Ajouter la panne")
        assert [("cut", 3)] == [(rule.effect, rule.left) for rule in sandbox.faults.all()]
        _press(page, "Effacer la règle 1")
        page.get_by_text("La règle 1 est effacée.").wait_for()
        assert [] == list(sandbox.faults.all())
        assert "contenu" == page.evaluate("document.activeElement.id")


@pytest.fixture
def practice():
    """A practice and a desk, signatures and all."""
    with platform_desk.open_platform(security="strict") as running:
        yield running


def test_the_way_of_a_fee_note_is_walked_on_the_desk(engine, practice):
    desk = practice.sandbox.desk_url
    with visits.opened(engine, desk, f"/plateforme/{PATIENT.matricule}") as page:
        for kind in ("MH", "ESANTE"):
            _press(page, f"Donner {kind} pour un an")
            page.get_by_text(f"Consentement {kind} donné.").wait_for()
        identifier = practice.deposited()
        page.goto(f"{desk}/plateforme")
        assert page.get_by_text("1 document(s) attendent la remise").is_visible()
        _press(page, "Remettre à l'échange synchrone")
        page.get_by_text("La remise est faite. Documents touchés : 1.").wait_for()
        page.goto(f"{desk}/plateforme/{PATIENT.matricule}")
        assert page.get_by_text("Consentements d'abord : CNS").is_visible()
        _press(page, "Donner CNS pour un an")
        _press(page, "Demander le remboursement")
        page.get_by_text("Remboursement demandé", exact=True).wait_for()
        _press(page, "Retirer CNS")
        page.get_by_text("Consentement CNS retiré.").wait_for()
        page.goto(f"{desk}/plateforme")
        _press(page, "Remettre à l'échange synchrone")
        page.get_by_text("Documents touchés : 1.").wait_for()
        _agree(page, desk)
    assert "REIMBURSEMENT_SENT" == practice.status(identifier)


def _agree(page, desk):
    """List, history, printed note, usage and access log tell the same."""
    page.goto(f"{desk}/memoires?etat=CONSENTI")
    page.locator("tbody a").click()
    assert page.get_by_text("le patient a consenti").is_visible()
    link = page.get_by_role("link", name="Mémoire imprimé (PDF)").get_attribute("href")
    assert page.request.get(f"{desk}{link}").body().startswith(b"%PDF-")
    page.goto(f"{desk}/utilisation?du=2026-03-01&au=2026-03-31")
    told = page.locator("#usage-kinds-desc").text_content()
    assert "Déposés : 1. Consentis : 1." in told
    rows = []
    for number in (1, 2):
        page.goto(f"{desk}/acces?patient={PATIENT.matricule}&page={number}")
        rows += page.locator("tbody tr").all_inner_texts()
    assert any("GET /memoires/{secu_uuid}" in each and "Mémoire entier" in each for each in rows)
    assert any("/api/v1/person/{ssn}" in each and "Plateforme" in each for each in rows)


def test_a_desk_that_has_stopped_is_told_of(engine):
    with Sandbox(desk_port=0) as sandbox, engine.new_context() as context:
        page = context.new_page()
        page.goto(f"{sandbox.desk_url}/horloge")
        sandbox.stop()
        _press(page, "Figer")
        assert "ne répond pas" in page.locator("#told p.error").inner_text()
