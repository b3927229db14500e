"""Computing metrics by name, with what was computed before at hand."""

from __future__ import annotations

import json
import math
from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.kernels import Instant
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.texts import gettext_noop

from ..chain_words import words_in
from .agreed import AGREED
from .at_once import instant_for
from .catalogue import METRICS
from .figure import Figure, Result
from .keeping import kept_or
from .metric import Metric
from .reader import Reader

MOST_KEPT = 500
NEEDS_PREPARED = gettext_noop("This figure needs a prepared log.")
MOST_ROWS = 60
_kept: OrderedDict[tuple[str, str, str], Result] = OrderedDict()
_lock = Lock()


def metric(name: str) -> Metric:
    """Raises LogError for a name that there is not."""
    try:
        return METRICS[name]
    except KeyError as error:
        raise LogError("unknown-metric", gettext_noop("There is no figure %(name)s."), name=name) from error


def missing(name: str, log: DescribedLog) -> tuple[str, ...]:
    """Why a figure cannot be made of a log, as translation keys; empty when it can."""
    return metric(name).missing(log)


def compute_at_once(name: str, instant: Instant, selection: Selection) -> dict[str, Any]:
    """Plain JSON as of ``compute``, from columns in memory. Raises LogError where they lack what is needed."""
    chosen = metric(name)
    for reason in chosen.missing(instant.log):
        raise LogError("figure-not-possible", reason)
    if chosen.at_once is None:
        raise LogError("figure-not-possible", NEEDS_PREPARED)
    found: dict[str, Any] = _plain(chosen.at_once(instant, selection))
    return found


def compute(name: str, log: Prepared, selection: Selection, *, engine: Engine | None = None) -> dict[str, Any]:
    """Plain JSON, the same for the same log and selection, whoever computes it.

    Raises LogError where the log lacks what is needed.
    """
    chosen = metric(name)
    instant = instant_for(log, engine) if chosen.at_once else None
    if instant:
        return compute_at_once(name, instant, selection)
    for reason in chosen.missing(log):
        raise LogError("figure-not-possible", reason)
    if engine is not None:
        found: dict[str, Any] = _plain(chosen.compute(engine, selection))
        return found
    with Embedded(log) as embedded:
        return compute(name, log, selection, engine=embedded)


def cached(name: str, log: Prepared, selection: Selection, *, engine: Engine | None = None) -> Result:
    """The same, from memory or, of a whole log, from beside it when it was computed before."""
    key = (log.manifest.digest, name, json.dumps(selection.as_json(), sort_keys=True))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    result = _asked(name, log, selection, engine)
    with _lock:
        _kept[key] = result
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return result


def _asked(name: str, log: Prepared, selection: Selection, engine: Engine | None) -> Result:
    if not selection.is_all:
        return compute(name, log, selection, engine=engine)
    return kept_or(log, name, lambda: compute(name, log, selection, engine=engine))


def compute_ahead(log: Prepared, tell: Callable[[str, float], None]) -> None:
    """Compute and keep every figure of the whole log; ``tell`` hears the name of each, and how far it is."""
    names = [name for name, metric in METRICS.items() if not metric.missing(log)]
    with Embedded(log) as engine:
        for number, name in enumerate(names):
            tell(METRICS[name].definition.title, number / len(names))
            cached(name, log, EVERYTHING, engine=engine)


def figure_of(name: str, result: Result, reader: Reader) -> Figure:
    """What is shown of a result."""
    chosen = AGREED.get(name) or metric(name)
    return chosen.figure(result, reader)


def result_table(name: str, result: Result, reader: Reader | None = None) -> tuple[list[str], list[list[str]]]:
    """The figure as one small table: that of the figure, else (part of) that of its drawing, else its sentence."""
    figure = figure_of(name, result, reader or Reader(words_in(None)))
    for table in figure.tables:
        return [head.words for head in table.heads], [list(row.cells) for row in table.rows]
    for drawing in figure.drawings:
        twin = drawing.twin()
        step = max(1, -(-len(twin.rows) // MOST_ROWS))
        return list(twin.heads), [list(row) for row in twin.rows[::step]]
    return [figure.about.title], [[figure.verdict]]


def cases_behind(name: str, log: Prepared, selection: Selection, arguments: Mapping[str, str]) -> ir.Table:
    """The ``case_no`` of the cases that a figure, or the part that ``arguments`` name, is about.

    Raises LogError for a figure or value that there is not.
    """
    return metric(name).cases(log, selection, arguments)


def _plain(value: Any) -> Any:
    """JSON has no infinity and no NaN: both are null there."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
