import re

from memhon.sandbox import Numbering

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def test_the_same_seed_draws_the_same_ids():
    one, two = Numbering(3), Numbering(3)
    assert [one.uuid(), one.digits(24)] == [two.uuid(), two.digits(24)]


def test_another_seed_draws_others():
    assert Numbering(3).uuid() != Numbering(4).uuid()


def test_without_a_seed_nothing_repeats():
    assert Numbering().uuid() != Numbering().uuid()


def test_the_form_of_the_ids():
    numbering = Numbering(1)
    assert all(UUID4.fullmatch(numbering.uuid()) for _ in range(200))
    assert all(re.fullmatch("[0-9a-f]{16}", numbering.digits(16)) for _ in range(200))
