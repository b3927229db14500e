"""A number for the activities of a case in their order, the same on every engine and in every log.

Of each event a number is made out of the text of its activity and its position; the variant is the exclusive or of
those of a case, as positions of a game are hashed (Zobrist 1970). It depends on no codes, buckets or order of rows.
"""

from __future__ import annotations

import numpy as np

from zichtlijn.analysis.eventlogs.prepare.sorted_rows import Longs

# Odd multipliers without structure, from the fractional digits of pi. Those of 31 bits meet the high half of a number,
# which has 32, those of 32 bits the low half, which has 31: no product passes 63 bits.
SPREAD = 0x243F6A89
ROUNDS = ((0x85A308D3, 0x13198A2F), (0xA4093823, 0x299F31D1))
HALF = 0x7FFFFFFF


def mixed(text_number: Longs, position: Longs) -> Longs:
    """Per event a number of 63 bits; ``text_number`` is ``number_of_text`` of its activity."""
    number = text_number ^ (position * SPREAD)
    for low, high in ROUNDS:
        number = ((number & HALF) * low) ^ ((number >> 31) * high)
        number ^= number >> 32
    return number


def variants(text_number: Longs, position: Longs, starts: Longs) -> Longs:
    """Per case; ``starts`` are the first events of the cases."""
    return np.bitwise_xor.reduceat(mixed(text_number, position), starts)
