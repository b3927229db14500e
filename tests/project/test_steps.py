"""Every pair of state and step of what comes in, allowed and forbidden, by action, by page and by the API.

And that every table of transitions in the product has its pairs tried, here or in the test that ``ELSEWHERE`` names.
"""

from __future__ import annotations

import json
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

import zichtlijn
from tests.project.step_ways import ANSWERS, BY_ACTION, BY_API, BY_PAGE, SCORES, Case, by_api, by_page, in_days
from zichtlijn.platform.events.models import Event
from zichtlijn.platform.events.transitions import Transitions
from zichtlijn.supervision.programme.models import Activity, Perspective, Programme
from zichtlijn.supervision.signals import transitions
from zichtlijn.supervision.signals.actions import weighing
from zichtlijn.supervision.signals.models import (
    IncidentFile,
    IncidentWeighing,
    Notification,
    NotificationCategory,
    OwnEvaluation,
)

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks/results/transition_pairs.json"
TABLES = {
    "signal": transitions.SIGNAL,
    "evaluation": transitions.EVALUATION,
    "weighing": transitions.WEIGHING,
    "incident": transitions.INCIDENT,
}
# Where the pairs of the other tables are tried.
ELSEWHERE = {
    "zichtlijn.platform.tasks.transitions.JOB": "platform/tasks/test_job_pages.py",
    "zichtlijn.platform.files.transitions.SCAN": "platform/files/test_scanning.py",
    "zichtlijn.platform.retention.transitions.LIST": "platform/retention/test_list_steps.py",
    "zichtlijn.supervision.sources.transitions.PROPOSAL": "supervision/sources/test_proposal_steps.py",
    "zichtlijn.supervision.sources.transitions.DATASET": "supervision/sources/test_dataset_steps.py",
    "zichtlijn.supervision.programme.transitions.PROGRAMME": "supervision/programme/test_programme_steps.py",
    "zichtlijn.supervision.programme.transitions.ACTIVITY": "supervision/programme/test_activities.py",
    "zichtlijn.supervision.programme.transitions.AMENDMENT": "supervision/programme/test_amendments.py",
}
# The event of a step is called after it, but for these.
EVENTS = {
    ("evaluation", "judge"): "judge_evaluation",
    ("evaluation", "withdraw"): "withdraw_evaluation",
    ("evaluation", "reopen"): "reopen_evaluation",
    ("weighing", "submit"): "submit_weighing",
    ("weighing", "withdraw"): "stop_weighing",
    ("incident", "close"): "close_incident",
    ("incident", "reopen"): "reopen_incident",
}
# Who may not take some of the steps: every role, somebody who speaks for another organisation among them.
OTHERS = ("dave", "frank", "erin", "pia", "olga_elsewhere", "alice", "anna", "bob", "carol")
WAYS = ("action", "page", "api")
# What they say is kept in any state; only where it was waited for does the signal go on.
GOES_ON = {"answer", "hand_in"}


def pairs(table):
    return [(state, step) for state in sorted(TABLES[table].states) for step in sorted(TABLES[table].steps)]


def allowed_and_forbidden(table):
    """How many pairs there are of either kind."""
    allowed = sum(step in TABLES[table].allowed(state) for state, step in pairs(table))
    return {"allowed": allowed, "forbidden": len(pairs(table)) - allowed}


@pytest.fixture
def activity(db):
    """Work that is under way in the draft programme of this year."""
    year = timezone.localdate().year
    perspective = Perspective.objects.create(title="Perspectief", first_year=year, last_year=year)
    programme = Programme.objects.create(
        title="Dit jaar", year=year, slug=str(year), perspective=perspective, state="decided"
    )
    return Activity.objects.create(programme=programme, title="Onderzoek", code="O1", state="under_way")


@pytest.fixture
def case(*, came_in, prison, spokeswoman, bob, carol, categories, activity):
    """A notification with all that can hang on it."""
    signal = came_in(kind="notification", channel="account", organisation=prison, state="in_triage")
    category = NotificationCategory.objects.first()
    Notification.objects.create(signal=signal, category=category, discovered_at=timezone.now())
    evaluation = OwnEvaluation.objects.create(
        signal=signal, organisation=prison, question="Wat?", due_on=in_days(20), text="Verslag"
    )
    words = {"added_value": "Ja", "without_evaluation": "Haast", "proposed_title": "Onderzoek"}
    weighed = IncidentWeighing.objects.create(signal=signal, **words)
    weighing.score(actor=None, weighing=weighed, scores=SCORES)
    other = came_in(kind="notification", channel="account", organisation=prison)
    incident = IncidentFile.objects.create(title="Brand")
    return Case(signal, other, evaluation, weighed, incident, activity, bob, carol, spokeswoman)


def test_every_step_has_an_action_and_a_page():
    for name, table in TABLES.items():
        assert set(BY_ACTION[name]) == set(BY_PAGE[name]) == table.steps
        assert set(transitions.STEP_PERMISSIONS[name]) == table.steps


def test_every_step_is_in_the_api():
    for name, table in TABLES.items():
        assert set(BY_API[name]) == table.steps, name


@pytest.fixture
def counted(request, figures):
    """``counted(name, numbers)`` prints how much was tried; with ``--keep-figures`` all of it together is kept."""

    def count(name, **numbers):
        print(name, numbers)
        (figures / f"{name}.json").write_text(json.dumps(numbers))
        if request.config.getoption("--keep-figures"):
            keep_when_complete(figures)

    return count


def keep_when_complete(folder):
    """Write down what was tried, when every table by every way, and everybody, has passed."""
    tried = [f"{table} by {way}" for table in TABLES for way in WAYS]
    refused = [f"{who} by {way}" for who in OTHERS for way in ("action", "api")]
    if not all((folder / f"{name}.json").exists() for name in (*tried, *refused)):
        return
    numbers = {name: json.loads((folder / f"{name}.json").read_text()) for name in (*tried, *refused)}
    kept = {
        "command": "pytest tests/project/test_steps.py --keep-figures",
        "pairs": len([pair for table in TABLES for pair in pairs(table)]),
        "ways": len(WAYS),
        "tried": sum(sum(numbers[name].values()) for name in tried),
        "refused_to_others": sum(numbers[name]["refused"] for name in refused),
        "tables": {name: numbers[name] for name in tried},
        "others": {name: numbers[name]["refused"] for name in refused},
    }
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n")


@pytest.mark.parametrize("table", TABLES)
def test_every_pair_by_action(case, counted, table):
    def take(step):
        try:
            BY_ACTION[table][step](case)
        except (ValidationError, PermissionDenied):
            return "refused"
        return "taken"

    wrong = tried(case, table, pairs(table), take, lambda answer, allowed: (answer == "taken") >= allowed)
    assert not wrong, "\n".join(wrong)
    counted(f"{table} by action", **allowed_and_forbidden(table))


@pytest.mark.parametrize("table", TABLES)
def test_every_pair_by_page(case, counted, table):
    def right(status, allowed):
        return status in (302, 303) if allowed else status in ANSWERS

    wrong = tried(case, table, pairs(table), lambda step: by_page(case, table, step), right)
    assert not wrong, "\n".join(wrong)
    counted(f"{table} by page", **allowed_and_forbidden(table))


@pytest.mark.parametrize("table", TABLES)
def test_every_pair_by_api(case, counted, table):
    """What is kept in any state is taken with 201 in any state in which the notification was sent in."""

    def take(step):
        status = by_api(case, table, step)
        return "kept" if status == 201 and step in GOES_ON else status

    def right(answer, allowed):
        return answer in ((200, "kept") if allowed else (404, 409, 422, "kept"))

    wrong = tried(case, table, pairs(table), take, right)
    assert not wrong, "\n".join(wrong)
    counted(f"{table} by api", **allowed_and_forbidden(table))


def tried(case, name, asked, take, right):
    """What is wrong when each of these pairs is tried: the answer, the state after it, and what the events say."""
    wrong, table = [], TABLES[name]
    for state, step in asked:
        with transaction.atomic():
            case.put(name, state, step)
            newest, allowed = newest_event(), step in table.allowed(state)
            answer = take(step)
            record = case.record(name)
            record.refresh_from_db()
            after = table.after(state, step) if allowed else state
            told = set(Event.objects.filter(pk__gt=newest).values_list("object_type", "object_id", "action"))
            event = (record._meta.label_lower, str(record.pk), f"signals.{EVENTS.get((name, step), step)}")
            is_told = event in told if allowed else event not in told and (not told or step in GOES_ON)
            if record.state != after or not right(answer, allowed) or not is_told:
                wrong.append(f"{name}: {step} while {state}: {answer}, now {record.state}, not {after}; told {told}")
            transaction.set_rollback(True)
    return wrong


def newest_event():
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@pytest.mark.parametrize("who", OTHERS)
def test_who_may_not_takes_no_step_in_any_state(case, counted, who, request, shelter):
    """In every state, also in those where the step is possible for others."""
    user = person(request, who, shelter)

    def refused(name, step):
        with pytest.raises((PermissionDenied, ValidationError)):
            as_sender_or(user, case, name, step)
        return True

    asked = [(name, *pair) for name in TABLES for pair in pairs(name)]
    counted(f"{who} by action", refused=refusals(case, user, asked, refused))


@pytest.mark.parametrize("who", OTHERS)
def test_who_may_not_takes_no_step_by_the_api(case, counted, who, request, shelter):
    """In the states where the step is possible for others: in all other states it is refused to everybody."""
    user = person(request, who, shelter)
    asked = [(name, state, step) for name in TABLES for state, step in pairs(name)]
    possible = [(name, state, step) for name, state, step in asked if step in TABLES[name].allowed(state)]

    def refused(name, step):
        return by_api(case, name, step) in (403, 404)

    counted(f"{who} by api", refused=refusals(case, user, possible, refused))


def refusals(case, user, asked, refused):
    """How many of these steps this person may not take; each is ``refused``, and nothing changes."""
    wrong, checks = [], 0
    for name, state, step in asked:
        with transaction.atomic():
            case.put(name, state, step)
            if not user.has_perm(transitions.STEP_PERMISSIONS[name][step], case.record(name)):
                checks += 1
                stand_in(case, user)
                newest = newest_event()
                is_refused = refused(name, step)
                case.record(name).refresh_from_db()
                if not is_refused or case.record(name).state != state or newest_event() != newest:
                    wrong.append(f"{name}: {step} while {state}")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
    assert checks > len(TABLES)
    return checks


def person(request, who, shelter):
    return elsewhere(request, shelter) if who == "olga_elsewhere" else request.getfixturevalue(who)


def stand_in(case, user):
    case.handler = case.decider = case.organisation = user


def as_sender_or(user, case, name, step):
    """The step by this person; answering for the sender as well."""
    if step == "answer":
        from zichtlijn.supervision.signals.actions import sending

        return sending.answer_question(actor=user, signal=case.signal, text="Toen.", submission=None)
    return BY_ACTION[name][step](case)


def elsewhere(request, shelter):
    """Somebody who speaks for another organisation."""
    from zichtlijn.supervision.field.models import OrganisationAccount

    user = request.getfixturevalue("bart")
    user.role = "organisation"
    user.save()
    OrganisationAccount.objects.create(user=user, organisation=shelter, since=timezone.localdate())
    return user


def tables_of_the_product():
    """Every table of transitions, where it is made."""
    found = {}
    for module in pkgutil.walk_packages(zichtlijn.__path__, "zichtlijn."):
        if module.name.rpartition(".")[2] in ("transitions", "outbox"):
            loaded = import_module(module.name)
            names = [name for name, value in vars(loaded).items() if isinstance(value, Transitions)]
            found |= {f"{module.name}.{name}": getattr(loaded, name) for name in names}
    return found


def test_no_table_is_left_out():
    found = tables_of_the_product()
    here = {name for name, table in found.items() if any(table is each for each in TABLES.values())}
    assert set(found) - here == set(ELSEWHERE)
    tests = Path(__file__).resolve().parents[1]
    for name, test in ELSEWHERE.items():
        assert name.rpartition(".")[2] in (tests / test).read_text(encoding="utf-8"), test
