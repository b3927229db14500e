"""How ``make docs`` makes the documentation."""

import json
import sys
from pathlib import Path

from zichtlijn import __version__

sys.path.insert(0, str(Path(__file__).resolve().parent))
from growth_plot import growth_plot

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / "benchmarks/results"
SPEED = ("work", "ours_s", "peer", "peer_s", "ratio", "goal", "met", "peak_mib", "note")
COLUMNS = {
    "programme_quality": ("work", "what", "precision", "recall", "f1", "goal", "met"),
    "import_speed": SPEED,
    "xes_speed": SPEED,
    "chain_speed": SPEED,
    "chain_growth": ("work", "seconds", "seconds_per_million", "peak_mib", "most_disk_mib", "goal", "met"),
    "equal_to_peers": ("work", "events", "compared", "different", "largest_difference", "peer", "peer_version", "met"),
    "equality_error": ("work", "goal", "met", "note"),
    "intake_reading": (
        *("work", "signals", "p50_ms", "p95_ms", "worked_p50_ms", "database_p50_ms", "statements", "signals_small"),
        *("p95_ms_small", "growth", "goal", "met"),
    ),
    "intake_writing": ("work", "per_second", "goal", "met"),
}
# Tables of which several stand in one file: the file, and the rows.
PARTS = {"intake_reading": ("intake", "reading"), "intake_writing": ("intake", "writing")}

project = "Zichtlijn"
author = "the contributors to Zichtlijn"
release = version = __version__
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Zichtlijn"
html_show_sphinx = False


def _table(name: str) -> str:
    """One table of measurements, as Markdown."""
    file, part = PARTS.get(name, (name, None))
    path = RESULTS / f"{file}.json"
    if not path.exists():
        return "Not measured yet.\n"
    measured = json.loads(path.read_text(encoding="utf-8"))
    columns = COLUMNS[name]
    lines = [" | ".join(columns), " | ".join("---" for _column in columns)]
    rows = [row for row in measured["rows"] if row.get("measured", True) and row.get("part") == part]
    lines += [" | ".join("" if row.get(column) is None else str(row[column]) for column in columns) for row in rows]
    return f"Measured on {measured['date']}.\n\n" + "\n".join(f"| {line} |" for line in lines) + "\n"


def setup(_app: object) -> None:
    """The tables of measurements are made from the result files, so that they cannot differ from them."""
    target = HERE / "_build"
    target.mkdir(exist_ok=True)
    for name in COLUMNS:
        (target / f"{name}.md").write_text(_table(name), encoding="utf-8")
    growth = RESULTS / "chain_growth.json"
    if growth.exists():
        rows = json.loads(growth.read_text(encoding="utf-8"))["rows"]
        (target / "chain_growth.svg").write_text(growth_plot(rows), encoding="utf-8")
