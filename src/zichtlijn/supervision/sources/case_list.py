"""The list of cases behind a figure: what an address asks for, and what is said above the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from .agreement_wording import arguments_in_words
from .dataset_cases import Cases, Event
from .figure_making import AGREEMENT, Pairs, agreement_asked, grouped
from .figure_page import METRIC, OWN, SELECTING, asked_of, dashboard_address, metric_title
from .models import Dataset

if TYPE_CHECKING:
    from zichtlijn.analysis.eventlogs.prepared import Prepared


def cases_asked(dataset: Dataset, log: Prepared, query: QueryDict) -> tuple[Cases, tuple[str, ...]]:
    """The cases that an address asks for, and the values in it that the log does not have. Raises LogError."""
    from . import chain_figures

    metric, pairs = asked_of(query)
    selection, unknown = chain_figures.selection_of(log, grouped(pairs))
    agreement = agreement_asked(dataset, metric, pairs)
    return Cases(log, metric, selection, dict(arguments_of(query)), agreement), unknown


def arguments_of(query: QueryDict) -> Pairs:
    """The part of a figure that an address names: all that is not the metric, the selection or paging."""
    return [(name, str(query[name])) for name in query if name not in OWN and name not in SELECTING]


def frame_of(dataset: Dataset, cases: Cases, request: HttpRequest, unknown: tuple[str, ...]) -> dict[str, Any]:
    """What stands above the list. Raises PermissionDenied for who may not see cases."""
    from . import chain_figures

    query = request.GET
    if not request.user.has_perm("sources.view_cases", dataset):
        raise PermissionDenied
    number = cases.number()
    words = chain_figures.words_in(get_language())
    metric, selection = asked_of(query)
    address = QueryDict(mutable=True)
    selection = [(name, value) for name, value in selection if name != AGREEMENT]
    for name, value in selection:
        address.appendlist(name, value)
    back = dashboard_address(dataset, metric)
    return {
        "dataset": dataset,
        "metric_title": metric_title(metric, get_language()),
        "chosen": [*arguments_in_words(metric, arguments_of(query)), *selection],
        "unknown": unknown,
        "number": number,
        "number_words": chain_figures.Reader(words, 1).cases(number),
        "back": f"{back}?{address.urlencode()}" if selection else back,
        "metric": query.get(METRIC, ""),
    }


def events_in_words(events: list[Event]) -> list[dict[str, Any]]:
    """The events of a case, with the time until the next in words."""
    from . import chain_figures

    words = chain_figures.words_in(get_language())
    return [
        {
            "at": event.at,
            "activity": event.activity,
            "organisation": event.organisation,
            "hand_over": event.hand_over,
            "to_next": "" if event.to_next_us is None else words.duration(event.to_next_us),
        }
        for event in events
    ]
