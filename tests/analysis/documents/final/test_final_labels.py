"""The labels of the final programmes keep the rules that the other label files keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.analysis.documents.unseen import test_unseen_labels as unseen

HERE = Path(__file__).resolve().parent
FILES = sorted(HERE.glob("*.yaml"))
RULES = (*unseen.RULES, unseen.test_names_that_an_activity_may_have_are_listed)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.removeprefix("test_"))
def test_final_labels_keep_the_rule(rule: Callable[[Path], None], path: Path) -> None:
    rule(path)


def test_every_final_programme_has_labels() -> None:
    texts = [unseen.rules.load(path)["document"]["text"] for path in FILES]
    assert texts
    assert sorted(texts) == sorted(path.name for path in HERE.glob("*_20*") if path.suffix != ".yaml")
