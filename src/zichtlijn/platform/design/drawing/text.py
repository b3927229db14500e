"""How wide words are, and where they break: advance widths of Source Sans 3 in thousandths of the font size."""

from __future__ import annotations

from functools import lru_cache

_WIDTHS: dict[str, int] = {
    **dict.fromkeys("0123456789$€", 497),
    **dict.fromkeys(" .,:;'|!", 250),
    **dict.fromkeys("()[]/-", 310),
    **dict(zip("abcdefghijklm", (504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829), strict=True)),
    **dict(zip("nopqrstuvwxyz", (547, 542, 555, 555, 347, 419, 338, 544, 467, 719, 446, 467, 425), strict=True)),
    **dict(zip("ABCDEFGHIJKLM", (544, 588, 571, 615, 527, 494, 617, 652, 263, 480, 579, 486, 727), strict=True)),
    **dict(zip("NOPQRSTUVWXYZ", (647, 664, 569, 664, 569, 534, 536, 645, 515, 786, 513, 476, 539), strict=True)),
}
_OTHER = 580
_SEAMS = ("ings", "heids", "teits", "schaps", "tions", "ties")  # how the first part of a Dutch compound often ends
_LEAST_REST = 4
_MARGIN = 1.06  # another font, or a heavier weight, must still fit


@lru_cache(maxsize=4096)
def width(words: str, size: float = 14) -> float:
    """The width of one line in pixels at ``size`` pixels, rather too wide than too narrow."""
    return sum(_WIDTHS.get(letter, _OTHER) for letter in words) * size / 1000 * _MARGIN


def wrap(words: str, limit: float, size: float = 14, max_lines: int = 3) -> list[str]:
    """``words`` in lines of at most ``limit`` pixels; too long a word is cut, and what does not fit ends in "…"."""
    lines: list[str] = []
    line = ""
    for word in _pieces(words, limit, size):
        longer = f"{line} {word}".strip()
        if line and width(longer, size) > limit:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], shorten(" ".join(lines[max_lines - 1 :]), limit, size)]
    return lines


def shorten(words: str, limit: float, size: float = 14) -> str:
    """``words`` on one line of at most ``limit`` pixels, ended with "…" when cut; "" when not even that fits."""
    if width(words, size) <= limit:
        return words
    for length in range(len(words) - 1, 0, -1):
        candidate = words[:length].rstrip() + "…"
        if width(candidate, size) <= limit:
            return candidate
    return ""


def _pieces(words: str, limit: float, size: float) -> list[str]:
    """The words, with those that are wider than a line cut in pieces that fit."""
    pieces: list[str] = []
    for word in words.split():
        rest = word
        while width(rest, size) > limit and len(rest) > 1:
            length = _cut(rest, limit, size)
            pieces.append(rest[:length] + "-")
            rest = rest[length:]
        pieces.append(rest)
    return pieces


def _cut(word: str, limit: float, size: float) -> int:
    """Where a long word is cut: after the first part of a compound where that can be seen, with a fair rest."""
    fits = [n for n in range(2, len(word)) if width(word[:n] + "-", size) <= limit] or [1]
    seams = [n for n in fits if word[:n].lower().endswith(_SEAMS) and len(word) - n >= _LEAST_REST]
    fair = [n for n in fits if len(word) - n >= _LEAST_REST] or fits
    return (seams or fair)[-1]
