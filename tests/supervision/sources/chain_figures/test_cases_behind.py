"""Every count of a figure leads to the cases that it counts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.analysis.chains.generated_logs import GeneratedLog
from tests.supervision.sources.chain_figures.looking import ALL, number_of
from zichtlijn.analysis.chains.selection import EVERYTHING
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.supervision.sources import chain_figures
from zichtlijn.supervision.sources.chain_figures import Reader


@pytest.mark.parametrize("name", ALL)
def test_every_row_leads_to_at_least_one_case(
    name: str, youth: GeneratedLog, results: dict[str, Any], everybody: Reader
) -> None:
    figure = chain_figures.figure_of(name, results[name], everybody)
    rows = [row for table in figure.tables for row in table.rows if row.behind][:12]
    for row in rows:
        assert number_of(youth, name, dict(row.behind or ())) > 0, row


def test_as_many_cases_are_behind_a_count_as_it_says(youth: GeneratedLog, results: dict[str, Any]) -> None:
    summary, terms, rework = (results[name] for name in ("summary", "terms", "rework"))
    assert number_of(youth, "summary", {}) == summary["cases"]
    assert number_of(youth, "summary", {"open": "1"}) == summary["open"]
    assert number_of(youth, "terms", {"breached": "1"}) == terms["everyone"]["late"]
    for state in ("closed-in-time", "closed-late", "open-late", "not-yet-due"):
        assert number_of(youth, "terms", {"state": state}) == terms["everyone"][state]
    assert number_of(youth, "rework", {}) == rework["cases_with_rework"]
    for route in results["variants"]["shown"][:5]:
        assert number_of(youth, "variants", {"route": route["route"]}) == route["cases"]
    for group in results["lead-times"]["by"]["region"]["groups"][:5]:
        assert number_of(youth, "lead-times", {"by": "region", "value": group["value"]}) == group["cases"]
    for waiting in results["waiting-lists"]["lists"]:
        assert number_of(youth, "waiting-lists", {"organisation": waiting["organisation"]}) == waiting["level"]
    for lost in results["lost-hand-overs"]["pairs"]:
        arguments = {"giver": lost["organisation"], "receiver": lost["sent_to"]}
        arguments["allowance_hours"] = str(lost["allowance_hours"])
        assert number_of(youth, "lost-hand-overs", arguments) <= lost["lost"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("directly-follows", {"from_activity": "Nothing", "to_activity": "Nothing"}),
        ("hand-overs", {"giver": "Nobody", "receiver": "Nobody"}),
        ("variants", {"route": "one"}),
        ("variants", {"route": "9" * 40}),
        ("waiting-lists", {"organisation": "Veilig Thuis", "day": "soon"}),
        ("throughput", {"what": "open", "first": "soon", "last": "later"}),
        ("phenomena", {"kind": "weather"}),
        ("happiness", {}),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(name: str, arguments: dict[str, str], youth: GeneratedLog) -> None:
    with pytest.raises(LogError):
        chain_figures.cases_behind(name, youth.prepared, EVERYTHING, arguments)


def test_key_figures_lead_to_their_cases(youth: GeneratedLog, results: dict[str, Any], everybody: Reader) -> None:
    numbers = chain_figures.key_figures(youth.prepared, results.__getitem__, everybody)
    assert [each.label for each in numbers][:3] == ["Cases", "Events", "Open"]
    for each in numbers:
        if each.behind is not None:
            assert number_of(youth, each.metric, dict(each.behind)) > 0
