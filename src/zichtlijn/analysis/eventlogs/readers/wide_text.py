"""Text in UTF-16 that does not say so: in nearly all of its letters one of the two bytes is zero."""

from __future__ import annotations

import re
from typing import Literal

Wide = Literal["utf-16-le", "utf-16-be"]
_LOOKED_AT = 2000  # bytes
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CLEAR, _SOME, _STRAY = 0.8, 0.3, 0.05  # shares of the bytes at one of the two places


def wide_encoding(start: bytes) -> Wide | None:
    """Of a file that begins with these bytes, when it is clearly in UTF-16; None otherwise."""
    return _wide(start, _CLEAR)


def seems_wide(start: bytes) -> bool:
    """Whether it may be UTF-16 all the same, as it is with many letters of another script than ours."""
    return _wide(start, _SOME) is not None


def _wide(start: bytes, share: float) -> Wide | None:
    looked_at = start[:_LOOKED_AT]
    half = len(looked_at) // 2
    zeros = [looked_at[place::2].count(0) for place in (0, 1)]
    if not half or max(zeros) <= share * half or min(zeros) >= _STRAY * half:
        return None
    encoding: Wide = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    return None if _NO_TEXT.search(looked_at.decode(encoding, errors="replace")) else encoding
