"""What happens to the site after MkDocs, in a fresh folder that nobody sees yet."""

from __future__ import annotations

from pathlib import Path

from memhon.site.folding import fold


def finish(site: Path) -> None:
    """Finish a built site in place.

    Args:
        site: The fresh folder; on failure it is thrown away and the old site stays.

    Raises:
        MemhonError: A step cannot do its work.
    """
    fold(site)
