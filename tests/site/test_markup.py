"""Pieces of pages."""

import pytest

from memhon.site.markup import Page, cell, fence, inline, link, slug, typeset


@pytest.mark.parametrize(
    ("here", "there", "anchor", "expected"),
    [
        ("ra/depot.md", "reference/anomalies.md", "xsd-013", "../../reference/anomalies/#xsd-013"),
        ("index.md", "ra/depot.md", "", "ra/depot/"),
        ("ra/index.md", "ra/depot.md", "", "depot/"),
        ("ra/depot.md", "index.md", "", "../../"),
        ("ra/depot.md", "ra/depot.md", "carnet", "#carnet"),
        ("ra/depot.md", "telechargements/SHA256SUMS", "", "../../telechargements/SHA256SUMS"),
        ("telechargements/index.md", "telechargements/a/b.xsd", "", "a/b.xsd"),
    ],
)
def test_link_is_the_url_of_the_built_site(here, there, anchor, expected):
    assert link(here, there, anchor) == expected


def test_fence_is_longer_than_the_ticks_inside():
    block = fence("a\n````\nb", "text", 'say "x"')
    assert block.splitlines()[0] == '````` { .text title="say &quot;x&quot;" }'
    assert block.splitlines()[-1] == "`````"


def test_inline_and_cell_escape_everything_but_code():
    assert inline("a < b `c<d>`") == "a &lt; b <code>c&lt;d&gt;</code>"
    assert cell("a | b\n c") == "a &#124; b c"
    assert cell("") == "–"
    assert cell("`**/*.xml` \\.") == "<code>&#42;&#42;/&#42;.xml</code> &#92;."


def test_slug_has_no_accent_or_blank():
    assert slug("memoireHonoraire/entete/UUID") == "memoirehonoraire-entete-uuid"


def test_typeset_binds_french_punctuation_outside_code():
    page = Page("a.md", 'Vrai : « oui ».\n\n``` { .text }\na : « b »\n```\n\n!!! note "T"\n')
    expected = 'Vrai\u00a0: «\u00a0oui\u00a0».\n\n``` { .text }\na : « b »\n```\n\n!!! note "T"\n'
    assert typeset(page).text == expected
