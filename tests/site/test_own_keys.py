"""Builds have keys of their own; the user's stay where they are."""

import os

import pytest

from memhon.home import home, pki_path
from memhon.site.checkout import Checkout
from memhon.site.own_keys import at_home, certificates


def test_the_home_of_a_build_lasts_as_long_as_its_block(tmp_path, monkeypatch):
    monkeypatch.setenv("MEMHON_HOME", "/avant")
    with at_home(tmp_path):
        assert home() == tmp_path
    assert os.environ["MEMHON_HOME"] == "/avant"


def test_a_home_that_was_not_set_is_not_set_after(tmp_path, monkeypatch):
    monkeypatch.delenv("MEMHON_HOME")
    with pytest.raises(ValueError, match="essai"), at_home(tmp_path):
        raise ValueError("essai")
    assert "MEMHON_HOME" not in os.environ


def test_the_certificates_are_those_of_the_folder_at_every_call(root):
    folder = Checkout(root).home
    first = certificates(folder)
    assert sorted(first) == ["demo-1", "identite", "mysecu"]
    assert certificates(folder) == first
    with at_home(folder):
        assert (pki_path() / "demo-1.pem").is_file()
