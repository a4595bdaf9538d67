"""Messages that were refused: few of them, for a short time."""

from datetime import timedelta

from memhon.store import RefusedBounds, RefusedMessage, open_store
from values import DEPOSIT, NOW

LATER = NOW + timedelta(minutes=30)
MICROSECOND = timedelta(microseconds=1)


def _refused(number, data=b"\x00<a/>\xff", since=NOW):
    return RefusedMessage(
        f"Id-{number:024x}", "SEC-007", since, since + timedelta(minutes=30), data
    )


def test_a_refused_message_is_kept_until_it_expires(where):
    message = _refused(1)
    with open_store(where) as store:
        assert store.refused.find(message.correlation_id, NOW) is None
        assert store.refused.add(message, NOW)
        assert message == store.refused.find(message.correlation_id, NOW)
        assert message == store.refused.find(message.correlation_id, LATER - MICROSECOND)
        assert store.refused.find(message.correlation_id, LATER) is None
        # Deleted, not merely hidden.
        assert store.refused.find(message.correlation_id, NOW) is None


def test_keeping_another_message_deletes_those_that_have_expired(where):
    with open_store(where) as store:
        store.refused.add(_refused(1), NOW)
        store.refused.add(_refused(2, since=NOW + MICROSECOND), NOW)
        store.refused.add(_refused(3, since=LATER), LATER)
        kept = [store.refused.find(_refused(n).correlation_id, NOW) is not None for n in (1, 2, 3)]
        assert [False, True, True] == kept


def test_whole_seconds_and_fractions_expire_in_their_order(where):
    whole = NOW.replace(microsecond=0)
    with open_store(where) as store:
        store.refused.add(_refused(1, since=whole), whole)
        end = whole + timedelta(minutes=30)
        assert store.refused.find(_refused(1).correlation_id, end - MICROSECOND) is not None
        assert store.refused.find(_refused(1).correlation_id, end + MICROSECOND) is None


def test_forgetting_says_how_many(where):
    with open_store(where) as store:
        for number in range(3):
            store.refused.add(_refused(number, since=NOW + number * MICROSECOND), NOW)
        assert 1 == store.refused.forget(LATER)
        assert 2 == store.refused.forget()
        assert 0 == store.refused.forget()


def test_the_oldest_message_makes_room_by_count(where):
    bounds = RefusedBounds(count=2)
    with open_store(where) as store:
        for number in (5, 4, 3):
            assert store.refused.add(_refused(number), NOW, bounds)
        kept = [n for n in (3, 4, 5) if store.refused.find(_refused(n).correlation_id, NOW)]
        assert [3, 4] == kept


def test_the_oldest_messages_make_room_by_bytes(where):
    bounds = RefusedBounds(size=10)
    with open_store(where) as store:
        for number, size in ((1, 4), (2, 4), (3, 2), (4, 7)):
            assert store.refused.add(_refused(number, b"x" * size), NOW, bounds)
        kept = [n for n in (1, 2, 3, 4) if store.refused.find(_refused(n).correlation_id, NOW)]
        assert [3, 4] == kept


def test_a_message_larger_than_everything_is_not_kept_and_pushes_nothing_out(where):
    with open_store(where) as store:
        store.refused.add(_refused(1), NOW)
        assert not store.refused.add(_refused(2, b"x" * 11), NOW, RefusedBounds(size=10))
        assert not store.refused.add(_refused(2), NOW, RefusedBounds(count=0))
        assert store.refused.find(_refused(1).correlation_id, NOW) is not None
        assert store.refused.find(_refused(2).correlation_id, NOW) is None


def test_a_correlation_id_that_comes_again_means_the_newer_message(where):
    with open_store(where) as store:
        store.refused.add(_refused(1, b"old"), NOW)
        assert store.refused.add(_refused(1, b"new"), NOW)
        assert b"new" == store.refused.find(_refused(1).correlation_id, NOW).data


def test_of_a_deleted_message_nothing_stays_in_the_file(tmp_path):
    path, secret = tmp_path / "store.sqlite3", b"kanari-" * 40_000
    with open_store(path) as store:
        store.add_deposit(DEPOSIT)
        store.refused.add(_refused(1, secret), NOW)
    assert b"kanari-" in path.read_bytes()
    with open_store(path) as store:
        store.refused.forget()
    assert [path] == list(tmp_path.iterdir())
    assert b"kanari-" not in path.read_bytes()
