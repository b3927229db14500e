"""What the command takes, and what counts as wrong usage (exit code 2)."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .catalogue import Words


@dataclass(frozen=True)
class Order:
    """What was asked."""

    file: Path
    pages: dict[int, Path]
    title: str | None
    year: int | None
    publisher: str | None
    accept_above: float | None
    dry_run: bool
    json: bool
    language: str
    username: str | None
    edition_of: int | None
    replaces: int | None


def parse(arguments: Sequence[str], words: Words) -> Order:
    """The order in ``arguments``. Exits with code 2 on wrong usage, as every command does."""
    parser = _parser(words)
    given = parser.parse_args(list(arguments))
    pages: dict[int, Path] = {}
    for number, path in given.page:
        if number in pages:
            parser.error(words.gettext("Page %(page)s was given twice.", page=number))
        pages[number] = path
    if given.dry_run and given.accept_above is not None:
        parser.error(words.gettext("--dry-run stores nothing, so nothing can be accepted above a threshold."))
    return Order(
        file=given.file,
        pages=pages,
        title=given.title,
        year=given.year,
        publisher=given.publisher,
        accept_above=given.accept_above,
        dry_run=given.dry_run,
        json=given.json,
        language=words.language,
        username=given.username,
        edition_of=given.edition_of,
        replaces=given.replaces,
    )


def _parser(words: Words) -> argparse.ArgumentParser:
    gettext = words.gettext
    parser = argparse.ArgumentParser(
        prog="zichtlijn import-programme",
        allow_abbrev=False,
        description=gettext(
            "Read a work programme and propose what it holds; a person decides what enters the register."
        ),
    )
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help=gettext("PDF, Word (DOCX), Markdown or text file"))
    add(
        "--page",
        action="append",
        default=[],
        type=_page(words),
        metavar="N=FILE",
        help=gettext("text layer of printed page N, for a file without pages; may be given more than once"),
    )
    add("--title", help=gettext("title, instead of what the document says"))
    add("--year", type=_year(words), help=gettext("year of the programme, instead of what the document says"))
    add("--publisher", help=gettext("publisher, instead of what the document says"))
    add(
        "--accept-above",
        type=_share(words),
        metavar="X",
        help=gettext("accept proposals with at least this confidence (0 to 1); recorded as accepted by a threshold"),
    )
    add("--dry-run", action="store_true", help=gettext("only read and propose; nothing is stored"))
    add("--json", action="store_true", help=gettext("write the result as JSON to standard output, and nothing else"))
    add("--language", choices=["nl", "en"], default=words.language, help=gettext("language of the messages"))
    add("--as", dest="username", metavar="USERNAME", help=gettext("the person who imports (default: the system)"))
    add("--edition-of", type=int, metavar="ID", help=gettext("number of the document that this is a new edition of"))
    add("--replaces", type=int, metavar="ID", help=gettext("number of the document whose text this file holds"))
    return parser


def _page(words: Words):  # type: ignore[no-untyped-def]
    def read(text: str) -> tuple[int, Path]:
        number, _sign, name = text.partition("=")
        if not (number.isascii() and number.isdigit() and int(number) > 0 and name):
            raise argparse.ArgumentTypeError(
                words.gettext("Write --page as NUMBER=FILE, for example --page 6=page-6.txt.")
            )
        return int(number), Path(name)

    return read


def _share(words: Words):  # type: ignore[no-untyped-def]
    def read(text: str) -> float:
        try:
            share = float(text.replace(",", "."))
        except ValueError:
            share = -1.0
        if not 0 <= share <= 1:
            raise argparse.ArgumentTypeError(words.gettext("Give a number from 0 to 1, for example 0.9."))
        return share

    return read


def _year(words: Words):  # type: ignore[no-untyped-def]
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and 1800 <= int(text) <= 2200):
            raise argparse.ArgumentTypeError(words.gettext("Give a year in four digits, for example 2024."))
        return int(text)

    return read
