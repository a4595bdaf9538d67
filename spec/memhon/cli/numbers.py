"""The numbers of the command line of ``sandbox serve``, read from words."""

from __future__ import annotations

import argparse

OFF = "off"
_DAY = 86_400
_MOST_WORKERS = 64


def usual_interval() -> int:
    """How often the platform hands over when nothing is said, in seconds of the sandbox's clock."""
    from memhon.catalogue import load

    return int(load().settings["platform_handover_seconds"])


def interval(text: str) -> int:
    """A number of seconds, or 0 for none.

    Raises:
        ArgumentTypeError: It is neither.
    """
    if text == OFF:
        return 0
    try:
        seconds = int(text)
    except ValueError:
        seconds = 0
    if not 1 <= seconds <= _DAY:
        raise argparse.ArgumentTypeError(
            f"« {text} » n'est ni un nombre de secondes de 1 à {_DAY}, ni {OFF}"
        )
    return seconds


def desk_port(text: str) -> int | str:
    """A port, or the word for none.

    Raises:
        ArgumentTypeError: It is neither.
    """
    return OFF if text == OFF else port(text)


def workers(text: str) -> int:
    """A number of processes.

    Raises:
        ArgumentTypeError: It is none.
    """
    try:
        count = int(text)
    except ValueError:
        count = 0
    if not 1 <= count <= _MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un nombre de 1 à {_MOST_WORKERS}")
    return count


def port(text: str) -> int:
    """A TCP port; 0 lets the system choose.

    Raises:
        ArgumentTypeError: It is none.
    """
    try:
        port = int(text)
    except ValueError:
        port = -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un port entre 0 et 65535")
    return port
