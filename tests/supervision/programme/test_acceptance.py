"""Accepted proposals become goals, candidates and figures of the programme of their document's year."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from zichtlijn.supervision.programme import acceptance, actions
from zichtlijn.supervision.programme.models import Activity, Perspective, Programme


def _proposal(**values):
    document = SimpleNamespace(year=2026, title="Plan 2026", publisher="Inspectorate of Dykes", is_demo=False)
    for name in ("year", "publisher", "is_demo"):
        if name in values:
            setattr(document, name, values.pop(name))
    return SimpleNamespace(document=document, quotes=[], **values)


ACTIVITY = {"title": "Watch the pumps", "kind": "monitoring", "status": "continuing"}


def _accept(actor, values, **document):
    return acceptance.accept_activity(actor=actor, proposal=_proposal(**document), values=values, programme=None)


def test_an_activity_goes_into_the_draft_of_the_year(draft, alice):
    made = _accept(alice, ACTIVITY)
    assert (made.programme, made.state, made.kind, made.status) == (draft, "candidate", "monitoring", "continuing")
    assert Programme.objects.count() == 1


def test_a_draft_and_a_perspective_are_made_when_there_are_none(alice):
    made = _accept(alice, ACTIVITY, is_demo=True)
    programme = made.programme
    assert (programme.year, programme.state, programme.inspectorate) == (2026, "draft", "Inspectorate of Dykes")
    assert (programme.perspective.first_year, programme.perspective.last_year) == (2026, 2026)
    assert made.is_demo
    assert programme.is_demo
    _accept(alice, {**ACTIVITY, "title": "Another"})
    assert (Programme.objects.count(), Perspective.objects.count()) == (1, 1)


def test_another_inspectorate_gets_its_own_programme(draft, alice):
    made = _accept(alice, ACTIVITY, publisher="Inspectorate of Canals")
    assert made.programme != draft
    assert made.programme.slug == "2026-inspectorate-of-canals"


def test_a_document_without_a_year_is_refused(alice):
    with pytest.raises(ValidationError) as refused:
        _accept(alice, ACTIVITY, year=None)
    assert refused.value.code == "no-year"
    assert not Programme.objects.exists()


def test_an_activity_is_tied_to_what_it_names(draft, alice, field):
    values = {
        **ACTIVITY,
        "goals": ["readiness"],
        "organisations": ["Water Board"],
        "chains": ["Flood chain"],
        "acts": ["Dyke Act"],
        "groups": ["Residents"],
        "domain": "water",
    }
    from zichtlijn.supervision.field.models import OrganisationName

    OrganisationName.objects.create(organisation=field.water, name="Water Board", abbreviation="WB")
    made = _accept(alice, values)
    assert [goal.title for goal in made.goals.all()] == ["Readiness"]
    assert list(made.organisations.all()) == [field.water]
    assert list(made.chains.all()) == [field.chain]
    assert list(made.acts.all()) == [field.act]
    assert list(made.groups.all()) == [field.group]
    assert made.domain == field.domain


def test_a_name_that_nobody_knows_is_kept_in_the_description(draft, alice):
    made = _accept(alice, {**ACTIVITY, "organisations": ["Guild of Millers"], "goals": ["Fewer floods"]})
    assert "Guild of Millers" in made.description
    assert "Fewer floods" in made.description


def test_an_activity_without_a_kind_is_refused(draft, alice):
    with pytest.raises(ValidationError) as refused:
        _accept(alice, {"title": "Something", "kind": None})
    assert refused.value.code == "no-kind"


@pytest.mark.parametrize(
    ("status", "dates", "starts"),
    [
        ("starting", ["2026-07-01"], "2026-07-01"),
        ("starting", ["2025-07-01"], None),
        ("starting", ["2026-07-01", "2026-09-01"], None),
        ("continuing", ["2026-07-01"], None),
        ("starting", ["2026"], None),
    ],
)
def test_only_a_certain_first_day_is_taken_over(status, dates, starts, draft, alice):
    made = _accept(alice, {**ACTIVITY, "status": status, "dates": dates})
    assert (made.starts_on.isoformat() if made.starts_on else None) == starts


def test_a_decided_programme_takes_no_new_activity(decided, alice):
    with pytest.raises(ValidationError) as refused:
        _accept(alice, ACTIVITY)
    assert refused.value.code == "not-draft"


@pytest.mark.parametrize("who", ["carol", "dave", "erin"])
def test_accepting_takes_the_rights_of_the_programme(who, draft, request):
    with pytest.raises(PermissionDenied):
        _accept(request.getfixturevalue(who), ACTIVITY)


def test_the_same_title_is_the_same_activity(draft, alice):
    made = _accept(alice, ACTIVITY)
    found = acceptance.same_activity(proposal=_proposal(), values={"title": "Watch  the Pumps."})
    assert found == made
    assert acceptance.same_activity(proposal=_proposal(year=2027), values={"title": "Watch the pumps"}) is None


def test_a_title_like_it_is_offered_best_first(draft, alice):
    for title in ("Watch the pumps along the coast", "Watch the pumps", "Talk with farmers"):
        _accept(alice, {**ACTIVITY, "title": title})
    from zichtlijn.supervision.sources.models import Document, ImportRun, Proposal

    document = Document.objects.create(title="Plan", publisher="Inspectorate of Dykes", year=2026)
    run = ImportRun.objects.create(document=document)
    proposal = Proposal.objects.create(
        run=run, document=document, type="activity", title="Watch the pump", confidence=0.9, quotes=[]
    )
    found = acceptance.similar_activities(proposal=proposal, values={"title": "Watch the pumps"}, programme=None)
    assert {item.title for item in found} == {"Watch the pumps along the coast", "Watch the pumps"}


def test_accepting_into_a_draft_adds_what_is_new(draft, alice, field, add):
    record = add(organisations=[field.water])
    values = {"chains": ["Flood chain"], "goals": ["Learning"]}
    acceptance.extend_activity(actor=alice, proposal=_proposal(), values=values, record=record)
    record.refresh_from_db()
    assert {goal.title for goal in record.goals.all()} == {"Readiness", "Learning"}
    assert list(record.chains.all()) == [field.chain]
    assert list(record.organisations.all()) == [field.water]
    revision = record.revision
    acceptance.extend_activity(actor=alice, proposal=_proposal(), values=values, record=record)
    record.refresh_from_db()
    assert record.revision == revision


def test_accepting_into_a_decided_activity_leaves_it_as_decided(decided, alice, field):
    record = decided.activities.first()
    acceptance.extend_activity(actor=alice, proposal=_proposal(), values={"chains": ["Flood chain"]}, record=record)
    assert not Activity.objects.get(pk=record.pk).chains.exists()


def test_a_goal_goes_into_the_perspective_of_the_year(draft, alice):
    values = {"title": "Fewer floods", "description": "Dry feet"}
    made = acceptance.accept_goal(actor=alice, proposal=_proposal(), values=values, programme=None)
    assert (made.perspective, made.number, made.description) == (draft.perspective, 3, "Dry feet")
    assert acceptance.same_goal(proposal=_proposal(), values={"title": "fewer floods"}) == made
    assert acceptance.similar_goals(proposal=_proposal(), values={"title": "Floods"}, programme=None) == [made]


def test_a_figure_goes_into_the_draft_and_is_known_again(draft, alice):
    values = {"title": "Budget", "subject": "Available budget", "value": 15_000_000.0, "unit": "EUR", "year": 2026}
    made = acceptance.accept_figure(actor=alice, proposal=_proposal(), values=values, programme=None)
    assert (made.programme, made.value, made.unit, made.year) == (draft, Decimal(15_000_000), "EUR", 2026)
    assert acceptance.same_figure(proposal=_proposal(), values=values) == made
    assert acceptance.same_figure(proposal=_proposal(), values={**values, "value": 1.0}) is None


def test_a_figure_without_a_value_is_refused(draft, alice):
    with pytest.raises(ValidationError):
        acceptance.accept_figure(
            actor=alice, proposal=_proposal(), values={"title": "Budget", "value": None}, programme=None
        )


def test_a_removed_goal_of_a_draft_leaves_its_number_free(draft, alice):
    goal = draft.perspective.goals.get(number=2)
    actions.remove_goal(actor=alice, goal=goal)
    made = actions.create_goal(actor=alice, perspective=draft.perspective, values={"title": "Third"})
    assert made.number == 2


def test_two_figures_on_one_subject_are_told_apart_by_their_titles(draft, alice):
    for value in (106, 6):
        values = {"title": f"Staff: {value} fte", "subject": "Staff", "value": value, "unit": "fte", "year": 2026}
        acceptance.accept_figure(actor=alice, proposal=_proposal(), values=values, programme=None)
    assert set(draft.figures.values_list("subject", flat=True)) == {"Staff", "Staff: 6 fte"}
