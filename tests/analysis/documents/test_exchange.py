"""The JSON shape: held against its schema and its page in the docs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from zichtlijn.analysis.documents import exchange
from zichtlijn.analysis.documents.dictionaries import DATA
from zichtlijn.analysis.documents.model import PageRange, Proposal, Quote, Span
from zichtlijn.analysis.documents.proposals import propose

from .made_programmes import CARE, FOOD, read

SCHEMA: dict[str, Any] = json.loads((DATA / "programme.schema.json").read_text(encoding="utf-8"))
DOCS = Path(__file__).parents[3] / "docs" / "programme-json.md"
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


def problems(value: Any, schema: dict[str, Any], where: str = "$") -> list[str]:
    """What in a value does not fit the part of JSON Schema that our schema uses."""
    if "$ref" in schema:
        return problems(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], where)
    found = []
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, TYPES[kind]) and not isinstance(value, bool) for kind in kinds):
        return [f"{where} is not {kinds}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{where} is not one of {schema['enum']}")
    if isinstance(value, str):
        found += [f"{where} is too short"] * (len(value) < schema.get("minLength", 0))
        found += [f"{where} has another form"] * (not re.search(schema.get("pattern", ""), value))
    if isinstance(value, int | float):
        found += [f"{where} is too small"] * (value < schema.get("minimum", value))
        found += [f"{where} is too large"] * (value > schema.get("maximum", value))
    if isinstance(value, list):
        found += [f"{where} has too few"] * (len(value) < schema.get("minItems", 0))
        found += [f"{where} has too many"] * (len(value) > schema.get("maxItems", len(value)))
        found += [p for i, item in enumerate(value) for p in problems(item, schema.get("items", {}), f"{where}[{i}]")]
    if isinstance(value, dict):
        fields = schema.get("properties", {})
        found += [f"{where} misses {name}" for name in schema.get("required", []) if name not in value]
        found += [
            f"{where} has {n} too many"
            for n in value
            if n not in fields and schema.get("additionalProperties") is False
        ]
        found += [p for name in fields if name in value for p in problems(value[name], fields[name], f"{where}.{name}")]
    return found


@pytest.mark.parametrize("text", [CARE, FOOD, "Alleen een zin.\n"])
def test_the_output_fits_the_schema_and_survives_json(text: str) -> None:
    document = read(text)
    result = exchange.to_json(document, propose(document))
    assert problems(result, SCHEMA) == []
    assert json.loads(json.dumps(result, ensure_ascii=False)) == result


def test_the_check_against_the_schema_finds_mistakes() -> None:
    document = read(CARE)
    result = exchange.to_json(document, propose(document))
    result["proposals"][0]["confidence"] = 2
    result["proposals"][0]["citations"] = []
    del result["document"]["sha256"]
    result["more"] = 1
    assert len(problems(result, SCHEMA)) == 4


def test_every_field_of_the_schema_stands_in_the_docs() -> None:
    page = DOCS.read_text(encoding="utf-8")
    parts = (SCHEMA, SCHEMA["properties"]["document"], SCHEMA["$defs"]["proposal"], SCHEMA["$defs"]["citation"])
    fields = {name for part in parts for name in part["properties"]}
    assert sorted(name for name in fields if f"`{name}`" not in page) == []
    kinds = SCHEMA["$defs"]["proposal"]["properties"]
    values = [v for name in ("type", "kind", "status", "unit") for v in kinds[name]["enum"] if v]
    assert [value for value in values if f"`{value}`" not in page] == []


def test_a_page_that_is_not_certain_is_a_range() -> None:
    quotes = (
        Quote(Span(0, 4), "Tekst", PageRange(8, 9, "contents")),
        Quote(Span(0, 4), "Tekst", PageRange(6, 6, "layer")),
        Quote(Span(0, 4), "Tekst"),
    )
    proposal = Proposal("goal", "goal:x", "X", 0.9, "reason", quotes)
    citations = exchange.to_json(read("Tekst."), [proposal])["proposals"][0]["citations"]
    assert [(c["page"], c["pages"]) for c in citations] == [(None, [8, 9]), (6, [6, 6]), (None, None)]


def test_what_the_caller_knows_better_wins_and_cannot_replace_the_fingerprint() -> None:
    document = read(CARE)
    result = exchange.to_json(document, [], title="Eigen titel", year=2031, extra={"licence": "CC0", "sha256": "x"})
    about = result["document"]
    assert (about["title"], about["year"], about["licence"]) == ("Eigen titel", 2031, "CC0")
    assert about["sha256"] == document.sha256


def test_whole_numbers_are_written_without_a_fraction() -> None:
    document = read("# Plan\n\nHet budget voor 2025 is 15 miljoen euro en de formatie 138,8 fte.\n")
    figures = [p for p in exchange.to_json(document, propose(document))["proposals"] if p["type"] == "figure"]
    assert [json.dumps(figure["value"]) for figure in figures] == ["15000000", "138.8"]
