"""The quality that we promise, measured against the hand-made labels; and the speed."""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from zichtlijn.analysis.documents import reading
from zichtlijn.analysis.documents.proposals import propose

from .made_programmes import CARE, read

LABELS = Path(__file__).parent / "labels"
STYLES = sorted(path for folder in ("heldout", "styles") for path in (LABELS.parent / folder).glob("*.yaml"))
BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.fixture(scope="module")
def matching() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "programme_quality_matching", BENCHMARKS / "programme_quality_matching.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.needs_shared
def test_the_labelled_programme_reaches_the_promised_quality(shared: Path, matching: ModuleType) -> None:
    labels = yaml.safe_load((LABELS / "programme_2024.yaml").read_text(encoding="utf-8"))
    about = labels["document"]
    layers = {page: (shared / name).read_bytes() for page, name in about["layers"].items()}
    document = reading.read((shared / about["text"]).read_bytes(), about["text"], layers=layers)
    scores = matching.measure(document, labels, propose(document))
    assert scores.found["activities"].f1 >= 0.95, scores.notes
    for name in ("goals", "organisations", "chains", "acts", "figures", "footnotes", "activity organisations"):
        assert scores.found[name].f1 >= 0.95, (name, scores.notes)
    for name in ("kind", "status", "pages"):
        right, total = scores.right[name]
        assert right >= 0.95 * total, (name, scores.notes)


def test_a_miss_and_a_false_find_are_counted(matching: ModuleType) -> None:
    document = read(CARE)
    labels = {
        "activities": [
            {"id": "a", "kind": "monitoring", "status": "continuing", "evidence": [{"cue": "bezoeken we 120"}]},
            {
                "id": "b",
                "title": "x",
                "kind": "dialogue",
                "status": "new",
                "evidence": [{"cue": "Zorgkantoren moeten"}],
            },
        ]
    }
    proposals = [p for p in propose(document) if p.type == "activity"]
    counts = matching.measure(document, labels, proposals).found["activities"]
    assert (counts.found, counts.missed, counts.false) == (1, 1, len(proposals) - 1)


def test_twice_the_text_takes_about_twice_the_time() -> None:
    def seconds(times: int) -> float:
        document = read(CARE * times)
        started = time.process_time()
        propose(document)
        return time.process_time() - started

    seconds(2)
    once, fourfold = min(seconds(20) for _ in range(3)), min(seconds(80) for _ in range(3))
    assert fourfold < 4 * once * 2


def test_a_sentence_without_end_is_survived_quickly() -> None:
    document = read("wij zullen worden " * 40_000)
    started = time.process_time()
    propose(document)
    assert time.process_time() - started < 10


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_plans_in_other_styles_are_read_nearly_as_well(path: Path, matching: ModuleType) -> None:
    labels = yaml.safe_load(path.read_text(encoding="utf-8"))
    text = path.with_name(labels["document"]["text"])
    document = reading.read(text.read_bytes(), text.name)
    scores = matching.measure(document, labels, propose(document))
    assert scores.found["activities"].f1 >= 0.9, scores.notes
    for name in ("goals", "activity goals", "figures"):
        assert scores.found[name].f1 >= 0.95, (name, scores.notes)
    for name in ("kind", "status"):
        right, total = scores.right[name]
        assert right >= 0.9 * total, (name, scores.notes)
