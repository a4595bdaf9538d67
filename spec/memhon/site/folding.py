"""French search: accents, plurals and what is typed, read by a script of ours in the worker.

The theme loads a file for the language of the index; our script is appended to it, so that no
template is overridden. What it relies on in the theme is checked first.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from memhon.errors import MemhonError

LANGUAGE = "assets/javascripts/lunr/min/lunr.fr.min.js"
"""The file of the theme that its worker loads for an index in French."""
SUPPORT = "assets/javascripts/lunr/min/lunr.stemmer.support.min.js"
"""What the theme loads before it."""
INDEX = "search/search_index.json"

_IN_WORKER = (
    "/min/lunr.${n}.min.js",
    "lunr.tokenizer.separator=",
    "new lunr.QueryLexer(",
    "new lunr.QueryParser(",
    "this.index.search(",
    "self.lunr=",
)


def fold(site: Path) -> None:
    """Make the search of a built site read French.

    Args:
        site: The fresh folder of the site.

    Raises:
        MemhonError: The theme or the settings are not those that the script was written for.
    """
    script = files("memhon.site").joinpath("search_fr.js").read_text(encoding="utf-8")
    _check(site)
    language = site / LANGUAGE
    written = language.read_text(encoding="utf-8")
    if script not in written:
        language.write_text(f"{written.rstrip()}\n;\n{script}", encoding="utf-8")


def worker(site: Path) -> Path:
    """The script of the search worker, whose name carries a digest.

    Raises:
        MemhonError: There is none, or more than one.
    """
    found = sorted((site / "assets/javascripts/workers").glob("search.*.min.js"))
    if len(found) != 1:
        raise _changed(f"{len(found)} scripts de recherche au lieu d'un")
    return found[0]


def _check(site: Path) -> None:
    source = worker(site).read_text(encoding="utf-8")
    missing = [mark for mark in _IN_WORKER if mark not in source]
    missing += [name for name in (LANGUAGE, SUPPORT) if not (site / name).is_file()]
    if missing:
        raise _changed(f"introuvable : {', '.join(missing)}")
    config = json.loads((site / INDEX).read_text(encoding="utf-8"))["config"]
    if config["lang"] != ["fr"] or "stemmer" in config["pipeline"]:
        raise _changed(f"langue {config['lang']}, étapes {config['pipeline']}")


def _changed(what: str) -> MemhonError:
    return MemhonError(
        "la recherche de Material n'est plus celle que site/search_fr.js complète "
        f"({what}) : comparez-la avant de changer de version du thème"
    )
