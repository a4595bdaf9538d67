"""A platform that runs for the tests of a module, and one for a single test on every store."""

import pytest

from platform_desk import open_platform


@pytest.fixture(scope="module")
def desk():
    """One for all tests of a module; the patients of the practice have consented to everything."""
    with open_platform() as running:
        running.consent("MH", "CNS", "ESANTE")
        yield running


@pytest.fixture
def fresh(where):
    """One for a single test, on a store of every kind; nobody has consented to anything."""
    with open_platform(where) as running:
        yield running


@pytest.fixture(params=["POST", "PATCH"])
def refused(request, desk):
    """Sends an archive as a deposit, and as the replacement of a fee note."""
    path = desk.own if request.param == "POST" else f"{desk.own}/{desk.deposited()}"

    def send(status, finding, data, **more):
        return desk.refused(status, finding, "practice", request.param, path, data, **more)

    return send
