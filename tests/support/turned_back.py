"""A catalogue in which one exchange is not alive yet, as one is whose schema has just come.

As a program: the command line with such a catalogue, the id before its words.
"""

import sys
from contextlib import contextmanager
from dataclasses import replace

from memhon.catalogue import load

_DERIVED = ("_by_model_uid", "_by_root")


@contextmanager
def turned_back(exchange_id, catalogue=None):
    """The catalogue of this process while one of its exchanges has the state ``example``.

    A fixture may hold one that was read before every cache was emptied; then it has to be given.
    """
    catalogue = catalogue or load()
    kept = vars(catalogue)
    before = {name: kept.pop(name) for name in ("exchanges", *_DERIVED) if name in kept}
    kept["exchanges"] = tuple(
        replace(exchange, state="example") if exchange.id == exchange_id else exchange
        for exchange in catalogue.exchanges
    )
    try:
        yield catalogue
    finally:
        for name in ("exchanges", *_DERIVED):
            kept.pop(name, None)
        kept.update(before)


if __name__ == "__main__":
    from memhon.cli.main import main

    with turned_back(sys.argv[1]):
        sys.exit(main(sys.argv[2:]))
