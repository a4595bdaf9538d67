"""The catalogue names, for each anomaly, the exchanges whose behaviour makes it."""

import ast
from inspect import getsource

from memhon.sandbox.behaviours import pid, ra


def test_the_catalogue_names_the_anomalies_of_each_behaviour(catalogue):
    made = {exchange: _anomalies(module) for module in (ra, pid) for exchange in module.ANSWERS}
    named = {
        exchange: {f.id for f in catalogue.findings.values() if exchange in f.exchanges}
        for exchange in made
    }
    assert made == named


def _anomalies(module):
    calls = [node for node in ast.walk(ast.parse(getsource(module))) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "make"
    }
