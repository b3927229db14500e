"""Every address, as every role, about every kind of case file: nobody reads, counts or changes what is not for him.

Generated from the URL configuration: a new route is in it by itself. What was asked is kept in
``benchmarks/results/access_matrix.json``.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from tests.routes import Route, unnamed_routes
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.casefiles.models import NeedToKnow
from zichtlijn.platform.events.models import Event

from . import matrix_leaks, matrix_refusals, matrix_requests
from .matrix_asking import Asking, ask, words_in_event
from .matrix_people import ROLES, STAFF, Browser
from .matrix_requests import calendar_of
from .matrix_world import LABELS, SEEN_BY, build

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks/results/access_matrix.json"
INSIDE = [name for name in ROLES if name in STAFF]
OTHERS = [name for name in ROLES if name not in STAFF]
GROUPS = {"staff 1": INSIDE[::3], "staff 2": INSIDE[1::3], "staff 3": INSIDE[2::3], "others 1": OTHERS[::2],
          "others 2": OTHERS[1::2]}  # fmt: skip
# Models with a key that leads to a case file and of which no page shows rows by themselves.
NOT_SHOWN = {
    "signals.signallink": "shown through both signals, each of which must be seen (queries.signal.links_of)",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The people and the things, made once for all tests that a worker has of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _quick_refusals(monkeypatch):
    """Thousands of refusals are asked for; the page and the line in the log of each take longer than the refusal."""
    matrix_refusals.make_once(monkeypatch)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_nobody_finds_what_is_not_for_him(world, db, figures, group):
    wrong, asked = [], {}
    for name in GROUPS[group]:
        found = Asking(world, world.people[name], list(ROLES).index(name)).everything()
        wrong += found.wrong
        asked[name] = {key: getattr(found, key) for key in ("routes", "requests", "opened", "checks")}
        print(f"{name}: {asked[name]}", *found.wrong, sep="\n", flush=True)
    assert not wrong, f"{len(wrong)} leaks or failures:\n" + "\n".join(wrong)
    (figures / f"{group}.json").write_text(json.dumps(asked))
    keep_when_complete(figures)


def keep_when_complete(folder):
    """Write down what the whole matrix asked, when every group of it has passed."""
    asked = {}
    for group in GROUPS:
        if not (folder / f"{group}.json").exists():
            return
        asked |= json.loads((folder / f"{group}.json").read_text())
    total = {key: sum(each[key] for each in asked.values()) for key in ("requests", "opened", "checks")}
    routes = max(each["routes"] for each in asked.values())
    first = {"command": "pytest tests/project/test_matrix.py", "routes": routes, "people": len(asked)}
    kept = first | {"objects": len(SEEN_BY), "models": len(LABELS)} | total | {"asked_by": asked}
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n")


def test_events_hold_no_words_of_a_file(world, db):
    events = list(Event.objects.filter(object_id__in=[thing.key for thing in world.things.values()]).values())
    assert len(events) >= 4 * len(world.things) - 3
    assert not [event for event in events if words_in_event(event)]


@pytest.mark.parametrize(
    ("name", "told"),
    [("inspector named on the file", {"open", "restricted", "own", "other"}), ("organisation", {"own", "draft"})],
)
def test_a_calendar_says_what_its_owner_has_to_do(world, db, name, told):
    """Otherwise the matrix would look for secrets in empty calendars."""
    person = world.people[name]
    (request,) = calendar_of(person)
    body = ask(Browser(), request.address).body.decode()
    assert {thing.name for thing in world.things.values() if thing.reference in body} == told


@pytest.fixture
def leaking(world, db, settings, monkeypatch):
    """What the matrix finds when only the leaking views are asked."""
    settings.ROOT_URLCONF = "tests.project.matrix_leaks"
    wanted = {pattern.name for pattern in matrix_leaks.LEAKS}
    everything = matrix_requests.all_routes
    monkeypatch.setattr(
        matrix_requests, "all_routes", lambda: [route for route in everything() if route.name in wanted]
    )
    monkeypatch.setattr(matrix_requests, "examples", lambda _routes: {})

    def found(name):
        wrong = Asking(world, world.people[name]).everything().wrong
        return {name: [line for line in wrong if f" {name} " in line] for name in wanted}, wrong

    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["editor", "reader", "organisation", "partner, share ended"])
def test_a_view_without_scope_makes_it_fail(leaking, name):
    by_view, wrong = leaking(name)
    assert any("says" in line for line in by_view["leak-list"])
    assert any("differs" in line for line in by_view["leak-count"])
    assert any("opens with 200" in line for line in by_view["leak-one"])
    assert any("mentions" in line for line in by_view["leak-api"])
    assert any("a form changed what is hidden" in line for line in wrong)
    assert any("one of head, put, patch, delete changed what is hidden" in line for line in wrong)


def test_a_route_without_a_name_makes_it_fail(monkeypatch):
    from zichtlijn.project import urls

    assert not unnamed_routes()
    monkeypatch.setattr(urls.urlpatterns[0], "name", None)
    with pytest.raises(LookupError, match="without a name"):
        matrix_requests.routes()


def test_every_role_asks():
    assert set(Role.values) <= set(ROLES.values())


def test_every_step_and_label_has_its_turn():
    """As people and things go round, so that none is left out for good."""
    turns = range(len(ROLES) * len(SEEN_BY))
    route = Route("events:history", ("label", "pk"), lambda _request: None)
    steps = {step for turn in turns for step in matrix_requests._turn_of(matrix_requests.every_step(), turn, 2)}
    labels = {label for turn in turns for label in matrix_requests._labels(route, turn)}
    assert steps == set(matrix_requests.every_step())
    assert labels == set(LABELS)


def leads_to_a_case_file(model, seen=()):
    """True when a key of the model leads to a case file."""
    keys = [field.related_model for field in model._meta.concrete_fields if field.many_to_one or field.one_to_one]
    return any(
        issubclass(target, NeedToKnow) or leads_to_a_case_file(target, (*seen, model))
        for target in keys
        if isinstance(target, type) and target not in (model, *seen)
    )


def test_every_part_of_a_case_file_has_a_scope_and_is_asked_for():
    parts = [model for model in apps.get_models() if issubclass(model, NeedToKnow) or leads_to_a_case_file(model)]
    names = {model._meta.label_lower for model in parts if not model._meta.auto_created}
    unscoped = {
        model._meta.label_lower for model in parts if not hasattr(model._default_manager.all(), "visible_to")
    } & names
    assert unscoped == set(NOT_SHOWN)
    assert {name for name in names if name.startswith("signals.")} <= set(LABELS)
