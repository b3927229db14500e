"""A number for the activities of a case in their order, the same on every engine and in every log.

Of each event a number is made out of the text of its activity and its position; the variant is the exclusive or of
those of a case, as positions of a game are hashed (Zobrist 1970). It depends on no codes, buckets or order of rows.
"""

from __future__ import annotations

import numpy as np

from zichtlijn.analysis.eventlogs.prepare.row_loops import compiled
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import Codes, Longs

# Odd multipliers without structure, from the fractional digits of pi. Those of 31 bits meet the high half of a number,
# which has 32, those of 32 bits the low half, which has 31: no product passes 63 bits.
SPREAD = 0x243F6A89
ROUNDS = ((0x85A308D3, 0x13198A2F), (0xA4093823, 0x299F31D1))
HALF = 0x7FFFFFFF


def variants(text_numbers: Longs, activity: Codes, bounds: Longs) -> Longs:
    """Per case; ``text_numbers``: per activity its ``number_of_text``; ``bounds``: the first row of each case, and the
    number of rows."""
    found = np.empty(len(bounds) - 1, np.int64)
    _fill(text_numbers, activity, bounds, found)
    return found


@compiled
def _fill(text_numbers, activity, bounds, found):  # type: ignore[no-untyped-def]
    (first_low, first_high), (second_low, second_high) = ROUNDS
    for case in range(len(found)):
        together = np.int64(0)
        for row in range(bounds[case], bounds[case + 1]):
            number = text_numbers[activity[row]] ^ ((row - bounds[case]) * SPREAD)
            number = ((number & HALF) * first_low) ^ ((number >> 31) * first_high)
            number ^= number >> 32
            number = ((number & HALF) * second_low) ^ ((number >> 31) * second_high)
            together ^= number ^ (number >> 32)
        found[case] = together
