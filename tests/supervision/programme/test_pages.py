"""Pages: what they show, to whom, in how many queries, and what they say to bad input."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from zichtlijn.supervision.programme import actions
from zichtlijn.supervision.programme.models import Activity, Goal, Perspective, Programme

ALL = ("alice", "bob", "carol", "dave", "erin", "frank", "anna")
STAFF = tuple(name for name in ALL if name != "erin")


def _addresses(programme, activity):
    goal = programme.perspective.goals.first()
    return {
        "programme-list": "/programme/",
        "programme": programme.get_absolute_url(),
        "activity-list": "/programme/activities/",
        "activity": activity.get_absolute_url(),
        "goal": goal.get_absolute_url(),
        "perspective": programme.perspective.get_absolute_url(),
        "perspective-list": "/programme/perspectives/",
        "compare": f"/programme/{programme.slug}/compare/",
        "amendment-list": "/programme/amendments/",
    }


PAGES = (
    "programme-list",
    "programme",
    "activity-list",
    "activity",
    "goal",
    "perspective",
    "perspective-list",
    "compare",
    "amendment-list",
)
CLOSED_TO_READERS = ("programme", "activity", "goal", "perspective", "compare")


@pytest.mark.parametrize("who", ALL)
@pytest.mark.parametrize("page", PAGES)
def test_everyone_reads_a_decided_programme(page, who, decided, request, client_of):
    response = client_of(request.getfixturevalue(who)).get(_addresses(decided, decided.activities.first())[page])
    assert response.status_code == 200


@pytest.mark.parametrize("state", ["draft", "consulted"])
@pytest.mark.parametrize("page", PAGES)
def test_a_reader_sees_nothing_of_what_has_not_been_decided(*, page, state, add, draft, decide, erin, client_of):
    activity = add("Secret plan")
    decide(draft, until=state)
    response = client_of(erin).get(_addresses(draft, activity)[page])
    assert response.status_code == (404 if page in CLOSED_TO_READERS else 200)
    assert b"Secret plan" not in response.content
    assert b"Programme 2026" not in response.content


@pytest.mark.parametrize("who", STAFF)
@pytest.mark.parametrize("page", PAGES)
def test_staff_see_the_draft(*, page, who, add, draft, request, client_of):
    activity = add()
    response = client_of(request.getfixturevalue(who)).get(_addresses(draft, activity)[page])
    assert response.status_code == 200


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "print"])
def test_an_export_holds_only_what_the_reader_sees(*, wanted, add, draft, decide, alice, erin, client_of):
    add("Kept")
    actions.drop_activity(actor=alice, activity=add("Left out"), reason="No money")
    decide(draft)
    response = client_of(erin).get(f"/programme/activities/?format={wanted}")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200
    assert b"Left out" not in body
    if wanted != "xlsx":
        assert b"Kept" in body


def test_search_finds_only_what_the_reader_sees(add, draft, decide, alice, erin):
    kept = add("Levees kept")
    left = add("Levees left out")
    actions.drop_activity(actor=alice, activity=left, reason="No money")
    decide(draft)
    from zichtlijn.platform.search.registry import searchable_of

    entry = searchable_of(Activity)
    assert set(entry.visible_to(erin)) == {kept}
    assert set(entry.visible_to(alice)) == {kept, left}
    assert "Water Board" in entry.body(kept)


def test_the_scope_of_a_reader_counts_the_decided_only(*, add, draft, decide, alice, erin, field):
    add("Kept")
    actions.drop_activity(actor=alice, activity=add("Left out"), reason="No money")
    assert not Programme.objects.visible_to(erin).exists()
    assert not Goal.objects.visible_to(erin).exists()
    assert not Perspective.objects.visible_to(erin).exists()
    decide(draft)
    assert Activity.objects.visible_to(erin).count() == 1
    assert Goal.objects.visible_to(erin).count() == 2
    assert Perspective.objects.visible_to(erin).count() == 1


def test_an_amendment_is_closed_to_readers_until_it_is_decided(decided, alice, carol, erin, client_of):
    made = actions.prepare_amendment(actor=alice, programme=decided, title="Hidden plan", reason="because")
    talk = decided.activities.get(title="Talk with residents")
    actions.change_amendment(actor=alice, amendment=made, kind="drop", activity=talk)
    client = client_of(erin)
    assert client.get(made.get_absolute_url()).status_code == 404
    for address in ("/programme/2026/", "/programme/amendments/", talk.get_absolute_url()):
        assert b"Hidden plan" not in client.get(address).content
    actions.propose_amendment(actor=alice, amendment=made)
    assert client.get(made.get_absolute_url()).status_code == 404
    actions.decide_amendment(actor=carol, amendment=made)
    assert client.get(made.get_absolute_url()).status_code == 200
    # What was decided once stays readable, also after it was dropped.
    assert client.get(talk.get_absolute_url()).status_code == 200


WRITING = (
    "/programme/new/",
    "/programme/perspectives/new/",
    "/programme/2026/edit/",
    "/programme/2026/figures/new/",
    "/programme/2026/steps/consult/",
)


@pytest.mark.parametrize("address", WRITING)
@pytest.mark.parametrize("who", ["bob", "dave", "frank", "anna"])
def test_forms_of_the_manager_are_closed_to_others(address, who, draft, request, client_of):
    assert client_of(request.getfixturevalue(who)).get(address).status_code == 403


@pytest.mark.parametrize("who", ["alice", "bob", "dave", "frank", "anna"])
def test_the_decision_page_is_closed_to_all_but_the_inspector_general(*, who, add, draft, decide, request, client_of):
    add()
    decide(draft, until="consulted")
    client = client_of(request.getfixturevalue(who))
    assert client.get("/programme/2026/decide/").status_code == 403
    assert client.post("/programme/2026/decide/", {"on": "2026-01-01"}).status_code == 403
    draft.refresh_from_db()
    assert draft.state == "consulted"


def _queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("page", PAGES)
def test_pages_take_as_many_queries_for_five_rows_as_for_one(*, page, add, draft, decide, alice, field, client_of):
    client = client_of(alice)
    first = add(groups=[field.group], acts=[field.act], chains=[field.chain], domain=field.domain)
    address = _addresses(draft, first)[page]
    one = _queries(client, address)
    for number in range(4):
        add(f"More {number}", groups=[field.group], acts=[field.act], chains=[field.chain], domain=field.domain)
        year = 2027 + number
        if year <= 2029:
            actions.create_programme(
                actor=alice,
                perspective=draft.perspective,
                values={"year": year, "title": f"P {year}", "inspectorate": "X"},
            )
    assert _queries(client, address) == one


def test_a_version_takes_as_many_queries_for_five_rows_as_for_one(*, add, draft, decide, alice, carol, client_of):
    add()
    decide(draft)
    client = client_of(alice)
    one = _queries(client, "/programme/2026/versions/1/")
    made = actions.prepare_amendment(actor=alice, programme=draft, title="More", reason="because")
    for number in range(4):
        values = {"title": f"More {number}", "kind": "monitoring"}
        actions.change_amendment(actor=alice, amendment=made, kind="add", values=values)
    actions.propose_amendment(actor=alice, amendment=made)
    actions.decide_amendment(actor=carol, amendment=made)
    assert _queries(client, "/programme/2026/versions/2/") <= one + 1  # the amendment that made it


@pytest.mark.parametrize(
    "address",
    [
        "/programme/1999/",
        "/programme/2026/versions/9/",
        "/programme/2026/versions/99999999999999999999/",
        "/programme/2026/compare/?from=7",
        "/programme/2026/compare/?to=x",
        "/programme/activities/99999999/",
        "/programme/goals/99999999/",
        "/programme/amendments/99999999/",
        "/programme/2026/steps/nonsense/",
    ],
)
def test_what_is_not_there_is_not_found(address, decided, alice, carol, client_of):
    made = actions.prepare_amendment(actor=alice, programme=decided, title="More", reason="because")
    talk = decided.activities.get(title="Talk with residents")
    actions.change_amendment(actor=alice, amendment=made, kind="drop", activity=talk)
    actions.propose_amendment(actor=alice, amendment=made)
    actions.decide_amendment(actor=carol, amendment=made)
    assert client_of(alice).get(address).status_code == 404


def test_versions_side_by_side_on_the_page(decided, alice, carol, client_of, erin):
    made = actions.prepare_amendment(actor=alice, programme=decided, title="More", reason="because")
    talk = decided.activities.get(title="Talk with residents")
    dykes = decided.activities.get(title="Look at the dykes")
    actions.change_amendment(actor=alice, amendment=made, kind="drop", activity=talk)
    actions.change_amendment(actor=alice, amendment=made, kind="change", activity=dykes, values={"title": "All dykes"})
    actions.change_amendment(actor=alice, amendment=made, kind="add", values={"title": "Pumps", "kind": "monitoring"})
    actions.propose_amendment(actor=alice, amendment=made)
    actions.decide_amendment(actor=carol, amendment=made)
    page = client_of(erin).get("/programme/2026/compare/?from=1&to=2")
    activities = page.context["parts"][0]
    assert activities["added"] == ["2026-003 Pumps"]
    assert activities["dropped"] == [f"{talk.code} Talk with residents"]
    ((title, changes),) = activities["changed"]
    assert (title, changes[0].before, changes[0].after) == (f"{dykes.code} All dykes", "Look at the dykes", "All dykes")


def test_the_overview_counts_and_sums(decided, client_of, erin):
    page = client_of(erin).get("/programme/2026/")
    overview = page.context["overview"]
    assert (overview.count, overview.fte, overview.budget) == (2, 3, 150_000)
    assert dict(overview.kinds) == {"investigation": 1, "dialogue": 1}
    assert [len(line.activities) for line in overview.lines] == [2, 0]


def test_a_date_that_is_no_date_is_refused_with_the_form(draft, alice, client_of):
    response = client_of(alice).post("/programme/2026/steps/consult/", {"on": "yesterday"})
    assert response.status_code == 422
    assert "on" in response.context["form"].errors
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_draft_page_lets_the_manager_take_a_step(draft, add, alice, client_of):
    response = client_of(alice).post("/programme/2026/steps/consult/", {"on": localdate().isoformat()})
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.state == "consulted"
