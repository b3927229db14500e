"""A second process that reads the last pages: the same document, sooner, and no trouble when it fails."""

from __future__ import annotations

import sys
import time
from typing import Any

import pytest

from tests.analysis.documents.made_files import Word, placed_pdf
from zichtlijn.analysis.documents.readers import pdf, pdf_pages
from zichtlijn.analysis.documents.readers.pdf_pages import reading_ahead
from zichtlijn.analysis.documents.reading import read
from zichtlijn.analysis.documents.reading_refusals import PAGES_UNREADABLE

PAGES = 220
BROKEN = 200


@pytest.fixture(scope="module")
def long_pdf() -> bytes:
    pages = [[Word(f"De Inspectie bezoekt in 2031 school {number}.", 60, 700)] for number in range(PAGES)]
    return placed_pdf(pages)


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages that this process read; every PDF counts as a large one."""
    numbers: list[int] = []

    def noting(document: Any, number: int) -> pdf_pages.PageRead:
        numbers.append(number)
        return pdf_pages.read_page(document, number)

    monkeypatch.setattr(pdf, "read_page", noting)
    monkeypatch.setattr(pdf_pages, "_FEWEST_BYTES", 0)
    return numbers


def wait_for(ahead: pdf_pages.ReadAhead, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while ahead._process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)


def test_pages_read_ahead_give_the_same_document(long_pdf: bytes, read_here: list[int]) -> None:
    with reading_ahead(long_pdf, 2) as ahead:
        assert ahead is not None
        wait_for(ahead)
        found = read(long_pdf, "plan.pdf", ahead=ahead)
    assert 0 < len(read_here) < PAGES / 2
    assert found == read(long_pdf, "plan.pdf")


def test_a_page_that_cannot_be_read_is_told_whoever_read_it(long_pdf: bytes, read_here: list[int]) -> None:
    at = [place for place in range(len(long_pdf)) if long_pdf.startswith(b"/Type /Page /Parent", place)][BROKEN]
    damaged = long_pdf[:at] + b"/Type /Rage /Parent" + long_pdf[at + len(b"/Type /Page /Parent") :]
    with reading_ahead(damaged, 2) as ahead:
        assert ahead is not None
        wait_for(ahead)
        found = read(damaged, "plan.pdf", ahead=ahead)
    assert BROKEN not in read_here
    assert PAGES_UNREADABLE in found.warnings
    assert found == read(damaged, "plan.pdf")


def test_nothing_is_lost_when_the_second_process_fails(
    long_pdf: bytes, read_here: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_pages, "__name__", "zichtlijn.no_such_module")
    with reading_ahead(long_pdf, 2) as ahead:
        assert ahead is not None
        wait_for(ahead)
        found = read(long_pdf, "plan.pdf", ahead=ahead)
    assert read_here == list(range(PAGES))
    assert found == read(long_pdf, "plan.pdf")


def test_a_second_process_that_cannot_be_started_is_done_without(
    long_pdf: bytes, read_here: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with reading_ahead(long_pdf, 2) as ahead:
        assert ahead is None


def test_the_second_process_ends_with_what_it_was_started_for(long_pdf: bytes, read_here: list[int]) -> None:
    with reading_ahead(long_pdf, 2) as ahead:
        assert ahead is not None
    assert ahead._process.returncode is not None


@pytest.mark.parametrize(
    ("data", "processors"),
    [(b"%PDF" + bytes(600_000), 1), (b"%PDF" + bytes(1_000), 2), (b"# Plan" + bytes(600_000), 2)],
    ids=["one processor", "a short file", "no PDF"],
)
def test_no_second_process_where_it_does_not_pay(data: bytes, processors: int) -> None:
    with reading_ahead(data, processors) as ahead:
        assert ahead is None
