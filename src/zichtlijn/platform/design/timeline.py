"""History as shown: who did what and when, with what it was before and became."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Change:
    """One field before and after; values are shown as text, None as empty."""

    label: Any
    before: Any = None
    after: Any = None

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The difference word by word. What was empty before is shown as it is now: marking all of it says nothing."""
        if self.before in (None, "") and self.after not in (None, ""):
            return [("same", _text(self.after))]
        return list(word_difference(_text(self.before), _text(self.after)))


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    when: datetime | date
    what: Any
    who: Any = ""
    reason: Any = ""
    url: str = ""
    tone: str = "neutral"
    changes: Sequence[Change] = field(default_factory=tuple)


def word_difference(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Parts ``("same" | "gone" | "new", text)`` that turn ``before`` into ``after``.

    Texts with hardly a word in common are shown as one part gone and one part new, which reads better than confetti.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    if 2 * common < min(len(old), len(new)):
        yield from ((kind, text) for kind, text in (("gone", before), ("new", after)) if text)
        return
    for operation, a1, a2, b1, b2 in matcher.get_opcodes():
        if operation == "equal":
            yield "same", "".join(old[a1:a2])
            continue
        if a2 > a1:
            yield "gone", "".join(old[a1:a2])
        if b2 > b1:
            yield "new", "".join(new[b1:b2])


def _text(value: Any) -> str:
    return "" if value is None else str(value)
