"""The 2024 programme as demo: all facts of the files, decided, labelled, loaded once."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest
import yaml

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field import demo as field_demo
from zichtlijn.supervision.mandate import demo as mandate_demo
from zichtlijn.supervision.programme import demo
from zichtlijn.supervision.programme.models import Activity, Figure, Goal, Perspective, Programme


@pytest.fixture
def folder(examples):
    """The facts of 2024."""
    return examples / "programme_2024"


@pytest.fixture
def around(db, folder):
    """The field and the acts that the programme refers to."""
    return {**field_demo.load(actor=None, folder=folder), **mandate_demo.load(actor=None, folder=folder)}


@pytest.fixture
def loaded(around, folder):
    """Everything by ``file/code``."""
    return demo.load(actor=None, folder=folder, field=around)


def _facts(folder, name):
    return yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))


def test_every_fact_of_the_files_becomes_a_record(loaded, folder):
    for each in _facts(folder, "programme")["activities"]:
        activity = loaded[f"programme/{each['code']}"]
        assert (activity.title, activity.kind, activity.status) == (each["title"], each["kind"], each["status"])
        assert activity.goals.count() == len(each["goals"])
        assert activity.state == "chosen"
    for each in _facts(folder, "figures"):
        assert loaded[f"figures/{each['code']}"].value == Decimal(str(each["value"]))
    perspective = _facts(folder, "perspective")
    for each in (*perspective["goals"], *perspective["spearheads"]):
        assert loaded[f"perspective/{each['code']}"].title == each["title"]
    assert (loaded["perspective"].first_year, loaded["perspective"].last_year) == (2021, 2024)


def test_the_programme_went_to_parliament_with_the_budget_of_the_document(loaded):
    programme = Programme.objects.get(year=2024)
    assert programme == loaded["programme"]
    assert programme.state == "sent_to_parliament"
    assert (programme.available_budget, programme.needed_budget) == (15_000_000, 15_500_000)
    assert [step.state for step in programme.steps.order_by("id")] == [
        "consulted",
        "decided",
        "sent_to_minister",
        "sent_to_parliament",
    ]
    assert programme.versions.get().is_intact


def test_every_demo_record_says_that_it_is_demo(loaded):
    for model in (Perspective, Goal, Programme, Activity, Figure):
        assert model.objects.exists()
        assert not model.objects.filter(is_demo=False).exists()


def test_the_made_up_planning_is_in_it(loaded, folder):
    planned = next(each for each in _facts(folder, "demo_planning")["activities"] if each["code"] == "A-02")
    activity = loaded["programme/A-02"]
    assert (activity.fte, activity.budget) == (Decimal(str(planned["fte"])), Decimal(planned["budget_eur"]))
    assert {need.expertise: need.hours for need in activity.capacity_needs.all()} == planned["hours"]


def test_what_the_register_added_is_told_apart(loaded):
    assert "Door het register aangevuld" in loaded["programme/A-06"].description
    assert "Door het register aangevuld" not in loaded["programme/A-01"].description


def test_loading_again_adds_nothing(loaded, around, folder):
    before = (Activity.objects.count(), Event.objects.count())
    again = demo.load(actor=None, folder=folder, field=around)
    assert again == loaded
    assert (Activity.objects.count(), Event.objects.count()) == before


def test_an_unknown_code_stops_the_whole_load(around, folder):
    del around["domains/toezicht"]
    with pytest.raises(KeyError):
        demo.load(actor=None, folder=folder, field=around)
    assert not Programme.objects.exists()
    assert not Perspective.objects.exists()


def test_the_steps_are_taken_by_the_demo_people(around, folder):
    from zichtlijn.platform.accounts.demo import load_people

    load_people()
    programme = demo.load(actor=None, folder=folder, field=around)["programme"]
    assert programme.versions.get().decided_by.role == "inspector_general"
    assert {step.person.role for step in programme.steps.all()} == {"programme_manager", "inspector_general"}


def test_a_demo_amendment_in_the_planning_makes_a_second_version(around, folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "facts")
    planning = _facts(folder, "demo_planning")
    planning["amendment"] = {
        "title": "Demo: meer aandacht voor digitale weerbaarheid",
        "reason": "Demo: verzonnen aanleiding.",
        "decided_on": "2024-04-15",
        "changes": [{"code": "A-07", "fte": 3.2, "budget_eur": 352000}, {"code": "A-01", "change": "drop"}],
    }
    (copy / "demo_planning.yaml").write_text(yaml.safe_dump(planning), encoding="utf-8")
    records = demo.load(actor=None, folder=copy, field=around)
    programme = records["programme"]
    amendment = programme.amendments.get()
    assert amendment.is_demo
    assert (amendment.state, programme.versions.count()) == ("decided", 2)
    assert (records["programme/A-07"].fte, records["programme/A-01"].state) == (Decimal("3.20"), "dropped")
