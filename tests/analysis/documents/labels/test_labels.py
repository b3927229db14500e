"""The hand-made labels are what their README says: complete, consistent, and findable in their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from zichtlijn.analysis.documents.model import ActivityKind, ActivityStatus

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[3]
SOURCE = HERE / "programme_2024.yaml"
LOCAL = [*sorted((HERE.parent / "heldout").glob("*.yaml")), CHECKOUT / "examples/demo_programme/labels.yaml"]
EVERY = [SOURCE, *LOCAL]
ITEM_LISTS = ("goals", "activities", "figures", "organisations", "chains", "acts", "groups")
NAMED = ("organisations", "chains", "acts", "groups")

each_file = pytest.mark.parametrize("path", EVERY, ids=lambda path: f"{path.parent.name}-{path.stem}")
each_local_file = pytest.mark.parametrize("path", LOCAL, ids=lambda path: f"{path.parent.name}-{path.stem}")


def load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def items(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in ITEM_LISTS:
        yield from content[name]


def cues(content: dict[str, Any], edition: int = 1) -> list[str]:
    return [cue["cue"] for item in items(content) if item.get("edition", 1) == edition for cue in item["evidence"]]


def locator_cues(content: dict[str, Any]) -> list[str]:
    parts = ("starts_on_page", "runs_in_from_previous", "runs_on_to_next", "also_on_page")
    found = [cue for page in content.get("locator", ()) for part in parts for cue in page.get(part, ())]
    return [*found, *(start["cue"] for start in content.get("page_starts", ()))]


def one_line(text: str) -> str:
    return " ".join(text.split())


def text_of(path: Path, name: str) -> str:
    return one_line((path.parent / name).read_text(encoding="utf-8"))


def not_found_once(wanted: list[str], text: str) -> dict[str, int]:
    return {cue: text.count(cue) for cue in wanted if text.count(cue) != 1}


@each_file
def test_every_item_has_its_own_id_and_evidence(path: Path) -> None:
    content = load(path)
    ids = Counter(item["id"] for item in items(content))
    assert [name for name, count in ids.items() if count > 1] == []
    assert [item["id"] for item in items(content) if not item["evidence"] and not item.get("edition")] == []


@each_file
def test_no_cue_is_longer_than_six_words(path: Path) -> None:
    content = load(path)
    every = [*cues(content), *cues(content, edition=2), *locator_cues(content)]
    assert [cue for cue in every if len(cue.split()) > 6] == []


@each_file
def test_activities_use_the_kinds_and_statuses_of_the_model(path: Path) -> None:
    for activity in load(path)["activities"]:
        also = activity.get("also", {})
        assert {activity["kind"], *also.get("kind", ())} <= set(get_args(ActivityKind)), activity["id"]
        assert {activity["status"], *also.get("status", ())} <= set(get_args(ActivityStatus)), activity["id"]


@each_file
def test_activities_refer_to_listed_goals_and_names(path: Path) -> None:
    content = load(path)
    goals = {goal["id"] for goal in content["goals"]}
    for activity in content["activities"]:
        assert {*activity["goals"], *activity.get("also", {}).get("goals", ())} <= goals, activity["id"]
        for kind in NAMED:
            listed = {item["name"] for item in content[kind]}
            assert set(activity.get(kind, ())) <= listed, (activity["id"], kind)


@each_file
def test_pages_lie_within_the_document(path: Path) -> None:
    content = load(path)
    last = content["document"]["pages"]
    given = [cue["page"] for item in items(content) for cue in item["evidence"] if cue["page"] is not None]
    assert all(last is not None and 1 <= page <= last for page in given)
    for item in items(content):
        on = {cue["page"] for cue in item["evidence"]} - {None}
        assert on <= {*item.get("pages", ()), *([item["page"]] if item.get("page") else on)}, item["id"]


@each_file
def test_figures_are_numbers_with_a_unit(path: Path) -> None:
    for figure in load(path)["figures"]:
        assert isinstance(figure["value"], int | float), figure["id"]
        assert figure["unit"], figure["id"]
        assert "year" in figure, figure["id"]


@each_local_file
def test_every_cue_is_found_once_in_the_text(path: Path) -> None:
    content = load(path)
    text = text_of(path, content["document"]["text"])
    assert not_found_once([*cues(content), *locator_cues(content)], text) == {}


def test_every_cue_of_the_new_activity_is_found_once_in_the_second_edition() -> None:
    path = LOCAL[-1]
    wanted = cues(load(path), edition=2)
    assert wanted
    assert not_found_once(wanted, text_of(path, "programme-edition-2.md")) == {}


@pytest.mark.needs_shared
def test_every_cue_is_found_once_in_the_source(shared: Path) -> None:
    content = load(SOURCE)
    text = one_line((shared / content["document"]["text"]).read_text(encoding="utf-8"))
    assert not_found_once([*cues(content), *locator_cues(content)], text) == {}


@pytest.mark.needs_shared
def test_the_page_of_every_cue_follows_from_the_page_starts(shared: Path) -> None:
    content = load(SOURCE)
    text = one_line((shared / content["document"]["text"]).read_text(encoding="utf-8"))
    starts = [(text.index(start["cue"]), start["page"]) for start in content["page_starts"]]
    assert starts == sorted(starts)
    for item in items(content):
        for cue in item["evidence"]:
            expected = max(page for at, page in starts if at <= text.index(cue["cue"]))
            assert cue["page"] == expected, (item["id"], cue)


@pytest.mark.needs_shared
def test_the_sentences_of_a_located_page_stand_in_its_layer(shared: Path) -> None:
    content = load(SOURCE)
    for page in content["locator"]:
        layer = (shared / content["document"]["layers"][page["page"]]).read_text(encoding="utf-8")
        known = set(re.findall(r"\w+", layer))
        for cue in page["starts_on_page"]:
            words = re.findall(r"\w+", cue)
            # the transcription has mistakes, so one word of a cue may be missing in the layer
            assert len([word for word in words if word not in known]) <= 1, (page["page"], cue)
