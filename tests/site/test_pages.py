"""Pages as pure functions of the material."""

import re
from dataclasses import replace

import pytest

from memhon.errors import MemhonError
from memhon.site.composition import downloads_of, generated
from memhon.site.downloads import Download, checksums
from memhon.site.families import address_of
from memhon.site.home import completed
from memhon.site.markup import Page
from memhon.site.records import recorded_markdown, steady
from turned_back import turned_back


@pytest.fixture(scope="module")
def pages(material):
    made = generated(material, downloads_of(material))
    return {page.address: page.text for page in made}


def test_the_same_material_gives_the_same_pages(material, pages):
    again = generated(material, downloads_of(material))
    assert {page.address: page.text for page in again} == pages


def test_every_exchange_has_a_page_of_the_same_form(catalogue, pages):
    for exchange in catalogue.exchanges:
        text = pages[address_of(exchange)]
        parts = ("En bref", "Qui et quand", "Requête", "Réponse", "Pièges", "Téléchargements")
        for part in (*(f"## {title} {{ #" for title in parts), "<svg"):
            assert part in text, (exchange.id, part)
        assert exchange.model_uid in text
        assert ("vivant" if exchange.alive else "exemple") in text


def test_every_element_has_a_row_with_an_id_of_its_own(catalogue, material, pages):
    for exchange in catalogue.exchanges:
        ids = re.findall(r'<li id="((?:requete|reponse)-[^"]+)"', pages[address_of(exchange)])
        rows = [row for outline in material.outlines[exchange.id].values() for row in outline.rows]
        assert len(ids) == len(set(ids)) == len(rows)


def test_every_finding_has_its_anchor(catalogue, pages):
    for finding in catalogue.findings:
        assert f"{{ #{finding.lower()} }}" in pages["reference/anomalies.md"]


def test_every_code_has_its_anchor_and_every_source_its_section(catalogue, pages):
    ids = re.findall(r'<code id="([^"]+)"', pages["reference/codes.md"])
    codes = [code for code_list in catalogue.code_lists for code in code_list.codes]
    assert len(ids) == len(set(ids)) == len(codes)
    anchors = set(re.findall(r"\{ #(source-\w+) \}", pages["reference/provenance.md"]))
    cited = {
        anchor
        for text in pages.values()
        for anchor in re.findall(r"reference/provenance/#(source-\w+)", text)
    }
    assert cited
    assert cited <= anchors


def test_nothing_is_shown_that_was_not_recorded(pages):
    assert "Exemple «\u00a0minimal\u00a0»" in pages["pid/sim.md"]
    assert "Échanges enregistrés" not in pages["ra/depot.md"]


def test_a_record_shows_both_sides_as_sent(record):
    text = recorded_markdown(record)
    assert "<a><b>1</b></a>" in text
    assert "vue indentée" in text
    assert text.index("POST /ws/soap/espinst/syncexchange") < text.index("HTTP/1.1 200")


def test_headers_that_change_are_left_out():
    given = [("Host", "127.0.0.1:40000"), ("date", "x"), ("X-Memhon-Answer", "a"), ("Accept", "b")]
    assert steady(given) == (("Accept", "b"), ("X-Memhon-Answer", "a"))


def test_checksums_are_those_of_the_bytes():
    file = Download("g", "telechargements/a/b.txt", b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert checksums([file]).decode() == f"{digest}  a/b.txt\n"


def test_home_gets_the_table_it_asks_for(catalogue):
    page = completed(Page("index.md", "<!-- memhon:services pid -->\n"), catalogue.exchanges)
    assert 'href="pid/sim/"' in page.text
    assert "ra/depot" not in page.text
    with pytest.raises(MemhonError, match="repère inconnu"):
        completed(Page("index.md", "<!-- memhon:nothing -->"), catalogue.exchanges)


def test_home_says_what_the_states_mean(catalogue, material):
    asked = Page("index.md", "<!-- memhon:states -->\n")
    assert "Tous les services sont **vivants**" in completed(asked, catalogue.exchanges).text
    with turned_back("pid-con", catalogue):
        text = completed(asked, catalogue.exchanges).text
        assert "**exemple** contrôle votre message" in text
        made = {page.address: page.text for page in generated(material, downloads_of(material))}
        states = {name: "Service en exemple" in made[f"pid/{name}.md"] for name in ("val", "con")}
        assert {"val": False, "con": True} == states
        assert ">exemple</" in made["pid/con.md"]


def test_home_leads_from_each_question_to_its_answer(catalogue, pages):
    page = completed(Page("index.md", "<!-- memhon:answers -->\n"), catalogue.exchanges)
    for exchange in catalogue.exchanges:
        folder = address_of(exchange).removesuffix(".md")
        anchors = re.findall(rf'href="{folder}/#(\w+)"', page.text)
        assert ["requete", "reponse", "bref", "erreur"] == anchors
        for anchor in anchors[:3]:
            assert f"{{ #{anchor} }}" in pages[address_of(exchange)]


def test_a_signed_envelope_says_its_body_first_and_every_byte_behind_a_click(record):
    sent = '<e><wsse:Security a="1">QUJD</wsse:Security><b/></e>'
    text = recorded_markdown(replace(record, request=sent.encode()))
    assert "<e><wsse:Security> … </wsse:Security><b/></e>" in text
    assert text.index("entière") < text.index(sent)


def test_a_pdf_is_cut_and_its_length_told_and_nothing_else_is(record):
    long, short = "QUJD" * 1000, "QUJD" * 999
    sent = f"<e><document>{long}</document><ds:SignatureValue>{short}</ds:SignatureValue></e>"
    text = recorded_markdown(replace(record, request=sent.encode()))
    assert (False, True) == (long in text, short in text)
    assert f"<document>{long[:60]}… (4000 caractères, coupés sur cette page)</document>" in text
    assert "Requête, telle que sur le fil, PDF coupé" in text
    assert 'Réponse, telle que sur le fil"' in text
    assert "(#telechargements)" in text
    assert "coupé" not in recorded_markdown(record)


def test_no_page_carries_a_whole_pdf(built_site):
    pages = [path for path in built_site.rglob("*") if path.suffix in {".html", ".md"}]
    carrying = [
        path.relative_to(built_site)
        for path in [*pages, built_site / "search/search_index.json"]
        if re.search(r"JVBERi[\w+/=]{400}", path.read_text(encoding="utf-8"))
    ]
    assert (len(pages) > 100, []) == (True, carrying)


def test_no_page_shows_the_port_of_a_desk_that_the_system_chose(built_site):
    files = [path for path in built_site.rglob("*") if path.suffix in {".html", ".md"}]
    ports = {
        port
        for path in files
        for port in re.findall(r"127\.0\.0\.1:(\d+)/_sandbox/", path.read_text(encoding="utf-8"))
    }
    assert {"8481"} == ports
