"""The pages of a PDF one by one; those at the end of a long one can be read in a second process beside this one."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import IO, Any

import pypdfium2 as pdfium

from .pdf_lines import Line, PageText

# A PDF with fewer bytes or pages is read sooner than a second process is started.
_FEWEST_BYTES, _FEWEST_PAGES = 500_000, 200
# The share of the pages that the second process leaves to the first, which begins later.
_LEFT_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class PageRead:
    """The lines of a page in the order of the file, and its height in points. An unreadable page has no lines."""

    lines: list[Line]
    height: float
    readable: bool = True


def read_page(document: Any, number: int) -> PageRead:
    """The page at ``number``, counted from 0, of an open PDF."""
    try:
        page = document[number]
        try:
            text_page = page.get_textpage()
            try:
                text = PageText(text_page, number + 1, page.get_width(), page.get_height())
                return PageRead([line for line in text.lines() if line.text], text.height)
            finally:
                text_page.close()
        finally:
            page.close()
    except pdfium.PdfiumError:
        return PageRead([], 1.0, readable=False)


class ReadAhead:
    """Pages that a process of its own is reading. PDFium serves one thread at a time, but every process has its own."""

    def __init__(self, process: subprocess.Popen[bytes], answer: IO[bytes]) -> None:
        self._process = process
        self._answer = answer

    def rest(self, number: int, pages: int) -> list[PageRead] | None:
        """The pages from ``number`` on of a PDF of so many; None when they are not, or not yet, all read."""
        first = _first_of(pages)
        if number < first or self._process.poll() != 0:
            return None
        self._answer.seek(0)
        found = [PageRead([Line(*line) for line in lines], *page) for lines, *page in json.load(self._answer)]
        return found[number - first :] if len(found) == pages - first else None


def _first_of(pages: int) -> int:
    """The first page that the second process reads."""
    return round(pages * _LEFT_SHARE) if pages >= _FEWEST_PAGES else pages


@contextmanager
def reading_ahead(data: bytes, processors: int) -> Iterator[ReadAhead | None]:
    """Have the last pages of a large PDF read from now on; None for any other file, and with one processor.

    Data and answer go by files without a name, so that neither process ever waits for the other. When the second
    process fails, all pages are read by the first.
    """
    with ExitStack() as stack:
        large = processors > 1 and len(data) >= _FEWEST_BYTES and data.startswith(b"%PDF")
        yield _started(stack, data) if large else None


def _started(stack: ExitStack, data: bytes) -> ReadAhead | None:
    try:
        question = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
        answer = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
        question.write(data)
        question.seek(0)
        # -P: a folder that happens to be called zichtlijn where the command is given is none of ours.
        command = [sys.executable, "-P", "-m", __name__]
        process = subprocess.Popen(command, stdin=question, stdout=answer, stderr=subprocess.DEVNULL)  # noqa: S603
    except OSError:  # no room for files, or for another process
        return None
    stack.callback(process.wait)
    stack.callback(process.kill)
    return ReadAhead(process, answer)


def main() -> None:
    """The second process: a PDF on standard input, its last pages as JSON to standard output."""
    gc.disable()  # a process of a second, of which everything stays until its end
    document = pdfium.PdfDocument(sys.stdin.buffer.read())
    pages = [read_page(document, number) for number in range(_first_of(len(document)), len(document))]
    values = attrgetter(*(field.name for field in fields(Line)))
    json.dump([[[*map(values, page.lines)], page.height, page.readable] for page in pages], sys.stdout)


if __name__ == "__main__":
    main()
