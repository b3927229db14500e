from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zichtlijn.supervision.field.demo import read_facts
from zichtlijn.supervision.mandate import demo
from zichtlijn.supervision.mandate.models import Act
from zichtlijn.supervision.mandate.queries import find_act


@pytest.fixture
def folder(examples: Path) -> Path:
    return examples / "programme_2024"


@pytest.fixture
def records(db: None, folder: Path) -> dict[str, Any]:
    return demo.load(actor=None, folder=folder)


def test_every_act_becomes_a_demo_record(records: dict[str, Any], folder: Path) -> None:
    for each in read_facts(folder, "acts"):
        act = records[f"acts/{each['code']}"]
        assert (act.name, act.bwb_id, act.is_demo) == (each["name"], each.get("bwb", ""), True)


def test_an_act_has_the_status_of_now_and_a_framework_is_policy(records: dict[str, Any]) -> None:
    wki = records["acts/wki"]
    assert (wki.status, wki.in_force_from) == (Act.Status.IN_FORCE, date(2024, 4, 1))
    assert records["acts/wri"].status == Act.Status.PREPARATION
    assert records["acts/beleidskompas"].status == Act.Status.POLICY


def test_acts_are_recognised_by_their_short_name(records: dict[str, Any]) -> None:
    assert find_act("Spreidingswet") == records["acts/spreidingswet"]


def test_loading_again_adds_nothing(records: dict[str, Any], folder: Path) -> None:
    assert demo.load(actor=None, folder=folder) == records
    assert Act.objects.count() == len(records)
