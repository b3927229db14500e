"""What the columns of a log mean is proposed with reasons, right on every log at hand."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.eventlogs.raw_logs import raw_log
from zichtlijn.analysis.eventlogs import proposing
from zichtlijn.analysis.eventlogs.model import Column
from zichtlijn.analysis.eventlogs.proposing import ProposedMapping, propose_mapping
from zichtlijn.analysis.eventlogs.raw import TRACE
from zichtlijn.analysis.eventlogs.readers import read_log
from zichtlijn.analysis.eventlogs.role_names import plain, roles_by_name

START = datetime(2024, 1, 1)  # noqa: DTZ001 (without a zone, as in most files)


def dutch(cases: int = 50, events: int = 6) -> dict[str, list[Any]]:
    rows = [(case, event) for case in range(cases) for event in range(events)]
    return {
        "Volgnummer": [str(case * events + event) for case, event in rows],
        "Zaaknummer": [f"Z{case:05d}" for case, _ in rows],
        "Activiteit": [f"stap {event}" for _, event in rows],
        "Datum/tijd": [(START + timedelta(days=case, hours=event)).strftime("%d-%m-%Y %H:%M") for case, event in rows],
        "Organisatie": [("OM", "Rechtbank", "CJIB")[event % 3] for _, event in rows],
        "Arrondissement": [("Noord", "Zuid")[case % 2] for case, _ in rows],
        "Doelgroep": [("jeugd", "volwassen")[case % 2] for case, _ in rows],
        "Leeftijdsgroep": [("0-12", "13-17", "18+")[case % 3] for case, _ in rows],
        "Uiterste datum": ["31-12-2024"] * len(rows),
        "Uitkomst": [("toegewezen", "afgewezen")[case % 2] if event == events - 1 else None for case, event in rows],
    }


def chosen(proposed: ProposedMapping) -> dict[str, str]:
    return {role: column.name for role, column in proposed.mapping.roles.items()}


def test_a_table_in_dutch_gets_all_its_roles(tmp_path: Path) -> None:
    proposed = propose_mapping(raw_log(tmp_path / "raw", dutch()))
    assert chosen(proposed) == {
        "case": "Zaaknummer",
        "activity": "Activiteit",
        "time": "Datum/tijd",
        "organisation": "Organisatie",
        "region": "Arrondissement",
        "group": "Doelgroep",
        "citizen_group": "Leeftijdsgroep",
        "outcome": "Uitkomst",
        "term_date": "Uiterste datum",
    }
    assert proposed.missing == ()


def test_columns_without_telling_names_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    values = {f"kolom {place}": values for place, values in enumerate(list(dutch().values())[:5])}
    proposed = propose_mapping(raw_log(tmp_path / "raw", values))
    assert chosen(proposed) == {"case": "kolom 1", "activity": "kolom 2", "time": "kolom 3"}
    reasons = {role: proposed.candidates[role][0].reasons[0].message for role in ("case", "activity", "time")}
    assert set(reasons.values()) == {proposing.BY_CONTENT}


def test_a_name_alone_is_not_enough(tmp_path: Path) -> None:
    values = dutch() | {"Tijdstip": ["morgen"] * 300, "Dossiernummer": [f"D{place}" for place in range(300)]}
    proposed = propose_mapping(raw_log(tmp_path / "raw", values))
    assert chosen(proposed)["time"] == "Datum/tijd"
    assert chosen(proposed)["case"] == "Zaaknummer"
    doubted = {each.column.name: each for role in ("case", "time") for each in proposed.candidates[role]}
    assert doubted["Dossiernummer"].reasons[-1].message == proposing.ONE_EACH
    assert "Tijdstip" not in doubted or doubted["Tijdstip"].score < 0.2


def test_start_and_completion_in_two_columns_are_told_apart(tmp_path: Path) -> None:
    moments = [START + timedelta(hours=place) for place in range(300)]
    values = {key: dutch()[key] for key in ("Zaaknummer", "Activiteit")}
    values |= {"Starttijd": moments, "Eindtijd": [moment + timedelta(hours=1) for moment in moments]}
    proposed = propose_mapping(raw_log(tmp_path / "raw", values))
    assert (chosen(proposed)["time"], chosen(proposed)["complete"]) == ("Starttijd", "Eindtijd")


def test_an_organisation_that_never_changes_in_a_case_is_not_one_that_hands_over(tmp_path: Path) -> None:
    values = dutch() | {"Organisatie": dutch()["Arrondissement"]}
    del values["Arrondissement"]
    proposed = propose_mapping(raw_log(tmp_path / "raw", values))
    assert "organisation" not in chosen(proposed)
    assert proposed.candidates["organisation"][0].reasons[-1].message == proposing.SAME_IN_CASE


def test_needed_roles_without_a_column_are_named(tmp_path: Path) -> None:
    proposed = propose_mapping(raw_log(tmp_path / "raw", {"naam": ["a"], "leeftijd": [3]}))
    assert proposed.missing == ("case", "activity", "time")


def test_a_proposal_survives_json(tmp_path: Path) -> None:
    proposed = propose_mapping(raw_log(tmp_path / "raw", dutch()))
    assert ProposedMapping.from_json(json.loads(json.dumps(proposed.as_json()))) == proposed


def test_a_log_of_millions_takes_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zichtlijn.analysis.eventlogs.column_profiles._MOST_CELLS", 1_000)
    raw = raw_log(tmp_path / "raw", dutch(2_000))
    assert chosen(propose_mapping(raw))["case"] == "Zaaknummer"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("case:ZaakNummer", "zaak nummer"),
        ("(case)_Overspent", "overspent"),
        ("Réden-einde", "reden einde"),
        ("ID", "id"),
    ],
)
def test_names_are_compared_as_plain_words(name: str, words: str) -> None:
    assert plain(name) == words


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("case:concept:name", "case"),
        ("concept:name", "activity"),
        ("org:group", "organisation"),
        ("dossiernr", "case"),
        ("CJIB-nummer", "case"),
        ("gemeente", "region"),
        ("organization country", "region"),
        ("wettelijke_termijn", "term_date"),
        ("geslacht", "citizen_group"),
        ("besluit", "outcome"),
        ("begindatum", "time"),
        ("eind_tijd", "complete"),
    ],
)
def test_usual_names_speak_for_their_role_first(name: str, role: str) -> None:
    found = roles_by_name(name, "event")
    assert max(found, key=lambda each: found[each][0]) == role


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        (
            "BPI2012_W_start_end.xes.gz",
            {"organisation": "org:resource", "lifecycle": "lifecycle:transition"},
        ),
        ("BPI2020_PermitLog.xes.gz", {"organisation": "org:role"}),
        (
            "bpic2013_incidents.xes.gz",
            {
                "organisation": "organization involved",
                "region": "organization country",
                "group": "impact",
                "lifecycle": "lifecycle:transition",
            },
        ),
        ("fairness_hospital_log_high.xes.gz", {"organisation": "resource", "citizen_group": "protected"}),
        ("receipt_CoSeLoG.xes.gz", {"organisation": "org:group", "group": "channel", "term_date": "deadline"}),
    ],
)
def test_logs_with_standard_names(shared: Path, tmp_path: Path, filename: str, expected: dict[str, str]) -> None:
    proposed = propose_mapping(read_log(shared / "logs" / filename, tmp_path / "raw"))
    standard = {"case": "concept:name", "activity": "concept:name", "time": "time:timestamp"}
    assert chosen(proposed) == standard | expected
    assert proposed.mapping.roles["case"] == Column("concept:name", "case")


@pytest.mark.needs_shared
def test_the_fines(shared: Path, tmp_path: Path) -> None:
    proposed = propose_mapping(read_log(shared / "logs/traffic_fines_full.parquet", tmp_path / "raw"))
    assert chosen(proposed) == {"case": "case_id", "activity": "activity", "time": "ts", "outcome": "dismissal"}


@pytest.mark.needs_shared
def test_truths_of_a_case_are_offered_as_groups_of_citizens(shared: Path, tmp_path: Path) -> None:
    proposed = propose_mapping(read_log(shared / "logs/fairness_hospital_log_high.xes.gz", tmp_path / "raw"))
    offered = {each.column.name for each in proposed.candidates["citizen_group"]}
    assert {"protected", "gender", "citizen", "german speaking", "private_insurance"} <= offered


def test_events_of_a_log_with_cases_beside_it(tmp_path: Path) -> None:
    values = dutch()
    traces = [int(case[1:]) for case in values["Zaaknummer"]]
    raw = raw_log(
        tmp_path / "raw",
        {TRACE: traces, **{key: values[key] for key in ("Activiteit", "Datum/tijd")}},
        {"Zaaknummer": [f"Z{case:05d}" for case in range(50)], "Gemeente": ["Delft", "Breda"] * 25},
    )
    proposed = propose_mapping(raw)
    assert proposed.mapping.roles["case"] == Column("Zaaknummer", "case")
    assert proposed.mapping.roles["region"] == Column("Gemeente", "case")
