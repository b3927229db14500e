"""Running the command: read, propose, store, tell. Exit codes: 0 fine, 1 bad input, 2 wrong usage, 130 stopped."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from .arguments import Order, parse
from .catalogue import Words, chosen_language
from .telling import Progress, tell_json, tell_people

if TYPE_CHECKING:
    from ..computing import Computed, Layer
    from .keeping import Kept

MEGABYTE = 1024 * 1024
STOPPED = 130


class BadInputError(Exception):
    """Something that the user gave cannot be used; the text is ready to show."""


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    gc.disable()  # A process of seconds, of which everything stays until its end.
    words = Words(chosen_language(arguments))
    order = parse(arguments, words)
    progress = Progress(words, shown=sys.stderr.isatty())
    try:
        computed, kept = _run(order, words, progress)
    except BadInputError as error:
        progress.clear()
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        progress.clear()
        print(words.gettext("Stopped; nothing was stored."), file=sys.stderr)
        return STOPPED
    progress.clear()
    return _say(order, computed, kept, words)


def _say(order: Order, computed: Computed, kept: Kept | None, words: Words) -> int:
    if order.json and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # RFC 8259, section 8.1, whatever the terminal speaks.
    tell = tell_json if order.json else tell_people
    try:
        tell(computed, kept, words, sys.stdout)
        sys.stdout.flush()
    except OSError as error:
        # What waits to be written would raise again at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0  # The reader of a pipe has seen enough, as with "| head"; what was stored is stored.
        print(words.gettext("The result could not be written: %(reason)s.", reason=error.strerror), file=sys.stderr)
        return 1
    return 0


def _run(order: Order, words: Words, progress: Progress) -> tuple[Computed, Kept | None]:
    data = _bytes_of(order.file, words)
    layers = _layers(order, words)
    if order.dry_run:
        return _compute(order, data, layers, words, progress), None
    from . import keeping

    try:
        with keeping.prepared(order, words):
            return keeping.keep(order, data, layers, words, progress)
    except keeping.NotKeptError as error:
        raise BadInputError(str(error)) from error


def _compute(order: Order, data: bytes, layers: dict[int, Layer], words: Words, progress: Progress) -> Computed:
    from zichtlijn.analysis.documents.dictionaries import DictionaryError
    from zichtlijn.analysis.documents.model import DocumentError

    from ..computing import Given, compute

    own = os.environ.get("ZICHTLIJN_DICTIONARIES", "").strip()
    given = Given(order.title, order.publisher, order.year)
    try:
        return compute(
            data,
            order.file.name,
            layers=layers,
            given=given,
            max_bytes=upload_limit(),
            dictionaries=Path(own) if own else None,
            progress=progress.report,
        )
    except DocumentError as error:
        raise BadInputError(words.gettext(error.message, **error.params)) from error
    except DictionaryError as error:
        raise BadInputError(str(error)) from error


def upload_limit() -> int:
    """The most bytes that one file may have, from the same variable as the screens use."""
    text = os.environ.get("ZICHTLIJN_UPLOAD_LIMIT_MB", "").strip()
    return (int(text) if text.isdecimal() else 50) * MEGABYTE


def _layers(order: Order, words: Words) -> dict[int, Layer]:
    from ..computing import Layer

    return {page: Layer(_bytes_of(path, words), path.name) for page, path in order.pages.items()}


def _bytes_of(path: Path, words: Words) -> bytes:
    """The content of a file; a file above the limit is refused before it is read."""
    try:
        size = path.stat().st_size
        if size > upload_limit():
            _refuse_size(path, size, words)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadInputError(words.gettext("There is no file %(name)s.", name=path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        message = words.gettext("The file %(name)s cannot be read: %(reason)s.", name=path, reason=reason)
        raise BadInputError(message) from error


def _refuse_size(path: Path, size: int, words: Words) -> NoReturn:
    from zichtlijn.analysis.documents.reading_refusals import REFUSALS

    terms = {"name": path.name, "size": -(-size // MEGABYTE), "limit": upload_limit() // MEGABYTE}
    message = REFUSALS["too-large"]
    raise BadInputError(words.gettext(message, **terms))
