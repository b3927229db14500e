"""Figures that need more than the log, by name: what was agreed, and what organisations state about themselves.

``contents`` is the plain JSON of such an agreement, as it is kept with a dataset.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared

from . import conformance, self_monitoring
from .figure import Figure, Result
from .metric import Arguments
from .reader import Reader

MOST_KEPT = 100
_kept: OrderedDict[tuple[str, ...], Result] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class AgreedMetric:
    """As ``Metric``, with the contents of an agreement. ``of_selection``: whether it can be about a part of the log."""

    definition: Definition
    compute: Callable[[Engine, Any, Selection], Result]
    figure: Callable[[Result, Reader], Figure]
    cases: Callable[[Prepared, Any, Selection, Arguments], ir.Table]
    of_selection: bool


AGREED: dict[str, AgreedMetric] = {
    each.definition.name: each
    for each in (
        AgreedMetric(
            conformance.DEFINITION,
            lambda engine, contents, selection: conformance.compute(engine, conformance.read(contents), selection),
            conformance.figure,
            lambda log, contents, selection, arguments: conformance.cases(
                log, conformance.read(contents), selection, arguments
            ),
            of_selection=True,
        ),
        AgreedMetric(
            self_monitoring.DEFINITION,
            lambda engine, contents, _selection: self_monitoring.compute(engine, self_monitoring.read(contents)),
            self_monitoring.figure,
            lambda log, contents, _selection, arguments: self_monitoring.cases(
                log, self_monitoring.read(contents), arguments
            ),
            of_selection=False,
        ),
    )
}


def compute_agreed(name: str, log: Prepared, contents: Any, selection: Selection) -> dict[str, Any]:
    """Plain JSON, the same for the same log, agreement and selection. Raises LogError."""
    chosen = AGREED[name]
    with Embedded(log) as engine:
        found = chosen.compute(engine, contents, selection if chosen.of_selection else EVERYTHING)
    plain: dict[str, Any] = json.loads(json.dumps(found))
    return plain


def cached_agreed(name: str, log: Prepared, digest: str, contents: Any, selection: Selection) -> Mapping[str, Any]:
    """The same from memory when this process computed it before; ``digest`` is that of the agreement."""
    chosen = selection if AGREED[name].of_selection else EVERYTHING
    key = (log.manifest.digest, name, digest, json.dumps(chosen.as_json(), sort_keys=True))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = compute_agreed(name, log, contents, chosen)
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found
