"""Every function that a validation calls is broken in turn: no « valid », no false fault."""

import re

import pytest

import faults
from memhon.catalogue import load
from memhon.errors import MemhonError
from memhon.validation import validate

ERRORS = (ValueError, KeyError, AttributeError, OSError, MemoryError, RecursionError, StopIteration)
SPINE = (
    "validation/validator.py",
    "validation/run.py",
    "findings/report.py",
)
"""Runs the layers and adds up what they say. An error in here is raised to the caller as it is."""
COMFORT = ("validation/places.py", "validation/source.py", "schemas/masking.py")
"""Shows a finding in its document, after the verdict: it may fail, the verdict may stand."""


def enveloped(data):
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        '<y:RequestInfo xmlns:y="http://ws.mysecu.lu/generic/sync" modelUID="2023-CNS-PID-SIM-V1">'
        f"{data.decode().rpartition('?>')[2]}</y:RequestInfo></s:Body></s:Envelope>"
    ).encode()


SIMULATION = load().example("pid-sim", "request", "observed").data
DEPOSIT = load().example("ra-depot", "request", "rich").data
LOOSE = load().example("ra-depot", "response", "rich").data
GOOD = {
    "request": SIMULATION,
    "deposit": DEPOSIT,
    "white space to collapse": DEPOSIT.replace(b"<heureDebut>", b"<heureDebut> "),
    "loose": LOOSE,
    "strict": LOOSE.replace(b"<code>", b'<code a="b">'),
    "enveloped": enveloped(SIMULATION),
}
BAD = {
    "value": DEPOSIT.replace(b"<codeH>", b"<codeH>9"),
    "order": re.sub(rb"(<nom>.*?</nom>)(\s*)(<prenom>.*?</prenom>)", rb"\3\2\1", DEPOSIT, count=1),
    "base64": DEPOSIT.replace(b"<document>", b"<document>@@"),
    "truncated": SIMULATION[:-20],
    "no message": b"<a/>",
    "no XML": b"{}",
    "enveloped": enveloped(DEPOSIT.replace(b"<codeH>", b"<codeH>9")),
}
DOCUMENTS = {**{f"good {name}": data for name, data in GOOD.items()}, **BAD}


def outcome(data, code, error, call):
    """The verdict with that function broken, or ``typed`` or ``raw`` when an error comes out."""
    try:
        with faults.broken(code, error("on purpose"), call=call):
            return validate(data).verdict.value
    except MemhonError:
        return "typed"
    except Exception:
        return "raw"


def allowed(name, plain, code):
    """What may come out when a function is broken, for a document of that plain verdict."""
    function = faults.name_of(code)
    if function.startswith(SPINE):
        return {"undecided", "typed", "raw", *_wrong(name)}
    if function.startswith(COMFORT):
        return {"undecided", "typed", "raw", plain}
    return {"undecided", "typed", *_wrong(name)}


def _wrong(name):
    return set() if name.startswith("good") else {"invalid"}


def breakable(data, *, cold):
    if cold:
        faults.forget()
    called = faults.functions(lambda: validate(data))
    return {code: count for code, count in called.items() if not code.co_name.startswith("<")}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_broken_function_never_lets_a_message_pass(name):
    data = DOCUMENTS[name]
    plain = validate(data).verdict.value
    called = breakable(data, cold=False)
    assert len(called) >= 15
    seen = [
        (faults.name_of(code), error.__name__, call, came)
        for code, count in called.items()
        for error in ERRORS
        for call in sorted({1, count})
        for came in [outcome(data, code, error, call)]
        if came not in allowed(name, plain, code)
    ]
    assert [] == seen


@pytest.mark.parametrize("name", ["good request", "good loose", "value"])
def test_a_function_broken_in_a_fresh_process_never_lets_a_message_pass(name):
    data = DOCUMENTS[name]
    plain = validate(data).verdict.value
    seen = []
    for code in breakable(data, cold=True):
        faults.forget()
        came = outcome(data, code, OSError, 1)
        if came not in allowed(name, plain, code):
            seen.append((faults.name_of(code), came))
    faults.forget()
    assert plain == validate(data).verdict.value
    assert [] == seen


def test_a_fault_does_not_outlive_its_message():
    codes = list(breakable(SIMULATION, cold=False))
    for code in codes:
        outcome(SIMULATION, code, MemoryError, 1)
        assert "valid" == validate(SIMULATION).verdict, faults.name_of(code)
