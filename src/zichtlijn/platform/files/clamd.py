"""Asking a running ``clamd`` what it finds in a file, over its own protocol (``INSTREAM``)."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import IO

CHUNK = 64 * 1024
SECONDS = 30.0
SECONDS_TO_ANSWER = 2.0
LONGEST_ANSWER = 4096


class ScannerGoneError(Exception):
    """Nobody answers, or not in a way that says anything about the file."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner said: the step of ``transitions.SCAN`` that follows, and the name of what it found."""

    step: str
    finding: str = ""


def ask(address: str, file: IO[bytes], *, seconds: float = SECONDS) -> Verdict:
    """What the scanner at ``host:port`` or ``/path/of/socket`` finds. Raises ScannerGoneError."""
    try:
        with _connected(address, seconds) as line:
            line.sendall(b"zINSTREAM\0")
            _send(line, file)
            answer = _answer(line)
    except (OSError, ValueError) as error:
        raise ScannerGoneError(f"{address}: {error}") from error
    return _read(answer)


def answers(address: str, *, seconds: float = SECONDS_TO_ANSWER) -> bool:
    """True when the scanner at ``host:port`` or ``/path/of/socket`` says that it is there."""
    try:
        with _connected(address, seconds) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except (OSError, ValueError):
        return False


def _connected(address: str, seconds: float) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _send(line: socket.socket, file: IO[bytes]) -> None:
    """The file in pieces with their length before them. A scanner that has seen enough hangs up; it answered before."""
    try:
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack(">I", len(chunk)) + chunk)
        line.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(line: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < LONGEST_ANSWER:
        part = line.recv(LONGEST_ANSWER)
        if not part:
            break
        received += part
    return received.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def _read(answer: str) -> Verdict:
    if answer == "stream: OK":
        return Verdict("find_clean")
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Verdict("find_infected", answer.removeprefix("stream: ").removesuffix(" FOUND")[:200])
    if answer.startswith("INSTREAM size limit exceeded"):
        return Verdict("give_up", "too large for the scanner")
    raise ScannerGoneError(f"the scanner said: {answer[:200]!r}")
