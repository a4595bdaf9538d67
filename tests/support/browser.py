"""The browser of the tests: find one, or have it installed.

Run as a script by ``make test`` before the site is built; imported by ``conftest.py`` for the
fixture ``chromium``. The browser tests are left out only on explicit request
(``MEMHON_NO_BROWSER=1``), and the summary of the run says so.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def excluded() -> bool:
    """Say whether the person who runs the tests asked for no browser."""
    return os.environ.get("MEMHON_NO_BROWSER", "") not in {"", "0"}


def find() -> str | None:
    """Give the path of an installed Chromium, Chrome or Edge, or None."""
    named = os.environ.get("MEMHON_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _downloaded()


def install() -> None:
    """Install a browser: by apt as root, otherwise by Playwright's own download."""
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            check=True,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def main() -> int:
    """Make sure that a browser is there; return the exit code."""
    if excluded():
        print("MEMHON_NO_BROWSER is set: the browser tests will not run")
        return 0
    if find() is None:
        install()
    path = find()
    print(f"browser: {path}" if path else "no browser could be found or installed")
    return 0 if path else 4


def _downloaded() -> str | None:
    """Give the Chromium that Playwright has downloaded, or None."""
    from playwright.sync_api import Error, sync_playwright

    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Error:
        return None
    return path if Path(path).is_file() else None


if __name__ == "__main__":
    sys.exit(main())
