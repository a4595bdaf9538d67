"""The PostgreSQL of the tests: the one that is named, or a cluster of their own in a folder.

Run as a script by ``make test``; imported by ``conftest.py`` for the fixture ``postgres``.
``MEMHON_TEST_POSTGRES`` names a database in which schemas and databases may be created. The tests
are left out only on explicit request (``MEMHON_NO_POSTGRES=1``), and the summary says so.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USER = "postgres"


def excluded() -> bool:
    """Say whether the person who runs the tests asked for no PostgreSQL."""
    return os.environ.get("MEMHON_NO_POSTGRES", "") not in {"", "0"}


def named() -> str | None:
    """Give the URL of the database that was named, if any."""
    return os.environ.get("MEMHON_TEST_POSTGRES") or None


def programs() -> Path | None:
    """Give the folder with the newest ``initdb`` and ``postgres``, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve())
    return found[-1].parent if found else None


def install() -> None:
    """Install PostgreSQL by apt, as root."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server that listens on a socket in a temporary folder only; give its URL."""
    folder = programs()
    assert folder is not None, "no PostgreSQL: run `make test`, or set MEMHON_TEST_POSTGRES"
    user = _owner()
    home = Path(tempfile.mkdtemp(prefix="memhon-pg-"))
    try:
        if user is not None:
            os.chown(home, pwd.getpwnam(user).pw_uid, -1)
        data = home / "data"
        _run([folder / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8"], user)
        options = f"-k {home} -c listen_addresses='' -c max_connections=200"
        start = [folder / "pg_ctl", "-D", data, "-w", "-o", options, "-l", home / "log", "start"]
        _run(start, user)
        try:
            yield f"postgresql://{_USER}@/postgres?host={home}"
        finally:
            _run([folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(home)


def _owner() -> str | None:
    """Give the user who may run the server: it refuses to run as root."""
    return _USER if os.geteuid() == 0 else None


def _run(command: list[str | Path], user: str | None) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def main() -> int:
    """Make sure that PostgreSQL is there; return the exit code."""
    if excluded():
        print("MEMHON_NO_POSTGRES is set: the tests of PostgreSQL will not run")
        return 0
    if named():
        print("PostgreSQL: the one that MEMHON_TEST_POSTGRES names")
        return 0
    if programs() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        install()
    folder = programs()
    print(f"PostgreSQL: {folder}" if folder else "no PostgreSQL could be found or installed")
    return 0 if folder else 4


if __name__ == "__main__":
    sys.exit(main())
