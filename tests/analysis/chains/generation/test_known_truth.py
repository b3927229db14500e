"""What ``truth.json`` says is what a generated log shows: rates, capacities, chances and what was planted."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime

import numpy as np
import pytest

from tests.analysis.chains.generated_logs import GeneratedLog
from zichtlijn.analysis.chains import tables
from zichtlijn.analysis.chains.generation import read_chain
from zichtlijn.analysis.chains.generation.working_time import working_days_between

LAST_WEEKS = 26


def _counted(log: GeneratedLog, activity: str, since_us: int = 0) -> dict[str, int]:
    """Events of an activity per region."""
    events, code = tables.events, log.prepared.code("activity", activity)
    chosen = events.filter((events.activity == code) & (events.at_us >= since_us))
    rows = log.engine.run(chosen.group_by("region").agg(n=chosen.count())).to_pylist()
    names = log.prepared.values("region")
    return {names[row["region"]]: row["n"] for row in rows}


def _mean_work(log: GeneratedLog, started: int, finished: int) -> dict[str, tuple[float, int]]:
    """Per region the mean time from starting to finishing without a supplement, and the number of cases."""
    events = tables.events
    straight = events.filter((events.activity == started) & (events.next_activity == finished))
    rows = log.engine.run(straight.group_by("region").agg(sum=straight.to_next_us.sum(), n=straight.count()))
    names = log.prepared.values("region")
    return {names[row["region"]]: (float(row["sum"]) / row["n"], row["n"]) for row in rows.to_pylist()}


def _wilson(hits: int, of: int, z: float = 3.291) -> tuple[float, float]:
    """Wilson (1927), at 99.9 %."""
    share, pull = hits / of, z * z / of
    half = z * math.sqrt(share * (1 - share) / of + pull / (4 * of))
    return (share + pull / 2 - half) / (1 + pull), (share + pull / 2 + half) / (1 + pull)


def test_cases_come_in_at_the_rate_of_each_region(planted_log: GeneratedLog) -> None:
    cases = tables.cases
    rows = planted_log.engine.run(cases.group_by("region").agg(n=cases.count())).to_pylist()
    found = {planted_log.prepared.values("region")[row["region"]]: row["n"] for row in rows}
    regional = next(each for each in planted_log.truth["stations"] if not each["national"])
    rates = regional["arrivals_per_working_day"]
    for region, rate in rates.items():
        expected = planted_log.truth["cases"] * rate / sum(rates.values())
        assert found[region] == pytest.approx(expected, abs=4.5 * math.sqrt(expected))


def test_a_full_queue_serves_at_its_capacity(planted_log: GeneratedLog) -> None:
    station = planted_log.station(planted_log.truth["planted"]["growing"]["station"])
    end = date.fromisoformat(planted_log.truth["cut_off"])
    since = datetime.combine(end, datetime.min.time(), UTC).timestamp() - LAST_WEEKS * 7 * 86_400
    served = _counted(planted_log, station["started"], int(since * 1_000_000))
    places = {region: capacity * LAST_WEEKS * 5 for region, capacity in station["capacity_after"].items()}
    # At a steady pace: not more than a place too many at either end. Here and there chance may have emptied a queue.
    assert all(served[region] <= number + 2 for region, number in places.items())
    assert sum(served.values()) == pytest.approx(sum(places.values()), rel=0.03)


def test_the_waiting_list_grows_where_it_was_planted_and_nowhere_else(planted_log: GeneratedLog) -> None:
    truth = planted_log.truth
    for station in truth["stations"]:
        capacity = sum((station["capacity_after"] or station["capacity_per_working_day"]).values())
        days_of_work = (station["received"] - station["served"]) / capacity
        planted = station["station"] == truth["planted"]["growing"]["station"]
        assert days_of_work > 30 if planted else days_of_work < 45


def test_the_planted_lost_share_lies_in_the_interval_of_what_is_lost(planted_log: GeneratedLog) -> None:
    planted = planted_log.truth["planted"]["lost"]
    names = {each["station"]: each["organisation"] for each in planted_log.truth["stations"]}
    stays = tables.stays
    here, to = (planted_log.prepared.code("organisation", names[planted[end]]) for end in ("station", "to"))
    long_ago = planted_log.prepared.manifest.cut_off_us - 90 * 86_400_000_000
    sent = stays.filter((stays.organisation == here) & (stays.sent_to == to) & (stays.sent_us < long_ago))
    found = planted_log.engine.run(sent.agg(sent=sent.count(), arrived=sent.arrived_us.count())).to_pylist()[0]
    low, high = _wilson(found["sent"] - found["arrived"], found["sent"])
    assert low <= planted["share"] <= high


def test_the_work_takes_longer_in_the_planted_region_and_in_no_other(planted_log: GeneratedLog) -> None:
    planted = planted_log.truth["planted"]["regional"]
    codes = {name: planted_log.prepared.code("activity", name) for name in _work(planted_log, planted["station"])}
    means = _mean_work(planted_log, *codes.values())
    usual = float(np.mean([mean for region, (mean, _) in means.items() if region != planted["region"]]))
    for region, (mean, cases) in means.items():
        factor = planted["factor"] if region == planted["region"] else 1.0
        assert mean / usual == pytest.approx(factor, rel=5 * 0.6 / math.sqrt(cases))


def _work(log: GeneratedLog, code: str) -> tuple[str, str]:
    station = read_chain(log.truth["chain"]).station(code)
    return station.started, station.finished


def test_supplements_are_asked_as_often_as_planted(planted_log: GeneratedLog) -> None:
    planted = planted_log.truth["planted"]["rework"]
    station = read_chain(planted_log.truth["chain"]).station(planted["station"])
    assert station.rework is not None
    asked = sum(_counted(planted_log, station.rework.asked).values())
    assert asked == planted_log.station(planted["station"])["supplements"]
    came = next(
        pair["sent"] - pair["lost"]
        for pair in planted_log.truth["hand_overs"]
        if pair["stations"] == [station.rework.back_to, station.code]
    )
    # Each time anew with chance p, up to four times: p + p^2 + p^3 + p^4 per case that came from there.
    expected = came * sum(planted["share"] ** time for time in range(1, 5))
    assert asked == pytest.approx(expected, rel=0.12)


def test_hand_overs_go_where_the_shares_say(planted_log: GeneratedLog) -> None:
    stations = {each["station"]: each for each in planted_log.truth["stations"]}
    for pair in planted_log.truth["hand_overs"]:
        finished = stations[pair["stations"][0]]["served"]
        shares = pair["share_of_cases"].values()
        slack = 4.5 * math.sqrt(finished) + (stations[pair["stations"][0]]["received"] - finished)
        assert min(shares) * finished * 0.85 - slack <= pair["sent"] <= max(shares) * finished + slack


def test_the_truth_says_that_it_is_a_demo(planted_log: GeneratedLog) -> None:
    written = json.loads((planted_log.generated.path.parent / "truth.json").read_text(encoding="utf-8"))
    assert written == planted_log.truth
    assert written["demo"] is True
    assert "example" in written["term"]["note"]
    assert written["working_days"] == working_days_between(
        date.fromisoformat(written["from"]), date.fromisoformat(written["cut_off"])
    )
