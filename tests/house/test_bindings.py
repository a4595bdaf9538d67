"""Bindings are what the schemas produce, and say so."""

import importlib
import subprocess
import sys


def test_bindings_do_not_drift(root):
    command = [sys.executable, "-m", "memhon", "bindings", "check"]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_package_names_its_source_and_its_command():
    notice = importlib.import_module("memhon_bindings").__doc__ or ""
    assert "memhon_xsd" in notice
    assert "memhon bindings regenerate" in notice


def test_every_message_has_its_package(catalogue):
    for entry in catalogue.exchanges:
        for message in entry.messages:
            assert importlib.import_module(message.package).__doc__ is not None, message.package
