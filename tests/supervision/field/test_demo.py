from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zichtlijn.platform.events.models import Event
from zichtlijn.supervision.field import demo
from zichtlijn.supervision.field.models import Chain, CitizenGroup, Domain, HandOver, Organisation, Region, SteeringRole
from zichtlijn.supervision.field.queries import find_chain, find_organisation, name_on, steering_triangle

ALL = (Organisation, Chain, CitizenGroup, Domain, HandOver, Region, SteeringRole)


@pytest.fixture
def folder(examples: Path) -> Path:
    return examples / "programme_2024"


@pytest.fixture
def records(db: None, folder: Path) -> dict[str, Any]:
    return demo.load(actor=None, folder=folder)


def test_every_fact_becomes_a_demo_record_with_its_key(records: dict[str, Any], folder: Path) -> None:
    for name in ("organisations", "chains", "groups", "domains", "regions"):
        for each in demo.read_facts(folder, name):
            record = records[f"{name}/{each['code']}"]
            assert (record.name, record.is_demo) == (each["name"], True)


def test_chains_have_their_members_and_hand_overs_in_order(records: dict[str, Any], folder: Path) -> None:
    for each in demo.read_facts(folder, "chains"):
        chain = records[f"chains/{each['code']}"]
        members = [member.organisation for member in chain.members.all()]
        assert members == [records[f"organisations/{member['organisation']}"] for member in each["members"]]
        assert [item.what for item in chain.hand_overs.all()] == [item["what"] for item in each["handovers"]]


def test_former_names_and_roles_hold_on_their_days(records: dict[str, Any]) -> None:
    ministry = records["organisations/jenv"]
    assert name_on(ministry, date(2010, 10, 13)) == "Ministerie van Justitie"
    assert name_on(ministry, date(2017, 10, 25)) == "Ministerie van Veiligheid en Justitie"
    assert ministry.abbreviation == "JenV"
    triangle = steering_triangle(records["organisations/dji"], date(2024, 1, 1))
    assert triangle.owner is not None
    assert triangle.owner.organisation == records["organisations/psg"]
    assert triangle.owner.known_on == date(2023, 8, 31)
    assert [corner.organisation for corner in triangle.commissioners] == [records["organisations/beleidsdirecties"]]


def test_abbreviations_and_other_spellings_are_recognised(records: dict[str, Any]) -> None:
    assert find_organisation("COA") == records["organisations/coa"]
    assert find_organisation("DT&V") == records["organisations/dtv"]
    assert find_chain("vreemdelingenketen") == records["chains/migratie"]


def test_loading_again_adds_and_changes_nothing(records: dict[str, Any], folder: Path) -> None:
    before = {model: model.objects.count() for model in ALL}, Event.objects.count()
    assert demo.load(actor=None, folder=folder) == records
    assert ({model: model.objects.count() for model in ALL}, Event.objects.count()) == before


def test_an_unknown_code_stops_the_load_and_leaves_nothing(db: None, folder: Path, tmp_path: Path) -> None:
    for file in folder.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "chains.yaml").write_text(
        "- {code: x, name: X, kind: chain, members: [{organisation: nobody}]}", encoding="utf-8"
    )
    with pytest.raises(KeyError, match="nobody"):
        demo.load(actor=None, folder=tmp_path)
    assert not Organisation.objects.exists()
