"""WS2: order, filters, pages and the odd values that the schemas allow."""

import pytest

from fee_notes import OTHER_PATIENT


def _dated(notes, *dates, **parts):
    return [notes.deposit(date=date, **parts).secu for date in dates]


def test_the_newest_deposit_comes_first_whatever_its_date(notes):
    first, second, third = _dated(notes, "2026-03-02", "2026-03-09", "2026-01-01")
    told = notes.list()
    assert [third, second, first] == told.texts("UUIDSecu")
    assert ["3"] == told.texts("nombreTotal")
    assert ("1", "20") == (told.text("page"), told.text("taillePage"))


def test_what_a_line_says(notes):
    note = notes.deposit(amount="161.5", patient=f" {OTHER_PATIENT} ")
    told = notes.list(OTHER_PATIENT)
    names = [node.tag.rpartition("}")[2] for node in told.root.iterfind(".//{*}memoire/*")]
    values = [node.text for node in told.root.iterfind(".//{*}memoire/*")]
    expected = {
        "UUIDSecu": note.secu,
        "UUIDPrestataire": note.uuid,
        "dateMemoireHonoraires": "2026-03-02",
        "codePrestataire": "90000001",
        "nomPrestataire": "MODELEUR",
        "montantAPayer": "161.50",
        "devise": "EUR",
        "acquitte": "false",
        "statut": "DEPOSE",
    }
    assert expected == dict(zip(names, values, strict=True))


def test_nobody_sees_the_notes_of_somebody_else(notes):
    notes.deposit()
    told = notes.list(OTHER_PATIENT)
    assert (["0"], []) == (told.texts("nombreTotal"), told.texts("memoire"))
    assert told.refusal is None


def test_a_patient_without_matricule_stands_in_no_list(notes):
    notes.deposit(patient=None, born="1893-04-14")
    assert ["0"] == notes.list().texts("nombreTotal")


@pytest.mark.parametrize("state", ["DEPOSE", "CONSENTI", "ANNULE", "REMPLACE"])
def test_the_state_filters(notes, state):
    note = notes.in_state(state)
    told = notes.list(statut=state)
    assert note.secu in told.texts("UUIDSecu")
    assert {state} == set(told.texts("statut"))
    others = {"DEPOSE", "CONSENTI", "ANNULE", "REMPLACE"} - {state}
    assert all(note.secu not in notes.list(statut=other).texts("UUIDSecu") for other in others)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, 3),
        ("2026-03-02", None, 2),
        ("2026-03-03", None, 1),
        (None, "2026-03-02", 2),
        (None, "2026-03-01", 1),
        ("2026-03-02", "2026-03-02", 1),
        ("2026-03-02", "2026-03-03", 2),
        ("2026-03-02Z", "2026-03-02+14:00", 1),
        ("-0044-03-15", "12023-01-01", 3),
        ("12023-01-01", None, 0),
    ],
)
def test_both_days_count(notes, start, end, expected):
    _dated(notes, "2026-03-01", "2026-03-02", "2026-03-03")
    given = {"dateDebut": start, "dateFin": end}
    told = notes.list(**{name: day for name, day in given.items() if day})
    assert (str(expected), expected) == (told.text("nombreTotal"), len(told.texts("memoire")))


def test_a_period_turned_round_is_refused(notes):
    notes.deposit()
    told = notes.list(dateDebut="2026-03-03", dateFin="2026-03-02", page=4, taillePage=7)
    assert "MH-030" == told.refusal
    assert ("0", "4", "7") == tuple(map(told.text, ("nombreTotal", "page", "taillePage")))
    assert [] == told.texts("memoire")
    assert "2026-03-03" in told.text("motif")
    assert "2026-03-02" in told.text("motif")


@pytest.mark.parametrize(
    ("page", "size", "expected"),
    [
        (None, None, slice(0, 20)),
        (2, None, slice(20, 23)),
        (3, None, slice(0, 0)),
        (1, 1, slice(0, 1)),
        (23, 1, slice(22, 23)),
        (24, 1, slice(0, 0)),
        (1, 100, slice(0, 23)),
        (4, 7, slice(21, 23)),
        (10**30, 100, slice(0, 0)),
    ],
)
def test_pages_cover_the_list_once(notes, page, size, expected):
    newest_first = _dated(notes, *["2026-03-02"] * 23)[::-1]
    given = {"page": page, "taillePage": size}
    told = notes.list(**{name: number for name, number in given.items() if number})
    assert newest_first[expected] == told.texts("UUIDSecu")
    assert "23" == told.text("nombreTotal")
    assert str(page or 1) == told.text("page")


def test_the_total_counts_what_the_filter_leaves(notes):
    _dated(notes, *["2026-03-02"] * 3)
    notes.in_state("ANNULE")
    told = notes.list(statut="DEPOSE", taillePage=2, page=2)
    assert ("3", 1) == (told.text("nombreTotal"), len(told.texts("memoire")))


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("12023-01-01", "12023-01-01"),
        ("-0044-03-15", "-0044-03-15"),
        ("2026-03-02-05:00", "2026-03-02"),
        ("2026-03-02Z", "2026-03-02"),
        ("999999999999999999-12-31", "999999999999999999-12-31"),
    ],
)
def test_every_date_of_the_schema_is_listed(notes, date, shown):
    (secu,) = _dated(notes, date)
    told = notes.list(dateDebut=date, dateFin=date)
    assert ([secu], [shown]) == (told.texts("UUIDSecu"), told.texts("dateMemoireHonoraires"))


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("57.7", "57.70"),
        ("0", "0.00"),
        ("-12.5", "-12.50"),
        ("1" * 60 + ".5", "1" * 60 + ".50"),
        ("+007.10", "7.10"),
    ],
)
def test_amounts_are_shown_with_two_decimals(notes, amount, shown):
    notes.deposit(amount=amount)
    assert [shown] == notes.list().texts("montantAPayer")


def test_what_happens_between_two_pages_moves_nothing(notes):
    """Pages follow the order of deposit, so that a consent does not reorder them."""
    newest_first = _dated(notes, *["2026-03-02"] * 4)[::-1]
    seen = notes.list(taillePage=2).texts("UUIDSecu")
    notes.consent(newest_first[0])
    seen += notes.list(taillePage=2, page=2).texts("UUIDSecu")
    assert newest_first == seen
