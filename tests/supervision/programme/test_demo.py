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


def test_every_fact_of_the_files_becomes_a_record_labelled_demo(loaded, folder):
    planned = {each["code"]: each for each in _facts(folder, "demo_planning")["activities"]}
    for each in _facts(folder, "programme")["activities"]:
        activity = loaded[f"programme/{each['code']}"]
        assert (activity.title, activity.kind, activity.status) == (each["title"], each["kind"], each["status"])
        assert (activity.goals.count(), activity.state) == (len(each["goals"]), "chosen")
        assert activity.budget == planned[each["code"]]["budget_eur"]
        hours = {name: hours for name, hours in planned[each["code"]]["hours"].items() if hours}
        assert {need.expertise: need.hours for need in activity.capacity_needs.all()} == hours
        # What the register adds itself is told apart from what the document says.
        assert ("Door het register aangevuld" in activity.description) == ("linked" in each)
    for each in _facts(folder, "figures"):
        assert loaded[f"figures/{each['code']}"].value == Decimal(str(each["value"]))
    perspective = _facts(folder, "perspective")
    for each in (*perspective["goals"], *perspective["spearheads"]):
        assert loaded[f"perspective/{each['code']}"].title == each["title"]
    assert (loaded["perspective"].first_year, loaded["perspective"].last_year) == (2021, 2024)
    for model in (Perspective, Goal, Programme, Activity, Figure):
        assert model.objects.exists()
        assert not model.objects.filter(is_demo=False).exists()


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


def test_the_programme_goes_to_parliament_by_the_demo_people(around, folder):
    from zichtlijn.platform.accounts.demo import load_people

    load_people()
    programme = demo.load(actor=None, folder=folder, field=around)["programme"]
    assert programme == Programme.objects.get(year=2024)
    assert (programme.available_budget, programme.needed_budget) == (15_000_000, 15_500_000)
    assert [(step.state, step.person.role) for step in programme.steps.order_by("id")] == [
        ("consulted", "programme_manager"),
        ("decided", "inspector_general"),
        ("sent_to_minister", "inspector_general"),
        ("sent_to_parliament", "inspector_general"),
    ]
    version = programme.versions.get()
    assert version.is_intact
    assert version.decided_by.role == "inspector_general"


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
