"""The calculation of a vector in several languages: sources kept with the pages, shown in tabs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from memhon.errors import MemhonError
from memhon.security import dissect
from memhon.site.downloads import Download
from memhon.site.markup import fence, html, indent, link, table

SOURCES = "securite/exemples"
"""Their folder below the hand-written pages."""
FOLDER = "telechargements/vecteurs/code"
_GROUP = "Vecteurs de signature : le calcul en cinq langages"
_HEAD = ("Programme", "Il faut", "Exécuté par les essais de MemHon")
_WHERE = "Dans le dossier d'un vecteur de l'archive"
_PROJECT = """\
dotnet new console -o verifier
dotnet add verifier package System.Security.Cryptography.Xml
cp ../code/Verifier.cs verifier/Program.cs
dotnet run --project verifier -- message.xml formes"""
_BY_HAND = "non ; essayé à la main sur chaque vecteur, en 11/2026, avec"


@dataclass(frozen=True, slots=True)
class Language:
    """One of the languages."""

    file: str
    """Name of the source, e.g. ``verifier.py``."""
    title: str
    highlighting: str
    """Name of the language for Pygments."""
    needs: str
    """French: what has to be installed."""
    command: str
    """How it is started in the folder of a vector, beside that of the programs."""
    tested: bool
    """Whether the tests of the project run it on every vector."""
    told: str
    """French: where it was run."""


LANGUAGES = (
    Language(
        "verifier.py",
        "Python",
        "python",
        "Python 3.11, lxml, cryptography",
        "python ../code/verifier.py message.xml formes",
        True,
        "oui, sur chaque vecteur",
    ),
    Language(
        "Verifier.java",
        "Java",
        "java",
        "JDK 17, rien d'autre",
        "java ../code/Verifier.java message.xml formes",
        True,
        "oui, sur chaque vecteur, là où un JDK est installé",
    ),
    Language(
        "Verifier.cs",
        "C#",
        "csharp",
        ".NET 8, paquet NuGet System.Security.Cryptography.Xml",
        _PROJECT,
        False,
        f"{_BY_HAND} Mono 6.8",
    ),
    Language(
        "verifier.php",
        "PHP",
        "php",
        "PHP 8, extensions dom et openssl",
        "php ../code/verifier.php message.xml formes",
        False,
        f"{_BY_HAND} PHP 8.2",
    ),
    Language(
        "verifier.sh",
        "OpenSSL",
        "sh",
        "sh, OpenSSL 3",
        "sh ../code/verifier.sh .",
        True,
        "oui, sur chaque vecteur",
    ),
)


@dataclass(frozen=True, slots=True)
class Program:
    """A language and the text of its program."""

    language: Language
    source: bytes

    @property
    def address(self) -> str:
        """Where the site offers it."""
        return f"{FOLDER}/{self.language.file}"


def read_programs(docs: Path) -> tuple[Program, ...]:
    """The program of every language.

    Args:
        docs: Folder of the hand-written pages.

    Raises:
        MemhonError: One is missing, or a file of no known language lies beside them.
    """
    folder = docs / SOURCES
    found = {path.name for path in folder.glob("*") if path.is_file()}
    wrong = sorted(found ^ {language.file for language in LANGUAGES})
    if wrong:
        raise MemhonError(f"{folder.name} : {', '.join(wrong)} manque ou est de trop")
    return tuple(Program(one, (folder / one.file).read_bytes()) for one in LANGUAGES)


def program_files(programs: Iterable[Program]) -> tuple[Download, ...]:
    """The sources as files of the site."""
    return tuple(Download(_GROUP, program.address, program.source) for program in programs)


def programs_markdown(here: str, programs: Iterable[Program]) -> str:
    """What each needs and who has run it, then the sources, one tab a language.

    Args:
        here: Address of the page.
        programs: In the order of the tabs.
    """
    shown = tuple(programs)
    rows = [_row(here, program) for program in shown]
    return "\n\n".join((table(_HEAD, rows), *(_tab(program) for program in shown)))


def recomputed(data: bytes) -> str:
    """What every program prints for a message whose signatures are right."""
    lines: list[str] = []
    for number, signature in enumerate(dissect(data), start=1):
        lines.append(f"Signature {number}")
        lines += [f"{one.element} : juste, {one.digest}" for one in signature.references]
        lines.append("SignatureValue : juste")
    return "\n".join(lines) + "\n"


def _row(here: str, program: Program) -> tuple[str, str, str]:
    language = program.language
    file = f'<a download href="{link(here, program.address)}">{language.file}</a>'
    return (
        f"{html(language.title)}<br>{file}",
        html(language.needs),
        html(language.told),
    )


def _tab(program: Program) -> str:
    language = program.language
    source = fence(program.source.decode("utf-8"), language.highlighting, language.file)
    started = fence(language.command, "sh", _WHERE)
    return f'=== "{language.title}"\n\n{indent(started)}\n\n{indent(source)}'
