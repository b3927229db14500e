"""Whatever the format, it is the same log; a wrong question is answered with what is wrong, and leaves nothing."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from lxml import etree

from zichtlijn.analysis.chains.generation import (
    Generated,
    Growing,
    Lost,
    Planted,
    Regional,
    Rework,
    generate,
    generating,
)
from zichtlijn.analysis.chains.generation.columns import COLUMNS
from zichtlijn.analysis.eventlogs.model import LogError, Mapping

Row = tuple[str, ...]


def _made(folder: Path, file_format: str, **changes: object) -> Generated:
    return generate(
        **{"chain": "asylum", "cases": 80, "seed": 3, "folder": folder, "format": file_format, **changes}  # type: ignore[arg-type]
    )


def _rows_of_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file)]


def _rows_of_parquet(pattern: str) -> list[Row]:
    texts = ", ".join(f"coalesce({name}::varchar, '')" for name in COLUMNS)
    return duckdb.sql(f"SELECT {texts} FROM read_parquet('{pattern}')").fetchall()


def _rows_of_xes(path: Path) -> list[Row]:
    rows = []
    for trace in etree.parse(path).getroot().findall("trace"):
        of_case = {each.get("key"): each.get("value") for each in trace if each.tag != "event"}
        for event in trace.findall("event"):
            values = {each.get("key"): each.get("value") for each in event}
            named = {**of_case, **values, "zaaknummer": of_case["concept:name"], "activiteit": values["concept:name"]}
            named |= {name: value[:19].replace("T", " ") for name, value in _times(named).items()}
            rows.append(tuple(named.get(name, "") for name in COLUMNS))
    return rows


def _times(named: dict[str, str]) -> dict[str, str]:
    return {"tijdstip": named["time:timestamp"], "uiterste_datum": named["uiterste_datum"]}


def test_every_format_holds_the_same_events_in_the_same_order(tmp_path: Path) -> None:
    raw = _made(tmp_path / "raw", "raw").raw
    assert raw is not None
    expected = _rows_of_parquet(raw.events_glob)
    assert len(expected) == raw.events > 1000
    assert _rows_of_csv(_made(tmp_path / "csv", "csv").path) == expected
    assert _rows_of_parquet(str(_made(tmp_path / "parquet", "parquet").path)) == expected
    assert _rows_of_xes(_made(tmp_path / "xes", "xes").path) == expected


def test_the_mapping_is_saved_beside_the_log(tmp_path: Path) -> None:
    made = _made(tmp_path, "xes")
    saved = Mapping.from_json(json.loads((tmp_path / "mapping.json").read_text(encoding="utf-8")))
    assert saved.as_json() == made.mapping.as_json()
    assert saved.column("case") is not None
    assert saved.column("case").level == "case"  # type: ignore[union-attr]


def test_a_log_by_day_has_dates_only(tmp_path: Path) -> None:
    made = _made(tmp_path, "csv", day_granular=True)
    assert {row[2][11:] for row in _rows_of_csv(made.path)} == {"00:00:00"}


def test_a_log_of_several_blocks_numbers_its_cases_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generating, "BLOCK_CASES", 30)
    told: list[tuple[int, int]] = []
    made = _made(tmp_path, "csv", progress=lambda done, of: told.append((done, of)))
    cases = Counter(row[0] for row in _rows_of_csv(made.path))
    assert sorted(cases) == [f"AS-{number:09d}" for number in range(1, 81)]
    assert made.truth["blocks"] == 3
    assert told == [(27, 80), (54, 80), (80, 80)]


WRONG = {
    "chain-unknown": {"chain": "coffee-shops"},
    "generate-cases": {"cases": 0},
    "generate-seed": {"seed": -1},
    "generate-format": {"format": "pdf"},
    "chain-station": {"planted": Planted(growing=Growing("nobody", 0.5, 1.2))},
    "plant-route": {"planted": Planted(lost=Lost("ind", "coa", 0.1))},
    "plant-region": {"planted": Planted(regional=Regional("ind", "Atlantis", 2))},
    "plant-rework": {"planted": Planted(rework=Rework("ind", 0.2))},
}


@pytest.mark.parametrize("code", WRONG)
def test_what_cannot_be_generated_is_refused_with_a_reason(tmp_path: Path, code: str) -> None:
    with pytest.raises(LogError) as refused:
        _made(tmp_path / "log", "csv", **WRONG[code])
    assert refused.value.code == code
    assert not (tmp_path / "log").exists()


def test_a_log_that_breaks_off_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generating, "BLOCK_CASES", 30)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _made(tmp_path, "csv", progress=stop)
    assert list(tmp_path.iterdir()) == []
