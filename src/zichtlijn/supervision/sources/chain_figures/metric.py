"""A metric as a page uses it: what is computed, what is shown of it, and which cases are behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import ibis.expr.types as ir

from zichtlijn.analysis.chains.definitions import Definition
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.kernels import Instant
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.described import DescribedLog
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepared import Dimension, Prepared
from zichtlijn.analysis.texts import gettext_noop

from .figure import Figure, Result
from .reader import Reader

Need = Literal["organisation", "region", "group", "term", "sending", "unit"]
NEEDS: dict[Need, str] = {
    "organisation": gettext_noop("The registration does not say which organisation did what."),
    "region": gettext_noop("The registration does not say to which region a case belongs."),
    "group": gettext_noop("The registration knows no groups of cases."),
    "term": gettext_noop("The registration has no terms, and none was given."),
    "sending": gettext_noop("No activities are known that say to which organisation a case is sent."),
    "unit": gettext_noop("The registration knows no regions or groups to compare."),
}
UNKNOWN_VALUE = gettext_noop("%(value)s does not occur in this log.")
Arguments = Mapping[str, str]


@dataclass(frozen=True)
class Metric:
    """``compute`` gives plain JSON, ``figure`` shows it, ``cases`` gives the ``case_no`` behind it or behind a part.

    ``at_once`` gives what ``compute`` gives, from columns in memory.
    """

    definition: Definition
    compute: Callable[[Engine, Selection], Result]
    figure: Callable[[Result, Reader], Figure]
    cases: Callable[[Prepared, Selection, Arguments], ir.Table]
    needs: tuple[Need, ...] = ()
    at_once: Callable[[Instant, Selection], Result] | None = None

    def missing(self, log: DescribedLog) -> tuple[str, ...]:
        """Why this cannot be computed of a log; empty when it can."""
        return tuple(NEEDS[need] for need in self.needs if not _has(log, need))


def _has(log: DescribedLog, need: Need) -> bool:
    if need == "term":
        mapping = log.manifest.mapping
        return mapping.column("term_date") is not None or mapping.term_days is not None
    if need == "sending":
        return bool(log.manifest.mapping.sent_to)
    if need == "unit":
        return any(len(log.values(each)) > 1 for each in ("region", "group", "citizen_group"))
    return bool(log.values(need))


def code(log: Prepared, dimension: Dimension, arguments: Arguments, name: str) -> int | None:
    """The code that an argument names; None when it was not given. Raises LogError for a value that does not occur."""
    value = arguments.get(name)
    return None if value is None else log.code(dimension, value)


def whole(arguments: Arguments, name: str) -> int | None:
    """A whole number among the arguments. Raises LogError for anything else."""
    value = arguments.get(name)
    if value is None:
        return None
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
        raise LogError("unknown-value", UNKNOWN_VALUE, value=value, dimension=name)
    return int(value)
