"""Words of the command line that must name something that exists; wrong ones are wrong usage."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime

from memhon.catalogue import load
from memhon.validation import LAYERS

DEFECTS = ("none", "expired", "future", "revoked", "wrong-usage", "foreign")
"""What can be wrong with a test certificate; a test compares them with the authority's own."""
_MOST_PROCESSES = 64


def exchange_id(word: str) -> str:
    """An exchange of the catalogue."""
    known = [exchange.id for exchange in load().exchanges]
    if word not in known:
        raise argparse.ArgumentTypeError(
            f"échange inconnu « {word} » ; connus : {', '.join(known)}"
        )
    return word


def signing_profile_id(word: str) -> str:
    """A signing profile of the catalogue."""
    known = list(load().signing)
    if word not in known:
        raise argparse.ArgumentTypeError(
            f"profil de signature inconnu « {word} » ; connus : {', '.join(known)}"
        )
    return word


def instant(word: str) -> datetime:
    """An instant with its zone, or now."""
    if word == "now":
        return datetime.now(UTC)
    try:
        found = datetime.fromisoformat(word)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f"instant « {word} » ; attendu : date, heure et fuseau, comme "
            "2023-12-28T00:01:13Z, ou now"
        )
    return found


def practitioner_id(word: str) -> str:
    """A fictitious provider of the catalogue."""
    known = [provider.id for provider in load().providers]
    if word not in known:
        raise argparse.ArgumentTypeError(
            f"professionnel inconnu « {word} » ; connus : {', '.join(known)}"
        )
    return word


def layer_list(words: str) -> list[str]:
    """Layers of the validation, separated by commas."""
    layers = words.split(",")
    unknown = [layer for layer in layers if layer not in LAYERS]
    if unknown:
        raise argparse.ArgumentTypeError(
            f"couche inconnue « {', '.join(unknown)} » ; connues : {', '.join(LAYERS)}"
        )
    return layers


def process_count(word: str) -> int:
    """How many processes work; 0 means one for each processor that may be used."""
    try:
        count = int(word)
    except ValueError:
        count = -1
    if not 0 <= count <= _MOST_PROCESSES:
        raise argparse.ArgumentTypeError(
            f"nombre de processus « {word} » ; permis : 0 à {_MOST_PROCESSES}"
        )
    return count or _processors()


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
