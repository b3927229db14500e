"""Every request of the matrix, made from the URL configuration: addresses without an object, with one, with each thing.

Nothing here names a view that must be asked: what is in the configuration is asked.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, get_resolver, reverse

from tests.routes import Route, all_routes, examples, unnamed_routes

from .matrix_people import Person
from .matrix_world import BAIT, LABELS, Thing

# Apps of which no view takes the key of a case file. They are asked with one thing, all others with every thing.
WITHOUT_CASE_FILES = frozenset({"field", "mandate", "sources", "programme", "tasks", "lists", "accounts", "design"})
CASE_FILES = ("signals.signal", "signals.incidentfile", "comments.comment")
FORMATS = ("csv", "xlsx", "print")
STEPS_AT_ONCE = 2
LABELS_AT_ONCE = 3
NOT_ASKED = {"accounts:logout": "ends the session of who asks", "report:leave": "closes the conversation of who asks"}


@dataclass(frozen=True)
class Request:
    """One address of one route; ``thing``: whose key stands in it."""

    route: str
    address: str
    thing: str = ""


def routes() -> list[Route]:
    """Every route but the few that end what is being asked with. Raises LookupError for one without a name."""
    if unnamed := unnamed_routes():
        raise LookupError(f"routes without a name cannot be asked: {', '.join(unnamed)}")
    return [route for route in all_routes() if route.name not in NOT_ASKED]


def plain(found: list[Route], turn: int) -> Iterator[Request]:
    """Addresses that take no object: as they are, searched, exported, printed, and with every tab of the work list.

    A list of an app that knows nothing of case files is exported in one way at a ``turn``.
    """
    for route in found:
        if route.arguments:
            continue
        for query in _queries(route, turn):
            yield Request(route.name, reverse(route.name) + query)


def _queries(route: Route, turn: int) -> list[str]:
    queries = [""]
    if hasattr(getattr(route.view, "view_class", None), "table"):
        formats = FORMATS[turn % 3 :][:1] if is_elsewhere(route.name) else FORMATS
        queries += [f"?whose=all&format={each}" for each in formats]
        queries += [f"?whose=all&q={BAIT}"]
    if route.name == "signals:work-list":
        queries += [f"?whose={each}" for each in ("mine", "team", "unassigned", "all")]
    if route.name == "search":
        queries += [f"?q={BAIT}"]
        from zichtlijn.platform.search.registry import searchables

        queries += [f"?q={BAIT}&type={each.model_label}" for each in searchables()]
    if route.name == "casefiles:file-list":
        queries += [f"?kind={each}" for each in CASE_FILES]
    return queries


def calendar_of(person: Person) -> list[Request]:
    """The calendar of who asks, by the secret in its address."""
    if not person.calendar:
        return []
    return [Request("notices:calendar", reverse("notices:calendar", args=[person.calendar]))]


def of_examples(found: list[Route]) -> list[Request]:
    """Every route that takes an object, with the first object of the register that fits."""
    with_objects = [route for route in found if route.arguments]
    return [Request(name, address) for name, address in examples(with_objects).items()]


def of_thing(found: list[Route], thing: Thing, turn: int) -> Iterator[Request]:
    """Every route that takes an object, with the key of a thing in every place that can hold it.

    Steps, and the labels of parts, are asked a few at a ``turn``: over all people and things each has its turn.
    """
    for route in found:
        if not route.arguments or (is_elsewhere(route.name) and thing.name != "restricted"):
            continue
        for values in _values(route, thing, turn):
            try:
                yield Request(route.name, reverse(route.name, kwargs=values), thing.name)
            except NoReverseMatch:
                continue


def is_elsewhere(name: str) -> bool:
    """True for a route of an app that knows nothing of case files."""
    return name.partition(":")[0] in WITHOUT_CASE_FILES


def _values(route: Route, thing: Thing, turn: int) -> Iterator[dict[str, Any]]:
    """What goes into the arguments of a route to lead to the thing."""
    values: dict[str, Any] = {}
    for name in route.arguments:
        if name in ("pk", "access_pk", "change_pk", "evidence_pk", "object_id", "nummer"):
            values[name] = thing.key
        elif name == "uid":
            values[name] = uuid.UUID(int=thing.key)
        elif name in ("kenmerk", "reference"):
            values[name] = thing.reference
        elif name == "number":
            values[name] = 1
        elif name not in ("label", "step"):
            values[name] = "anything"
    labels = _labels(route, turn) if "label" in route.arguments else ()
    steps = _turn_of(every_step(), turn, STEPS_AT_ONCE) if "step" in route.arguments else ()
    for label in labels or (None,):
        for step in steps or (None,):
            yield values | ({"label": label} if label else {}) | ({"step": step} if step else {})


def _labels(route: Route, turn: int) -> tuple[str, ...]:
    """The case files always, their parts in turn."""
    if route.name.partition(":")[0] not in ("events", "trace"):
        return CASE_FILES
    return (*CASE_FILES, *_turn_of(LABELS, turn, LABELS_AT_ONCE))


def _turn_of(names: tuple[str, ...], turn: int, most: int) -> tuple[str, ...]:
    return tuple(names[(turn * most + number) % len(names)] for number in range(most))


@cache
def every_step() -> tuple[str, ...]:
    """Every step that some table or page of steps knows, found in the views themselves."""
    found = {"edit"}
    for route in _all_views(get_resolver().url_patterns):
        offered = getattr(route, "__globals__", {}).get("STEPS")
        found |= set(offered) if isinstance(offered, dict) else set()
    from zichtlijn.supervision.signals.transitions import STEP_PERMISSIONS

    for table in STEP_PERMISSIONS.values():
        found |= set(table)
    return tuple(sorted(found))


def _all_views(patterns: list[Any]) -> Iterator[Any]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _all_views(pattern.url_patterns)
        else:
            view = pattern.callback
            while hasattr(view, "__wrapped__"):
                view = view.__wrapped__
            yield view
