"""The routes of cases, each with a number."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zichtlijn.analysis.chains.answers import Answer, Numbers
from zichtlijn.analysis.chains.kernels import case_loops
from zichtlijn.analysis.chains.kernels.parts import Array
from zichtlijn.analysis.chains.kernels.times import Flags


class Routes(NamedTuple):
    """Per case the number of its route; of each route its variant and the place of its first case."""

    numbers: Array
    variants: Numbers
    first_cases: Numbers

    def counts(self, chosen: Flags) -> Answer:
        """The answer to ``variants.counts``, with the place of a case for its number."""
        counts = np.bincount(self.numbers[chosen] if len(chosen) else self.numbers, minlength=len(self.variants))
        there = np.flatnonzero(counts) if len(chosen) else slice(None)
        return {"variant": self.variants[there], "count": counts[there], "shown": self.first_cases[there]}


def routes_of(variant: Array) -> Routes:
    """The routes of cases with these variants."""
    cases = len(variant)
    places = np.full(2 ** max(1, (2 * cases).bit_length()), -1, np.int32)
    numbers, first_cases = np.empty(cases, np.int32), np.empty(cases, np.int64)
    routes = case_loops.number_routes(variant, places, numbers, first_cases)
    first_cases = first_cases[:routes].copy()
    return Routes(numbers, variant[first_cases], first_cases)
