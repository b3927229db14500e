"""The figures of a log that are laid beside those of PM4Py: plain sorted tables, and small facts about them.

A side gives: ``events``, ``cases`` (key, start and end in microseconds, events), ``steps`` (activity, next, count),
``step_seconds`` (activity, next, seconds together), ``starts`` and ``ends`` (activity, cases), ``variants``
(activities, cases), ``pairs`` (organisation, next, count of events directly after one another), ``hand_overs`` (the
same between different organisations, an event without one counted as where the case was before), ``durations_us``.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from zichtlijn.analysis.chains import directly_follows, hand_overs, tables, variants
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.eventlogs.model import Column, Mapping
from zichtlijn.analysis.eventlogs.prepare import prepare
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.eventlogs.proposing import propose_mapping
from zichtlijn.analysis.eventlogs.raw import RawLog

Figures = dict[str, Any]
RESOURCES = ("org:resource", "resource")
EVERY = 2**31
TABLES = ("cases", "steps", "starts", "ends", "variants", "pairs", "hand_overs")


def mapping_of(raw: RawLog, object_type: str | None = None) -> Mapping:
    """The mapping proposed; a log without organisations gets its resources as such, if it has those.

    Times of a log of objects that say no zone are taken as UTC: PM4Py's reader does so and cannot be told otherwise.
    """
    mapping = propose_mapping(raw).mapping
    if object_type is not None:
        mapping = replace(mapping, object_type=object_type, time_zone="UTC")
    resource = next((name for name in RESOURCES if name in raw.event_columns), None)
    if mapping.column("organisation") is None and resource is not None:
        return mapping.with_role("organisation", Column(resource))
    return mapping


def figures_of(raw: RawLog, mapping: Mapping) -> Figures:
    """Our side: prepared in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        return figures(prepare(raw, mapping, Path(folder) / "log"))


def figures(log: Prepared) -> Figures:
    """Our side, by the metrics as they are shown."""
    with Embedded(log) as engine:
        follows = directly_follows.compute(engine)
        routes = variants.compute(engine, shown=EVERY).shown
        cases = tables.cases.select("case_key", "start_us", "end_us", "events")
        rows = [list(row.values()) for row in engine.run(cases).to_pylist()]
        with_organisation = log.has("stays")
        return {
            "events": log.manifest.events,
            "cases": sorted(rows),
            "steps": sorted([step.activity, step.next_activity, step.count] for step in follows.steps),
            "step_seconds": sorted(
                [step.activity, step.next_activity, step.times.total_s] for step in follows.steps if step.times
            ),
            "starts": sorted(map(list, follows.starts)),
            "ends": sorted(map(list, follows.ends)),
            "variants": sorted([list(route.activities), route.cases] for route in routes),
            "pairs": _pairs(hand_overs.consecutive_events(engine) if with_organisation else ()),
            "hand_overs": _pairs(hand_overs.compute(engine).hand_overs),
            "durations_us": sorted(end_us - start_us for _, start_us, end_us, _ in rows),
        }


def _pairs(found: tuple[hand_overs.Consecutive, ...] | tuple[hand_overs.HandOver, ...]) -> list[list[Any]]:
    return sorted([each.organisation, each.next_organisation, each.count] for each in found)


def facts(found: Figures) -> dict[str, Any]:
    """Counts, sums and digests: enough to see that tables are the same, without what is in them."""
    durations = found["durations_us"]
    return {
        "events": found["events"],
        **{name: {"rows": len(found[name]), "sha256": digest(found[name])} for name in TABLES},
        "durations_us": {"sum": sum(durations), "least": durations[0], "most": durations[-1]},
    }


def digest(rows: list[Any]) -> str:
    """Of a sorted table."""
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
