"""One page for each template on a phone and a wide screen, in both palettes."""

import pytest

from templates import representatives
from visits import VARIANTS, Noise, screen, visit_all

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PALETTES = {"light": "default", "dark": "slate"}


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_every_template_is_quiet_fits_and_is_accessible(engine, base, site, variant):
    with screen(engine, variant) as context:
        visits = visit_all(context, base, representatives(site))
    good = (Noise(), [], [], PALETTES[variant.scheme])
    wrong = {
        address: found
        for address, seen in visits.items()
        if (found := (seen.noise, seen.axe, seen.twice, seen.scheme)) != good
    }
    assert {} == wrong
    assert {} == {address: seen.overflow for address, seen in visits.items() if seen.overflow > 0}
