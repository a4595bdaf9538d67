"""What happens to the site after MkDocs, in a fresh folder that nobody sees yet.

The order matters: pages get their last form, then the copy for the disk is made of them, then
the site learns the size and the digest of that copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from memhon.site import copy_entry, diagnostic, folding, markdown_pages, offline


def finish(site: Path, tree: Sequence[Any]) -> None:
    """Finish a built site in place.

    Args:
        site: The fresh folder; on failure it is thrown away and the old site stays.
        tree: The navigation as MkDocs reads it.

    Raises:
        MemhonError: A step cannot do its work.
    """
    folding.fold(site)
    diagnostic.restrict(site)
    markdown_pages.write_markdown(site)
    markdown_pages.write_index(site, tree)
    copied = copy_entry.in_the_copy(offline.copy_of(site))
    copy_entry.announce(site, offline.archive_of(copied))
