"""The 2024 register holds together, says where each fact comes from, and keeps the source's words out."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
import yaml

from zichtlijn.analysis.documents.model import ActivityKind, ActivityStatus

FILES = ("acts", "chains", "domains", "figures", "groups", "organisations", "regions")
LAYERS = {2: "002_647f1958f3604807", 6: "000_7eb840b0171c920f", 7: "004_770a13ed559f23a9", 10: "003_c8aed63d108e7d82"}


@pytest.fixture(scope="module")
def folder(examples: Path) -> Path:
    return examples / "programme_2024"


@pytest.fixture(scope="module")
def register(folder: Path) -> dict[str, Any]:
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in folder.glob("*.yaml")}


@pytest.fixture(scope="module")
def builder(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_fingerprints", folder / "build_fingerprints.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def codes(entries: list[dict[str, Any]]) -> set[str]:
    return {entry["code"] for entry in entries}


@pytest.mark.parametrize("name", FILES)
def test_codes_are_unique_within_a_file(register: dict[str, Any], name: str) -> None:
    assert [code for code, count in Counter(e["code"] for e in register[name]).items() if count > 1] == []


def test_activities_refer_to_what_the_register_holds(register: dict[str, Any]) -> None:
    goals = codes(register["perspective"]["goals"])
    for activity in register["programme"]["activities"]:
        assert set(activity["goals"]) <= goals, activity["code"]
        assert activity["domain"] in codes(register["domains"]), activity["code"]
        for kind in ("organisations", "chains", "acts", "groups"):
            named = {*activity[kind], *activity.get("linked", {}).get(kind, ())}
            assert named <= codes(register[kind]), (activity["code"], kind)


def test_activities_have_kind_status_description_and_page(register: dict[str, Any]) -> None:
    activities = register["programme"]["activities"]
    assert len(activities) == len(codes(activities)) >= 47
    for activity in activities:
        assert activity["kind"] in get_args(ActivityKind), activity["code"]
        assert activity["status"] in get_args(ActivityStatus), activity["code"]
        assert activity["title"], activity["code"]
        assert activity["description"], activity["code"]
        assert {cue["page"] for cue in activity["evidence"]} <= set(activity["pages"]), activity["code"]


def test_the_register_lists_every_activity_that_the_labels_require(register: dict[str, Any], examples: Path) -> None:
    path = examples.parent / "tests/analysis/documents/labels/programme_2024.yaml"
    labels = yaml.safe_load(path.read_text(encoding="utf-8"))
    entered = {cue["cue"] for activity in register["programme"]["activities"] for cue in activity["evidence"]}
    required = [item for item in labels["activities"] if not item.get("optional")]
    assert [item["id"] for item in required if item["evidence"][0]["cue"] not in entered] == []


def test_organisations_refer_to_each_other_and_to_domains(register: dict[str, Any]) -> None:
    known, domains, regions = (codes(register[name]) for name in ("organisations", "domains", "regions"))
    for organisation in register["organisations"]:
        assert {organisation.get("part_of")} - {None} <= known, organisation["code"]
        assert {organisation.get("region")} - {None} <= regions, organisation["code"]
        assert set(organisation["domains"]) <= domains, organisation["code"]
        assert organisation["basis"] in ("document", "implied"), organisation["code"]
        assert ("page" in organisation) == (organisation["basis"] == "document"), organisation["code"]


def test_all_safety_regions_are_there(register: dict[str, Any]) -> None:
    regions = [entry for entry in register["organisations"] if entry["kind"] == "safety_region"]
    assert len(regions) == 25
    assert {entry["region"] for entry in regions} <= codes(register["regions"])


def test_former_names_follow_each_other(register: dict[str, Any]) -> None:
    for organisation in register["organisations"]:
        names = organisation.get("names", [])
        for earlier, later in pairwise(names):
            assert isinstance(earlier["until"], date), organisation["code"]
            assert (later["from"] - earlier["until"]).days == 1, organisation["code"]


def test_hand_overs_run_between_members_of_the_chain(register: dict[str, Any]) -> None:
    for chain in register["chains"]:
        members = [member["organisation"] for member in chain["members"]]
        assert len(members) == len(set(members)), chain["code"]
        assert set(members) <= codes(register["organisations"]), chain["code"]
        ends = {end for step in chain["handovers"] for end in (step["from"], step["to"])}
        assert ends <= set(members), chain["code"]
        assert all(step["what"] for step in chain["handovers"]), chain["code"]


def test_roles_name_organisations_and_the_day_they_were_known(register: dict[str, Any]) -> None:
    known = codes(register["organisations"])
    for role in register["triangle"]["roles"]:
        assert {role["owner"], role["commissioner"], role["contractor"]} <= known
        assert role["known_on"] == date(2023, 8, 31)


def test_the_invented_planning_says_so_and_covers_every_activity(register: dict[str, Any], folder: Path) -> None:
    planning = register["demo_planning"]
    assert planning["label"] == "demo"
    assert (folder / "demo_planning.yaml").read_text(encoding="utf-8").startswith("# DEMO.")
    assert codes(planning["activities"]) == codes(register["programme"]["activities"])
    real = {key for activity in register["programme"]["activities"] for key in activity}
    assert real.isdisjoint({"fte", "budget_eur", "hours"})


def test_every_piece_of_evidence_has_a_fingerprint(folder: Path, builder: ModuleType) -> None:
    stored = json.loads((folder / "fingerprints.json").read_text(encoding="utf-8"))["fingerprints"]
    evidence = builder.all_evidence()
    assert stored.keys() == evidence.keys()
    for key, entry in stored.items():
        assert entry["page"] == evidence[key]["page"], key
        assert entry["hashes"], key
        assert all(isinstance(number, int) for number in entry["hashes"]), key


@pytest.mark.needs_shared
def test_fingerprints_are_those_of_the_source(shared: Path, folder: Path, builder: ModuleType, tmp_path: Path) -> None:
    pages = [f"--page={number}={shared / 'seeds' / name}.txt" for number, name in LAYERS.items()]
    output = tmp_path / "fingerprints.json"
    source = shared / "seeds/001_53ca7ded7373938d.txt"
    assert builder.main([str(source), *pages, f"--output={output}"]) == 0
    assert output.read_text(encoding="utf-8") == (folder / "fingerprints.json").read_text(encoding="utf-8")


def test_a_text_without_the_cues_is_refused(builder: ModuleType, tmp_path: Path, capsys: Any) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Dit is een heel ander document over heel iets anders.", encoding="utf-8")
    output = tmp_path / "fingerprints.json"
    assert builder.main([str(other), f"--output={output}"]) == 1
    assert "found 0 times" in capsys.readouterr().err
    assert not output.exists()


@pytest.mark.needs_shared
def test_tooi_identifiers_are_those_of_the_register(shared: Path, register: dict[str, Any]) -> None:
    labels: dict[str, str] = {}
    for path in (shared / "standards/diwoo/tooi").glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            labels |= {row["uri"]: row["label"] for row in csv.DictReader(file)}
    for organisation in register["organisations"]:
        if identifier := organisation.get("tooi"):
            first, *_ = organisation["name"].removeprefix("gemeente ").split()
            assert first.casefold()[:8] in labels[identifier].casefold(), organisation["code"]
