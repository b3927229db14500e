"""Every address as every role: closed to strangers, no page fails, and nobody sees what is out of scope.

The addresses come from the URL configuration, so that a new one is in it by itself.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import path

from tests.routes import all_routes, examples
from zichtlijn.platform.accounts.demo import load_people
from zichtlijn.platform.accounts.middleware import OPEN_CLASSES, PUBLIC
from zichtlijn.project.demo import load_demo

OPEN = {"health", "set_language", "accounts:login", "accounts:logout", "accounts:second-factor", "design:theme",
        "design:accessibility"}  # fmt: skip
# Who reports something has no account; what is behind a receipt code asks for that code itself.
OPEN |= {f"report:{name}" for name in ("start", "form", "sent", "code", "leave")}
OPEN |= {f"report:{name}" for name in ("conversation", "answer", "add", "attachment")}
# The API asks every operation for a token itself (tests/platform/api); its description is public.
OPEN |= {"api:root", "api:nothing", "api:description"}
OPEN |= {f"signals-api:{name}" for name in ("notifications", "notification", "additions", "evaluations", "batches")}
OPEN |= {f"signals-api:{name}" for name in ("categories", "signals", "steps", "drafts", "notification-steps")}
OPEN |= {f"signals-api:{name}" for name in ("signal-evaluations", "signal-evaluation", "evaluation-steps")}
OPEN |= {f"signals-api:{name}" for name in ("weighings", "weighing", "weighing-steps")}
OPEN |= {f"signals-api:{name}" for name in ("incidents", "incident", "incident-steps")}
# A calendar is opened by the secret in its address (tests/platform/notices/test_calendar.py).
OPEN |= {"notices:calendar"}
FINE = {200, 302, 400, 401, 403, 404, 405, 422}  # 422: a form that was filled in wrongly


@pytest.fixture
def demo(db, settings):
    settings.ZICHTLIJN_DEMO = True
    load_demo(lambda _part: None)
    return examples(all_routes())


def signed_in(user):
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="zichtlijn.platform.accounts.backends.LocalAccounts")
    return client


def test_only_the_named_addresses_are_open():
    found = set()
    for route in all_routes():
        view = route.view
        if getattr(view, PUBLIC, False) or getattr(view, "view_class", None) in OPEN_CLASSES:
            found.add(route.name)
    assert found == OPEN


@pytest.mark.slow
def test_no_address_fails_for_any_role_and_all_are_closed_to_strangers(demo):
    wrong, checks = [], 0
    stranger = Client(raise_request_exception=False)
    for name, address in demo.items():
        if name not in OPEN:
            checks += 1
            answer = stranger.get(address)
            if answer.status_code != 302 or "/accounts/login" not in answer["Location"]:
                wrong.append(f"stranger {name} {address}: {answer.status_code}")
    for role, user in load_people().items():
        client = signed_in(user)
        for name, address in demo.items():
            if name == "accounts:logout":
                continue
            checks += 1
            status = client.get(address).status_code
            if status not in FINE:
                wrong.append(f"{role} {name} {address}: {status}")
    assert not wrong, "\n".join(wrong)
    assert checks > 8 * 60


def draft_activity(manager):
    """An activity in a draft, accepted from the proposals of the fictional programme, with a title of its own."""
    from zichtlijn.supervision.programme.models import Activity
    from zichtlijn.supervision.sources import actions
    from zichtlijn.supervision.sources.models import Proposal

    proposal = Proposal.objects.filter(type="activity", state="open").first()
    actions.accept_proposal(actor=manager, proposal=proposal)
    return Activity.objects.get(programme__state="draft")


@pytest.mark.slow
def test_a_reader_finds_no_trace_of_a_draft(demo):
    people = load_people()
    reader, manager = signed_in(people["reader"]), signed_in(people["programme_manager"])
    activity = draft_activity(people["programme_manager"])
    marked = [activity.programme.get_absolute_url(), activity.get_absolute_url()]
    for address in marked:
        assert manager.get(address).status_code == 200
        assert reader.get(address).status_code == 404
    for name, address in demo.items():
        if name == "accounts:logout":
            continue
        answer = reader.get(address)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for hidden in marked:
            assert f'href="{hidden}"'.encode() not in text, f"{name} {address} links to {hidden}"
        assert activity.title.encode() not in text, f"{name} {address} names the draft activity"


@pytest.mark.slow
def test_a_reader_changes_nothing(demo):
    """Every address, sent a form by a reader: the record stays as it was, but for the reader's own affairs."""
    from zichtlijn.platform.events.models import Event

    own = ("accounts:", "lists:", "comments:", "tasks:", "notices:", "set_language", "design:")
    reader = signed_in(load_people()["reader"])
    before = Event.objects.count()
    for name, address in demo.items():
        if not name.startswith(own):
            assert reader.post(address, {"reason": "x", "title": "x"}).status_code in FINE, name
    assert Event.objects.count() == before


def test_a_route_that_nobody_can_fill_is_noticed(monkeypatch, db):
    from zichtlijn.project import urls

    extra = path("new/<int:colour>", lambda _request, _colour: None, name="new-thing")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, extra])
    routes = [*all_routes()]
    if all(route.name != "new-thing" for route in routes):
        from tests.routes import Route

        routes.append(Route("new-thing", ("colour",), extra.callback))
    with pytest.raises(LookupError, match="new-thing"):
        examples(routes)
