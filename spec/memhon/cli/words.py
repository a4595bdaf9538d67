"""Words of the command line that must name something that exists; wrong ones are wrong usage."""

from __future__ import annotations

import argparse

from memhon.catalogue import load
from memhon.validation import LAYERS


def exchange_id(word: str) -> str:
    """An exchange of the catalogue."""
    known = [exchange.id for exchange in load().exchanges]
    if word not in known:
        raise argparse.ArgumentTypeError(
            f"échange inconnu « {word} » ; connus : {', '.join(known)}"
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
