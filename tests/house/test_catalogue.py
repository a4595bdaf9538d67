"""Every exchange has valid examples; every code and tariff has a text and a provenance."""

import pytest

import memhon

DIRECTIONS = ("request", "response")
OBSERVED = {("pid-sim", "request"), ("pid-sim", "response")} | {
    ("pid-val", "request"),
    ("pid-val", "response"),
}


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("name", ["minimal", "rich"])
def test_every_message_has_a_minimal_and_a_rich_example(catalogue, direction, name):
    have = {
        example.exchange_id
        for entry in catalogue.exchanges
        for example in catalogue.examples(entry.id)
        if (str(example.direction), example.name) == (direction, name)
    }
    assert have == {entry.id for entry in catalogue.exchanges}


def test_simulation_and_payment_keep_what_was_observed(catalogue):
    have = {
        (example.exchange_id, str(example.direction))
        for entry in catalogue.exchanges
        for example in catalogue.examples(entry.id)
        if example.name == "observed"
    }
    assert have == OBSERVED


def test_every_example_is_valid(catalogue):
    reports = {
        f"{example.exchange_id} {example.direction} {example.name}": memhon.validate(example.data)
        for entry in catalogue.exchanges
        for example in catalogue.examples(entry.id)
    }
    wrong = {name: str(report) for name, report in reports.items() if report.verdict != "valid"}
    assert wrong == {}


def test_every_example_is_recognised_as_what_its_path_says(catalogue):
    for entry in catalogue.exchanges:
        for example in catalogue.examples(entry.id):
            report = memhon.validate(example.data)
            assert (report.exchange, report.direction) == (entry.id, str(example.direction))


def test_an_alive_exchange_has_a_notebook_of_its_id(catalogue, root):
    alive = {entry.id for entry in catalogue.exchanges if entry.alive}
    notebooks = {path.stem for path in (root / "notebooks").glob("*.ipynb")}
    assert {"ra-depot", "pid-sim"} <= alive
    assert alive <= notebooks


def test_every_exchange_has_its_texts(catalogue):
    for entry in catalogue.exchanges:
        assert len(entry.title) >= 8, entry.id
        assert len(entry.purpose) >= 60, entry.id
        assert len(entry.when) >= 40, entry.id
        assert entry.provenance, entry.id


def test_every_code_has_a_text_of_its_own_and_a_provenance(catalogue):
    poor = [
        f"{codes.id} {code.value}"
        for codes in catalogue.code_lists
        for code in codes.codes
        if not code.label.strip()
        or len(code.description) < 20
        or code.description.lower().rstrip(".") in {code.value.lower(), code.label.lower()}
        or not code.provenance
    ]
    assert catalogue.code_lists
    assert poor == []


def test_every_code_list_and_tariff_has_a_provenance(catalogue):
    assert [codes.id for codes in catalogue.code_lists if not codes.provenance] == []
    loose = [
        code
        for code, tariff in catalogue.tariffs.items()
        if not tariff.provenance or not all(period.provenance for period in tariff.periods)
    ]
    assert loose == []


def test_only_the_one_known_tariff_passes_for_real(catalogue):
    real = {
        code for code, tariff in catalogue.tariffs.items() if "hypothese" not in tariff.provenance
    }
    assert real == {"C1"}
