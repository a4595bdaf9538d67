"""``memhon sandbox handover``: let the platform hand over what waits on it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from memhon.cli.exits import Exit
from memhon.cli.lasting import action_of, target_of

_WORDS = {
    "fr": {
        "none": "Rien n'attendait d'être remis.",
        "title": "Documents remis ou essayés : {count}",
        "line": "{phase} {uuid} : {outcome}, état {status}",
        "left": "Laissés pour la prochaine remise, l'échange ne répond plus : {left}",
        "phases": {
            "deposit": "dépôt",
            "consent": "accord du patient",
            "cancellation": "annulation",
        },
        "outcomes": {
            "done": "fait",
            "found": "déjà fait",
            "waiting": "en attente",
            "refused": "refusé",
            "failed": "sans réponse",
        },
    },
    "en": {
        "none": "Nothing was waiting to be handed over.",
        "title": "Documents handed over or tried: {count}",
        "line": "{phase} {uuid}: {outcome}, status {status}",
        "left": "Left for the next hand-over, the exchange answers no more: {left}",
        "phases": {"deposit": "deposit", "consent": "consent", "cancellation": "cancellation"},
        "outcomes": {
            "done": "done",
            "found": "done before",
            "waiting": "waiting",
            "refused": "refused",
            "failed": "no answer",
        },
    },
}
_STUCK = ("refused", "failed")


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the action ``handover`` of the verb ``sandbox``."""
    told = "remettre à l'échange synchrone ce qui attend sur la plateforme"
    examples = ("memhon sandbox handover",)
    action_of(actions, "handover", told, examples, _run, running=True)


def _run(args: argparse.Namespace) -> int:
    with target_of(args) as target:
        report = target.ask("POST", "/_sandbox/handover", query={"lang": args.lang})
    print("\n".join(_lines(report, _WORDS[args.lang])))
    stuck = report["left"] or any(each["outcome"] in _STUCK for each in report["handed"])
    return Exit.INVALID if stuck else Exit.FINE


def _lines(report: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[str]:
    handed = report["handed"]
    yield words["title"].format(count=len(handed)) if handed else words["none"]
    for each in handed:
        yield words["line"].format(
            phase=words["phases"][each["phase"]],
            uuid=each["uuid"],
            outcome=words["outcomes"][each["outcome"]],
            status=each["status"],
        )
        for finding in each["findings"]:
            yield f"  {finding['id']} {finding['text']}"
    if report["left"]:
        yield words["left"].format(left=report["left"])
