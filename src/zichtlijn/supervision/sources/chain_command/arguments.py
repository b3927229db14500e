"""What the commands take, and what counts as wrong usage (exit code 2)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from ..chain_words import Words
from ..command.catalogue import DEFAULT_LANGUAGE, LANGUAGES

LANGUAGE_OPTIONS = ("--language", "--lang")
MOST_BUCKETS = 10_000


def chosen_language(arguments: Sequence[str]) -> str:
    """The language asked for, needed before the other arguments can be explained in it."""
    chosen = DEFAULT_LANGUAGE
    for position, argument in enumerate(arguments):
        name, sign, value = argument.partition("=")
        if name in LANGUAGE_OPTIONS:
            given = value if sign else (arguments[position + 1] if position + 1 < len(arguments) else "")
            chosen = given if given in LANGUAGES else chosen
    return chosen


def parse(arguments: Sequence[str], words: Words) -> argparse.Namespace:
    """The order in ``arguments``; ``order.command`` names it. Exits with code 2 on wrong usage."""
    return _parser(words).parse_args(list(arguments))


def _parser(words: Words) -> argparse.ArgumentParser:
    gettext = words.gettext
    parser = argparse.ArgumentParser(
        prog="zichtlijn chain",
        allow_abbrev=False,
        description=gettext("Analyse what happens in a chain of organisations, from its registrations."),
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar=gettext("COMMAND"))

    def command(name: str, said: str) -> Callable[..., argparse.Action]:
        made = commands.add_parser(name, help=said, description=said, allow_abbrev=False)
        made.add_argument(
            *LANGUAGE_OPTIONS, choices=LANGUAGES, default=words.language, help=gettext("language of the messages")
        )
        return made.add_argument

    add = command("report", gettext("Read a log and write a report of it: one HTML file."))
    add("file", type=Path, metavar="FILE", help=gettext("event log, or the folder of a prepared log"))
    add("--output", type=Path, metavar="HTML", help=gettext("where the report is written"))
    _reading(add, words)
    _choosing(add, words)
    _agreeing(add, words)
    _computing(add, words)

    add = command("prepare", gettext("Read a log and prepare it, so that every figure can be made at once."))
    add("file", type=Path, metavar="FILE", help=gettext("event log: XES, OCEL, CSV, Excel or Parquet; may be gzipped"))
    add("folder", type=Path, metavar="FOLDER", help=gettext("folder for the prepared log; must not exist yet"))
    _reading(add, words)
    _computing(add, words)

    add = command("analyse", gettext("Compute figures of a prepared log, or a first look at a file."))
    add(
        "log", type=Path, metavar="FOLDER", help=gettext("folder of the prepared log, or an event log for a first look")
    )
    add("--metric", action="append", default=[], metavar="NAME", help=gettext("figure to compute (default: all)"))
    add("--json", action="store_true", help=gettext("write the result as JSON to standard output, and nothing else"))
    _meaning(add, words)
    _choosing(add, words)
    _agreeing(add, words)
    _computing(add, words)

    add = command("compare", gettext("Hold prepared logs beside each other, and look for what they have in common."))
    add("folders", type=Path, nargs="+", metavar="FOLDER", help=gettext("folders of two or more prepared logs"))
    add("--json", action="store_true", help=gettext("write the result as JSON to standard output, and nothing else"))
    _computing(add, words)

    add = command("generate", gettext("Make a demo log of a chain, with what was planted in it written beside it."))
    add("chain", metavar="CHAIN", help=gettext("youth-protection, asylum or criminal-justice"))
    add("--cases", type=_count(words), default=1000, metavar="N", help=gettext("number of cases"))
    add("--seed", type=_count(words, least=0), default=1, metavar="N", help=gettext("the same seed makes the same log"))
    add("--format", dest="file_format", choices=["parquet", "csv", "xes"], default="parquet",
        help=gettext("format of the log"))  # fmt: skip
    add("--output", type=Path, required=True, metavar="FOLDER", help=gettext("folder for the log; must not exist yet"))
    return parser


def _meaning(add: Callable[..., argparse.Action], words: Words) -> None:
    gettext = words.gettext
    add("--mapping", type=Path, metavar="FILE.json", help=gettext("what the columns mean (default: as proposed)"))
    add("--object-type", metavar="NAME", help=gettext("of an OCEL log: the objects that count as cases"))
    add("--cut-off", type=_moment(words), metavar="DATE",
        help=gettext("moment up to which the registration is complete (default: the last event)"))  # fmt: skip


def _reading(add: Callable[..., argparse.Action], words: Words) -> None:
    gettext = words.gettext
    _meaning(add, words)
    add("--pseudonym-key-file", type=Path, metavar="FILE",
        help=gettext("replace case numbers, with the key in this file"))  # fmt: skip
    add(
        "--buckets",
        type=_count(words, most=MOST_BUCKETS),
        metavar="N",
        help=gettext("number of parts of the prepared log"),
    )


def _choosing(add: Callable[..., argparse.Action], words: Words) -> None:
    gettext = words.gettext
    add(
        "--from",
        dest="from_",
        type=_day(words),
        metavar="DATE",
        help=gettext("only cases that start on this day or later"),
    )
    add("--until", type=_day(words), metavar="DATE", help=gettext("only cases that start on this day or earlier"))
    for name, said in (
        ("organisation", gettext("only cases in which this organisation takes part; may be given more than once")),
        ("region", gettext("only cases of this region; may be given more than once")),
        ("group", gettext("only cases of this group; may be given more than once")),
        ("citizen-group", gettext("only cases of this citizen group; may be given more than once")),
    ):
        add(f"--{name}", action="append", default=[], metavar="NAME", help=said)
    add("--minimum", type=_count(words), default=None, metavar="N",
        help=gettext("do not say counts below this number (default: %(number)s)", number=5))  # fmt: skip


def _agreeing(add: Callable[..., argparse.Action], words: Words) -> None:
    gettext = words.gettext
    add("--model", type=Path, metavar="FILE.json", help=gettext("agreed chain, to hold the cases against"))
    add("--statements", type=Path, metavar="FILE",
        help=gettext("what organisations state about their waiting lists, to hold against the log"))  # fmt: skip


def _computing(add: Callable[..., argparse.Action], words: Words) -> None:
    gettext = words.gettext
    add("--engine", choices=["duckdb", "spark"], default="duckdb", help=gettext("what computes"))
    add(
        "--memory-mib",
        type=_count(words, least=64),
        metavar="N",
        help=gettext("memory that the engine may take, in MiB"),
    )


def _count(words: Words, least: int = 1, most: int = 10**12) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 13 and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(
                words.gettext("Give a whole number from %(least)s to %(most)s.", least=least, most=most)
            )
        return int(text)

    return read


def _day(words: Words) -> Callable[[str], str]:
    def read(text: str) -> str:
        try:
            day = date.fromisoformat(text)
            # The moments around it must exist too, in every zone
            _ = day - timedelta(days=2), day + timedelta(days=2)
            return day.isoformat()
        except (ValueError, OverflowError) as error:
            raise argparse.ArgumentTypeError(
                words.gettext("Give a day as year-month-day, for example 2024-03-01.")
            ) from error

    return read


def _moment(words: Words) -> Callable[[str], str]:
    from datetime import datetime

    def read(text: str) -> str:
        try:
            return datetime.fromisoformat(text).isoformat()
        except ValueError as error:
            raise argparse.ArgumentTypeError(
                words.gettext("Give a day or moment, for example 2024-03-01 or 2024-03-01T17:00.")
            ) from error

    return read
