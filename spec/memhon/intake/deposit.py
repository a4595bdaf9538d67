"""The archive of a deposit on the exchange platform: one file, named by its rule.

Source: the public platform V2.4. The meaning of the groups of digits is our reading.
"""

from __future__ import annotations

import re

from memhon.findings import make
from memhon.intake.archive import Entry, archive
from memhon.intake.limits import DEFAULT, Limits

NAME = re.compile(
    r"F90\d{6}[2-9]\d{3}[0-1]\d_MED_MHM_\d{3}_[0-3]\d01_"
    r"[\w]{8}-[\w]{4}-[\w]{4}-[\w]{4}-[\w]{12}.xml",
    re.ASCII,
)
"""The platform's pattern to the letter, the dot before ``xml`` unescaped."""
_SHAPE = "F90……aaaamm_MED_MHM_nnn_jj01_uuid.xml"


def deposit_archive(data: bytes, *, limits: Limits = DEFAULT) -> tuple[Entry, ...]:
    """Every file of a deposit's archive, after what the platform's rules say against it.

    The rules' findings stand in a first entry without a name, so that the files are judged too.

    Args:
        data: The archive as received.
        limits: As for ``archive``.
    """
    found = archive(data, limits=limits)
    files = [entry for entry in found if entry.name]
    if len(files) < len(found):
        return found
    broken = []
    if len(files) != 1:
        names = ", ".join(entry.name for entry in files)
        broken.append(make("ZIP-012", found=f"{len(files)} : {names}", expected="1"))
    broken += [
        make("ZIP-013", element=entry.name, found=entry.name, expected=_SHAPE)
        for entry in files
        if not NAME.fullmatch(entry.name)
    ]
    return (Entry("", None, tuple(broken)), *found) if broken else found
