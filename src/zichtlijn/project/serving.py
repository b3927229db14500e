"""The processes of one installation on one machine: web server, worker for long jobs, and the sealing of events."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event
from types import FrameType
from typing import IO, Any

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from zichtlijn.platform.events.sealing import seal_events
from zichtlijn.project import web_server

SEAL_EVERY_SECONDS = 60
RESTART_AFTER_SECONDS = 10
TRIES = 20
_asked_to_stop = Event()


def free_port(address: str, wanted: int) -> int:
    """The wanted port, or the next free one. Raises OSError when none of the next twenty is free."""
    for port in range(wanted, wanted + TRIES):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {wanted} to {wanted + TRIES - 1}")


def start_server(address: str, port: int, application: str = web_server.APPLICATION) -> subprocess.Popen[bytes]:
    """The web server, in a session of its own."""
    command = web_server.command(address, port, application)
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own words and two numbers


def start_worker() -> subprocess.Popen[bytes]:
    """The worker that carries out imports and other long jobs."""
    return subprocess.Popen([sys.executable, "-m", "zichtlijn", "db_worker"], start_new_session=True)


def start_ticking() -> subprocess.Popen[bytes]:
    """What runs every so often, in a process of its own: a mail server that hangs must not stop the sealing."""
    return subprocess.Popen([sys.executable, "-m", "zichtlijn", "tick", "--stay"], start_new_session=True)


def start_warming() -> subprocess.Popen[bytes]:
    """Compile what reads and counts event logs beside the rest, at low priority, before somebody asks for it."""
    return subprocess.Popen([sys.executable, "-m", "zichtlijn.supervision.sources.warming"], start_new_session=True)


def wait_until_it_answers(server: subprocess.Popen[bytes], address: str, port: int, seconds: float = 30) -> bool:
    """True as soon as the server listens; False when it ended, or did not listen in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            if probe.connect_ex((address, port)) == 0:
                return True
        time.sleep(0.1)
    return False


class Companion:
    """A process beside the web server as long as the installation runs.

    One that ends is started again, at most once in ten seconds.
    """

    def __init__(self) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []
        self._started = 0.0

    def start(self) -> None:
        """Start it; the one that was before is forgotten."""
        self.processes = [self._process()]
        self._started = time.monotonic()

    def back_again(self) -> str:
        """What to say when it had ended and was started again."""
        raise NotImplementedError

    def _process(self) -> subprocess.Popen[bytes]:
        raise NotImplementedError

    def is_back(self) -> bool:
        """True when it had ended and was started again just now."""
        ended = all(process.poll() is not None for process in self.processes)
        if not ended or time.monotonic() - self._started < RESTART_AFTER_SECONDS:
            return False
        self.start()
        return True


class Worker(Companion):
    """Imports and other long jobs."""

    def back_again(self) -> str:
        return _("The worker for long jobs had stopped; it is started again.")

    def _process(self) -> subprocess.Popen[bytes]:
        return start_worker()


class Ticking(Companion):
    """Mail, warnings of terms, and whatever else runs every so often."""

    def back_again(self) -> str:
        return _("What runs every so often had stopped; it is started again.")

    def _process(self) -> subprocess.Popen[bytes]:
        return start_ticking()


def stay(server: subprocess.Popen[bytes], companions: Iterable[Companion], say: Callable[[str], Any]) -> int:
    """Seal now and then, and keep the companions, until the web server ends; returns the exit code."""
    companions, last = list(companions), time.monotonic()
    while server.poll() is None:
        time.sleep(0.5)
        heed_a_stop()
        for companion in companions:
            if companion.is_back():
                say(companion.back_again())
        if time.monotonic() - last > SEAL_EVERY_SECONDS:
            last = time.monotonic()
            _seal()
    say(_("The web server stopped with code %(code)s; its reason stands above.") % {"code": server.returncode})
    return 1


def _seal() -> None:
    try:
        seal_events()
    except DatabaseError:
        connection.close()  # The next round tries again; events wait unsealed, none is lost.


def stop_on_terminate() -> None:
    """Let the signal of a service manager end the installation as Ctrl-C does."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupt)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    _asked_to_stop.set()
    raise KeyboardInterrupt


def heed_a_stop() -> None:
    """Stop when that was asked in the middle of a library that did not pass it on, as some do while they are imported.

    Raises KeyboardInterrupt.
    """
    if _asked_to_stop.is_set():
        raise KeyboardInterrupt


def stop(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """End the processes and those that they started; who does not listen within eight seconds is ended by force."""
    running = [process for process in processes if process.poll() is None]
    for process in running:
        os.killpg(process.pid, signal.SIGTERM)
    for process in running:
        try:
            process.wait(timeout=8)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def claim(folder: Path) -> IO[str]:
    """Keep others off this data folder for as long as the answer is open. Raises BlockingIOError when one is on it."""
    lock = (folder / "run.lock").open("w", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise
    return lock
