"""The command with one function broken at a time: exit 0 only for what was judged valid."""

import io
from contextlib import redirect_stderr, redirect_stdout

import pytest

import faults
from memhon.catalogue import load
from memhon.cli.main import main, parser

GOOD = load().example("pid-sim", "request", "observed").data
BAD = GOOD.replace(b"<com:nombre>1<", b"<com:nombre>0<")
DOCUMENTS = {"good": (GOOD, 0), "bad": (BAD, 1), "cut": (GOOD[:-20], 1)}
ERRORS = (
    *(("text", error) for error in (OSError, MemoryError, ValueError)),
    *((shape, MemoryError) for shape in ("json", "junit", "sarif", "html")),
)
TELLING = ("cli/main.py:main", "cli/main.py:_utf8", "cli/main.py:_told", "cli/main.py:_unexpected")
"""Stands around the work: what breaks here ends the process with Python's own exit code 1."""


@pytest.fixture(params=DOCUMENTS)
def document(request, tmp_path):
    data, code = DOCUMENTS[request.param]
    path = tmp_path / "message.xml"
    path.write_bytes(data)
    return str(path), code


def run(words):
    """The exit code, or the name of what came out of ``main``; and what was printed."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(words)
        except SystemExit as end:
            code = end.code
        except Exception as error:
            code = type(error).__name__
    return code, out.getvalue() + err.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(("shape", "error"), ERRORS)
def test_a_broken_function_is_never_an_exit_code_zero(document, shape, error):
    path, plain = document
    words = ["validate", path, "--format", shape]
    assert plain == run(words)[0]
    seen = []
    before = faults.functions(parser)
    for code in faults.functions(lambda: run(words)):
        name = faults.name_of(code)
        if code in before or code.co_name.startswith("<") or name in TELLING:
            continue
        with faults.broken(code, error("on purpose")):
            came, told = run(words)
        if came not in {1, 3, 4} or (came == 1 and plain == 0) or "Traceback" in told:
            seen.append((name, came))
    assert [] == seen
