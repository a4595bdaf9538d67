"""Links of the built site in the forms that need the name of a file instead of a folder."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit


def explicit(name: str, target: str, folders: frozenset[str], page: str = "index.html") -> str:
    """A link that names the file it means.

    Args:
        name: Path in the site of the page that holds the link.
        target: The link as it is in the site.
        folders: Folders with a page of their own; any other target stays as it is.
        page: Name of that page in its folder.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return target
    reached = normpath(join(dirname(name), unquote(parts.path)))
    if (reached if reached != "." else "") not in folders:
        return target
    return parts._replace(path=f"{parts.path.rstrip('/')}/{page}").geturl()


def page_folders(names: list[str]) -> frozenset[str]:
    """The folders that hold an ``index.html``, among the paths of a site."""
    return frozenset(
        dirname(name) for name in names if name == "index.html" or name.endswith("/index.html")
    )
