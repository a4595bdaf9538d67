"""Every file of the package is taken away, cut or emptied in turn: never « valid » by accident."""

import importlib
import re
import shutil
from pathlib import Path

import pytest

import faults
import memhon.catalogue.loading
import memhon_xsd
from memhon.catalogue import load
from memhon.errors import MemhonError
from memhon.validation import validate

pytestmark = pytest.mark.slow
SOURCES = {
    "catalogue": Path(memhon.catalogue.loading.__file__).parent,
    "xsd": Path(memhon_xsd.__file__).parent,
}
SCHEMAS = importlib.import_module("memhon.schemas.source")
FILES = sorted(
    f"{room}/{path.relative_to(folder).as_posix()}"
    for room, folder in SOURCES.items()
    for path in folder.rglob("*")
    if path.suffix in {".toml", ".xsd"}
)
GOOD = {
    f"{exchange.id} {direction}": load().example(exchange.id, direction, "rich").data
    for exchange in load().exchanges
    for direction in ("request", "response")
}
BAD = b'<m:memoireHonoraire xmlns:m="http://www.secu.lu/ciss/cns"><nom/></m:memoireHonoraire>'
DAMAGE = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "noise": lambda path: path.write_bytes(bytes(range(256))),
}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A copy of the package's data that the toolkit reads instead of its own."""
    for room, folder in SOURCES.items():
        shutil.copytree(folder, tmp_path / room, ignore=shutil.ignore_patterns("*.py*"))
    monkeypatch.setattr(memhon.catalogue.loading, "files", lambda _: tmp_path / "catalogue")
    monkeypatch.setattr(SCHEMAS, "files", lambda _: tmp_path / "xsd")
    faults.forget()
    yield tmp_path
    monkeypatch.undo()
    faults.forget()


def judged(data):
    """The verdict of a fresh process, or ``typed`` when an error of ours comes out."""
    faults.forget()
    try:
        return validate(data).verdict.value
    except MemhonError:
        return "typed"


def test_the_copy_is_as_good_as_the_package(package):
    assert {"valid"} == {judged(data) for data in GOOD.values()}
    assert "invalid" == judged(BAD)
    assert len(FILES) > 40


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(".xsd")])
def test_a_damaged_schema_is_never_a_valid_message(package, file, damage):
    path = package / file
    users = {name for name, data in GOOD.items() if path.name in _schemas_of(package, name)}
    DAMAGE[damage](path)
    for name in users:
        assert judged(GOOD[name]) in {"undecided", "typed"}, name
    spared = sorted(set(GOOD) - users)[0]
    assert "valid" == judged(GOOD[spared])


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(".toml")])
def test_a_damaged_catalogue_never_turns_a_verdict(package, file, damage):
    DAMAGE[damage](package / file)
    assert judged(BAD) in {"invalid", "undecided", "typed"}
    own = f"{Path(file).stem} request"
    for name in {own, "ra-depot request", "ra-depot response", "pid-sim request"} & set(GOOD):
        assert judged(GOOD[name]) in {"valid", "undecided", "typed"}, name


def _schemas_of(package, name):
    """The files that a message's schema consists of."""
    exchange_id, _, direction = name.partition(" ")
    exchange = load().exchange(exchange_id)
    message = exchange.request if direction == "request" else exchange.response
    found, waiting = set(), [package / "xsd" / message.schema]
    while waiting:
        path = waiting.pop()
        found.add(path.name)
        text = path.read_text(encoding="utf-8")
        named = re.findall(r'schemaLocation="([^"]+)"', text)
        waiting += [path.parent / name for name in named]
    return found
