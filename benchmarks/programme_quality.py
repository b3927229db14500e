"""How well the proposals for a work programme match what a careful reader lists by hand.

    python benchmarks/programme_quality.py [LABELS.yaml | DIRECTORY ...] [--shared DIRECTORY] [--verbose]

Without names it measures ``tests/analysis/documents/labels/``. Label files with ``shared: true`` need ``--shared`` (or
``ZICHTLIJN_SHARED``), else they are reported as not measured. Prints precision, recall and F1 per kind of proposal, how
often kind, status and goals of matched activities are right, and pages; writes
``benchmarks/results/programme_quality.json``. The rules of matching stand in the README of the label files.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any

import yaml
from programme_quality_matching import Scores, measure

from zichtlijn.analysis.documents import reading
from zichtlijn.analysis.documents.dictionaries import Dictionaries
from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.analysis.documents.proposals import propose

ROOT = Path(__file__).parent.parent
LABELS = ROOT / "tests" / "analysis" / "documents" / "labels"
RESULT = ROOT / "benchmarks" / "results" / "programme_quality.json"
GOALS = {"activities": 0.90, "goals": 0.95, "organisations": 0.95, "chains": 0.95, "acts": 0.95, "figures": 0.95}


def main(arguments: list[str]) -> int:
    """Measure every label file and write the result; 0 when all could be measured."""
    options = _options(arguments)
    rows: list[dict[str, Any]] = []
    dictionaries = Dictionaries.load()
    for path in _label_files(options.labels or [LABELS]):
        labels = yaml.safe_load(path.read_text(encoding="utf-8"))
        document, note = _document(labels, path, options.shared)
        if document is None:
            print(f"{path.stem}: not measured: {note}", file=sys.stderr)
            rows.append({"work": path.stem, "measured": False, "note": note})
            continue
        started = time.perf_counter()
        proposals = propose(document, dictionaries=dictionaries)
        seconds = time.perf_counter() - started
        scores = measure(document, labels, proposals)
        rows += _rows(path.stem, scores, seconds)
        _show(path.stem, scores, seconds, options.verbose)
    _write(rows)
    return 0 if all(row.get("measured", True) for row in rows) else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", nargs="*", type=Path)
    parser.add_argument("--shared", type=Path, default=os.environ.get("ZICHTLIJN_SHARED"))
    parser.add_argument("--verbose", action="store_true", help="name what was missed and what was found falsely")
    return parser.parse_args(arguments)


def _label_files(paths: list[Path]) -> list[Path]:
    files = [found for path in paths for found in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    return [path for path in files if "activities" in path.read_text(encoding="utf-8")]


def _document(labels: dict[str, Any], path: Path, shared: str | None) -> tuple[ReadDocument | None, str]:
    about = labels["document"]
    if about.get("shared") and not shared:
        return None, "the folder with shared sources is not given"
    base = Path(shared) if about.get("shared") and shared else path.parent
    layers = {int(page): (base / name).read_bytes() for page, name in (about.get("layers") or {}).items()}
    text = base / about["text"]
    return reading.read(text.read_bytes(), text.name, layers=layers or None), ""


def _rows(work: str, scores: Scores, seconds: float) -> list[dict[str, Any]]:
    rows = []
    for name, counts in scores.found.items():
        goal = GOALS.get(name, 0.95)
        row = {"work": work, "what": name, **counts.as_dict(), "goal": goal, "met": counts.f1 >= goal}
        rows.append(row | {"seconds": round(seconds, 4), "measured": True})
    for name, (right, total) in scores.right.items():
        rows.append({"work": work, "what": name, "right": right, "of": total, "measured": True})
    return rows


def _show(work: str, scores: Scores, seconds: float, verbose: bool) -> None:
    print(f"{work} ({seconds:.3f} s)")
    print(f"  {'':16}{'precision':>10}{'recall':>8}{'F1':>7}{'found':>7}{'false':>7}{'missed':>8}")
    for name, c in scores.found.items():
        print(f"  {name:16}{c.precision:10.3f}{c.recall:8.3f}{c.f1:7.3f}{c.found:7}{c.false:7}{c.missed:8}")
    for name, (right, total) in scores.right.items():
        share = f"{right / total:.3f}" if total else "-"
        print(f"  {name:16}{share:>10}  ({right} of {total})")
    if verbose:
        for line in scores.notes:
            print("   ", line)


def _write(rows: list[dict[str, Any]]) -> None:
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    result = {
        "benchmark": "programme_quality",
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "rows": rows,
    }
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
