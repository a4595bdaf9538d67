"""Markup, messages as text, amounts and instants."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

import pytest

from memhon.catalogue import load
from memhon.local.screens.markup import Html, el, html
from memhon.local.screens.pieces import money, outcome, person, when
from memhon.local.screens.xml_text import LONGEST_MESSAGE, LONGEST_TEXT, xml_view

EXAMPLES = [
    load().example(exchange.id, direction, name).data
    for exchange in load().exchanges
    for direction in ("request", "response")
    for name in ("minimal", "rich")
]


def test_every_text_and_every_attribute_is_escaped():
    found = el(
        "a", "<b>", ["&", None, 3], el("i"), href="\"'<&>", hidden=True, title=None, id=False
    )
    expected = '<a href="&quot;&#x27;&lt;&amp;&gt;" hidden>&lt;b&gt;&amp;3<i></i></a>'
    assert expected == found
    assert "&lt;script&gt;" == html("<script>")
    assert Html("<b>") == html(Html("<b>"))
    assert "<br>" == el("br")


def test_names_of_attributes():
    assert '<p class="a" aria-label="b" data-x="0"></p>' == el(
        "p", class_="a", aria_label="b", data_x=0
    )


_LONG = re.compile(rb"(>[^<]{1000})[^<]{200,}(?=<)")
"""A text that is shown cut, as a printed fee note is; another test reads how."""


@pytest.mark.parametrize("data", EXAMPLES)
def test_a_message_is_shown_to_the_letter(data):
    data = _LONG.sub(rb"\1", data)
    shown = unescape(re.sub(r"<[^>]*>", "", xml_view(data, "Message").replace("\n", "")))
    expected = re.sub(r">\s+<", "><", data.decode()).replace("\n", "")
    assert expected.strip() == re.sub(r"En-tête : \d+ lignes \([^)]*\)", "", shown).strip()


def _lines(text):
    return re.findall(
        r'<span class="in-(\d+)">(.*?)</span>', xml_view(text.encode(), "M"), re.DOTALL
    )


def test_elements_stand_below_each_other():
    found = _lines('<a x="1>2">\n<b>t</b><c/><d><e></e></d></a>')
    assert ["0", "1", "1", "1", "2", "1", "0"] == [depth for depth, _ in found]
    assert "<i>&lt;b&gt;</i>t<i>&lt;/b&gt;</i>" == found[1][1]
    assert "<i>&lt;e&gt;</i><i>&lt;/e&gt;</i>" == found[4][1]


@pytest.mark.parametrize(
    "text", ["no XML < at all", "<a", '<a b="', "a & b > c", "</a></b></c>", "<a>" * 300]
)
def test_what_is_no_xml_is_shown_too(text):
    shown = unescape(re.sub(r"<[^>]*>", "", xml_view(text.encode(), "M")))
    assert text == shown.replace("\n", "")


def test_a_header_is_folded_and_the_body_is_not():
    text = "<e:Envelope><e:Header><s/></e:Header><e:Body>b</e:Body></e:Envelope>"
    shown = xml_view(text.encode(), "M")
    assert 1 == shown.count("<details>")
    assert "En-tête : 3 lignes" in shown
    assert shown.index("</details>") < shown.index("e:Body")


def test_what_is_long_is_cut_where_it_is_said():
    text = "x" * (LONGEST_TEXT + 7)
    shown = xml_view(f"<a>{text}</a>".encode(), "M")
    assert "… 7 caractères de plus dans le fichier" in shown
    assert "Trop long pour être montré" in xml_view(b"x" * (LONGEST_MESSAGE + 1), "M")
    assert "Aucun octet." in xml_view(b"", "M")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "0,00 €"),
        ("57.7", "57,70 €"),
        ("-1234.5", "-1 234,50 €"),
        ("1234567890123456789012345678.99", "1 234 567 890 123 456 789 012 345 678,99 €"),
    ],
)
def test_amounts(amount, shown):
    assert shown == money(Decimal(amount)).replace("\N{NO-BREAK SPACE}", " ")


def test_another_currency_keeps_its_name():
    assert money(Decimal(1), "<x>").endswith("<x>")


def test_instants_are_those_of_luxembourg():
    winter = html(when(datetime(2026, 1, 2, 23, 30, tzinfo=UTC)))
    summer = html(when(datetime(2026, 7, 2, 23, 30, tzinfo=UTC)))
    assert "03.01.2026 00:30:00" in winter
    assert "03.07.2026 01:30:00" in summer
    assert 'datetime="2026-07-02T23:30:00Z"' in summer
    assert "–" == when(None)


def test_persons_are_named_where_they_are_ours():
    ours = load().person("demo-1")
    assert ours.nom in html(person(ours.matricule))
    assert "<code>x</code>" == html(person("x"))
    assert "né(e) le 1900-01-01" == html(person(None, "1900-01-01"))


def test_an_outcome_names_every_id():
    shown = outcome("SIM-001 SIM-003 cut")
    assert 3 == shown.count('class="badge')
    assert "à la demande : cut" in shown
    assert "Acceptée" in outcome("")
