"""Every shared log gives the figures that PM4Py found in it.

``peer_facts.json`` holds what PM4Py found, as counts and digests: ``benchmarks/equal_to_peers.py --keep-facts`` makes
it, with PM4Py reading the original files itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.log_figures import digest, facts, figures_of, mapping_of
from zichtlijn.analysis.eventlogs.readers import read_log

FACTS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("peer_facts.json").read_text(encoding="utf-8"))


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", FACTS)
def test_a_log_gives_the_figures_that_pm4py_finds_in_it(name: str, shared: Path, tmp_path: Path) -> None:
    filename, _, object_type = name.removesuffix(")").partition(" (")
    raw = read_log(shared / "logs" / filename, tmp_path / "raw")
    assert facts(figures_of(raw, mapping_of(raw, object_type or None))) == FACTS[name]


@pytest.mark.needs_shared
def test_every_shared_log_is_held_against_pm4py(shared: Path) -> None:
    there = {path.name for path in (shared / "logs").iterdir()}
    assert {name.partition(" (")[0] for name in FACTS} == there


def test_a_digest_tells_tables_apart_that_differ_in_one_count() -> None:
    table = [["Aanvraag ontvangen", "Besluit genomen", 12], ["Besluit genomen", "Bezwaar", 3]]
    other = [["Aanvraag ontvangen", "Besluit genomen", 12], ["Besluit genomen", "Bezwaar", 4]]
    assert digest(table) != digest(other)
