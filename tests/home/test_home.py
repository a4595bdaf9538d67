from pathlib import Path

import pytest

import memhon.home as location


@pytest.fixture(autouse=True)
def _bare(monkeypatch):
    for name in ("MEMHON_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(location.Path, "home", lambda: Path("/home/someone"))


@pytest.mark.parametrize(
    ("platform", "variable", "value", "expected"),
    [
        ("linux", None, None, "/home/someone/.local/share/memhon"),
        ("linux", "XDG_DATA_HOME", "/data", "/data/memhon"),
        ("linux", "MEMHON_HOME", "/mine", "/mine"),
        ("darwin", None, None, "/home/someone/Library/Application Support/memhon"),
        ("win32", None, None, "/home/someone/AppData/Local/memhon"),
        ("win32", "LOCALAPPDATA", "/local", "/local/memhon"),
    ],
)
def test_the_users_data_folder(monkeypatch, platform, variable, value, expected):
    monkeypatch.setattr(location.sys, "platform", platform)
    if variable:
        monkeypatch.setenv(variable, value)
    assert location.home() == Path(expected)
    assert location.store_path() == Path(expected) / "store.sqlite3"
