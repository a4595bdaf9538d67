"""Every page of the built site, once: quiet, self-contained, accessible."""

import pytest

from templates import addresses
from visits import Noise, Variant, Visit, screen, visit_all

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def visits(engine, base, site) -> dict[str, Visit]:
    """What a browser found on each page, on a wide screen in the light palette."""
    with screen(engine, Variant()) as context:
        return visit_all(context, base, addresses(site))


def test_every_page_is_visited(visits, site):
    built = [path for path in site.rglob("*.html") if path.name != "404.html"]
    assert len(built) == len(visits)
    assert len(visits) > 20


def test_no_page_asks_elsewhere_or_complains(visits):
    assert {} == {name: seen.noise for name, seen in visits.items() if seen.noise != Noise()}


def test_axe_finds_nothing(visits):
    assert {} == {name: seen.axe for name, seen in visits.items() if seen.axe}


def test_ids_are_unique(visits):
    assert {} == {name: seen.twice for name, seen in visits.items() if seen.twice}


def test_no_page_is_wider_than_the_screen(visits):
    assert {} == {name: seen.overflow for name, seen in visits.items() if seen.overflow > 0}


def test_every_page_says_whose_site_this_is(visits):
    silent = [name for name, seen in visits.items() if "ni de l'Agence eSanté" not in seen.notice]
    assert silent == []
