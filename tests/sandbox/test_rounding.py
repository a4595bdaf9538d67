"""The vectors of rounding against the sandbox, and against a second computation in whole cents."""

import tomllib
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import wire
from memhon.catalogue import Tariff, TariffPeriod, load
from memhon.clock import VirtualClock
from memhon.sandbox import (
    Numbering,
    Server,
    Services,
    SynchronousExchange,
    create_app,
    rules_of,
)
from memhon.store import open_store

VECTORS = tomllib.loads(
    (Path(__file__).parents[1] / "vectors" / "rounding.toml").read_text(encoding="utf-8")
)
CASES = VECTORS["case"]
KNOWN_PLACES = {"01", "02", "03", "04", "05", "06"}
ADULT = "1850-01-01"
DAY = "2023-12-28"


def _tariffs():
    return {
        code: Tariff(
            code,
            code,
            ("hypothese",),
            "",
            tuple(
                TariffPeriod(p["start"], p.get("end"), Decimal(p["amount"]), ("hypothese",))
                for p in periods
            ),
        )
        for code, periods in VECTORS["tariffs"].items()
    }


@pytest.fixture(scope="module")
def servers():
    """Adult rate in percent → address of a server that computes with it."""
    base = replace(rules_of(load()), tariffs=_tariffs(), places=frozenset(KNOWN_PLACES))
    clock = VirtualClock("2023-12-28T10:00:00Z")
    with ExitStack() as stack:
        addresses = {}
        for rate in sorted({case.get("rate", 88) for case in CASES}):
            rules = replace(base, adult_rate=Decimal(rate).scaleb(-2))
            store = stack.enter_context(open_store())
            exchange = SynchronousExchange(store, clock, Numbering(1), rules)
            server = Server(create_app(Services(exchange)))
            server.start()
            stack.callback(server.stop)
            addresses[rate] = server.url
        yield addresses


def _lines(case):
    return [
        wire.SimulationLine(
            number=number,
            act=line["act"],
            count=line.get("count", 1),
            place=line.get("place", "01"),
            day=line.get("day", DAY) + line.get("zone", ""),
        )
        for number, line in enumerate(case["lines"], start=1)
    ]


def _answered(case, url):
    matricule = case.get("birth", ADULT).replace("-", "") + "00199"
    answer = wire.send(url, wire.simulation(matricule, load().providers[0].code, _lines(case)))
    assert answer.status == 200, answer.data.decode()
    note = answer.root.find(".//cns:UTARetour", wire.NAMES)
    lines = {
        line.findtext("cns:identifiantPrestation", namespaces=wire.NAMES): line
        for line in note.iterfind("cns:Lignes/cns:LigneUTARetour", wire.NAMES)
    }
    return note, lines


def _texts(element, *names):
    return [element.findtext(f"cns:{name}", namespaces=wire.NAMES) for name in names]


def _codes(element):
    path = "cns:anomalie/com:codeAnomalie"
    return [node.text for node in element.iterfind(path, wire.NAMES)]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_sandbox_rounds_as_the_vectors_say(case, servers):
    note, lines = _answered(case, servers[case.get("rate", 88)])
    assert len(lines) == len(case["lines"]) + 1, "the extra line was observed"
    for number, expected in enumerate(case["lines"], start=1):
        line = lines.pop(wire.uuid(number))
        count = int(_texts(line, "nombreActeRembourse")[0])
        parts = _texts(line, "partStatutaire", "participationPersonelle", "montantOpposable")
        assert [*parts, count] == expected["parts"]
        assert _codes(line) == expected.get("anomalies", [])
    (extra,) = lines.values()
    assert _texts(extra, "nombreActeRembourse", "partStatutaire", "montantOpposable") == [
        "1",
        "0.00",
        "0.00",
    ]
    names = ("totalPartStatutaire", "totalParticipationPersonelle", "sommeTotale")
    assert _texts(note, *names) == case["totals"]
    assert _codes(note) == case.get("remarks", [])


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_second_computation_agrees_with_the_vectors(case):
    birth = case.get("birth", ADULT)
    totals = [0, 0, 0]
    unknown = False
    for line in case["lines"]:
        age = _age_group(birth, line.get("day", DAY))
        unknown = unknown or age == "unknown"
        percent = 100 if age == "minor" else case.get("rate", 88)
        cents, count, anomalies = _second(line, percent)
        assert [*map(_euros, cents), count] == line["parts"]
        assert anomalies == line.get("anomalies", [])
        totals = [one + more for one, more in zip(totals, cents, strict=True)]
    assert [_euros(cents) for cents in totals] == case["totals"]
    assert (["SIM-003"] if unknown else []) == case.get("remarks", [])


def test_there_are_enough_vectors():
    assert len(CASES) >= 30
    assert len({case["id"] for case in CASES}) == len(CASES)


def test_88_percent_of_whole_cents_never_ends_on_half_a_cent():
    assert {cents * 88 % 100 for cents in range(100)} == set(range(0, 100, 4))


def _second(line, percent):
    """Cents of insurance, patient and both; count; anomalies. Whole numbers only."""
    anomalies = []
    cents = None
    if line["act"] not in VECTORS["tariffs"]:
        anomalies.append("SIM-001")
    else:
        day = line.get("day", DAY)
        for period in VECTORS["tariffs"][line["act"]]:
            last = str(period.get("end", "9999-12-31"))
            if str(period["start"]) <= day <= last:
                cents = int(period["amount"].replace(".", ""))
        if cents is None:
            anomalies.append("SIM-004")
    if line.get("place", "01") not in KNOWN_PLACES:
        anomalies.append("SIM-002")
    if anomalies:
        return (0, 0, 0), 0, anomalies
    gross = cents * line.get("count", 1)
    statutory, rest = divmod(gross * percent, 100)
    statutory += 1 if rest >= 50 else 0
    return (statutory, gross - statutory, gross), line.get("count", 1), []


def _age_group(birth, day):
    """Try every day on which the person may have been born."""
    act = date.fromisoformat(day)
    groups = {_group(candidate, act) for candidate in _candidates(birth)}
    return groups.pop() if len(groups) == 1 else "unknown"


def _candidates(birth):
    year, month, number = birth.split("-")
    days = [date(int(year), 1, 1) + timedelta(days=offset) for offset in range(366)]
    return [
        day
        for day in days
        if day.year == int(year)
        and month in ("00", f"{day.month:02}")
        and number in ("00", f"{day.day:02}")
    ]


def _group(birth, act):
    years = act.year - birth.year - ((act.month, act.day) < (birth.month, birth.day))
    if years < 0:
        return "unknown"
    return "minor" if years < 18 else "adult"


def _euros(cents):
    return f"{cents // 100}.{cents % 100:02}"
