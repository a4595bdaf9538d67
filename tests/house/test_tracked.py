"""What is under version control names no machine, no registry and no real person."""

import configparser
import os
import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

REGISTRIES = ["py" + "pi.org", "python" + "hosted", "registry." + "npmjs", "npm" + "mirror"]
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:work|home|root|Users)/(?!\.\.\.|someone\b)[\w.-]+")
UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
OPAQUE = re.compile(r"(?=[A-Za-z0-9+/_]*[A-Za-z])[A-Za-z0-9+/_]{24,}={0,2}")
NUMBER = re.compile(r"(?<![\d.,])(?:\d{8}|\d{10}|\d{13})(?![\d]|[.,]\d)")
PERSONAL = ("spec/memhon/catalogue/examples/", "notebooks/", "tests/", "docs/", "README.md")
DEMO = "spec/memhon/catalogue/demo"


def test_no_machine_path(texts):
    found = [
        f"{name}:{number} {match.group()}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        for match in MACHINE_PATH.finditer(line)
    ]
    assert found == []


def test_no_registry_host(texts):
    hosts = [*REGISTRIES, *_configured_hosts()]
    found = [f"{name} {host}" for name, text in texts.items() for host in hosts if host in text]
    assert found == []


def test_constraints_pin_every_package_and_nothing_else(root):
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!+]+", line)] == []


def test_numbers_that_look_like_persons_are_those_of_the_demo(texts, known_numbers):
    found = {
        f"{name}:{number} {match.group()}"
        for name, text in texts.items()
        if name.startswith(PERSONAL)
        for number, line in enumerate(text.splitlines(), 1)
        for match in NUMBER.finditer(OPAQUE.sub("", UUID.sub("", line)))
        if match.group() not in known_numbers
    }
    assert sorted(found) == []


def test_every_demo_number_is_fictitious(root):
    folder = root / DEMO
    persons = tomllib.loads((folder / "persons.toml").read_text(encoding="utf-8"))["person"]
    providers = tomllib.loads((folder / "providers.toml").read_text(encoding="utf-8"))["provider"]
    held = [
        person["matricule"]
        for person in persons
        if not person["minor"] and int(person["matricule"][:4]) >= 1900
    ]
    outside = [entry["code"] for entry in providers if entry["code"][:6] != "9" + "0" * 5]
    assert (held, outside) == ([], [])


@pytest.fixture(scope="module")
def known_numbers(root):
    """The 8-, 10- and 13-digit numbers of catalogue/demo."""
    files = sorted((root / DEMO).glob("*.toml"))
    return {match for path in files for match in NUMBER.findall(path.read_text(encoding="utf-8"))}


def _configured_hosts():
    """Give the hosts from which this machine installs packages; none may be written down."""
    names = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL", "NPM_CONFIG_REGISTRY")
    values = [os.environ.get(name, "") for name in names]
    for place in ("/etc/pip.conf", "~/.pip/pip.conf", "~/.config/pip/pip.conf"):
        settings = configparser.ConfigParser(interpolation=None)
        settings.read(Path(place).expanduser())
        values += [value for section in settings.values() for value in section.values()]
    hosts = {urlsplit(part).hostname for value in values for part in value.split()}
    return sorted(host for host in hosts if host and host not in {"localhost", "127.0.0.1"})
