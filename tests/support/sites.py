"""Two built sites, compared by what a reader would miss: pages, ids, words, files."""

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

THEME = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")


@dataclass(frozen=True, slots=True)
class Loss:
    """What one site has and another has not."""

    pages: tuple[str, ...]
    ids: tuple[str, ...]
    """``page#id`` of headings, rows and whatever else can be linked to."""
    words: tuple[str, ...]
    """Pages whose text differs."""
    files: tuple[str, ...]
    """Files that are no page and no part of the theme."""


class _Article(HTMLParser):
    """The ids and the words between ``<article>`` and its end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = 0
        self.ids: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attributes):
        self.inside += tag == "article"
        identifier = dict(attributes).get("id")
        if self.inside and identifier:
            self.ids.append(identifier)

    def handle_endtag(self, tag):
        self.inside -= tag == "article"

    def handle_data(self, data):
        if self.inside:
            self.words += data.split()


def article(page: Path) -> tuple[list[str], list[str]]:
    """Ids and words of the article of a page, in their order."""
    reader = _Article()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader.ids, reader.words


def compare(ours: Path, theirs: Path) -> Loss:
    """What is in our folder and not in the other."""
    own, other = _files(ours), _files(theirs)
    pages = sorted(name for name in own & other if name.endswith(".html"))
    ids, words = [], []
    for page in pages:
        (own_ids, own_words), (their_ids, their_words) = (
            article(ours / page),
            article(theirs / page),
        )
        ids += [f"{page}#{name}" for name in own_ids if name not in set(their_ids)]
        words += [page] if own_words != their_words else []
    lost = sorted(own - other)
    return Loss(
        tuple(name for name in lost if name.endswith(".html")),
        tuple(ids),
        tuple(words),
        tuple(name for name in lost if not name.endswith(".html") and not name.startswith(THEME)),
    )


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
