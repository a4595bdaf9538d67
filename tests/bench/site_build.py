"""The site: 60 pages against Sphinx with myst-nb, builds cold and warm, saves, page weight.

Part of ``make bench``. The arms run in rotation and the figure is the median of the ratios taken
within one round, in CPU time; seconds of builds and saves are for orientation.
"""

import argparse
import copy
import gzip
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

import sphinx_arm  # noqa: E402
import templates  # noqa: E402
from served import SOURCES, Served, served  # noqa: E402

PAGES = 60
GOAL = 0.3
EXCHANGE = "spec/memhon/catalogue/exchanges/pid-sim.toml"
NOTEBOOK = "notebooks/pid-sim.ipynb"
_ASSET = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')


def executed() -> dict[str, str]:
    """Give 60 notebooks with outputs, made from those that the last build executed."""
    found = sorted((ROOT / "build" / "docs" / "telechargements" / "carnets").glob("*.ipynb"))
    assert found, "no executed notebooks: run `make site` first"
    originals = [nbformat.read(path, as_version=4) for path in found]
    notebooks = {}
    for number in range(PAGES):
        notebook = copy.deepcopy(originals[number % len(originals)])
        notebook.cells[0].source = f"# Page {number}\n\n{notebook.cells[0].source}"
        notebook.cells[0].source = notebook.cells[0].source.replace("\n# ", "\n## ")
        notebooks[f"page-{number:02}"] = nbformat.writes(notebook)
    return notebooks


def ours(source: Path, target: Path) -> None:
    """Notebooks → Markdown → MkDocs, as the site is made; runs in a process of its own."""
    from memhon.site import navigation, notebook
    from memhon.site.assembly import run_mkdocs

    docs = target / "docs"
    shutil.copytree(ROOT / "docs" / "assets", docs / "assets")
    names = sorted(path.stem for path in source.glob("*.ipynb"))
    for name in names:
        part = notebook.part(nbformat.read(source / f"{name}.ipynb", as_version=4))
        (docs / f"{name}.md").write_text(f"# {name}\n\n{part}", encoding="utf-8")
    (docs / "index.md").write_text("# Bench\n", encoding="utf-8")
    tree = ["index.md", *(f"{name}.md" for name in names)]
    text = navigation.settings(tree).replace("../mkdocs.yml", str(ROOT / "mkdocs.yml"))
    (target / "mkdocs.yml").write_text(text, encoding="utf-8")
    run_mkdocs(target / "mkdocs.yml", target / "site", root=ROOT)


def wall(work: Callable[[], object]) -> float:
    """Give the seconds that something took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor(work: Callable[[], object]) -> float:
    """Give the CPU seconds of the processes that something started; other work does not count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def against_sphinx(rounds: int) -> None:
    """Print both arms and their ratio."""
    command = sphinx_arm.prepared(ROOT / "build" / "bench" / "sphinx")
    notebooks = executed()
    times: dict[str, list[float]] = {"ours": [], "sphinx": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sphinx_arm.write(notebooks, folder / "source")

        def _ours(number: int) -> None:
            arm = [sys.executable, __file__, "--ours", str(folder / "source")]
            subprocess.run([*arm, str(folder / f"ours-{number}")], check=True)

        def _sphinx(number: int) -> None:
            sphinx_arm.build(command, folder / "source", folder / f"sphinx-{number}")

        arms = {"ours": _ours, "sphinx": _sphinx}
        for number in range(rounds):
            order = list(arms) if number % 2 else list(arms)[::-1]
            for arm in order:
                times[arm].append(processor(lambda arm=arm, number=number: arms[arm](number)))
        built = len(list((folder / "ours-0" / "site").glob("page-*/index.html")))
        assert built == len(list((folder / "sphinx-0").glob("page-*.html"))) == PAGES
    ratios = [a / b for a, b in zip(times["ours"], times["sphinx"], strict=True)]
    ratio = statistics.median(ratios)
    for arm, seconds in times.items():
        print(f"{PAGES} pages, {arm:7} {statistics.median(seconds):6.2f} s of CPU")
    print(f"ratio {ratio:.2f} [{min(ratios):.2f}–{max(ratios):.2f}], goal ≤ {GOAL}")


def builds() -> None:
    """Print the seconds of a build: cold, unchanged, one notebook changed."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        for source in SOURCES:
            place = ROOT / source
            (shutil.copytree if place.is_dir() else shutil.copy)(place, root / source)
        paths = os.pathsep.join(str(root / part) for part in ("spec", "generated", "xsd"))
        environment = {**os.environ, "PYTHONPATH": paths}

        def _build() -> None:
            command = [sys.executable, "-m", "memhon", "site", "build"]
            subprocess.run(
                command, cwd=root, env=environment, check=True, capture_output=True, text=True
            )

        print(f"\nbuild, cold:                 {wall(_build):6.1f} s, goal ≤ 300")
        print(f"build, nothing changed:      {wall(_build):6.1f} s, goal ≤ 30")
        path = root / NOTEBOOK
        path.write_text(_coded(path.read_text(encoding="utf-8"), "1"), encoding="utf-8")
        print(f"build, one notebook changed: {wall(_build):6.1f} s, goal ≤ 60")


def saves(rounds: int) -> None:
    """Print the seconds from saving a file to the served page, goal ≤ 3."""
    edits: dict[str, tuple[str, str, Callable[[str, str], str]]] = {
        "page": ("docs/pid/index.md", "/pid/", lambda text, word: f"{text}\n\n{word}\n"),
        "style": (
            "docs/assets/memhon.css",
            "/assets/memhon.css",
            lambda text, word: f"{text}\n/* {word} */\n",
        ),
        "catalogue": (
            EXCHANGE,
            "/pid/sim/",
            lambda text, word: text.replace('purpose = "', f'purpose = "{word} ', 1),
        ),
        "notebook, prose": (NOTEBOOK, "/pid/sim/", _worded),
        "notebook, code": (NOTEBOOK, "/pid/sim/", lambda text, word: _coded(text, repr(word))),
    }
    print(f"\nfrom save to served page, {rounds} saves each, goal ≤ 3 s")
    with tempfile.TemporaryDirectory() as name, served(ROOT, Path(name).resolve()) as service:
        for kind, (path, page, change) in edits.items():
            times = [
                _saved(service, path, page, change, f"mot{kind.replace(', ', '-')}{number}")
                for number in range(rounds)
            ]
            print(f"{kind:16} median {statistics.median(times):.2f} s, most {max(times):.2f} s")


def _saved(
    service: Served, path: str, page: str, change: Callable[[str, str], str], word: str
) -> float:
    # A person does not save while the whole build of the save before still runs.
    said = len(service.said)
    service.save(path, lambda text: change(text, word))
    seconds = service.until(lambda: service.shows(page, word))
    service.until(lambda: "construction complète : " in service.said[said:])
    return seconds


def _cell(text: str, kind: str, added: str) -> str:
    notebook = json.loads(text)
    cell = [cell for cell in notebook["cells"] if cell["cell_type"] == kind][2]
    cell["source"] = f"{''.join(cell['source'])}\n\n{added}"
    return json.dumps(notebook)


def _worded(text: str, word: str) -> str:
    return _cell(text, "markdown", word)


def _coded(text: str, value: str) -> str:
    return _cell(text, "code", f"print({value})")


def weights() -> None:
    """Print what a page weighs, compressed: alone, and with its styles and scripts."""
    site = ROOT / "build" / "site"
    print("\npage weight, kB after gzip -9      HTML  with CSS and JS")
    chosen = sorted(templates.representatives(site), key=lambda page: -_packed(site, page))
    for address in chosen[:12]:
        page = site / address / "index.html"
        assets = {
            (page.parent / match).resolve()
            for match in _ASSET.findall(page.read_text(encoding="utf-8"))
        }
        total = _packed(site, address) + sum(_zipped(path) for path in assets)
        print(f"{address or '(home)':32} {_packed(site, address) / 1e3:6.1f} {total / 1e3:6.1f}")


def _packed(site: Path, address: str) -> int:
    return _zipped(site / address / "index.html")


def _zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def main() -> int:
    """Measure what was asked for, everything by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("sphinx", "builds", "saves", "weights"))
    parser.add_argument("--ours", nargs=2, type=Path, metavar=("SOURCE", "TARGET"))
    args = parser.parse_args()
    if args.ours:
        ours(*args.ours)
        return 0
    if args.only in {None, "sphinx"}:
        against_sphinx(args.rounds)
    if args.only in {None, "builds"}:
        builds()
    if args.only in {None, "saves"}:
        saves(args.rounds)
    if args.only in {None, "weights"}:
        weights()
    return 0


if __name__ == "__main__":
    sys.exit(main())
