"""Rules are used exactly as often as they say, by whoever shares the store."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from memhon.store import Switch, open_store

ONE = Switch(effect="cut")


def test_a_rule_is_kept_counted_and_cleared(store):
    number = store.switches.add(replace(ONE, exchange="a", sender="1234", detail="d", left=2))
    rule = Switch(effect="cut", exchange="a", sender="1234", detail="d", left=2, number=number)
    assert (rule,) == store.switches.all()
    once = replace(rule, left=1, used=1)
    assert once == store.switches.take("a", ["1234"])
    assert (once,) == store.switches.all()
    assert 0 == store.switches.clear(number + 1)
    assert 1 == store.switches.clear(number)
    assert () == store.switches.all()


def test_only_the_calls_it_names_meet_a_rule(store):
    store.switches.add(replace(ONE, exchange="a", sender="1234"))
    assert store.switches.take("b", ["1234"]) is None
    assert store.switches.take("a", ["5678"]) is None
    assert store.switches.take("a", []) is None
    assert store.switches.take("a", ["1234"], without=["cut"]) is None
    assert store.switches.armed()
    assert "cut" == store.switches.take("a", ["5678", "1234"]).effect
    assert not store.switches.armed()
    assert store.switches.take("a", ["1234"]) is None


def test_the_oldest_rule_comes_first(store):
    for effect in ("one", "two"):
        store.switches.add(replace(ONE, effect=effect))
    assert ["one", "two"] == [store.switches.take("a", []).effect for _ in range(2)]
    assert 2 == store.switches.clear()


def test_a_rule_outlives_the_process_and_a_copy(lasting):
    with open_store(lasting) as store:
        store.switches.add(ONE)
    with open_store(lasting) as store:
        rows = []
        store.dump(rows.append)
        kept = store.switches.all()
        assert [1] == [rule.left for rule in kept]
        store.reset()
        assert () == store.switches.all()
        store.load(rows)
        assert kept == store.switches.all()
        assert kept[0].number < store.switches.add(ONE)


def test_no_rule_is_used_too_often(lasting):
    with open_store(lasting) as one, open_store(lasting) as two, ThreadPoolExecutor(8) as pool:
        one.switches.add(replace(ONE, left=7))
        taken = list(pool.map(lambda store: store.switches.take("a", []), [one, two] * 10))
        assert 7 == sum(rule is not None for rule in taken)
        assert (0, 7) == (two.switches.all()[0].left, two.switches.all()[0].used)
