"""What who may not see cases may choose: a part so large, and leaving out so many, that it points to nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from .figure_making import Pairs

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from zichtlijn.analysis.chains.engines import Engine
    from zichtlijn.analysis.chains.selection import Selection
    from zichtlijn.analysis.eventlogs.prepared import Dimension, Prepared

    Counts = npt.NDArray[np.int64]

YEAR, PART = "year", "part"
DIMENSIONS: dict[str, Dimension] = {
    "organisation": "organisation",
    "region": "region",
    "group": "group",
    "citizen_group": "citizen_group",
}
SMALLEST_SELECTION = 30
"""Of fewer cases, or when fewer are left out, no figures: two pages would differ by a few persons."""
ONE_AT_A_TIME = _(
    "Choose one region, group, citizen group or organisation at a time, and one whole calendar year or all years."
)
TOO_FEW = _(
    "This selection is not shown: it has fewer than %(number)s cases, or the figures of other selections would tell "
    "what so few cases have in common."
)


def asked_narrowly(query: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The question of the simple form (``year``, ``part`` as ``region:North``) in the words of any selection."""
    found = {name: [value for value in values if value] for name, values in query.items()}
    for value in found.pop(YEAR, []):
        if re.fullmatch(r"[0-9]{4}", value):
            found.setdefault("from", []).append(f"{value}-01-01")
            found.setdefault("until", []).append(f"{value}-12-31")
    for value in found.pop(PART, []):
        name, _colon, text = value.partition(":")
        if name in DIMENSIONS:
            found.setdefault(name, []).append(text)
    return found


def year_of(pairs: Pairs) -> int | None:
    """The calendar year from whose first day until whose last day a selection runs; None for any other period."""
    days = [(name, value) for name, value in pairs if name in ("from", "until")]
    year = days[0][1][:4] if days else ""
    return int(year) if sorted(days) == [("from", f"{year}-01-01"), ("until", f"{year}-12-31")] else None


def refusal(log: Prepared, pairs: Pairs) -> Any:
    """Why figures of a selection are not shown, in words; empty when they are."""
    parts = [(name, value) for name, value in pairs if name in DIMENSIONS]
    year = year_of(pairs)
    if len(parts) > 1 or (year is None and len(pairs) > len(parts)):
        return ONE_AT_A_TIME
    if _is_shown(log, parts[0] if parts else None, year):
        return ""
    return TOO_FEW % {"number": SMALLEST_SELECTION}


def years_of(log: Prepared) -> list[int]:
    """The calendar years in which a case can have started, the last first."""
    from zichtlijn.analysis.chains.local_days import LocalDays, date_of

    days, manifest = LocalDays.of(log), log.manifest
    first, last = (date_of(days.day_of(moment)).year for moment in (manifest.first_us, manifest.last_us))
    return list(range(last, first - 1, -1))


def _is_shown(log: Prepared, part: tuple[str, str] | None, year: int | None) -> bool:
    """Whether the cell, or the total, of the table of values by years may be told beside all others."""
    from zichtlijn.analysis.chains.engines.embedded import Embedded
    from zichtlijn.analysis.chains.selection import Selection
    from zichtlijn.analysis.chains.statistics.small_counts import hidden, hidden_in_table

    years = years_of(log)
    if year is not None and year not in years:
        return False
    with Embedded(log) as engine:
        of_year = _per_year(engine, Selection(), years)
        if of_year.sum() < SMALLEST_SELECTION:
            return False
        place = None if year is None else years.index(year)
        if part is None:
            return place is None or not hidden(of_year, SMALLEST_SELECTION)[place]
        table = _table(engine, part, years, of_year)
    row = 0
    if len(table) < 2:  # every case has the value
        return bool(place is None or not hidden(of_year, SMALLEST_SELECTION)[place])
    if place is None:
        totals = table.sum(axis=1)
        return bool(totals[row] >= SMALLEST_SELECTION and not hidden(totals, SMALLEST_SELECTION)[row])
    if len(years) < 2:
        return not hidden(table[:, 0], SMALLEST_SELECTION)[row] and bool(table[row, 0] >= SMALLEST_SELECTION)
    return bool(table[row, place] >= SMALLEST_SELECTION and not hidden_in_table(table, SMALLEST_SELECTION)[row, place])


def _table(engine: Engine, part: tuple[str, str], years: list[int], of_year: Counts) -> Counts:
    """Cases by value and year, the chosen value first. Who was at one organisation can also have been at another, so
    that an organisation stands against all cases without it."""
    import numpy as np

    from zichtlijn.analysis.chains.selection import Selection

    name, text = part
    dimension = DIMENSIONS[name]
    log = engine.log
    chosen = log.code(dimension, text)
    field = f"{name}s"
    codes = [chosen] if name == "organisation" else [chosen, *set(range(len(log.values(dimension)))) - {chosen}]
    rows = [_per_year(engine, Selection.from_json({field: [code]}), years) for code in codes]
    rest = of_year - np.sum(rows, axis=0)
    return np.array([*rows, rest] if rest.sum() else rows)


def _per_year(engine: Engine, selection: Selection, years: list[int]) -> Counts:
    import numpy as np
    from ibis import _ as column

    from zichtlijn.analysis.chains.answers import ask

    found = ask(engine, selection.cases().group_by("start_day").agg(count=column.count()))
    year = found["start_day"].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return np.array([int(found["count"][year == each].sum()) for each in years], dtype=np.int64)
