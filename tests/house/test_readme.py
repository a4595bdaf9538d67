"""What the README shows runs, and what it names exists."""

import re
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


def test_the_exchange_in_ten_lines_runs(readme, tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    (shown,) = re.findall(r"```text\n(.*?)```", readme, re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == shown


def test_every_make_target_named_is_there(root, readme):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"help", "dev", "site", "test", "serve", "bench", "regenerate"} <= targets
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.MULTILINE)) <= targets


def test_every_folder_named_is_there(root, readme):
    named = re.findall(r"^\| `([\w./-]+/)`", readme, re.MULTILINE)
    assert len(named) >= 6
    assert [name for name in named if not (root / name).is_dir()] == []


def test_every_exchange_is_listed_with_its_state(readme, catalogue):
    for entry in catalogue.exchanges:
        row = next((line for line in readme.splitlines() if f"`{entry.id}`" in line), "")
        assert entry.model_uid in row, entry.id
        assert entry.state in row, entry.id


def test_recipes_of_the_makefile_are_one_line(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert [line for line in makefile.splitlines() if line.endswith("\\")] == []
