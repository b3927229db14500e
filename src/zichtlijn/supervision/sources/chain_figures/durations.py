"""How long closed cases took: a histogram with its middle and its tail."""

from __future__ import annotations

from dataclasses import asdict

import ibis.expr.types as ir

from zichtlijn.analysis.chains import durations
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.kernels import Instant
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.texts import gettext_noop
from zichtlijn.platform.design.drawing import Bin, Histogram

from ..chain_words import DAY_US, HOUR_US, MINUTE_US
from .figure import Figure, Result
from .metric import Arguments, Metric, whole
from .reader import Reader

DEFINITION = durations.DEFINITION
BARS = 40
WIDTHS_US = (
    *(MINUTE_US * each for each in (1, 5, 15)),
    *(HOUR_US * each for each in (1, 3, 6)),
    *(DAY_US * each for each in (1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730, 3650)),
)


def compute(engine: Engine, selection: Selection) -> Result:
    """Bars of equal width up to the time within which 99 of 100 cases were done, and one with all beyond it."""
    return _result(durations.compute(engine, selection))


def at_once(instant: Instant, selection: Selection) -> Result:
    """The same."""
    return _result(instant.durations(selection))


def _result(found: durations.Durations) -> Result:
    if found.times is None:
        return {"times": None, "open": found.open_cases, "width_us": DAY_US, "bars": [], "longer": 0}
    longest = _most_within(found, 0.99)
    width = next((width for width in WIDTHS_US if longest / width <= BARS), WIDTHS_US[-1])
    bars = found.bars(width).tolist()
    kept = max(1, -(-longest // width))
    return {
        "times": asdict(found.times),
        "open": found.open_cases,
        "width_us": width,
        "bars": bars[:kept],
        "longer": sum(bars[kept:]),
    }


def _most_within(found: durations.Durations, share: float) -> int:
    total, seen = int(found.counts.sum()), 0
    for start, count in zip(found.starts_us.tolist(), found.counts.tolist(), strict=True):
        seen += count
        if seen >= share * total:
            return int(start) + 1
    return 1


def figure(result: Result, reader: Reader) -> Figure:
    """The histogram."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    times = result["times"]
    if times is None:
        return Figure(about, verdict=gettext("No case of this selection is closed."))
    if reader.hides(times["count"]):
        return Figure(about, reader.not_shown())
    *unsaid, hides_longer = reader.hidden([*result["bars"], result["longer"]])
    unit_us, unit = _unit(result["width_us"], reader)
    width = result["width_us"] / unit_us
    bins = [Bin(i * width, (i + 1) * width, count) for i, count in enumerate(result["bars"]) if not unsaid[i]]
    marked = [(times["median_s"] * 1e6 / unit_us, gettext("median"))]
    if reader.says_tail(times["count"]):
        marked.append((times["p90_s"] * 1e6 / unit_us, gettext("90% within")))
    last = len(result["bars"]) * width
    drawing = Histogram(
        gettext("Closed cases by duration"),
        bins,
        unit,
        gettext("Cases"),
        [(value, said) for value, said in marked if value <= last],
        number=words.plain,
        count=reader.count,
    )
    message = gettext_noop(
        "Half of the %(cases)s closed cases took no more than %(median)s, and nine out of ten no more than %(p90)s."
    )
    if not reader.says_tail(times["count"]):
        message = gettext_noop("Half of the %(cases)s closed cases took no more than %(median)s.")
    verdict = gettext(
        message,
        cases=reader.count(times["count"]),
        median=reader.seconds(times["median_s"]),
        p90=reader.seconds(times["p90_s"]),
    )
    notes = _notes(result, last * unit_us, reader, with_longer=not hides_longer)
    if any(unsaid):
        notes.append(gettext("Bars of a few cases are not drawn, nor those from which their number would follow."))
    return Figure(about, verdict=verdict, drawings=(drawing,) if bins else (), notes=tuple(notes))


def _unit(width_us: int, reader: Reader) -> tuple[int, str]:
    gettext = reader.words.gettext
    if width_us >= DAY_US:
        return DAY_US, gettext("Days")
    return (HOUR_US, gettext("Hours")) if width_us >= HOUR_US else (MINUTE_US, gettext("Minutes"))


def _notes(result: Result, last_us: float, reader: Reader, *, with_longer: bool) -> list[str]:
    gettext, found = reader.words.gettext, []
    if result["longer"] and with_longer:
        message = gettext(
            "Longer than %(time)s, and not drawn: %(cases)s.",
            time=reader.words.duration(last_us),
            cases=reader.cases(result["longer"]),
        )
        found.append(message)
    if result["open"]:
        found.append(gettext("Not counted, because still open: %(cases)s.", cases=reader.cases(result["open"])))
    return found


def cases(_log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The closed cases, or those of a stretch of durations in microseconds."""
    return durations.cases_behind(selection, whole(arguments, "from_us") or 0, whole(arguments, "until_us"))


METRIC = Metric(DEFINITION, compute, figure, cases, at_once=at_once)
