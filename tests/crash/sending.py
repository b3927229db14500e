"""Who sends things in while the server is killed: each remembers what was acknowledged, and repeats what was not."""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import re
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

ADDRESS = "127.0.0.1"
PATIENCE = 60  # seconds for one answer
BOUNDARY = "between-parts-of-a-form"
Form = list[tuple[str, Any]]


@dataclass
class Ledger:
    """What all senders together were told. Only this counts in the end; the server has no part in it."""

    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    repeated: int = 0
    there_already: int = 0  # was kept before the answer was lost
    not_now: int = 0  # 503 and 507
    differing: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._one_at_a_time = threading.Lock()

    def count(self, **more: int) -> None:
        """Raise a number."""
        with self._one_at_a_time:
            for name, number in more.items():
                setattr(self, name, getattr(self, name) + number)

    def acknowledge(self, mark: str, **told: Any) -> None:
        """The server said that it has this. What it says later of the same must be the same."""
        before = self.acknowledged.setdefault(mark, told)
        if before != told:
            self.differing.append(f"{mark}: {before}, later {told}")


class Sender(threading.Thread):
    """One sender. ``open_`` is set while the server may be called; ``last`` when nothing new is begun any more."""

    def __init__(self, port: int, token: str, ledger: Ledger, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.token, self.ledger = port, token, ledger
        self.chance = random.Random(seed)
        self.open_, self.last = threading.Event(), threading.Event()
        self.has_called = threading.Event()
        self._line: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """One thing after the other; each is sent until it is acknowledged."""
        while not self.last.is_set():
            self.open_.wait()
            if self.last.is_set():
                return
            self._until_acknowledged()

    def _until_acknowledged(self) -> None:
        work, tries = self.work(), 0
        while True:
            self.open_.wait()
            try:
                if work.is_done():
                    return
            except (OSError, http.client.HTTPException):
                self._hang_up()
                time.sleep(0.05)
            tries += 1
            if tries == 1:
                self.ledger.count(repeated=1)

    def work(self) -> Work:
        """The next thing to send."""
        raise NotImplementedError

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        """An answer, with its body in ``said``. Raises OSError or HTTPException when there is no whole one."""
        if self._line is None:
            self._line = http.client.HTTPConnection(ADDRESS, self.port, timeout=PATIENCE)
        self._line.request(method, path, body or None, headers)
        answer = self._line.getresponse()
        answer.said = answer.read()  # type: ignore[attr-defined]
        self.has_called.set()
        return answer

    def api(self, path: str, body: bytes, key: str = "", kind: str = "application/json") -> http.client.HTTPResponse:
        """POST to the API with the token."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": kind}
        return self.call("POST", f"/api/v1/{path}", body, **headers, **({"Idempotency-Key": key} if key else {}))

    def note(self, answer: Any, *expected: int) -> bool:
        """True for an answer that acknowledges; anything but "not now" that was not expected is written down."""
        if answer.getheader("Idempotency-Replayed") == "true":
            self.ledger.count(there_already=1)
        if answer.status in expected:
            return True
        if answer.status in (503, 507):
            self.ledger.count(not_now=1)
        else:
            self.ledger.unexpected.append(f"{answer.status}: {answer.said[:300]!r}")
        raise OSError(answer.status)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


class Work:
    """One thing to send, which keeps its keys and its words when it is sent again."""

    def is_done(self) -> bool:
        """Send it once; True when all of it is acknowledged. Raises OSError or HTTPException when it is not known."""
        raise NotImplementedError


def notification(own: str, mark: str) -> dict[str, Any]:
    """A notification as a system of an organisation sends it."""
    found = (datetime.now(UTC) - timedelta(hours=2)).replace(microsecond=0).isoformat()
    body = {"categorie": "jeugd-calamiteit", "ontdektOp": found, "onderwerp": "Val van de trap (demo)"}
    body |= {"omschrijving": f"Een jeugdige viel en brak een arm. #{mark}#", "plaats": "Utrecht"}
    return body | ({"eigenKenmerk": own} if own else {})


def document(chance: random.Random) -> bytes:
    """A file of a kind that is kept as it is, other bytes every time."""
    return b"%PDF-1.7\n" + chance.randbytes(chance.randint(200, 60_000)) + b"\n%%EOF\n"


def as_form(fields: Form) -> bytes:
    """The body of a form with files; a file is given as a pair of name and bytes."""
    parts = []
    for name, value in fields:
        head, content = f'Content-Disposition: form-data; name="{name}"', value
        if isinstance(value, tuple):
            head += f'; filename="{value[0]}"\r\nContent-Type: application/octet-stream'
            content = value[1]
        said = content if isinstance(content, bytes) else str(content).encode()
        parts += [f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode(), said, b"\r\n"]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


FORM = f"multipart/form-data; boundary={BOUNDARY}"


def digests(files: list[bytes]) -> list[str]:
    """SHA-256 of each, in order of the digests."""
    return sorted(hashlib.sha256(each).hexdigest() for each in files)


def new_mark(sender: Sender) -> str:
    """What finds a text back."""
    mark = uuid.UUID(bytes=sender.chance.randbytes(16)).hex
    sender.ledger.sent.add(mark)
    return mark


class Single(Work):
    """One notification: under an own reference, or under a key when it has none."""

    def __init__(self, sender: Sender, *, with_key: bool) -> None:
        self.sender, self.mark = sender, new_mark(sender)
        self.key = f"k-{self.mark}" if with_key else ""
        self.body = json.dumps(notification("" if with_key else f"own-{self.mark}", self.mark)).encode()
        self.reference = ""

    def is_done(self) -> bool:
        """201, or 200 for one that it had already."""
        answer: Any = self.sender.api("meldingen", self.body, self.key)
        self.sender.note(answer, 200, 201)
        if answer.status == 200:
            self.sender.ledger.count(there_already=1)
        self.reference = json.loads(answer.said)["kenmerk"]
        self.sender.ledger.acknowledge(self.mark, reference=self.reference, files=[])
        return True


class Batch(Work):
    """Several notifications under one key."""

    def __init__(self, sender: Sender) -> None:
        self.sender, number = sender, sender.chance.randint(1, 25)
        self.marks = [new_mark(sender) for _number in range(number)]
        items = [notification(f"own-{mark}", mark) for mark in self.marks]
        self.body, self.key = json.dumps({"meldingen": items}).encode(), f"k-{self.marks[0]}"

    def is_done(self) -> bool:
        """Every line acknowledges one."""
        answer: Any = self.sender.api("meldingreeksen", self.body, self.key)
        self.sender.note(answer, 200)
        for mark, line in zip(self.marks, json.loads(answer.said)["resultaten"], strict=True):
            if line["uitkomst"] not in ("aanvaard", "reeds-ontvangen"):
                self.sender.ledger.unexpected.append(str(line))
            self.sender.ledger.acknowledge(mark, reference=line["kenmerk"], files=[])
        return True


class Addition(Work):
    """A notification, and an addition to it with files."""

    def __init__(self, sender: Sender) -> None:
        self.sender, self.first, self.mark = sender, Single(sender, with_key=False), new_mark(sender)
        files = [document(sender.chance) for _number in range(sender.chance.randint(1, 2))]
        fields: Form = [("tekst", f"Hierbij de stukken. #{self.mark}#")]
        fields += [("bijlagen", (f"stuk-{number}.pdf", each)) for number, each in enumerate(files)]
        self.body, self.files = as_form(fields), digests(files)

    def is_done(self) -> bool:
        """The notification first, then the addition under its key."""
        if not self.first.reference:
            self.first.is_done()
        path = f"meldingen/{self.first.reference}/aanvullingen"
        answer: Any = self.sender.api(path, self.body, f"k-{self.mark}", FORM)
        self.sender.note(answer, 201)
        self.sender.ledger.acknowledge(self.mark, files=self.files)
        return True


class Report(Work):
    """The form of a citizen, with files; the receipt code is what it is acknowledged by."""

    def __init__(self, sender: Sender) -> None:
        self.sender, self.mark = sender, new_mark(sender)
        files = [document(sender.chance) for _number in range(sender.chance.randint(0, 3))]
        self.fields: Form = [("kind", "signal"), ("text", f"Het lekt er al weken. #{self.mark}#"), ("who", "anonymous")]
        self.fields += [("files", (f"foto-{number}.pdf", each)) for number, each in enumerate(files)]
        self.files, self.cookies = digests(files), dict[str, str]()
        self.hidden: Form = []

    def is_done(self) -> bool:
        """Open the form, send it, and read the code; the form that was opened is kept when it is sent again."""
        if not self.hidden:
            page = self._page("GET", "/report/new", expected=200)
            self.hidden = [(name, _hidden(page, name)) for name in ("submission", "csrfmiddlewaretoken")]
        self._page("POST", "/report/new", as_form([*self.hidden, *self.fields]), expected=302)
        page = self._page("GET", "/report/sent", expected=200)
        found = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", page.split("data-receipt-code")[1])
        assert found, page
        receipt = hashlib.sha256(found.group().replace("-", "").encode()).hexdigest()
        self.sender.ledger.acknowledge(self.mark, receipt=receipt, files=self.files)
        return True

    def _page(self, method: str, path: str, body: bytes = b"", *, expected: int) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        answer: Any = self.sender.call(method, path, body, **headers, **({"Content-Type": FORM} if body else {}))
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _is, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        self.sender.note(answer, expected)
        return str(answer.said.decode())


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)
    assert found, page
    return found.group(1)


class Singles(Sender):
    """A system that notifies one by one."""

    def work(self) -> Work:
        return Single(self, with_key=self.chance.random() < 0.5)


class Batches(Sender):
    """A system that sends batches."""

    def work(self) -> Work:
        return Batch(self)


class Additions(Sender):
    """A system that sends files after its notifications."""

    def work(self) -> Work:
        return Addition(self)


class Citizens(Sender):
    """People with the form."""

    def work(self) -> Work:
        return Report(self)


KINDS: tuple[type[Sender], ...] = (Singles, Singles, Batches, Batches, Additions, Citizens, Citizens, Citizens)


def senders(port: int, tokens: list[str], ledger: Ledger, seed: int) -> Iterator[Sender]:
    """Eight senders, of all kinds."""
    for number, kind in enumerate(KINDS):
        yield kind(port, tokens[number % len(tokens)], ledger, seed * 100 + number)
