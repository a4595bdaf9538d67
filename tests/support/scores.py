"""What Lighthouse gives to a page: a score of 0 to 100 for each category, and what it missed."""

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import npm

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@dataclass(frozen=True, slots=True)
class Scores:
    """One run over one page."""

    points: dict[str, int]
    """By category, 0 to 100."""
    missed: tuple[str, ...]
    """Ids of audits without a full score, outside of performance."""

    def __str__(self) -> str:
        """Give the four numbers in the order of ``CATEGORIES``."""
        return " / ".join(str(self.points[name]) for name in CATEGORIES)


def scores(url: str, form: str, chromium: str, arguments: list[str]) -> Scores:
    """Run Lighthouse once.

    Args:
        url: The page, served with compression and cache headers.
        form: ``desktop`` or ``phone``.
        chromium: Path of the browser.
        arguments: What the browser is started with.
    """
    tool = npm.fetched("lighthouse")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [npm.node(), str(tool.modules / "lighthouse" / "cli" / "index.js"), url]
        command += ["--quiet", "--output=json", f"--output-path={report}", "--locale=fr"]
        command += [f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting"]
        command += [f"--chrome-flags={' '.join(arguments)} --user-data-dir={folder}/profile"]
        command += ["--preset=desktop"] if form == "desktop" else []
        environment = {**os.environ, "CHROME_PATH": chromium}
        done = subprocess.run(
            command, cwd=tool.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return _read(json.loads(report.read_text(encoding="utf-8")))


def _read(told: dict) -> Scores:
    assert told.get("runtimeError") is None, told["runtimeError"]
    categories = told["categories"]
    points = {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES}
    audited = {
        entry["id"]
        for name in CATEGORIES[1:]
        for entry in categories[name]["auditRefs"]
        if entry["weight"]
    }
    scored = {name: told["audits"][name].get("score") for name in sorted(audited)}
    return Scores(points, tuple(name for name, s in scored.items() if s is not None and s < 1))
