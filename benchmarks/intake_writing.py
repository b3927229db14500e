"""Durable intake per second through the API: 16 clients that read every answer, and the count in the database after it.

    python benchmarks/intake_writing.py [--engine sqlite] [--installation FOLDER] [--seconds 20]

The web server runs as the product starts it, with the settings of the product: SQLite with ``synchronous=FULL``,
PostgreSQL with its commit on disk. Three ways: one notification a request, batches of 50, and one notification a
request of which one in ten is followed by an addition with a file. An answer comes after the commit; what is counted
is what was accepted in answers that were read within the time. ``processor_ms_each`` is what web server and PostgreSQL
used of the processors for one (two processors have 2000 ms a second). ``--installation`` measures on a copy of a
filled one (``intake_filling.py``). Results: the rows ``writing`` of ``benchmarks/results/intake.json``.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from intake_server import ADDRESS, Installation, Postgres, processor_seconds
from measuring import write_part

PART = "writing"
CLIENTS, ORGANISATIONS = 16, 8
OF_BATCH, OF_FILES = 50, 10
WARM_SECONDS = 3.0
GOAL_PER_SECOND = 300
WAYS = ("single", "batch", "files")
TITLES = {
    "single": "one notification a request",
    "batch": f"batches of {OF_BATCH}",
    "files": f"one notification a request, of each {OF_FILES} one followed by a file",
}
BOUNDARY = "between-parts-of-a-form"
WORDS = [
    *("jeugdige", "begeleider", "kamer", "avond", "medicatie", "verkeerd", "gevallen", "arts", "gebeld", "ouders"),
    *("incident", "deur", "sleutel", "vermist", "teruggevonden", "gesprek", "team", "maatregel", "dienst", "nacht"),
]


class Line:
    """A connection that is kept. Reads as little as needed, so that the clients leave the processors to the server."""

    def __init__(self, port: int, token: str) -> None:
        self._socket = socket.create_connection((ADDRESS, port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._common = f"Host: {ADDRESS}:{port}\r\nAuthorization: Bearer {token}\r\n"

    def post(self, path: str, body: bytes, kind: str = "application/json", key: str = "") -> tuple[int, bytes]:
        """The status and the body of the answer."""
        head = f"POST /api/v1/{path} HTTP/1.1\r\n{self._common}Content-Type: {kind}\r\n"
        head += f"Content-Length: {len(body)}\r\n" + (f"Idempotency-Key: {key}\r\n" if key else "") + "\r\n"
        self._socket.sendall(head.encode() + body)
        said = b""
        while (end := said.find(b"\r\n\r\n")) < 0:
            said += self._more()
        length = next(
            int(line.split(b":")[1]) for line in said[:end].split(b"\r\n") if line.lower().startswith(b"content-length")
        )
        while len(said) < end + 4 + length:
            said += self._more()
        return int(said[9:12]), said[end + 4 :]

    def _more(self) -> bytes:
        part = self._socket.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        return part


def notification(chance: random.Random) -> dict[str, Any]:
    """A notification of some sentences."""
    found = (datetime.now(UTC) - timedelta(hours=2)).replace(microsecond=0).isoformat()
    text = " ".join(chance.choices(WORDS, k=60))
    told = {"categorie": "jeugd-calamiteit", "ontdektOp": found, "eigenKenmerk": uuid.uuid4().hex, "plaats": "Utrecht"}
    return told | {"onderwerp": " ".join(chance.choices(WORDS, k=5)), "omschrijving": text}


def single(line: Line, chance: random.Random) -> Iterator[int]:
    """One after the other; 1 for each that was accepted."""
    while True:
        status, said = line.post("meldingen", json.dumps(notification(chance)).encode())
        _expect(status, 201, said)
        yield 1


def batch(line: Line, chance: random.Random) -> Iterator[int]:
    """Batches; how many of each were accepted."""
    while True:
        items = [notification(chance) for _number in range(OF_BATCH)]
        status, said = line.post("meldingreeksen", json.dumps({"meldingen": items}).encode(), key=uuid.uuid4().hex)
        _expect(status, 200, said)
        yield int(json.loads(said)["aantallen"]["aanvaard"])


def files(line: Line, chance: random.Random) -> Iterator[int]:
    """One after the other; a tenth is followed by an addition with a file of 50 kB. An addition counts for nothing."""
    while True:
        status, said = line.post("meldingen", json.dumps(notification(chance)).encode())
        _expect(status, 201, said)
        if chance.randrange(OF_FILES) == 0:
            reference = json.loads(said)["kenmerk"]
            document = b"%PDF-1.7\n" + chance.randbytes(50_000)
            path, kind = f"meldingen/{reference}/aanvullingen", f"multipart/form-data; boundary={BOUNDARY}"
            status, said = line.post(path, _form(document), kind, uuid.uuid4().hex)
            _expect(status, 201, said)
        yield 1


def _form(document: bytes) -> bytes:
    part = f"--{BOUNDARY}\r\nContent-Disposition: form-data; "
    words = f'{part}name="tekst"\r\n\r\nHierbij het verslag.\r\n'.encode()
    file = f'{part}name="bijlagen"; filename="verslag.pdf"\r\nContent-Type: application/pdf\r\n\r\n'.encode()
    return words + file + document + f"\r\n--{BOUNDARY}--\r\n".encode()


def _expect(status: int, wanted: int, said: bytes) -> None:
    if status != wanted:
        raise RuntimeError(f"{status}: {said[:500]!r}")


def send(  # noqa: PLR0917 - given to a process
    way: str, port: int, token: str, seed: int, starts: float, seconds: float, told: Any
) -> None:
    """One client in a process of its own. Tells what was accepted, in all and in the time, and how long each took."""
    work = {"single": single, "batch": batch, "files": files}[way](Line(port, token), random.Random(seed))
    within, in_all, times = 0, 0, []
    try:
        while (begin := time.time()) < starts + seconds:
            accepted = next(work)
            end = time.time()
            in_all += accepted
            if starts <= begin and end <= starts + seconds:
                within += accepted
                times.append(end - begin)
        told.put({"within": within, "in_all": in_all, "times": times})
    except Exception as error:  # noqa: BLE001 - told to the process that waits for it
        told.put({"error": repr(error)})


def measured(
    installation: Installation, way: str, tokens: list[str], seconds: float, postgres: Postgres | None
) -> dict[str, Any]:
    """All clients at once; raises RuntimeError when one was refused, or when the database has not what was accepted."""
    before, told = installation.inside("count"), multiprocessing.Queue()
    installation.start()
    starts = time.time() + WARM_SECONDS
    clients = [
        multiprocessing.Process(
            target=send, args=(way, installation.port, tokens[number % len(tokens)], number, starts, seconds, told)
        )
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    used = _used_within(installation, postgres, starts, seconds)
    found = [told.get(timeout=seconds + 120) for _client in clients]
    for client in clients:
        client.join()
    installation.stop()
    if wrong := [each["error"] for each in found if "error" in each]:
        raise RuntimeError(wrong[0])
    after = installation.inside("count")
    accepted, kept = sum(each["in_all"] for each in found), after["Signal"] - before["Signal"]
    if not accepted == kept == after["Notification"] - before["Notification"]:
        raise RuntimeError(f"{accepted} were accepted and {kept} are there")
    within = sum(each["within"] for each in found)
    times = sorted(seconds for each in found for seconds in each["times"])
    return {
        "per_second": round(within / seconds, 1),
        "processor_ms_each": round(used / max(within, 1) * 1000, 1),
        "accepted": accepted,
        "in_database": kept,
        "signals_before": before["Signal"],
        "request_p50_ms": round(statistics.median(times) * 1000, 1),
        "request_p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "files": after["SignalAttachment"] - before["SignalAttachment"],
    }


def _used_within(installation: Installation, postgres: Postgres | None, starts: float, seconds: float) -> float:
    """Seconds of the processors that web server and PostgreSQL use in the time that is measured."""
    at_work, used = [installation.pid, *([postgres.pid] if postgres else [])], 0.0
    for moment, sign in ((starts, -1), (starts + seconds, 1)):
        time.sleep(max(0.0, moment - time.time()))
        used += sign * sum(processor_seconds(pid) for pid in at_work)
    return used


def as_row(engine: str, size: int, way: str, found: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The row of the table of results."""
    met = found["per_second"] >= GOAL_PER_SECOND
    return {
        "engine": engine,
        "size": size,
        "work": f"intake by the API, {TITLES[way]}, {CLIENTS} clients, {engine}, with {size} signals",
        "way": way,
        "goal": f"{GOAL_PER_SECOND} accepted per second on 2 cores, every answer after the commit",
        "met": met,
        "seconds": seconds,
        **found,
    }


def _copy(installation: Path, folder: Path) -> None:
    """With owners and rights, of which PostgreSQL is particular. Stops when somebody works with the filled one."""
    if (installation / "postgres/postmaster.pid").exists():
        sys.exit(f"PostgreSQL runs in {installation}; stop it first")
    subprocess.run(["cp", "-a", installation, folder], check=True)
    for name in ("secret_key", "run.lock"):
        (folder / name).unlink(missing_ok=True)


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--installation", type=Path, help="folder of a filled one; it is copied")
    parser.add_argument("--scratch", type=Path, help="where the copy is made")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--discard", action="store_true", help="do not keep the figures among the results")
    wanted = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="zl-intake-", dir=wanted.scratch) as name:
        folder = Path(name) / "installation"
        if wanted.installation:
            _copy(wanted.installation, folder)
        folder.mkdir(exist_ok=True)
        postgres = Postgres(folder / "postgres") if wanted.engine == "postgres" else None
        installation = Installation(folder, database=postgres.uri if postgres else "")
        try:
            tokens = [each["token"] for each in installation.inside("prepare", str(ORGANISATIONS))]
            size = installation.inside("count")["Signal"]
            for way in wanted.ways:
                found = measured(installation, way, tokens, wanted.seconds, postgres)
                rows.append(as_row(wanted.engine, size, way, found, wanted.seconds))
                print(json.dumps(rows[-1]), flush=True)
        finally:
            installation.kill()
            if postgres:
                postgres.stop()
    if not wanted.discard:
        write_part("intake", PART, rows, same=("engine", "way", "size"))


if __name__ == "__main__":
    sys.exit(main())
