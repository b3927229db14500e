"""Running a command. Exit codes: 0 fine, 1 bad input, 2 wrong usage, 130 stopped."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from zichtlijn.analysis.eventlogs.model import LogError

from ..chain_words import Words
from .arguments import chosen_language, parse
from .telling import CommandError, Progress, said

STOPPED = 130
Command = Callable[[argparse.Namespace, Words, Progress], str]
"""Does what was ordered, and gives what is written to standard output."""


def main(arguments: Sequence[str]) -> int:
    """Run ``zichtlijn chain …`` and return its exit code."""
    words = Words(chosen_language(arguments))
    order = parse(arguments, words)
    progress = Progress(words, shown=sys.stderr.isatty())
    try:
        # Only what a command needs is loaded: the libraries behind some of them take a second
        command: Command = import_module(f"{__package__}.{order.command}").run
        written = command(order, words, progress)
    except (CommandError, LogError) as error:
        return _refuse(str(error) if isinstance(error, CommandError) else said(error, words), progress)
    except MemoryError:
        return _refuse(words.gettext("There is not enough memory; try fewer MiB and more buckets."), progress)
    except OSError as error:
        reason = error.strerror or str(error)
        return _refuse(
            words.gettext("Stopped: %(reason)s.", reason=f"{reason} {error.filename or ''}".strip()), progress
        )
    except KeyboardInterrupt:
        return _stopped(words, progress)
    except Exception as error:
        if not _is_interruption(error):
            raise
        return _stopped(words, progress)
    progress.clear()
    return _say(written, words)


def _is_interruption(error: BaseException | None) -> bool:
    """DuckDB takes Ctrl-C as an error of the query it was busy with; another error may follow from that one."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "InterruptException":
            return True
        if isinstance(error, RuntimeError) and "interrupted" in str(error).lower():
            return True
        error = error.__cause__ or error.__context__
    return False


def _stopped(words: Words, progress: Progress) -> int:
    progress.clear()
    print(words.gettext("Stopped; nothing was written."), file=sys.stderr)
    return STOPPED


def _refuse(text: str, progress: Progress) -> int:
    progress.clear()
    print(text, file=sys.stderr)
    return 1


def _say(written: str, words: Words) -> int:
    if written.startswith("{") and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # RFC 8259, section 8.1, whatever the terminal speaks
    try:
        sys.stdout.write(written)
        sys.stdout.flush()
    except OSError as error:
        # What waits to be written would raise again at the end of the process
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0
        print(words.gettext("The result could not be written: %(reason)s.", reason=error.strerror), file=sys.stderr)
        return 1
    return 0
