"""A scanner for tests that speaks the real protocol on a real socket."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.platform.files.pictures import EICAR


@dataclass
class FakeClamd:
    """What it received, and how it behaves: by its eyes, or by ``answer`` whatever it gets."""

    address: str
    answer: bytes | None = None
    most: int = 25 * 1024 * 1024
    hangs: bool = False
    received: list[bytes] = field(default_factory=list)


@contextmanager
def clamd(*, path: Path | None = None) -> Iterator[FakeClamd]:
    """A scanner that runs as long as the block."""
    if path is None:
        server = socket.create_server(("127.0.0.1", 0))
        scanner = FakeClamd(f"127.0.0.1:{server.getsockname()[1]}")
    else:
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(path))
        server.listen()
        scanner = FakeClamd(str(path))
    server.settimeout(0.05)
    stop = threading.Event()
    thread = threading.Thread(target=_serve, args=(server, scanner, stop), daemon=True)
    thread.start()
    try:
        yield scanner
    finally:
        stop.set()
        server.close()
        thread.join(5)


def _serve(server: socket.socket, scanner: FakeClamd, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            line, _address = server.accept()
        except TimeoutError:
            continue
        except OSError:
            return
        line.settimeout(5)
        with line:
            try:
                _look(line, scanner, stop)
            except OSError:
                continue


def _look(line: socket.socket, scanner: FakeClamd, stop: threading.Event) -> None:
    asked = _exactly(line, 6)
    if asked == b"zPING\0":
        line.sendall(b"PONG\0")
        return
    assert asked + _exactly(line, 4) == b"zINSTREAM\0"
    data = b""
    while length := struct.unpack(">I", _exactly(line, 4))[0]:
        data += _exactly(line, length)
        if len(data) > scanner.most:
            line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    scanner.received.append(data)
    while scanner.hangs and not stop.is_set():
        time.sleep(0.02)
    if scanner.answer is not None:
        line.sendall(scanner.answer)
    else:
        line.sendall(b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in data else b"stream: OK\0")


def _exactly(line: socket.socket, number: int) -> bytes:
    data = b""
    while len(data) < number:
        part = line.recv(number - len(data))
        if not part:
            raise ConnectionResetError
        data += part
    return data
