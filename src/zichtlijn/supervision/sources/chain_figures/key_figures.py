"""The few numbers at the head of a dashboard."""

from __future__ import annotations

from collections.abc import Callable

from zichtlijn.analysis.eventlogs.prepared import Prepared

from . import lead_times, lost_hand_overs, summary, terms
from .figure import KeyFigure, Result
from .reader import Reader

ResultOf = Callable[[str], Result]


def key_figures(log: Prepared, result_of: ResultOf, reader: Reader) -> list[KeyFigure]:
    """Those that the log allows; ``result_of`` gives the result of a metric by its name."""
    found = _of_summary(result_of(summary.DEFINITION.name), reader)
    found.append(_median(result_of(lead_times.DEFINITION.name), reader))
    if not terms.METRIC.missing(log):
        found.append(_over_term(result_of(terms.DEFINITION.name), reader))
    if not lost_hand_overs.METRIC.missing(log):
        found.append(_lost(result_of(lost_hand_overs.DEFINITION.name), reader))
    return found


def _of_summary(result: Result, reader: Reader) -> list[KeyFigure]:
    gettext = reader.words.gettext
    name = summary.DEFINITION.name
    found = [KeyFigure(reader.count(result["cases"]), gettext("Cases"), name, _period(result, reader), ())]
    found.append(
        KeyFigure(
            reader.unsaid() if reader.hides(result["cases"]) else reader.count(result["events"]),
            gettext("Events"),
            name,
        )
    )
    if result["knows_open"]:
        note = gettext("at the cut-off")
        found.append(KeyFigure(summary.said_open(result, reader), gettext("Open"), name, note, (("open", "1"),)))
    return found


def _period(result: Result, reader: Reader) -> str:
    if result["first_us"] is None or reader.hides(result["cases"]):
        return ""
    words, zone = reader.words, result["time_zone"]
    first, last = words.day_of(result["first_us"], zone), words.day_of(result["last_us"], zone)
    return words.gettext("%(low)s to %(high)s", low=first, high=last)


def _median(result: Result, reader: Reader) -> KeyFigure:
    gettext, everyone = reader.words.gettext, result["everyone"]
    said = lead_times.in_unit(result, reader)
    median = None if reader.hides(everyone["cases"]) else everyone["median"][0]
    note = gettext("open cases counted")
    return KeyFigure(said(median), gettext("Median lead time"), lead_times.DEFINITION.name, note, ())


def _over_term(result: Result, reader: Reader) -> KeyFigure:
    gettext, everyone = reader.words.gettext, result["everyone"]
    share = everyone["exceeded"][0] if terms.says_share(everyone, reader) else None
    note = gettext("estimated, open cases counted")
    label = gettext("Over the term")
    return KeyFigure(reader.words.fine_share(share), label, terms.DEFINITION.name, note, (("breached", "1"),))


def _lost(result: Result, reader: Reader) -> KeyFigure:
    gettext = reader.words.gettext
    reader = reader.of_events
    note = gettext("of %(judged)s that had time enough", judged=reader.count(result["judged"]))
    label = gettext("Hand-overs lost")
    return KeyFigure(lost_hand_overs.said_number(result, reader), label, lost_hand_overs.DEFINITION.name, note)
