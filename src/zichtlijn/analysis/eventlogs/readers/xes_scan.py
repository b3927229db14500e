"""One walk over the bytes of XES text, compiled: which attribute stands in which row, and where its value is.

Rows of a log tend to repeat: the attribute that follows, how its tag is written, and often its value. So the tag of the
attribute that followed last time is compared first, then the value it had last time; only what differs is taken apart
and looked up. What is not plain XES (text, CDATA, processing instructions, unknown elements or attributes, wrong
nesting) is not judged here: the scan says ``UNUSUAL``, and the reader on expat takes over.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zichtlijn.analysis.eventlogs.readers.xes_bytes import (
    BANG,
    CLOSE,
    CROWDED,
    END,
    FULL,
    LIST,
    OPEN,
    SLASH,
    TRACE,
    UNUSUAL,
    compiled,
    equal,
    hash_of,
    past_blanks,
    past_comment,
    read_tag,
    stuck,
    value_end,
)

# Places in ``Block.state``: what was found up to the end of the last whole trace.
POSITION, NEWLINES, CELLS, EVENTS, TRACES, ENTRIES, NESTED = range(7)
CASE_LEVEL, EVENT_LEVEL = 0, 1
IN_LOG, IN_TRACE, IN_EVENT = 0, 1, 2
DEEPEST = 64
# What a tag is, there where it stands; LEFT: within an attribute, of which nothing is read.
WRONG, ROW, NEST, ATTRIBUTE, LEFT = range(5)


class Known(NamedTuple):
    """The attributes known so far: level, element and key make one. Kept from block to block.

    ``size`` is how many there are, and how many of ``letters`` are used: keys, and tags up to the value. ``follower``
    is the attribute that came next last time; its last two are the first of a trace and of an event.
    """

    size: NDArray[np.int64]
    letters: NDArray[np.uint8]
    level: NDArray[np.uint8]
    element: NDArray[np.uint8]
    key_start: NDArray[np.int64]
    key_length: NDArray[np.int64]
    tag_start: NDArray[np.int64]
    tag_length: NDArray[np.int64]
    follower: NDArray[np.int32]
    slots: NDArray[np.int32]


class Block(NamedTuple):
    """What is found in a block. An entry is a different value of an attribute; a cell is an entry in a row."""

    cell_row: NDArray[np.int32]
    cell_entry: NDArray[np.int32]
    cell_line: NDArray[np.int32]
    event_line: NDArray[np.int32]
    event_trace: NDArray[np.int32]
    entry_start: NDArray[np.int64]
    entry_length: NDArray[np.int32]
    entry_attribute: NDArray[np.int32]
    entry_hash: NDArray[np.uint64]
    entry_escaped: NDArray[np.bool_]
    last_entry: NDArray[np.int32]
    slots: NDArray[np.int32]
    nested_lines: NDArray[np.int64]
    state: NDArray[np.int64]


@compiled
def _attribute(  # noqa: PLR0917 - compiled code takes arrays by place
    text: Any, at: int, tag: Any, level: int, seed: Any, known: Any
) -> int:
    """The number of an attribute, which is added when it is new; -1 when there is no room for it."""
    mask = len(known.slots) - 1
    code = hash_of(text, tag.key_start, tag.key_length, seed)
    slot = np.int64(code & np.uint64(mask))
    while known.slots[slot] >= 0:
        number = known.slots[slot]
        if (
            known.level[number] == level
            and known.element[number] == tag.element
            and known.key_length[number] == tag.key_length
            and equal(text, tag.key_start, known.letters, known.key_start[number], tag.key_length)
        ):
            return int(number)
        slot = (slot + 1) & mask
    number, used = known.size
    length = tag.value_start - at if tag.is_plain else 0
    if number >= len(known.level) or used + tag.key_length + length + 8 > len(known.letters):
        return -1
    known.slots[slot] = number
    known.level[number], known.element[number] = level, tag.element
    known.key_start[number], known.key_length[number] = used, tag.key_length
    known.letters[used : used + tag.key_length] = text[tag.key_start : tag.key_start + tag.key_length]
    used += tag.key_length
    known.tag_start[number], known.tag_length[number] = used, length
    known.letters[used : used + length] = text[at : at + length]
    known.size[0], known.size[1] = number + 1, used + length
    return int(number)


@compiled
def _entry(  # noqa: PLR0917 - compiled code takes arrays by place
    text: Any, start: int, length: int, attribute: int, seed: Any, entries: int, block: Any
) -> int:
    """The number of the entry with this value; ``entries`` when it is a new one."""
    mask = len(block.slots) - 1
    code = hash_of(text, start, length, seed ^ (np.uint64(attribute + 1) << np.uint64(40)))
    slot = np.int64(code & np.uint64(mask))
    while block.slots[slot] >= 0:
        entry = block.slots[slot]
        if (
            block.entry_hash[entry] == code
            and block.entry_attribute[entry] == attribute
            and block.entry_length[entry] == length
            and equal(text, start, text, block.entry_start[entry], length)
        ):
            return int(entry)
        slot = (slot + 1) & mask
    block.slots[slot] = entries
    block.entry_start[entries], block.entry_length[entries] = start, length
    block.entry_attribute[entries], block.entry_hash[entries] = attribute, code
    return entries


@compiled
def _tag_end(text: Any, at: int) -> Any:
    """Past the end of a tag, whether it is the end, whether the element is empty, and newlines."""
    at, newlines = past_blanks(text, at)
    if text[at] == SLASH and text[at + 1] == CLOSE:
        return at + 2, True, True, newlines
    return at + 1, text[at] == CLOSE, False, newlines


@compiled
def _end_tag(text: Any, at: int, name_start: int, name_length: int) -> Any:
    """Past the end tag of an element with this name, whether it is that, and newlines."""
    after = at + 2 + name_length
    if not equal(text, at + 2, text, name_start, name_length):
        return after, False, 0
    at, newlines = past_blanks(text, after)
    return at, text[at] == CLOSE, newlines


@compiled
def _meant(tag: Any, depth: int, row_depth: int) -> int:
    """What a tag is, there where it stands."""
    if depth != row_depth:
        # nobody looks at what is left, so nobody would see a broken entity in it
        return WRONG if tag.is_escaped or tag.is_key_escaped else LEFT
    if tag.element >= TRACE:
        # Nothing but traces in the log, events in traces, and attributes in both.
        return WRONG if tag.element != TRACE + depth or tag.key_length >= 0 or tag.value_length >= 0 else ROW
    if depth == IN_LOG or tag.element < 0:
        return WRONG
    if tag.element >= LIST:
        return WRONG if tag.is_escaped or tag.is_key_escaped else NEST
    return WRONG if tag.key_length <= 0 or tag.value_length < 0 else ATTRIBUTE


@compiled
def _keep(  # noqa: PLR0917 - compiled code takes arrays by place
    state: Any, at: int, newlines: int, cells: int, events: int, traces: int, entries: int, nested: int
) -> None:
    """A trace is whole: what was found so far counts."""
    state[POSITION], state[NEWLINES], state[CELLS] = at, newlines, cells
    state[EVENTS], state[TRACES], state[ENTRIES], state[NESTED] = events, traces, entries, nested


@compiled
def _note(lines: Any, number: int, line: int) -> int:
    """One more; of the first ones the line is kept."""
    if number < len(lines):
        lines[number] = line
    return number + 1


@compiled
def scan(  # noqa: C901, PLR0912, PLR0915 - what is handed all arrays of a block is no longer compiled into the loop
    text: Any, size: int, seed: Any, known: Any, block: Any
) -> Any:
    """Walk over ``size`` bytes that begin between two traces. What is found stands in ``block``.

    Returns ``MORE`` when the text ends, ``END`` at the end tag of the log, ``UNUSUAL``, or that there is no room for
    more attributes (``FULL``) or entries (``CROWDED``). ``block.state`` tells about the whole traces only: the
    next block must begin at ``state[POSITION]``.
    """
    block.state[:] = 0
    block.slots[:] = -1
    block.last_entry[:] = -1
    heads = len(known.follower) - 2
    open_start, open_length = np.zeros(DEEPEST, np.int64), np.zeros(DEEPEST, np.int64)
    at = newlines = cells = events = traces = entries = nested = 0
    depth = row_depth = IN_LOG
    before, nested_line = heads, -1
    while True:
        at, more = past_blanks(text, at)
        newlines += more
        if text[at] != OPEN:
            return stuck(at, size)

        if text[at + 1] == SLASH:
            if depth == IN_LOG:
                return END
            at, is_end, more = _end_tag(text, at, open_start[depth], open_length[depth])
            if not is_end:
                return stuck(at, size)
            newlines += more
            at += 1
            depth -= 1
            if depth < row_depth:
                row_depth = depth
                if depth == IN_LOG:
                    _keep(block.state, at, newlines, cells, events, traces, entries, nested)
            continue

        if text[at + 1] == BANG:
            at, more, status = past_comment(text, at, size)
            if status != 0:
                return status
            newlines += more
            continue

        line, attribute, start = newlines, -1, 0
        # The attribute that followed last time, if it is the one that stands here.
        if depth == row_depth and depth != IN_LOG:
            guess = known.follower[before]
            if guess >= 0 and known.level[guess] == depth - 1:
                length = known.tag_length[guess]
                if length > 0 and equal(text, at, known.letters, known.tag_start[guess], length):
                    attribute, start = guess, at + length
        if attribute >= 0:
            length, quote, is_escaped = -1, text[start - 1], False
            entry = block.last_entry[attribute]
            if entry >= 0 and not block.entry_escaped[entry]:
                same = block.entry_length[entry]
                if equal(text, start, text, block.entry_start[entry], same) and text[start + same] == quote:
                    length = same
            if length < 0:
                end, is_escaped, more = value_end(text, start, quote)
                if text[end] != quote:
                    return stuck(end, size)
                newlines += more
                length = end - start
                entry = -1
            name_start, name_length = at + 1, 0
            at, is_end, is_empty, more = _tag_end(text, start + length + 1)
            if not is_end:
                return stuck(at, size)
            newlines += more
            while not is_empty and text[name_start + name_length] > 32:
                name_length += 1
        else:
            tag = read_tag(text, at + 1, size)
            if tag.status != 0:
                return tag.status
            newlines += tag.newlines
            name_start, name_length, is_empty = at + 1, tag.name_length, tag.is_empty
            meant = _meant(tag, depth, row_depth)
            if meant == WRONG:
                return UNUSUAL
            if meant == ROW:
                at = tag.end
                if depth == IN_LOG:
                    traces += 1
                else:
                    block.event_line[events], block.event_trace[events] = line, traces - 1
                    events += 1
                before = heads + depth
                if not is_empty:
                    depth += 1
                    row_depth = depth
                    open_start[depth], open_length[depth] = name_start, name_length
                elif depth == IN_LOG:
                    _keep(block.state, at, newlines, cells, events, traces, entries, nested)
                continue
            if meant == NEST:
                nested = _note(block.nested_lines, nested, line)
                nested_line = -1
            elif meant == ATTRIBUTE:
                attribute = _attribute(text, at, tag, depth - 1, seed, known)
                if attribute < 0:
                    return FULL
                start, length, is_escaped, entry = tag.value_start, tag.value_length, tag.is_escaped, -1
            elif depth == row_depth + 1 and nested_line >= 0:
                nested = _note(block.nested_lines, nested, nested_line)
            at = tag.end

        if attribute >= 0:
            if entry < 0:
                entry = _entry(text, start, length, attribute, seed, entries, block)
                if 2 * entries >= len(block.slots):
                    return CROWDED
                if entry == entries:
                    block.entry_escaped[entry] = is_escaped
                    entries += 1
                block.last_entry[attribute] = entry
            block.cell_row[cells] = events - 1 if depth == IN_EVENT else traces - 1
            block.cell_entry[cells], block.cell_line[cells] = entry, line
            cells += 1
            known.follower[before] = attribute
            before = attribute
            nested_line = line
        if not is_empty:
            depth += 1
            if depth >= DEEPEST:
                return UNUSUAL
            open_start[depth], open_length[depth] = name_start, name_length
