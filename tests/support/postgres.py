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


class Cluster:
    """A server of its own in a folder.

    Args:
        home: An empty folder; the server listens on a socket in it and nowhere else.
    """

    def __init__(self, home: Path) -> None:
        folder = programs()
        assert folder is not None, "no PostgreSQL: run `make test`, or set MEMHON_TEST_POSTGRES"
        self._folder = folder
        self._home = home
        self._user = _owner()
        self.url = f"postgresql://{_USER}@/postgres?host={home}"
        if self._user is not None:
            os.chown(home, pwd.getpwnam(self._user).pw_uid, -1)
        words = ["-D", home / "data", "-U", _USER, "-A", "trust", "-E", "UTF8"]
        _run([folder / "initdb", *words], self._user)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = f"-k {self._home} -c listen_addresses='' -c max_connections=200"
        self._control("-w", "-o", options, "-l", self._home / "log", "start")

    def stop(self) -> None:
        """End it at once, as a power cut would: what it acknowledged is in its log or lost."""
        self._control("-m", "immediate", "stop")

    @property
    def running(self) -> bool:
        """Whether it was started and not stopped since."""
        return (self._home / "data" / "postmaster.pid").exists()

    def _control(self, *words: str | Path) -> None:
        _run([self._folder / "pg_ctl", "-D", self._home / "data", *words], self._user)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server in a temporary folder."""
    home = Path(tempfile.mkdtemp(prefix="memhon-pg-"))
    try:
        own = Cluster(home)
        own.start()
        try:
            yield own
        finally:
            if own.running:
                own.stop()
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
