"""The catalogue names, for each anomaly, the exchanges whose behaviour makes it."""

import ast
import re
from inspect import getmodule, getsource

from memhon.sandbox.behaviours import ANSWERS

ANOMALY = re.compile("(MH|SIM)-[0-9]{3}")


def test_the_catalogue_names_the_anomalies_of_each_behaviour(catalogue):
    made = {exchange: _anomalies(getmodule(answer)) for exchange, answer in ANSWERS.items()}
    named = {
        exchange: {f.id for f in catalogue.findings.values() if exchange in f.exchanges}
        for exchange in made
    }
    assert made == named


def _anomalies(module):
    """The ids that stand alone as values: in a call or in a table of refusals."""
    return {
        node.value
        for node in ast.walk(ast.parse(getsource(module)))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ANOMALY.fullmatch(node.value)
    }
