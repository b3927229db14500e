"""The goals of the perspective: announced in a list, called so in a heading, or headings that return."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from rapidfuzz import fuzz

from zichtlijn.analysis.documents.model import Proposal, ReadDocument, Section
from zichtlijn.analysis.documents.proposals import reasons
from zichtlijn.analysis.documents.proposals.goal_forms import (
    NUMBERS,
    Named,
    are_activities,
    bold_opening,
    chosen_in_words,
    in_bare_lines,
    in_next_sentence,
    in_numbered_chapters,
    in_order,
    in_table_after,
    parts_of,
    parts_that_return,
)
from zichtlijn.analysis.documents.proposals.goal_words import (
    ANNOUNCED,
    ANNOUNCES_WORK,
    ARTICLE_OF_VERB,
    CODE,
    CODE_BEHIND,
    LATER_CLAUSE,
    NOT_OURS,
    OURS,
    RANKS,
    SIGNS,
    TITLED,
)
from zichtlijn.analysis.documents.proposals.keys import key_of, plain, telling_words
from zichtlijn.analysis.documents.proposals.places import is_bold
from zichtlijn.analysis.documents.proposals.quotes import whole_quotes
from zichtlijn.analysis.documents.proposals.tables import Cells, Table
from zichtlijn.analysis.documents.proposals.units import Unit

SIMILAR = 88
FEWEST, MOST = 2, 9
LONGEST_TITLE = 110
LONGEST_DESCRIPTION = 600


@dataclass
class Goal:
    """A goal as collected: its title, the sections it heads and the units that describe it."""

    title: str
    reason: str
    confidence: float
    sections: list[int] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    number: int | None = None
    code: str = ""
    lines: list[int] = field(default_factory=list)


def goals_in(document: ReadDocument, units: Sequence[Unit], tables: Sequence[Table] = ()) -> list[Goal]:
    """The goals in the order of the text; a goal that returns (box, introduction of a section) is one goal."""
    titled = _titled(document, units)
    for rank in RANKS:
        found = _announced(document, units, rank, tables, titled) or _in_table(tables, rank)
        if found:
            break
    else:
        found = titled or _chosen(document, units)
    goals = _merged(found)
    if goals:
        by_passage, first_passage = _places(units)
        goals[0].lines += [u.index for u in units if _count(u.text) and len(goals_in_words(u.text, goals)) >= FEWEST]
        for goal in goals:
            _gather(document, goal, by_passage, first_passage)
    return goals


def _places(units: Sequence[Unit]) -> tuple[dict[int, list[Unit]], dict[int, int]]:
    """The sentences of each passage, and the first passage of text of each section."""
    by_passage: dict[int, list[Unit]] = {}
    first_passage: dict[int, int] = {}
    for unit in units:
        by_passage.setdefault(unit.passage, []).append(unit)
        if unit.section is not None and unit.kind not in ("heading", "footnote"):
            first_passage.setdefault(unit.section, unit.passage)
    return by_passage, first_passage


def _announced(
    document: ReadDocument,
    units: Sequence[Unit],
    rank: re.Pattern[str],
    tables: Sequence[Table],
    titled: Sequence[Goal],
) -> list[Goal]:
    signs = SIGNS[rank]
    for unit in units:
        low = unit.text.lower()
        if not any(map(low.__contains__, signs)):
            continue
        if unit.kind == "footnote" or not rank.search(unit.text) or NOT_OURS.search(unit.text):
            continue
        opens = unit.text.rstrip().endswith(":") or unit.kind == "heading"
        count = _count(unit.text)
        if not opens and not count and not ENUMERATES.search(unit.text):
            continue
        weak = rank is RANKS[-1]
        if weak and (
            not (count or unit.kind == "heading") or ANNOUNCES_WORK.search(unit.text) or not OURS.search(unit.text)
        ):
            continue
        forms_of_list = opens or count
        listed = _listed(document, units, tables, unit, count) if forms_of_list else _returning(document, unit, rank)
        if not FEWEST <= len(listed) <= MOST or are_activities([goal.title for goal in listed]):
            continue
        if weak and not (len(listed) == count if count else _all_return(document, listed)):
            continue
        if is_bold(document, unit) and any(OF_DOING.match(goal.title) for goal in listed):
            continue
        listed[0].lines.append(unit.index)  # what announces the goals is not itself an activity
        return [*listed, *(goal for goal in titled if any(_same(goal.title, other.title) for other in listed))]
    return list(titled) if rank is RANKS[1] else []


def _all_return(document: ReadDocument, goals: Sequence[Goal]) -> bool:
    """Every goal is the title of a section, besides the one by which it was found."""
    return all(sum(_names(s, goal) for s in document.sections) > len(goal.sections) for goal in goals)


# "Opleiden van inspecteurs", under a bold line in a chapter: what is done there.
OF_DOING = re.compile(r"^\w+en (?:van|met|bij|naar)\b", re.IGNORECASE)


def _returning(document: ReadDocument, unit: Unit, rank: re.Pattern[str]) -> list[Goal]:
    """ "Onze prioriteiten zijn X, Y en Z.", without a number: goals when all of them come back as headings."""
    announced = rank.search(unit.text)
    match = ENUMERATES.search(unit.text, announced.end()) if announced else None
    if announced is None or match is None or unit.text[announced.end() : match.start()].count(" ") > 4:
        return []
    parts = parts_that_return(document, unit.text[match.end() :])
    return [Goal(_title(part), reasons.GOAL_LISTED, 0.8, units=[unit]) for part in parts]


def _count(text: str) -> int:
    """How many goals a sentence announces; 0 when it does not say."""
    match = ANNOUNCED.search(text)
    if match is None:
        return 0
    low = match["count"].lower()
    return int(low) if low.isdecimal() else NUMBERS[low]


def _listed(
    document: ReadDocument, units: Sequence[Unit], tables: Sequence[Table], lead: Unit, count: int
) -> list[Goal]:
    """The goals in the first form that follows the announcement."""
    goals = _inline(lead) or _list_after(document, units, lead) or _headings_after(document, lead)
    if goals and (not count or len(goals) == count):
        return goals
    named = in_table_after(tables, lead) or in_order(units, lead)
    if not count:
        named = named or in_bare_lines(document, units, lead, 0)
    elif len(named) != count:
        told = _enumerated(lead)
        if told:
            return told
        named = (
            in_numbered_chapters(document, units, count)
            or in_next_sentence(units, lead, count)
            or in_bare_lines(document, units, lead, count)
        )
    return [_of_named(each) for each in named] or goals


def _chosen(document: ReadDocument, units: Sequence[Unit]) -> list[Goal]:
    """Goals that a sentence chooses for without calling them so; that sentence is no activity."""
    goals = [_of_named(each) for each in chosen_in_words(document, units)]
    for goal in goals:
        goal.lines = [unit.index for unit in goal.units]
    return goals


def _of_named(named: Named) -> Goal:
    sections = [named.section] if named.section is not None else []
    lines = [unit.index for unit in named.units if unit.kind in ("table_cell", "list_item")]
    return Goal(
        _title(named.title), reasons.GOAL_LISTED, 0.85, sections, list(named.units), code=named.code, lines=lines
    )


def _in_table(tables: Sequence[Table], rank: re.Pattern[str]) -> list[Goal]:
    """A table whose head names goals and no activities: a goal per row, with the number in another cell."""
    for table in tables:
        column = table.roles.get("goal")
        if (
            column is None
            or "activity" in table.roles
            or not rank.search(f"{table.head[column]}en {table.head[column]}s")
        ):
            continue
        goals = [_of_row(table, row, column) for row in table.rows if table.text(row, column)]
        if FEWEST <= len(goals) <= MOST:
            return goals
    return []


def _of_row(table: Table, row: Cells, column: int) -> Goal:
    others = [table.text(row, at) for at in sorted(row) if at != column]
    number = next((int(text) for text in others if text.isdecimal() and len(text) < 4), None)
    own = CODE.match(table.text(row, column))
    code = own["code"] if own else next((t for t in others if re.fullmatch(r"[A-Z]{1,3}\s?\d{1,2}", t)), "")
    units = [unit for at in sorted(row) for unit in row[at]]
    title, lines = _title(table.text(row, column)), [unit.index for unit in units]
    return Goal(title, reasons.GOAL_LISTED, 0.85, units=units, number=number, code=code, lines=lines)


def _inline(unit: Unit) -> list[Goal]:
    """ "Onze doelen zijn: (1) …; (2) … en (3) …" in one sentence."""
    parts = re.split(r"\s*(?:;|,|\ben\b)?\s*\(?(?<![\w.])(?:\d|[a-e])[).]\s+", unit.text)
    titles = [part.strip(" .;,") for part in parts[1:]]
    if len(titles) < FEWEST or any(len(title) > LONGEST_TITLE for title in titles):
        return []
    return [Goal(_title(title), reasons.GOAL_LISTED, 0.8, units=[unit]) for title in titles]


def _enumerated(unit: Unit) -> list[Goal]:
    """ "… drie speerpunten: veilige scholen, goede leraren en rust.": as many parts as the number says."""
    announced = ANNOUNCED.search(unit.text)
    match = ENUMERATES.search(unit.text, announced.end()) if announced else None
    if match is None:
        return []
    parts = parts_of(unit.text[match.end() :], _count(unit.text))
    return [Goal(_title(part), reasons.GOAL_LISTED, 0.8, units=[unit]) for part in parts]


ENUMERATES = re.compile(r":\s+|\s(?:zijn|luiden|heten)\s|,\s+(?:namelijk|te weten)\s+|\s[–—]\s")


def _list_after(document: ReadDocument, units: Sequence[Unit], lead: Unit) -> list[Goal]:
    goals: list[Goal] = []
    passages: set[int] = set()
    for unit in islice(units, lead.index + 1, None):
        if unit.kind == "footnote":
            continue
        if unit.kind != "list_item":
            near = unit.index - lead.index <= (MOST if unit.text.rstrip().endswith(":") else FEWEST)
            if lead.kind == "heading" and unit.kind == "paragraph" and not goals and near:
                continue
            break
        if unit.passage in passages:
            continue
        passages.add(unit.passage)
        title = re.split(r":| – | — ", unit.text, maxsplit=1)[0]
        code = CODE.match(unit.text) or CODE_BEHIND.search(unit.text)
        title = bold_opening(document, unit) or title
        goal = Goal(_title(title), reasons.GOAL_LISTED, 0.9, units=[unit], lines=[unit.index])
        goal.code = (code["code"] or "") if code else ""
        goals.append(goal)
    return goals


def _headings_after(document: ReadDocument, lead: Unit) -> list[Goal]:
    """The headings one level under the section of the announcement, up to the first that returns."""
    inside = lead.section
    if inside is None:
        return []
    children = [section for section in document.sections if section.parent == inside and section.index > inside]
    goals: list[Goal] = []
    for section in children:
        if any(_same(section.title, goal.title) for goal in goals):
            break
        goals.append(Goal(_title(section.title), reasons.GOAL_LISTED, 0.95, sections=[section.index]))
    return goals if _are_goal_like(goals) else []


def _are_goal_like(goals: list[Goal]) -> bool:
    return FEWEST <= len(goals) <= MOST


def _titled(document: ReadDocument, units: Sequence[Unit]) -> list[Goal]:
    """Headings and lines that call themselves a goal: "Doel 1: …", "Ambitie – …"."""
    found = []
    for unit in units:
        text = (
            document.sections[unit.section].title if unit.kind == "heading" and unit.section is not None else unit.text
        )
        match = TITLED.match(text) if unit.kind in ("heading", "list_item", "paragraph", "table_cell") else None
        mark = (match["number"] or match["bare"] or "") if match else ""
        if match and len(match["title"]) <= LONGEST_TITLE * 2 and (mark or unit.kind == "heading"):
            sections = [unit.section] if unit.kind == "heading" and unit.section is not None else []
            number = int(mark) if mark.isdecimal() else None
            found.append(Goal(_title(match["title"]), reasons.GOAL_TITLED, 0.9, sections, [unit], number))
    return found


def _title(text: str) -> str:
    title = CODE_BEHIND.sub("", text.strip(" .:;*_-–"))
    match = TITLED.match(title)
    title = match["title"] if match else re.sub(r"^(?:\d+(?:\.\d+)*[.)]?|[a-e][.)])\s+", "", title)
    title = LATER_CLAUSE.sub("", ARTICLE_OF_VERB.sub("", CODE.sub("", title)))
    return _shortened(title[:1].upper() + title[1:])


def _shortened(title: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title[:LONGEST_TITLE].rsplit(" ", 1)[0]
    return re.sub(r"[,;]?\s+(?:en|of|van|de|het|een|in|op|voor|met|om|te|door|die|dat)$", "", cut).rstrip(",;: ")


def _same(one: str, other: str) -> bool:
    return fuzz.ratio(plain(one), plain(other)) >= SIMILAR


def _merged(goals: Sequence[Goal]) -> list[Goal]:
    kept: list[Goal] = []
    for goal in goals:
        known = next((other for other in kept if _same(other.title, goal.title)), None)
        if known is None:
            kept.append(goal)
            continue
        known.sections += [index for index in goal.sections if index not in known.sections]
        known.number, known.code = known.number or goal.number, known.code or goal.code
        known.lines += goal.lines
        known.units += [unit for unit in goal.units if unit not in known.units]
    return kept


def _gather(
    document: ReadDocument, goal: Goal, by_passage: dict[int, list[Unit]], first_passage: dict[int, int]
) -> None:
    """Add the sections of the same name and the sentences that describe the goal there."""
    goal.sections += [s.index for s in document.sections if s.index not in goal.sections and _names(s, goal)]
    for section in goal.sections:
        for passage in (document.sections[section].heading, first_passage.get(section)):
            described = by_passage.get(passage, []) if passage is not None else []
            goal.units += described[:LONGEST_INTRODUCTION]
    goal.units = sorted({unit.index: unit for unit in goal.units}.values(), key=lambda unit: unit.index)


LONGEST_INTRODUCTION = 8


def _names(section: Section, goal: Goal) -> bool:
    match = TITLED.match(section.title)
    return _same(match["title"] if match else CODE.sub("", section.title), goal.title)


def goal_proposals(document: ReadDocument, goals: Sequence[Goal], year: int | None) -> list[Proposal]:
    """The goals as proposals, with what the document says of them as description."""
    return [
        Proposal(
            type="goal",
            key=key_of("goal", goal.title),
            title=goal.title,
            confidence=min(0.98, goal.confidence + 0.02 * (len(goal.sections) > 1)),
            reason=reasons.GOAL_REPEATED if len(goal.sections) > 1 else goal.reason,
            reason_terms={"words": goal.title},
            quotes=whole_quotes(document, goal.units[:LONGEST_QUOTES]),
            description=_description(goal),
            year=year,
        )
        for goal in goals
        if goal.units
    ]


LONGEST_QUOTES = 14


def _description(goal: Goal) -> str:
    passages = [unit for unit in goal.units if unit.kind != "heading"]
    first = [unit.text for unit in passages if unit.passage == passages[0].passage] if passages else []
    text = " ".join(first)
    return text if len(text) <= LONGEST_DESCRIPTION else text[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + " …"


def goals_in_words(text: str, goals: Sequence[Goal]) -> list[str]:
    """Goals of which all telling words stand in the text."""
    words = set(telling_words(text))
    return [goal.title for goal in goals if words.issuperset(telling_words(goal.title))]
