"""The public surface is one list, documented, and loaded only when it is used."""

import inspect
import re
import subprocess
import sys

import pytest

import memhon

NAMES = [
    "Answer",
    "Client",
    "ClientKeys",
    "Clock",
    "Exchange",
    "Finding",
    "Report",
    "Sandbox",
    "SandboxClock",
    "Verdict",
    "SystemClock",
    "Trace",
    "VirtualClock",
    "exchanges",
    "explain",
    "explain_signature",
    "open_envelope",
    "parse",
    "serialize",
    "validate",
    "verify_signature",
]
ERRORS = [
    "BindingsDriftError",
    "CatalogueError",
    "JournalError",
    "MemhonError",
    "MessageError",
    "SandboxError",
    "SchemaError",
    "SecurityError",
    "SoapFault",
    "StoreError",
    "TransportError",
]


def test_the_public_names_are_these():
    assert sorted(memhon.__all__) == sorted([*NAMES, *ERRORS])


def test_dir_shows_what_all_promises():
    assert set(memhon.__all__) <= set(dir(memhon))


@pytest.mark.parametrize("name", [*NAMES, *ERRORS])
def test_every_public_name_is_there_and_documented(name):
    thing = getattr(memhon, name)
    assert len((inspect.getdoc(thing) or "").split()) >= 4


@pytest.mark.parametrize(
    "name", ["Client", "ClientKeys", "Finding", "Report", "Sandbox", "Trace", "VirtualClock"]
)
def test_every_public_member_is_documented(name):
    thing = getattr(memhon, name)
    silent = [
        member
        for member, value in vars(thing).items()
        if not member.startswith("_")
        and (callable(value) or isinstance(value, property | classmethod | staticmethod))
        and not inspect.getdoc(value)
    ]
    assert silent == []


def test_every_error_is_a_memhon_error_with_an_exit_code():
    for name in ERRORS:
        error = getattr(memhon, name)
        assert issubclass(error, memhon.MemhonError)
        assert error.exit_code in {1, 2, 3, 4}
    assert issubclass(memhon.SoapFault, memhon.TransportError)


def test_every_public_name_stands_in_the_written_pages(root):
    paths = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    paths += sorted((root / "build" / "docs").rglob("*.md"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    missing = [name for name in memhon.__all__ if not re.search(rf"\b{name}\b", text)]
    assert missing == []


def test_validating_loads_no_server_and_no_sql():
    code = (
        "import sys, memhon; memhon.validate(b'<a/>');"
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'starlette', 'uvicorn', 'sqlalchemy', 'httpx', 'mkdocs', 'nbclient'}))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError):
        memhon.nothing_of_that_name  # noqa: B018
