"""Taking a tag apart, compiled.

Text ends with eight zero bytes, which stand nowhere else in it: so that eight bytes may be read from any place in it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.extending import intrinsic
from numpy.typing import NDArray

MORE, END, UNUSUAL, FULL, CROWDED = range(1, 6)
STRING, DATE, INT, FLOAT, BOOLEAN, ID, LIST, CONTAINER, TRACE, EVENT = range(10)
ELEMENTS = (b"string", b"date", b"int", b"float", b"boolean", b"id", b"list", b"container", b"trace", b"event")
PADDING = bytes(8)
LETTERS = np.frombuffer(b"".join(ELEMENTS) + PADDING, np.uint8).copy()
LENGTHS = np.array([len(name) for name in ELEMENTS])
STARTS = np.cumsum(LENGTHS) - LENGTHS
KEY, VALUE = np.frombuffer(b"key" + PADDING, np.uint8).copy(), np.frombuffer(b"value" + PADDING, np.uint8).copy()
HASH_FACTOR, HASH_SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)

TAB, LINE_FEED, RETURN, SPACE = 9, 10, 13, 32
BANG, MINUS, SLASH, COLON, OPEN, EQUALS, CLOSE, BRACKET = (ord(letter) for letter in "!-/:<=>[")
NORMAL, QUOTE, ESCAPED, ILLEGAL = range(4)


def _classes() -> NDArray[np.uint8]:
    """What a byte means within a quoted value."""
    classes = np.zeros(256, np.uint8)
    classes[:SPACE] = ILLEGAL
    classes[OPEN] = ILLEGAL
    classes[[TAB, LINE_FEED, RETURN, ord("&")]] = ESCAPED
    classes[[ord('"'), ord("'")]] = QUOTE
    return classes


def _name_letters() -> NDArray[np.bool_]:
    """Bytes of which the names of XES are made; other names are left to the reader on expat."""
    letters = np.zeros(256, np.bool_)
    letters[[letter for letter in range(128) if chr(letter).isalnum() or chr(letter) in "_:.-"]] = True
    return letters


CLASSES, NAME_LETTERS = _classes(), _name_letters()
compiled: Any = numba.njit(cache=True, nogil=True)


class Tag(NamedTuple):
    """A start tag. ``status`` is 0, or why it cannot be read; a length of -1: not there.

    ``value_end`` is the place of the closing quote. ``is_plain``: the key comes before the value, all on one line, so
    that the same text up to the value means the same attribute.
    """

    status: int
    end: int
    element: int
    name_length: int
    key_start: int
    key_length: int
    value_start: int
    value_length: int
    is_escaped: bool
    is_key_escaped: bool
    is_plain: bool
    is_empty: bool
    newlines: int


@compiled
def stuck(at: int, size: int) -> int:
    """Why the walk cannot go on: the text is at its end, or is not what it should be."""
    return MORE if at >= size else UNUSUAL


def _word_at(_typing: Any, letters: Any, at: Any) -> Any:
    """The eight bytes from a place on as one number; the first is the least."""

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, given[0])
        place = builder.bitcast(builder.gep(array.data, [given[1]]), ir.IntType(64).as_pointer())
        return builder.load(place, align=1)

    return numba.types.uint64(letters, numba.types.int64), generate


word_at: Any = intrinsic(_word_at)


@compiled
def equal(text: Any, at: int, other: Any, start: int, length: int) -> bool:
    """Whether the letters at both places are the same, eight at a time."""
    while length >= 8:
        if word_at(text, at) != word_at(other, start):
            return False
        at, start, length = at + 8, start + 8, length - 8
    return bool(length == 0 or (word_at(text, at) ^ word_at(other, start)) << np.uint64(64 - 8 * length) == 0)


@compiled
def hash_of(text: Any, at: int, length: int, seed: Any) -> Any:
    """A number that differs with the letters, eight at a time."""
    code = seed ^ np.uint64(length)
    while length >= 8:
        code = (code ^ word_at(text, at)) * HASH_FACTOR
        code ^= code >> HASH_SHIFT
        at, length = at + 8, length - 8
    if length > 0:
        # Shifted to and fro: without what stands behind the letters.
        behind = np.uint64(64 - 8 * length)
        code = (code ^ (word_at(text, at) << behind >> behind)) * HASH_FACTOR
        code ^= code >> HASH_SHIFT
    code *= HASH_FACTOR  # letters at the end of a word have reached the high half only
    return code ^ (code >> HASH_SHIFT)


@compiled
def is_newline(text: Any, at: int) -> bool:
    """A line feed, or a return without one."""
    return bool(text[at] == LINE_FEED or (text[at] == RETURN and text[at + 1] != LINE_FEED))


@compiled
def past_blanks(text: Any, at: int) -> tuple[int, int]:
    """The place after blanks, and the number of line ends in them."""
    newlines = 0
    while text[at] == TAB or text[at] == SPACE or text[at] == LINE_FEED or text[at] == RETURN:
        if text[at] < 14 and is_newline(text, at):
            newlines += 1
        at += 1
    return at, newlines


@compiled
def past_comment(text: Any, at: int, size: int) -> tuple[int, int, int]:
    """From ``<!``: the place after a comment, the line ends in it, and a status."""
    if text[at + 2] != MINUS or text[at + 3] != MINUS:
        return at, 0, stuck(at + 3, size)
    at, newlines = at + 4, 0
    while text[at] != MINUS or text[at + 1] != MINUS:
        if CLASSES[text[at]] == ILLEGAL and text[at] != OPEN:
            return at, 0, stuck(at, size)
        if is_newline(text, at):
            newlines += 1
        at += 1
    if text[at + 2] != CLOSE:
        return at, 0, stuck(at + 2, size)
    return at + 3, newlines, 0


@compiled
def value_end(text: Any, at: int, quote: int) -> tuple[int, bool, int]:
    """The place of the closing quote or of what may not be in a value; whether a value is not plain; line ends.

    Plain is without entities, line ends and the other kind of quote.
    """
    is_escaped, newlines = False, 0
    while True:
        meaning = CLASSES[text[at]]
        if meaning != NORMAL:
            if text[at] == quote or meaning == ILLEGAL:
                return at, is_escaped, newlines
            is_escaped = True
            if is_newline(text, at):
                newlines += 1
        at += 1


@compiled
def element_of(text: Any, start: int, length: int) -> int:
    """Which element a name is, without the prefix of its namespace; -1: another one."""
    for i in range(length - 1, -1, -1):
        if text[start + i] == COLON:
            start, length = start + i + 1, length - i - 1
            break
    for element in range(len(LENGTHS)):
        if length == LENGTHS[element] and equal(text, start, LETTERS, STARTS[element], length):
            return element
    return -1


@compiled
def read_tag(text: Any, at: int, size: int) -> Tag:  # noqa: C901, PLR0915 - compiled as one loop
    """Take apart the start tag of which the name stands at ``at``. Only keys and values are known as attributes."""
    name = at
    while NAME_LETTERS[text[at]]:
        at += 1
    name_length = at - name
    element = element_of(text, name, name_length)
    key_start, key_length, start, length = 0, -1, 0, -1
    is_escaped, is_key_escaped, is_plain, newlines = False, False, False, 0
    status, is_empty = 0, False
    while True:
        before = at
        at, more = past_blanks(text, at)
        newlines += more
        if text[at] == CLOSE:
            at += 1
            break
        if text[at] == SLASH:
            is_empty = True
            status = 0 if text[at + 1] == CLOSE else stuck(at + 1, size)
            at += 2
            break
        is_key = key_length < 0 and equal(text, at, KEY, 0, 3)
        is_value = not is_key and length < 0 and equal(text, at, VALUE, 0, 5)
        if before == at or not (is_key or is_value):
            status = stuck(min(at + 5, size) if text[at] == KEY[0] or text[at] == VALUE[0] else at, size)
            break
        at, more = past_blanks(text, at + (3 if is_key else 5))
        newlines += more
        if text[at] != EQUALS:
            status = stuck(at, size)
            break
        at, more = past_blanks(text, at + 1)
        newlines += more
        if CLASSES[text[at]] != QUOTE:
            status = stuck(at, size)
            break
        first = at + 1
        if is_value:
            is_plain = key_length >= 0 and newlines == 0
        at, has_escapes, more = value_end(text, first, text[at])
        if CLASSES[text[at]] != QUOTE:
            status = stuck(at, size)
            break
        newlines += more
        if is_key:
            key_start, key_length, is_key_escaped = first, at - first, has_escapes
        else:
            start, length, is_escaped = first, at - first, has_escapes
        at += 1
    if name_length == 0 and status == 0:
        status = UNUSUAL
    return Tag(
        status,
        at,
        element,
        name_length,
        key_start,
        key_length,
        start,
        length,
        is_escaped,
        is_key_escaped,
        is_plain,
        is_empty,
        newlines,
    )
