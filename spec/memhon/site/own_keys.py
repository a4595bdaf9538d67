"""The test keys of builds: in the build's own folder, made once, so that builds are repeatable."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memhon.home import pki_path
from memhon.security import IDENTITY_PROVIDER, MYSECU, Pki, fingerprint

PRACTITIONER = "demo-1"
"""In whose name the exchanges of the site are signed."""


@contextmanager
def at_home(folder: Path) -> Iterator[None]:
    """``MEMHON_HOME`` names this folder until the block ends, for kernels as well.

    Args:
        folder: The build's own; what the user keeps elsewhere stays untouched.
    """
    before = os.environ.get("MEMHON_HOME")
    os.environ["MEMHON_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["MEMHON_HOME"]
        else:
            os.environ["MEMHON_HOME"] = before


def certificates(folder: Path) -> dict[str, str]:
    """The certificates with which the site is signed, by name; made when they are not there.

    Args:
        folder: ``MEMHON_HOME`` of the build.

    Raises:
        SecurityError: The folder cannot be written or read.
    """
    with at_home(folder):
        pki = Pki(pki_path())
        pairs = {name: pki.service(name) for name in (IDENTITY_PROVIDER, MYSECU)}
        pairs[PRACTITIONER] = pki.practitioner(PRACTITIONER)
    return {name: fingerprint(made.certificate) for name, made in pairs.items()}
