"""The processes of one installation on one machine: web server, worker for long jobs, and the sealing of events."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

SEAL_EVERY_SECONDS = 60
TRIES = 20


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


def start_server(address: str, port: int) -> subprocess.Popen[bytes]:
    """Gunicorn with a few threads; SQLite and PostgreSQL both take several readers."""
    command = [sys.executable, "-m", "gunicorn", "zichtlijn.project.wsgi", "--bind", f"{address}:{port}"]
    command += ["--workers", "2", "--threads", "4", "--log-level", "warning", "--graceful-timeout", "5"]
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own words and two numbers


def start_worker() -> subprocess.Popen[bytes]:
    """The worker that carries out imports and other long jobs."""
    return subprocess.Popen([sys.executable, "-m", "zichtlijn", "db_worker"], start_new_session=True)


def wait_until_it_answers(address: str, port: int, seconds: float = 30) -> bool:
    """True as soon as something listens."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            if probe.connect_ex((address, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def stay(processes: list[subprocess.Popen[bytes]]) -> int:
    """Seal now and then until somebody stops us or a process ends; returns the exit code."""
    from django.db import DatabaseError, connection

    from zichtlijn.platform.events.sealing import seal_events

    signal.signal(signal.SIGTERM, _interrupt)
    last = time.monotonic()
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
            if time.monotonic() - last > SEAL_EVERY_SECONDS:
                last = time.monotonic()
                try:
                    seal_events()
                except DatabaseError:
                    connection.close()  # The next round tries again; events wait unsealed, none is lost.
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(processes)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    for process in processes:
        try:
            process.wait(timeout=8)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
