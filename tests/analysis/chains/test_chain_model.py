"""The agreed chain as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from zichtlijn.analysis.chains.chain_model import AgreedHandOver, ChainModel
from zichtlijn.analysis.eventlogs.model import LogError

FINES: dict[str, Any] = {
    "name": "Fines",
    "organisations": ["Police", "Court", "Collection"],
    "hand_overs": [
        {"from": "Police", "to": "Court", "within_days": 14, "counted_from": "last_event"},
        {"from": "Court", "to": "Collection"},
    ],
    "order": {"of": "organisation", "steps": ["Police", "Court"], "may_be_skipped": ["Court"]},
}


def test_a_model_is_read_and_written_the_same(tmp_path: Path) -> None:
    path = tmp_path / "fines.json"
    path.write_text(json.dumps(FINES), encoding="utf-8")
    model = ChainModel.read(path)
    assert model.hand_overs == (
        AgreedHandOver("Police", "Court", 14, "last_event"),
        AgreedHandOver("Court", "Collection"),
    )
    assert model.as_json() == FINES
    assert ChainModel.from_json(model.as_json()) == model


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"hand_over": []}, "model-field"),
        ({"name": ""}, "model-name"),
        ({"name": 3}, "model-name"),
        ({"organisations": "Police"}, "model-form"),
        ({"organisations": ["Police"]}, "model-organisation"),
        ({"hand_overs": [{"from": "Police"}]}, "model-name"),
        ({"hand_overs": [{"from": "Police", "to": "Police"}]}, "model-itself"),
        ({"hand_overs": [{"from": "Police", "to": "Court"}] * 2}, "model-twice"),
        ({"hand_overs": [{"from": "Police", "to": "Court", "within_days": -1}]}, "model-term"),
        ({"hand_overs": [{"from": "Police", "to": "Court", "within_days": True}]}, "model-term"),
        ({"hand_overs": [{"from": "Police", "to": "Court", "counted_from": "sending"}]}, "model-choice"),
        ({"hand_overs": ["Police"]}, "model-form"),
        ({"hand_overs": [], "order": {}}, "model-empty"),
        ({"order": {"of": "region"}}, "model-choice"),
        ({"order": {"steps": ["Police", "Police"]}}, "model-twice"),
        ({"order": {"steps": ["Parliament"]}}, "model-organisation"),
        ({"order": {"steps": ["Police"], "may_be_skipped": ["Court"]}}, "model-skipped"),
    ],
)
def test_what_is_wrong_with_a_model_is_named(changed: dict[str, Any], code: str) -> None:
    with pytest.raises(LogError) as caught:
        ChainModel.from_json(FINES | changed)
    assert caught.value.code == code


def test_an_order_of_activities_need_not_name_organisations() -> None:
    model = ChainModel.from_json({"name": "Steps", "order": {"of": "activity", "steps": ["report", "decide"]}})
    assert (model.order_of, model.steps, model.organisations) == ("activity", ("report", "decide"), ())


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"name":\n "x",\n}', encoding="utf-8")
    with pytest.raises(LogError) as caught:
        ChainModel.read(path)
    assert (caught.value.code, caught.value.line) == ("model-json", 3)
    with pytest.raises(LogError, match="absent"):
        ChainModel.read(tmp_path / "absent.json")
