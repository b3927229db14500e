"""No order of rows, no number of buckets and no order of adding changes what any metric answers."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.chains.metrics import expressions
from tests.analysis.eventlogs.small_events import FULL, random_events, written
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.analysis.eventlogs.prepare import append, prepare
from zichtlijn.analysis.eventlogs.prepared import DIMENSIONS, Prepared

EVENTS = random_events(5, 1_500)
PART = Selection(organisations=(0, 1), regions=(0,))
Answers = dict[str, list[dict[str, Any]]]


def answers(log: Prepared) -> Answers:
    """The rows that every expression gives, sorted."""
    with Embedded(log, threads=1) as engine:
        return {
            f"{name} {which}": sorted(engine.run(expression(selection)).to_pylist(), key=repr)
            for name, expression in expressions()
            for which, selection in (("all", EVERYTHING), ("part", PART))
        }


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Prepared, Answers]:
    """All events at once, in order, in one bucket."""
    folder = tmp_path_factory.mktemp("once")
    log = prepare(written(folder / "raw", EVENTS), FULL, folder / "log", buckets=1)
    return log, answers(log)


def test_other_orders_and_buckets_give_the_same_answers(once: tuple[Prepared, Answers], tmp_path: Path) -> None:
    shuffled = random.Random(1).sample(EVENTS, len(EVENTS))
    log = prepare(written(tmp_path / "raw", shuffled[:600], shuffled[600:]), FULL, tmp_path / "log", buckets=7)
    assert answers(log) == once[1]


def test_events_added_in_any_order_give_the_same_answers(once: tuple[Prepared, Answers], tmp_path: Path) -> None:
    shuffled = random.Random(2).sample(EVENTS, len(EVENTS))
    parts = [shuffled[:700], shuffled[1_100:], shuffled[700:1_100]]
    raws = [written(tmp_path / f"raw-{n}", part, sha256=f"{n}" * 64) for n, part in enumerate(parts)]
    log = prepare(raws[0], FULL, tmp_path / "log-0", buckets=3)
    for place, raw in enumerate(raws[1:], 1):
        log = append(log, raw, tmp_path / f"log-{place}")
    # so that codes can be compared too
    assert all(log.values(name) == once[0].values(name) for name in DIMENSIONS)
    assert answers(log) == once[1]


def test_the_answers_say_something(once: tuple[Prepared, Answers]) -> None:
    given = {name for name, rows in once[1].items() if rows and name.endswith("all")}
    assert len(given) > 40
