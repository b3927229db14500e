"""How large and how strange a file may be before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one file. Sizes are in bytes; ``max_unpacked_ratio`` is unpacked over packed size.

    ``max_part_bytes`` bounds one XML part of a Word document, which takes some ten times as much memory.
    """

    max_bytes: int = 50 * MEBIBYTE
    max_pages: int = 5_000
    max_unpacked_bytes: int = 250 * MEBIBYTE
    max_unpacked_ratio: int = 200
    max_part_bytes: int = 64 * MEBIBYTE
    max_parts: int = 5_000
