"""A real SMTP server in a thread, small and unpleasant on request."""

from __future__ import annotations

import contextlib
import email
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from email.message import Message
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail on a port of its own. ``answers`` replaces the answer to a command, such as ``{"RCPT": "550 no"}``.

    An answer may be a function of the line; one that is empty closes the connection without a word.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[tuple[str, Message]] = []
        self.answers: dict[str, str | Callable[[str], str]] = {}
        self.connections = 0
        self.slowness = 0.0

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connections += 1
        self.to = ""
        with contextlib.suppress(ConnectionError):
            self.say("", "GREETING", "220 ready")
            while line := self.rfile.readline().decode().rstrip("\r\n"):
                word = line.split(" ", 1)[0].upper()
                if word == "RCPT":
                    self.to = line.partition("<")[2].partition(">")[0]
                if not self.say(line, word, {"DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 ok")):
                    return
                if word == "DATA" and not self.take():
                    return
                if word == "QUIT":
                    return

    def say(self, line: str, word: str, usual: str) -> bool:
        time.sleep(self.server.slowness)
        answer: Any = self.server.answers.get(word, usual)
        answer = answer(line) if callable(answer) else answer
        self.wfile.write(f"{answer}\r\n".encode() if answer else b"")
        return bool(answer)

    def take(self) -> bool:
        read = b""
        while not read.endswith(b"\r\n.\r\n"):
            read += self.rfile.readline()
        taken: Any = self.server.answers.get("BODY", "250 taken")
        if callable(taken) or taken == "" or taken.startswith("2"):
            self.server.taken.append((self.to, email.message_from_bytes(read[:-5])))
        taken = taken("") if callable(taken) else taken
        self.wfile.write(f"{taken}\r\n".encode() if taken else b"")
        return bool(taken)


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
