"""The wheel holds three names and works without the checkout."""

import os
import subprocess
import sys
import sysconfig
import zipfile

import pytest


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run(
        [*command, "--directory", str(folder)], cwd=root, check=True, capture_output=True
    )
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with nothing in it but what the wheel installs."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*command, "--target", str(target), str(wheel)], check=True)
    return target


@pytest.fixture(scope="module")
def outside(installed, root):
    """Environment and options of a Python that knows the wheel and not the checkout.

    ``-S`` leaves site-packages out with its link to the checkout; its folder is then named on
    PYTHONPATH, where link files are not read.
    """
    folders = [str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    assert str(root / "spec") not in environment["PYTHONPATH"]
    return environment


def test_three_top_level_names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name.split("/")[0] for name in archive.namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == {
        "memhon",
        "memhon_bindings",
        "memhon_xsd",
    }
    assert len(names) == 4


def test_the_wheel_carries_schemas_catalogue_and_licence(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "memhon_xsd/ra/2022_CNS_MEMHON_DEPOT-REQ-V1.xsd" in names
    assert "memhon/catalogue/exchanges/ra-depot.toml" in names
    assert "memhon/py.typed" in names
    assert {"memhon/pdf/fee-note.typ", "memhon/pdf/fonts/OFL.txt"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_alone_validates_a_message(outside, catalogue, tmp_path):
    for entry in catalogue.exchanges:
        data = catalogue.example(entry.id, "request", "rich").data
        (tmp_path / f"{entry.id}.xml").write_bytes(data)
    files = sorted(path.name for path in tmp_path.glob("*.xml"))
    answer = _run(outside, tmp_path, "-m", "memhon", "validate", *files)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_the_wheel_alone_prints_a_fee_note(outside, catalogue, tmp_path):
    (tmp_path / "note.xml").write_bytes(catalogue.example("ra-depot", "request", "rich").data)
    answer = _run(outside, tmp_path, "-m", "memhon", "pdf", "note.xml")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert (tmp_path / "note.pdf").read_bytes().startswith(b"%PDF")


def test_the_wheel_is_what_was_run(outside, installed, tmp_path):
    answer = _run(outside, tmp_path, "-c", "import memhon; print(memhon.__file__)")
    assert answer.stdout.startswith(str(installed))


def _run(environment, folder, *arguments):
    command = [sys.executable, "-S", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
