"""The access log: its words, its order, its filters, its end; one log in every kind of store."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from memhon.catalogue import load
from memhon.catalogue.access import vocabulary_of
from memhon.errors import CatalogueError
from memhon.store import AccessEntry, AccessFilter, open_store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PATIENT, OTHER = load().person("demo-1").matricule, load().person("demo-2").matricule
ENTRY = AccessEntry(
    at=NOON,
    who=load().provider("demo-1").ehealth_id,
    role="prestataire",
    whose=PATIENT,
    category="memoire",
    origin="echange 127.0.0.1",
    action="ra-remblist",
    reference="b",
    source=load().provider("demo-1").code,
)
MINUTE = timedelta(minutes=1)


def _all(store, **wanted):
    return list(store.accesses.entries(AccessFilter(**wanted)))


def test_an_entry_comes_back_as_it_was_written(store):
    store.accesses.add(ENTRY)
    assert [ENTRY] == list(store.accesses.entries())


def test_nothing_to_write_writes_nothing(store):
    store.accesses.add()
    assert [] == _all(store)


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "doctor"},
        {"category": ""},
        {"origin": "127.0.0.1"},
        {"origin": " echange"},
        {"at": NOON.replace(tzinfo=None)},
        {"who": PATIENT},
        {"reference": f"patient {PATIENT}"},
        {"action": f"GET /patients/{PATIENT}"},
        {"source": PATIENT},
        {"origin": f"echange {PATIENT}"},
    ],
)
def test_a_word_that_is_not_in_the_catalogue_or_a_matricule_elsewhere_is_not_written(store, wrong):
    with pytest.raises(ValueError, match="access"):
        store.accesses.add(ENTRY, replace(ENTRY, **wrong))
    assert [] == _all(store)


def test_digits_inside_an_identifier_are_no_matricule(store):
    mark = f"Id-{'a' * 5}{'1' * 13}{'b' * 6}"
    store.accesses.add(replace(ENTRY, reference=mark))
    assert [mark] == [entry.reference for entry in _all(store)]


def test_the_order_is_that_of_time_whoever_wrote_first(store):
    local = timezone(timedelta(hours=1))
    given = [
        replace(ENTRY, at=NOON + MINUTE, reference="2"),
        replace(ENTRY, at=NOON, reference="0"),
        replace(ENTRY, at=NOON.astimezone(local), reference="1"),
    ]
    store.accesses.add(*given)
    assert ["0", "1", "2"] == [entry.reference for entry in _all(store)]


def test_every_filter_and_all_of_them_together(store):
    others = {
        "who": "900",
        "whose": OTHER,
        "category": "document",
        "at": NOON - MINUTE,
    }
    store.accesses.add(ENTRY, *(replace(ENTRY, **{name: value}) for name, value in others.items()))
    assert 5 == len(_all(store))
    assert ["900"] == [entry.who for entry in _all(store, who="900")]
    assert [OTHER] == [entry.whose for entry in _all(store, whose=OTHER)]
    assert ["document"] == [entry.category for entry in _all(store, category="document")]
    assert [NOON - MINUTE] == [entry.at for entry in _all(store, before=NOON)]
    assert 4 == len(_all(store, since=NOON))
    wanted = {"who": ENTRY.who, "whose": PATIENT, "category": "memoire"}
    assert [ENTRY] == _all(store, since=NOON, before=NOON + MINUTE, **wanted)
    assert [] == _all(store, whose="' OR ''='")


def test_pages_give_every_entry_once(store):
    given = [replace(ENTRY, at=NOON + MINUTE * (n // 7), reference=str(n)) for n in range(50)]
    store.accesses.add(*reversed(given))
    found, after = [], None
    while page := store.accesses.page(after=after, size=3):
        assert len(page) <= 3
        found += [entry for _, entry in page]
        after = page[-1][0]
    assert sorted(given, key=lambda entry: (entry.at, -int(entry.reference))) == found
    assert found == _all(store)


def test_entries_that_come_while_the_log_is_read_are_seen_at_its_end(store, monkeypatch):
    monkeypatch.setattr("memhon.store.accesses._PAGE", 2)
    store.accesses.add(*(replace(ENTRY, reference=str(number)) for number in range(4)))
    entries = store.accesses.entries()
    first = next(entries)
    store.accesses.add(replace(ENTRY, reference="late"))
    assert ["0", "1", "2", "3", "late"] == [first.reference, *(each.reference for each in entries)]


def test_an_entry_is_forgotten_after_thirty_days_even_when_nothing_else_is_written(store):
    store.accesses.add(ENTRY)
    store.accesses.add(replace(ENTRY, at=NOON + timedelta(days=29)))
    assert 2 == len(_all(store))
    store.accesses.add(replace(ENTRY, at=NOON + timedelta(days=30, seconds=1)))
    assert [29, 30] == [(entry.at - NOON).days for entry in _all(store)]


def test_a_copy_holds_the_log_and_it_goes_on_in_another_store(store, tmp_path):
    store.accesses.add(ENTRY)
    rows = []
    store.dump(rows.append)
    with open_store(tmp_path / "other.sqlite3") as other:
        other.load(rows)
        other.accesses.add(replace(ENTRY, reference="c"))
        assert ["b", "c"] == [entry.reference for entry in _all(other)]
    store.load(rows, instead=True)
    store.accesses.add(replace(ENTRY, reference="c"))
    assert ["b", "c"] == [entry.reference for entry in _all(store)]


def test_a_plan_for_every_question_uses_an_index(tmp_path):
    place = tmp_path / "store.sqlite3"
    with open_store(place) as store:
        store.accesses.add(ENTRY)
    questions = {
        "ix_accesses_at": "(at, number) > ('2026', 0)",
        "ix_accesses_who": "who = 'x' AND (at, number) > ('2026', 0)",
        "ix_accesses_whose": "whose = 'x' AND (at, number) > ('2026', 0)",
    }
    connection = sqlite3.connect(place)
    for index, question in questions.items():
        text = f"SELECT * FROM accesses WHERE {question} ORDER BY at, number LIMIT 9"
        plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}"))
        assert index in plan
        assert "TEMP B-TREE" not in plan
    connection.close()


def test_the_five_fields_of_the_ehds_have_columns():
    vocabulary = load().access
    assert ["a", "b", "c", "d", "e"] == [field.letter for field in vocabulary.fields]
    columns = {column.name for column in vocabulary.columns}
    assert columns == set(AccessEntry.__dataclass_fields__)
    assert all(field.columns and field.provenance == ("S4",) for field in vocabulary.fields)


def test_a_vocabulary_that_contradicts_itself_is_refused():
    with pytest.raises(CatalogueError, match="incomplet"):
        vocabulary_of({"provenance": []})
    field = {"letter": "a", "text": "t", "columns": ["nobody"], "provenance": []}
    whole = {"provenance": [], "field": [field], "patient_elements": []}
    empty = {name: [] for name in ("column", "role", "category", "origin")}
    with pytest.raises(CatalogueError, match="nobody"):
        vocabulary_of(whole | empty)
