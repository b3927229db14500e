"""What all sentences of one document share while it is looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zichtlijn.analysis.documents.dictionaries import Dictionaries
from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.analysis.documents.proposals.goal_references import goals_of_sections
from zichtlijn.analysis.documents.proposals.goals import Goal, goals_in
from zichtlijn.analysis.documents.proposals.mentions import Mentions, mentions_in
from zichtlijn.analysis.documents.proposals.own_names import OwnNames, own_names_of
from zichtlijn.analysis.documents.proposals.places import lead_ins_of, places_of
from zichtlijn.analysis.documents.proposals.scoring import Place
from zichtlijn.analysis.documents.proposals.tables import Row, Table, activity_rows, head_units, tables_in
from zichtlijn.analysis.documents.proposals.units import Unit, units_of


@dataclass(frozen=True, slots=True)
class Setting:
    """The document with its sentences, the names in it, its goals, the year of the programme and the dictionaries."""

    document: ReadDocument
    units: Sequence[Unit]
    mentions: Mentions
    chains: Sequence[str]
    own: OwnNames
    goals: Sequence[Goal]
    goal_of: Mapping[int, tuple[str, ...]]
    described: frozenset[int]
    places: Mapping[int | None, Place]
    lead_ins: Sequence[int | None]
    tables: Sequence[Table]
    rows: Mapping[int, Row]
    in_tables: frozenset[int]
    year: int | None
    dictionaries: Dictionaries


PROGRAMME = re.compile(
    r"(?:jaar(?:werk)?plan|werkplan|werkprogramma|jaarprogramma|toezicht(?:s)?programma|programma)\b.{0,80}?\b(20[0-4]\d)\b",
    re.IGNORECASE,
)
FIRST_UNITS = 40


def year_in(units: Sequence[Unit]) -> int | None:
    """The year of the programme as its title or first sentences say it."""
    matches = (PROGRAMME.search(unit.text) for unit in units[:FIRST_UNITS])
    return next((int(match.group(1)) for match in matches if match), None)


def setting_of(document: ReadDocument, dictionaries: Dictionaries, year: int | None) -> Setting:
    """Everything that is known of a document before its sentences are looked at one by one."""
    units = units_of(document, dictionaries.words)
    mentions = mentions_in(document, units, dictionaries)
    tables = tables_in(document, units, dictionaries.words)
    goals = goals_in(document, units, tables)
    year = year or document.year or year_in(units)
    rows, understood = activity_rows(tables)
    lines = {line for goal in goals for line in goal.lines}
    rows = {unit: row for unit, row in rows.items() if unit not in lines}
    goal_of = goals_of_sections(document, goals, units)
    return Setting(
        document=document,
        units=units,
        mentions=mentions,
        chains=mentions.of(range(len(units)), "chain"),
        own=own_names_of(document, units, mentions, dictionaries),
        goals=goals,
        goal_of=goal_of,
        described=frozenset(unit.index for goal in goals if goal.sections for unit in goal.units),
        places=places_of(document, dictionaries.words, goal_of),
        lead_ins=lead_ins_of(units, document),
        tables=tables,
        rows=rows,
        in_tables=understood | head_units(tables, units) | lines,
        year=year,
        dictionaries=dictionaries,
    )
