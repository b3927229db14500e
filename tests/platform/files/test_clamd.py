"""Asking the scanner: what its answers mean, and what happens when there is none."""

from __future__ import annotations

import io
import os
import socket
from pathlib import Path

import pytest

from tests.platform.files.fake_clamd import clamd
from tests.platform.files.pictures import EICAR
from zichtlijn.platform.files.clamd import ScannerGoneError, Verdict, ask


def test_a_clean_file_arrives_whole_and_is_clean() -> None:
    data = os.urandom(300_000)
    with clamd() as scanner:
        assert ask(scanner.address, io.BytesIO(data)) == Verdict("find_clean")
        assert scanner.received == [data]


def test_the_scanner_can_be_on_a_socket_in_a_folder(tmp_path: Path) -> None:
    with clamd(path=tmp_path / "s") as scanner:
        assert ask(scanner.address, io.BytesIO(b"words")).step == "find_clean"


def test_a_virus_is_named() -> None:
    with clamd() as scanner:
        found = ask(scanner.address, io.BytesIO(b"before" + EICAR))
    assert found == Verdict("find_infected", "Win.Test.EICAR_HDB-1")


def test_a_file_too_large_for_the_scanner_is_given_up() -> None:
    with clamd() as scanner:
        scanner.most = 100_000
        assert ask(scanner.address, io.BytesIO(b"x" * 120_000)).step == "give_up"


@pytest.mark.parametrize(
    "answer", [b"", b"stream: Can't allocate memory ERROR\0", b"UNKNOWN COMMAND\0", b"stream: OK and more\0", b"\xff\0"]
)
def test_an_answer_that_says_nothing_of_the_file_is_no_answer(answer: bytes) -> None:
    with clamd() as scanner:
        scanner.answer = answer
        with pytest.raises(ScannerGoneError):
            ask(scanner.address, io.BytesIO(b"words"))


def test_a_scanner_that_hangs_is_not_waited_for_without_end() -> None:
    with clamd() as scanner:
        scanner.hangs = True
        with pytest.raises(ScannerGoneError):
            ask(scanner.address, io.BytesIO(b"words"), seconds=0.2)


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:", "127.0.0.1:x", "/no/such/socket"])
def test_an_address_where_nobody_answers(address: str) -> None:
    with pytest.raises(ScannerGoneError):
        ask(address, io.BytesIO(b"words"), seconds=0.2)


def test_a_port_where_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ScannerGoneError):
        ask(f"127.0.0.1:{port}", io.BytesIO(b"words"))
