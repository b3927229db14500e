"""A mapping as JSON is what it was, or is refused with the field and the value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.eventlogs.raw_logs import SIMPLE, raw_log
from zichtlijn.analysis.eventlogs.model import Column, LogError, Mapping
from zichtlijn.analysis.eventlogs.report import load_report

ROLES = {"case": "c", "activity": "a", "time": "t"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", 5),
        ("time_zone", ""),
        ("time_zone", "Europe/Atlantis"),
        ("time_zone", "../etc"),
        ("time_zone", ["UTC"]),
        ("sent_to", ["a"]),
        ("sent_to", "a"),
        ("sent_to", {"a": 5}),
        ("term_days", "3"),
        ("term_days", -1),
        ("term_days", 1.5),
        ("term_days", 36_501),
        ("term_days", True),
        ("cut_off", 5),
        ("cut_off", "soon"),
        ("end_activities", "close"),
        ("end_activities", [1]),
        ("end_activities", None),
        ("service_activities", "close"),
        ("service_activities", {"a": 1}),
        ("required", "org"),
        ("object_type", 3),
        ("roles", 3),
        ("roles", []),
    ],
)
def test_a_value_that_a_field_cannot_have_is_refused(field: str, value: Any) -> None:
    with pytest.raises(LogError) as caught:
        Mapping.from_json({"roles": ROLES, field: value})
    assert field in str(caught.value)
    assert json.dumps(value) in str(caught.value)


@pytest.mark.parametrize("values", [None, 3, "text", ["roles"]])
def test_what_is_no_object_is_no_mapping(values: object) -> None:
    with pytest.raises(LogError, match="A mapping is a JSON object"):
        Mapping.from_json(values)


def test_a_long_value_is_cut_off_in_the_message() -> None:
    with pytest.raises(LogError) as caught:
        Mapping.from_json({"roles": ROLES, "end_activities": "x" * 10_000})
    assert len(str(caught.value)) < 200


def test_a_mapping_made_in_a_program_is_checked_too() -> None:
    with pytest.raises(LogError, match="end_activities should be a list of texts"):
        Mapping({"case": Column("c"), "activity": Column("a"), "time": Column("t")}, end_activities="ab").check()  # type: ignore[arg-type]


def test_a_mapping_with_every_field_comes_back_the_same() -> None:
    mapping = Mapping(
        {"case": Column("c"), "activity": Column("a"), "time": Column("t")},
        time_zone="UTC",
        end_activities=("x",),
        sent_to={"y": "Hof"},
        service_activities=("z",),
        required=(Column("c", "case"),),
        term_days=36_500,
        cut_off="2024-12-31T17:00",
        object_type="zaak",
    )
    assert Mapping.from_json(json.loads(json.dumps(mapping.as_json()))) == mapping
    assert mapping.activities() == ("x", "z", "y")


def test_activities_of_the_mapping_that_no_event_has_are_reported(tmp_path: Path) -> None:
    columns = {"case": ["1", "1"], "activity": ["open", "it's"], "time": ["2024-01-01", "2024-01-02"]}
    mapping = Mapping(SIMPLE.roles, end_activities=("close", "it's"), sent_to={"send": "Hof", "open": "Hof"})
    report = load_report(raw_log(tmp_path / "raw", columns), mapping)
    absent = [problem.detail for problem in report.problems if problem.code == "activity-absent"]
    assert absent == ["close", "send"]
