"""The catalogue names, for each anomaly, the exchanges whose behaviour makes it."""

import ast
import re
from importlib import import_module
from inspect import getmodule, getsource

from memhon.sandbox.behaviours import ANSWERS

PID = "memhon.sandbox.behaviours.pid"
engine, hindrances, payment, contest = (
    import_module(f"{PID}.{name}") for name in ("engine", "hindrances", "payment", "contest")
)
ANOMALY = re.compile("(MH|SIM)-[0-9]{3}")


def test_the_catalogue_names_the_anomalies_of_each_behaviour(catalogue):
    deposits = {name: answer for name, answer in ANSWERS.items() if name.startswith("ra-")}
    made = {exchange: _anomalies(getmodule(answer)) for exchange, answer in deposits.items()}
    assert made == {exchange: _named(catalogue, exchange) for exchange in made}


def test_a_simulation_tells_the_rules_of_the_engine(catalogue):
    made = _anomalies(engine) | {rule.finding for rule in catalogue.engine}
    assert made == _named(catalogue, "pid-sim")


def test_payment_and_contest_share_their_hindrances(catalogue):
    """Which of them is whose is what the table of transitions says."""
    rows = catalogue.lifecycles["pid"]
    for exchange, module in (("pid-val", payment), ("pid-con", contest)):
        refusals = {
            row.refusal
            for row in rows.transitions
            if row.refusal and rows.event(row.event).exchange == exchange
        }
        assert refusals | _anomalies(module) == _named(catalogue, exchange)
        assert refusals <= _anomalies(module) | _anomalies(hindrances)


def _named(catalogue, exchange):
    return {found.id for found in catalogue.findings.values() if exchange in found.exchanges}


def _anomalies(module):
    """The ids that stand alone as values: in a call or in a table of refusals."""
    return {
        node.value
        for node in ast.walk(ast.parse(getsource(module)))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ANOMALY.fullmatch(node.value)
    }
