"""Words that were split at a line end, made whole with or without their hyphen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST = re.compile(r"[^\W\d_]+")
# So many lines show which words a document uses.
_LINES_READ = 30_000
# "in- en uitvoer": these follow a hyphen that stays, with a space.
_JOINING = frozenset({"en", "of", "dan", "tot", "als", "and", "or"})


class Hyphens:
    """Decides by the other words of the document whether a hyphen at a line end belongs to the word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words = Counter(_WORD.findall("\n".join(islice(lines, _LINES_READ))))

    def join(self, before: str, after: str) -> str:
        """Two lines of one paragraph as one text, where the first ends in the middle of a word, without its hyphen."""
        following = _FIRST.match(after)
        if following is None or following.group(0) in _JOINING:
            return f"{before}- {after}"
        start, rest = _last_word(before), following.group(0)
        return f"{before}-{after}" if self._keeps_hyphen(start, rest) else f"{before}{after}"

    def _keeps_hyphen(self, start: str, rest: str) -> bool:
        whole, hyphened = self._words[start + rest], self._words[f"{start}-{rest}"]
        if whole != hyphened:
            return hyphened > whole
        return not rest[0].islower() or start[-1:].isupper() or start[-1:].isdigit() or not start


def _last_word(text: str) -> str:
    start = len(text)
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "-"):
        start -= 1
    return text[start:]
