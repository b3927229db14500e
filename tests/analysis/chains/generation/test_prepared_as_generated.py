"""A generated log can be prepared with its own mapping, and has the shape that registrations have."""

from __future__ import annotations

from tests.analysis.chains.generated_logs import GeneratedLog
from zichtlijn.analysis.chains import tables


def test_all_events_and_cases_are_prepared(planted_log: GeneratedLog) -> None:
    manifest = planted_log.prepared.manifest
    assert (manifest.events, manifest.cases) == (planted_log.truth["events"], planted_log.truth["cases"])
    assert manifest.is_demo


def test_some_cases_are_open_at_the_cut_off(planted_log: GeneratedLog) -> None:
    cases = tables.cases
    found = planted_log.engine.run(cases.group_by("closed").agg(n=cases.count()))
    number = dict(zip(found["closed"].to_pylist(), found["n"].to_pylist(), strict=True))
    assert number[False] > 0.05 * number[True]


def test_events_at_the_same_time_occur(planted_log: GeneratedLog) -> None:
    events = tables.events
    ties = planted_log.engine.run(events.filter(events.to_next_us == 0).agg(n=events.case_no.count()))["n"][0].as_py()
    assert ties > 0.1 * planted_log.truth["events"]


def test_every_case_has_a_region_a_citizen_group_and_a_term(planted_log: GeneratedLog) -> None:
    cases = tables.cases
    known = cases.filter(cases.region.notnull() & cases.citizen_group.notnull() & cases.term_us.notnull())
    assert planted_log.engine.run(known.agg(n=known.count()))["n"][0].as_py() == planted_log.truth["cases"]


def test_stays_know_where_a_case_was_sent_and_when_it_was_served(planted_log: GeneratedLog) -> None:
    stays = tables.stays
    sent = stays.filter(stays.sent_to.notnull())
    served = stays.filter(stays.served_us.notnull())
    number = planted_log.engine.run(sent.agg(n=sent.count()))["n"][0].as_py()
    truth = planted_log.truth
    supplements = sum(station["supplements"] for station in truth["stations"])
    assert number >= sum(pair["sent"] for pair in truth["hand_overs"]) + supplements
    waits = planted_log.engine.run(served.agg(n=served.count()))["n"][0].as_py()
    assert waits >= sum(station["served"] for station in truth["stations"])
