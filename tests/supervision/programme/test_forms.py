"""Forms: what is filled in enters by the action; what is wrong comes back with the reason; nothing is overwritten."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.programme import actions
from zichtlijn.supervision.programme.models import Activity, Amendment, Figure, Goal, Perspective, Programme


@pytest.fixture
def client(alice, client_of):
    """The browser of the programme manager, in Dutch."""
    return client_of(alice)


def _activity(**changes):
    return {"title": "Look at the dykes", "kind": "investigation", "status": "new", **changes}


def test_an_activity_is_added_with_everything(client, draft, field):
    goal = draft.perspective.goals.get(number=1)
    sent = _activity(
        description="Along the coast",
        goals=[goal.pk],
        domain=field.domain.pk,
        organisations=[field.water.pk, field.police.pk],
        chains=[field.chain.pk],
        acts=[field.act.pk],
        groups=[field.group.pk],
        fte="1,5",
        budget="125000,50",
        starts_on="2026-02-01",
        ends_on="2026-05-31",
        hours="lawyer: 40\nanalyst: 12,5",
    )
    response = client.post("/programme/2026/activities/new/", sent)
    activity = Activity.objects.get()
    assert response.status_code == 302
    assert response.url == activity.get_absolute_url()
    assert (activity.fte, activity.budget, activity.ends_on) == (
        Decimal("1.5"),
        Decimal("125000.50"),
        date(2026, 5, 31),
    )
    assert set(activity.organisations.all()) == {field.water, field.police}
    assert {need.expertise: need.hours for need in activity.capacity_needs.all()} == {
        "lawyer": Decimal(40),
        "analyst": Decimal("12.5"),
    }
    page = client.get(activity.get_absolute_url()).content.decode()
    for words in ("Along the coast", "Water Board", "Harbour Police", "Flood chain", "Dyke Act", "Residents"):
        assert words in page


def test_a_double_click_adds_one_activity(client, draft):
    token = client.get("/programme/2026/activities/new/").context["form"].initial["submission"]
    urls = {client.post("/programme/2026/activities/new/", _activity(submission=str(token))).url for _click in range(2)}
    assert len(urls) == 1
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", ""),
        ("title", "x" * 301),
        ("kind", "party"),
        ("status", ""),
        ("fte", "-1"),
        ("fte", "many"),
        ("budget", "125.000"),
        ("budget", "1e99"),
        ("starts_on", "31-31-2026"),
        ("goals", "999999"),
        ("organisations", "nobody"),
        ("hours", "lawyer forty"),
        ("hours", "lawyer: 1\nlawyer: 2"),
        ("hours", "lawyer: 1,2,3"),
        ("hours", "lawyer: 1.400"),
        ("hours", "lawyer: 99999999999999"),
        ("hours", ": 4"),
    ],
)
def test_bad_input_comes_back_with_the_field(name, value, client, draft):
    response = client.post("/programme/2026/activities/new/", _activity(**{name: value}))
    assert response.status_code == 422
    assert name in response.context["form"].errors
    assert not Activity.objects.exists()


def test_an_end_before_the_start_comes_back_with_the_field(client, draft):
    response = client.post("/programme/2026/activities/new/", _activity(starts_on="2026-05-01", ends_on="2026-04-01"))
    assert "ends_on" in response.context["form"].errors


def test_text_with_markup_is_shown_as_text(client, draft):
    client.post("/programme/2026/activities/new/", _activity(title="<script>alert(1)</script>"))
    page = client.get(Activity.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_second_tab_does_not_overwrite_the_first(client, add, alice):
    activity = add()
    address = f"/programme/activities/{activity.pk}/edit/"
    shown = client.get(address).context["form"].initial["revision"]
    actions.edit_activity(actor=alice, activity=activity, values={"title": "Theirs", "fte": Decimal(9)})
    response = client.post(address, _activity(title="Mine", fte="2", revision=shown))
    assert response.status_code == 422
    rows = {str(label): (mine, theirs) for label, mine, theirs in response.context["stale"]}
    assert ("Mine", "Theirs") in rows.values()
    page = response.content.decode()
    assert "Mine" in page
    assert "Theirs" in page
    activity.refresh_from_db()
    assert activity.title == "Theirs"
    # Having seen both, the person may save after all.
    second = client.post(
        address, _activity(title="Mine", fte="2", revision=response.context["form"]["revision"].value())
    )
    activity.refresh_from_db()
    assert second.status_code == 302
    assert activity.title == "Mine"


@pytest.mark.parametrize("revision", ["", "0", "x", "-1"])
def test_a_form_that_lost_its_revision_changes_nothing(revision, client, add):
    activity = add()
    response = client.post(f"/programme/activities/{activity.pk}/edit/", _activity(title="Mine", revision=revision))
    assert response.status_code == 422
    activity.refresh_from_db()
    assert activity.title == "Look at the dykes"


def test_an_edit_with_wrong_hours_changes_nothing_at_all(client, add):
    activity = add()
    sent = _activity(title="Mine", hours="lawyer: 12,345", revision=activity.revision)
    response = client.post(f"/programme/activities/{activity.pk}/edit/", sent)
    assert response.status_code == 422
    activity.refresh_from_db()
    assert activity.title == "Look at the dykes"


def test_the_form_shows_the_hours_as_they_can_be_sent_again(client, add, alice):
    activity = add(budget=Decimal("1234567.50"))
    actions.set_capacity(actor=alice, activity=activity, hours={"lawyer": Decimal("1234.5")})
    form = client.get(f"/programme/activities/{activity.pk}/edit/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    before = Event.objects.count()
    response = client.post(f"/programme/activities/{activity.pk}/edit/", {**sent, "budget": "1234567,50"})
    assert response.status_code == 302
    assert Event.objects.count() == before


def _undo_urls(response):
    return [str(message.extra_tags) for message in get_messages(response.wsgi_request)]


def test_choosing_can_be_undone_at_once(client, add):
    activity = add()
    response = client.post(f"/programme/activities/{activity.pk}/steps/choose/")
    undo = f"/programme/activities/{activity.pk}/steps/unchoose/?undo=1"
    assert any(undo in tags for tags in _undo_urls(response))
    client.post(undo)
    activity.refresh_from_db()
    assert activity.state == "candidate"


def test_dropping_asks_why_and_can_be_undone(client, add):
    activity = add()
    address = f"/programme/activities/{activity.pk}/steps/drop/"
    refused = client.post(address, {"reason": ""})
    assert refused.status_code == 422
    dropped = client.post(address, {"reason": "No money"})
    undo = f"/programme/activities/{activity.pk}/steps/restore/?undo=1"
    assert any(undo in tags for tags in _undo_urls(dropped))
    client.post(undo)
    activity.refresh_from_db()
    assert activity.state == "candidate"
    assert Event.objects.about(activity).first().reason


def test_a_programme_perspective_goal_and_figure_are_made_by_form(client):
    client.post("/programme/perspectives/new/", {"title": "2026-2029", "first_year": "2026", "last_year": "2029"})
    perspective = Perspective.objects.get()
    client.post(f"/programme/perspectives/{perspective.pk}/goals/new/", {"title": "Readiness"})
    assert Goal.objects.get().number == 1
    client.post(f"/programme/perspectives/{perspective.pk}/spearheads/new/", {"title": "Coast first"})
    assert perspective.spearheads.get().title == "Coast first"
    sent = {
        "perspective": perspective.pk,
        "year": "2026",
        "title": "Plan",
        "inspectorate": "Dykes",
        "available_budget": "1000000",
    }
    response = client.post("/programme/new/", sent)
    assert response.url == "/programme/2026/"
    assert Programme.objects.get().available_budget == 1_000_000
    client.post("/programme/2026/figures/new/", {"subject": "Staff", "value": "12,5", "unit": "fte"})
    figure = Figure.objects.get()
    assert figure.value == Decimal("12.5")
    assert client.get(figure.get_absolute_url()).status_code == 200
    client.post(f"/programme/figures/{figure.pk}/remove/")
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("address", "sent", "name"),
    [
        ("/programme/perspectives/new/", {"title": "X", "first_year": "2029", "last_year": "2026"}, "last_year"),
        ("/programme/perspectives/new/", {"title": "X", "first_year": "12", "last_year": "2026"}, "first_year"),
        ("/programme/new/", {"year": "2050", "title": "X", "inspectorate": "Y"}, "year"),
        ("/programme/2026/figures/new/", {"subject": "Staff", "value": "some", "unit": "fte"}, "value"),
    ],
)
def test_bad_input_elsewhere_comes_back_with_the_field(address, sent, name, client, draft):
    response = client.post(address, {"perspective": draft.perspective.pk, **sent})
    assert response.status_code == 422
    assert name in response.context["form"].errors


def test_goals_are_edited_under_the_same_lock(client, draft, alice):
    goal = draft.perspective.goals.get(number=1)
    actions.edit_goal(actor=alice, goal=goal, values={"title": "Theirs"})
    sent = {"number": "1", "title": "Mine", "revision": str(goal.revision)}
    response = client.post(f"/programme/goals/{goal.pk}/edit/", sent)
    assert response.status_code == 422
    assert Goal.objects.get(pk=goal.pk).title == "Theirs"


def test_an_amendment_is_made_page_by_page(client, decided, carol, client_of):
    dykes = decided.activities.get(title="Look at the dykes")
    begun = client.post(
        f"/programme/2026/amendments/new/?activity={dykes.pk}",
        {"title": "Storm", "reason": "A dyke broke", "submission": str(uuid.uuid4())},
    )
    amendment = Amendment.objects.get()
    assert begun.url == f"/programme/amendments/{amendment.pk}/changes/change/?activity={dykes.pk}"
    assert client.get(begun.url).status_code == 200
    sent = _activity(fte="4", budget="100000", goals=[goal.pk for goal in dykes.goals.all()])
    sent["organisations"] = [item.pk for item in dykes.organisations.all()]
    preview = client.post(begun.url.replace("change/?", "change/preview/?"), sent)
    assert [(row.before, row.after) for row in preview.context["rows"]] == [("2", "4")]
    (staff,) = [row for row in preview.context["effect"] if "fte" in row["name"]]
    assert (staff["before"], staff["after"], staff["difference"], staff["left"]) == ("3", "5", "+2", "5")
    assert not amendment.changes.exists()
    assert client.post(begun.url, sent).url == amendment.get_absolute_url()
    assert amendment.changes.get().after["fte"] == "4.00"
    page = client.get(amendment.get_absolute_url())
    assert page.status_code == 200
    client.post(f"/programme/amendments/{amendment.pk}/steps/propose/", {"reason": ""})
    head = client_of(carol)
    form = head.get(f"/programme/amendments/{amendment.pk}/steps/decide/").context["form"]
    decision = {"on": form["on"].value(), "reason": "Agreed", "revision": form["revision"].value()}
    assert head.post(f"/programme/amendments/{amendment.pk}/steps/decide/", decision).status_code == 302
    dykes.refresh_from_db()
    assert dykes.fte == 4
    assert head.get("/programme/2026/versions/2/").status_code == 200
    assert head.get("/programme/2026/compare/").status_code == 200


@pytest.mark.parametrize("kind", ["add", "drop", "change", "reinstate"])
def test_every_kind_of_change_has_its_page(kind, client, decided, alice):
    amendment = actions.prepare_amendment(actor=alice, programme=decided, title="Storm", reason="because")
    activity = decided.activities.first()
    if kind == "reinstate":
        Activity.objects.filter(pk=activity.pk).update(state="dropped")
    query = "" if kind == "add" else f"?activity={activity.pk}"
    address = f"/programme/amendments/{amendment.pk}/changes/{kind}/{query}"
    page = client.get(address)
    assert page.status_code == 200
    assert page.context["effect"]
    sent = _activity(title="Other") if kind in ("add", "change") else {}
    assert client.post(address, sent).status_code == 302
    assert amendment.changes.get().kind == kind
    assert client.get(amendment.get_absolute_url()).status_code == 200
    change = amendment.changes.get()
    client.post(f"/programme/amendments/{amendment.pk}/changes/{change.pk}/remove/")
    assert not amendment.changes.exists()


def test_a_preview_of_a_wrong_form_says_what_is_wrong(client, decided, alice):
    amendment = actions.prepare_amendment(actor=alice, programme=decided, title="Storm", reason="because")
    address = f"/programme/amendments/{amendment.pk}/changes/add/preview/"
    response = client.post(address, _activity(fte="lots"))
    assert response.status_code == 200
    assert "fte" in response.context["form"].errors


@pytest.mark.parametrize(
    "tail", ["changes/nonsense/", "changes/change/", "changes/change/?activity=x", "changes/drop/?activity=99999999"]
)
def test_a_change_of_nothing_is_not_found(tail, client, decided, alice):
    amendment = actions.prepare_amendment(actor=alice, programme=decided, title="Storm", reason="because")
    assert client.get(f"/programme/amendments/{amendment.pk}/{tail}").status_code == 404


def test_choosing_a_change_needs_an_activity_unless_it_is_new(client, decided, alice):
    amendment = actions.prepare_amendment(actor=alice, programme=decided, title="Storm", reason="because")
    address = f"/programme/amendments/{amendment.pk}/changes/"
    assert client.post(address, {"kind": "drop"}).status_code == 422
    assert client.post(address, {"kind": "add"}).url == f"{address}add/"


def test_a_new_activity_asks_for_the_programme_only_when_there_is_a_choice(client, draft, alice, perspective):
    assert client.get("/programme/activities/new/").url == "/programme/2026/activities/new/"
    actions.create_programme(
        actor=alice, perspective=perspective, values={"year": 2027, "title": "Next", "inspectorate": "X"}
    )
    assert client.get("/programme/activities/new/").status_code == 200


def test_without_a_draft_the_page_says_what_to_do(client, decided):
    page = client.get("/programme/activities/new/")
    assert page.status_code == 200
    assert "/programme/" in page.content.decode()


def test_several_candidates_are_chosen_at_once(client, add, draft):
    kept, other, left = add("Kept"), add("Other"), add("Left")
    sent = {"activities": [kept.pk, other.pk], "step": "choose", "reason": ""}
    assert client.post("/programme/2026/candidates/", sent).url == "/programme/2026/"
    states = dict(draft.activities.values_list("title", "state"))
    assert states == {"Kept": "chosen", "Other": "chosen", "Left": "candidate"}
    sent = {"activities": [left.pk], "step": "drop"}
    assert "reason" in client.post("/programme/2026/candidates/", {**sent, "reason": " "}).context["form"].errors
    client.post("/programme/2026/candidates/", {**sent, "reason": "No money"})
    left.refresh_from_db()
    assert (left.state, left.state_reason) == ("dropped", "No money")
    assert client.get("/programme/2026/candidates/").status_code == 302


def test_choosing_several_is_all_or_nothing(add, alice):
    first, second = add("First"), add("Second")
    actions.choose_activity(actor=alice, activity=second)
    with pytest.raises(ValidationError):
        actions.choose_candidates(actor=alice, activities=[first, second])
    first.refresh_from_db()
    assert first.state == "candidate"


@pytest.mark.parametrize("who", ["bob", "carol", "dave", "frank", "anna"])
def test_only_the_manager_chooses_several(who, add, request, client_of):
    add()
    assert client_of(request.getfixturevalue(who)).get("/programme/2026/candidates/").status_code == 403
