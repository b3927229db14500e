"""The labels of the unseen programmes keep the rules that the other label files keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.analysis.documents.labels import test_labels as rules

HERE = Path(__file__).resolve().parent
FILES = sorted(HERE.glob("*.yaml"))

RULES = (
    rules.test_every_item_has_its_own_id_and_evidence,
    rules.test_no_cue_is_longer_than_six_words,
    rules.test_activities_use_the_kinds_and_statuses_of_the_model,
    rules.test_activities_refer_to_listed_goals_and_names,
    rules.test_pages_lie_within_the_document,
    rules.test_figures_are_numbers_with_a_unit,
    rules.test_every_cue_is_found_once_in_the_text,
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.removeprefix("test_"))
def test_unseen_labels_keep_the_rule(rule: Callable[[Path], None], path: Path) -> None:
    rule(path)


def test_every_unseen_programme_has_labels() -> None:
    texts = [rules.load(path)["document"]["text"] for path in FILES]
    assert texts
    assert sorted(texts) == sorted(path.name for path in HERE.glob("*_20*") if path.suffix != ".yaml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_names_that_an_activity_may_have_are_listed(path: Path) -> None:
    content = rules.load(path)
    for kind in rules.NAMED:
        listed = {item["name"] for item in content[kind]}
        allowed = {name for activity in content["activities"] for name in activity.get(f"also_{kind}", ())}
        assert allowed <= listed, kind
