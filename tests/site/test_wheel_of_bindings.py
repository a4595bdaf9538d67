"""The wheel of the generated classes: alone, installable without a network, the same again."""

import hashlib
import os
import subprocess
import sys
import sysconfig
import zipfile

import pytest

from memhon.site.checkout import Checkout
from memhon.site.downloads import SUMS
from memhon.site.wheel import bindings


@pytest.fixture(scope="module")
def wheel(site):
    (path,) = (site / "telechargements" / "python").glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*command, "--target", str(target), str(wheel)], check=True)
    return target


def test_it_holds_the_classes_and_nothing_else(wheel, root):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"memhon_bindings"}
    folder = root / "generated"
    classes = {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == classes
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_it_works_alone(installed, catalogue, tmp_path):
    message = catalogue.exchange("pid-sim").request
    (tmp_path / "message.xml").write_bytes(catalogue.example("pid-sim", "request", "rich").data)
    program = f"""
import sys
from pathlib import Path
import {message.package} as bindings
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.handlers import XmlEventHandler
data = Path("message.xml").read_bytes()
found = XmlParser(handler=XmlEventHandler).from_bytes(data, bindings.SimulationMedecin)
print(bindings.__file__)
print("memhon" in sys.modules, len(found.uta.lignes.ligne_uta) > 0)
"""
    folders = [str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    answer = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(folders)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stderr == ""
    where, said = answer.stdout.splitlines()
    assert where.startswith(str(installed))
    assert said == "False True"


def test_it_says_what_it_needs(installed):
    (path,) = installed.glob("memhon_bindings-*.dist-info/METADATA")
    lines = path.read_text(encoding="utf-8").splitlines()
    needed = [line for line in lines if line.startswith("Requires-Dist:")]
    assert len(needed) == 1
    assert "xsdata" in needed[0]


def test_it_is_made_of_the_same_bytes_again(wheel, root, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    again = bindings(Checkout(root))
    assert again.address == f"telechargements/python/{wheel.name}"
    assert again.sha256 == hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_the_list_of_digests_holds_every_file(site):
    folder = site / "telechargements"
    lines = (site / SUMS).read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    pages = {"index.html", "index.md", "SHA256SUMS"}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(listed) == found - pages
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in listed}
    assert digests == listed
