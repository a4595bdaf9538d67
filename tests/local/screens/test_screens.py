"""Every screen over HTTP: empty, filled, with hostile words, and without a store."""

import re
from dataclasses import replace

import pytest
from lxml import html

import wire
from desk_screens import HOSTILE, exchange, filled
from memhon.errors import StoreError
from memhon.local.screens import SCREENS
from memhon.local.screens.layout import MENU
from memhon.sandbox.wiretap import HIDDEN
from values import DEPOSIT, NOW, SIMULATION

BOTH = pytest.mark.parametrize("desk", ["strict", "off"], indirect=True)
WITHOUT_PARTS = [path for path in SCREENS if "{" not in path]
ONE_OF_EACH = [
    f"/memoires/{DEPOSIT.secu_uuid}",
    f"/paiements/{SIMULATION.id}",
    f"/paiements/{wire.uuid(24)}",
    "/plateforme/patient-1",
    "/messages/1",
    "/messages/2",
]
FILES = [
    f"/memoires/{DEPOSIT.secu_uuid}/message.xml",
    "/messages/1/requete.xml",
    "/messages/1/reponse.xml",
]


def _page(desk, path, status=200):
    answer = desk.get(path)
    assert (status, "text/html; charset=utf-8") == (
        answer.status_code,
        answer.headers["content-type"],
    ), answer.text
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'; style-src 'self'; connect-src 'self'" in policy
    assert "unsafe" not in policy
    tree = html.fromstring(answer.text)
    assert "fr" == tree.get("lang")
    assert 1 == len(tree.xpath("//h1"))
    assert [] == tree.xpath(
        "//@style | //style | //script[not(@src)] | //@*[starts-with(name(),'on')]"
    )
    assert 1 == len(tree.xpath("//nav//a[@aria-current='page']"))
    assert tree.xpath("//table") == tree.xpath("//table[caption]") + tree.xpath(
        "//div[@class='usage-table']/table"
    )
    assert [] == tree.xpath("//main//form[not(@method='get' or @hidden)]")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    return tree


def test_every_screen_is_in_the_menu_or_below_one():
    tops = {"/" + path[1:].partition("/")[0] for path in SCREENS}
    assert set(MENU) == tops


@BOTH
@pytest.mark.parametrize("path", WITHOUT_PARTS)
def test_an_empty_store_has_every_screen(desk, path):
    tree = _page(desk, path)
    assert tree.xpath("string(//title)").endswith(" – Poste de commande MemHon")
    assert MENU[path] == tree.xpath("string(//a[@aria-current='page'])")


@BOTH
@pytest.mark.parametrize("path", [*WITHOUT_PARTS, *ONE_OF_EACH])
def test_hostile_words_stay_words(desk, path):
    filled(desk.store)
    tree = _page(desk, path)
    assert [] == tree.xpath("//main//img | //main//script")
    assert {"/poste/desk.mjs"} == set(tree.xpath("//script/@src"))


def test_hostile_words_are_shown_as_they_are(desk):
    filled(desk.store)
    shown = _page(desk, f"/memoires/{DEPOSIT.secu_uuid}").text_content()
    assert HOSTILE in shown
    assert "annulé et remplacé par" in shown
    assert HOSTILE in _page(desk, "/messages/1").text_content().replace("\n", "")


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_saved_byte_for_byte(desk, path):
    filled(desk.store)
    answer = desk.get(path)
    expected = HIDDEN if "memoires" in path else HOSTILE.encode()
    assert (200, "text/xml; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert expected == answer.content


@pytest.mark.parametrize(
    "path",
    [
        "/memoires/unknown",
        f"/memoires/{wire.uuid(99)}/message.xml",
        f"/memoires/{wire.uuid(99)}/memoire.pdf",
        "/paiements/%3Cscript%3E",
        "/plateforme/nobody",
        "/messages/77",
        "/messages/77/requete.xml",
    ],
)
def test_what_is_not_there_is_said_on_a_page(desk, path):
    tree = _page(desk, path, 404)
    assert "Rien à cette adresse" == tree.xpath("string(//h1)")
    assert [] == tree.xpath("//main//script")


def test_a_note_without_a_printed_form_says_so(desk):
    filled(desk.store)
    told = _page(desk, f"/memoires/{DEPOSIT.secu_uuid}/memoire.pdf", 404).text_content()
    assert "n'a pas de forme imprimable" in told


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999", "٣", "", "1.5"])
def test_any_page_number_is_answered(desk, page):
    filled(desk.store)
    for path in ("/memoires", "/paiements", "/messages", "/jetons", "/acces"):
        assert 200 == desk.get(path, params={"page": page}).status_code


def test_a_list_has_pages_in_their_order(desk):
    desk.store.wire.add([exchange(number, b"<a/>") for number in range(45)])
    first = _page(desk, "/messages?issue=&echange=")
    links = first.xpath("//tbody//a/@href")
    assert [f"/messages/{number}" for number in range(45, 25, -1)] == links
    (older,) = first.xpath("//p[@class='pager']//a/@href")
    second = _page(desk, f"/messages{older}")
    assert "/messages/25" == second.xpath("//tbody//a/@href")[0]
    assert 2 == len(second.xpath("//p[@class='pager']//a"))
    assert 5 == len(_page(desk, "/messages?page=3").xpath("//tbody/tr"))


def test_filters_choose(desk):
    filled(desk.store)
    gone = _page(desk, "/memoires?etat=REMPLACE")
    assert 1 == len(gone.xpath("//tbody/tr"))
    assert ["REMPLACE"] == gone.xpath("//option[@selected]/@value")
    assert 1 == len(_page(desk, f"/memoires?cherche={wire.uuid(21)}").xpath("//tbody/tr"))
    assert 0 == len(_page(desk, "/memoires?cherche=nobody").xpath("//tbody/tr"))
    assert 1 == len(_page(desk, "/paiements?etat=PAYE").xpath("//tbody/tr"))
    assert 1 == len(_page(desk, "/messages?issue=refus").xpath("//tbody/tr"))


@pytest.mark.parametrize("period", ["du=2026-01-01&au=2025-01-01", "du=x", "au=0001-01-01"])
def test_a_period_that_is_none_is_said(desk, period):
    told = _page(desk, f"/utilisation?{period}&par=wrong").text_content()
    assert "La période demandée n'en est pas une" in told


def test_the_usage_of_the_store_is_drawn_and_counted(desk):
    filled(desk.store)
    tree = _page(desk, "/utilisation?par=practitioner&du=2023-12-01&au=2023-12-31")
    assert 2 == len(tree.xpath("//main//*[local-name()='svg']"))
    assert "4321" in tree.text_content()


def test_a_look_at_a_patient_is_written_down_before_it_is_shown(desk):
    desk.store.add_deposit(replace(DEPOSIT, sender="1234"))
    _page(desk, "/")
    _page(desk, "/messages")
    assert [] == list(desk.store.accesses.entries())
    _page(desk, "/memoires")
    desk.get(f"/memoires/{DEPOSIT.secu_uuid}/message.xml")
    listed, whole = desk.store.accesses.entries()
    assert ("poste", "poste", "patient-1", "memoire", "poste 127.0.0.1", "GET /memoires") == (
        listed.who,
        listed.role,
        listed.whose,
        listed.category,
        listed.origin,
        listed.action,
    )
    assert (NOW, "document", DEPOSIT.secu_uuid, "1234") == (
        whole.at,
        whole.category,
        whole.reference,
        whole.source,
    )
    told = _page(desk, "/acces?patient=patient-1").text_content()
    assert "Mémoire entier" in told
    assert 0 == len(_page(desk, "/acces?patient=nobody").xpath("//tbody/tr"))


def test_every_screen_of_a_patient_is_written_down(desk):
    filled(desk.store)
    for path in (
        f"/paiements/{SIMULATION.id}",
        "/plateforme/patient-1",
        "/messages/1",
        "/paiements",
    ):
        _page(desk, path)
    found = {(entry.action, entry.category) for entry in desk.store.accesses.entries()}
    assert {
        ("GET /paiements/{simulation}", "simulation"),
        ("GET /paiements/{simulation}", "paiement"),
        ("GET /plateforme/{matricule}", "memoire"),
        ("GET /plateforme/{matricule}", "consentement"),
        ("GET /messages/{number}", "message"),
        ("GET /paiements", "simulation"),
    } == found


def test_nothing_is_shown_that_cannot_be_written_down(desk, monkeypatch, caplog):
    filled(desk.store)

    def full(*_entries):
        raise StoreError("the disk is full")

    monkeypatch.setattr(desk.store.accesses, "add", full)
    tree = _page(desk, "/memoires", 503)
    assert "SBX-020" in tree.xpath("string(//h1)")
    assert HOSTILE not in tree.text_content()
    assert "the disk is full" in caplog.text


def test_a_screen_that_fails_says_so_and_no_name_is_logged(desk, monkeypatch, caplog):
    monkeypatch.setattr(desk.store.platform, "documents_of", lambda _matricule: 1 / 0)
    assert "SBX-006" in _page(desk, "/plateforme/kanari-1", 500).xpath("string(//h1)")
    assert "/plateforme/{matricule}" in caplog.text
    assert "kanari" not in caplog.text


def test_only_this_desk_is_answered(desk):
    assert 403 == desk.client.get("/", headers={"Host": "desk.example"}).status_code
    assert 403 == desk.client.get("/", headers={"Origin": "http://elsewhere.example"}).status_code
    assert 405 == desk.client.post("/memoires").status_code


def test_script_and_style_are_files(desk):
    for path, kind in (("/poste/desk.css", "text/css"), ("/poste/desk.mjs", "text/javascript")):
        answer = desk.get(path)
        assert (200, f"{kind}; charset=utf-8") == (
            answer.status_code,
            answer.headers["content-type"],
        )
        assert re.search(r"https?://|@import|url\(", answer.text) is None
    assert 404 == desk.get("/poste/conftest.py").status_code
