"""The forms in which goals follow a sentence that announces them: a table, a count in words, bare lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.analysis.documents.proposals.keys import plain
from zichtlijn.analysis.documents.proposals.tables import Cells, Table
from zichtlijn.analysis.documents.proposals.units import Unit

NUMBERS = {"twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8}
ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste")
# "De eerste is …", "Het tweede doel luidt: …", "Ten derde …".
ORDINAL = re.compile(
    rf"(?:,\s*|;\s*)?(?:\ben\s+)?(?:\bten (?P<ten>{'|'.join(ORDINALS)})\b[:,]?|"
    rf"\b(?:de|het|onze|ons) (?P<the>{'|'.join(ORDINALS)})(?: \w+)? "
    r"(?:is|luidt|heet|betreft|gaat over|staat voor)\b:?)\s*",
    re.IGNORECASE,
)
CODE = re.compile(r"^(?P<code>[A-Z]{1,3}\s?\d{1,2})\b")
BOLD_OPENING = re.compile(r"\s*(\*\*|__)(?P<title>[^\n]{2,110}?)\1")
REFERS = re.compile(r"^(?:dat|dit|het|deze)(?: drie| vier| vijf)? (?:zijn|gaat om|betreft)\b:?\s*", re.IGNORECASE)
# What is looked into or counted is no goal.
ACTIVITY_LIKE = re.compile(
    r"^(?:(?:een|het|de|\d+|nieuwe?|verdiepend|thematisch\w*) ){0,3}"
    r"\w*(?:onderzoek(?:en)?|controles?|inspecties?|audits?|bezoeken|steekproe\w+|pilots?|rapport(?:ages?|en)?|campagnes?)\b"
    r"|^(?:we|wij) (?:gaan|onderzoeken|controleren|bezoeken|publiceren|starten)\b|\d ?(?:%|procent|fte)|€",
    re.IGNORECASE,
)
LONGEST_LINE, MOST_WORDS_OF_LINE = 90, 10
NEARBY, MOST_SENTENCES, MOST_LINES = 2, 16, 8


@dataclass(frozen=True, slots=True)
class Named:
    """A goal by its title, the sentences that give it, its code and the section it heads."""

    title: str
    units: tuple[Unit, ...]
    code: str = ""
    section: int | None = None


def bold_opening(document: ReadDocument, unit: Unit) -> str:
    """The words in bold with which a line of a list opens: "**Dichtbij** We zijn …"; else nothing."""
    span = document.passages[unit.passage].span
    match = BOLD_OPENING.match(document.text[span.start : span.end])
    return match["title"].strip(" .:") if match else ""


def are_activities(titles: Sequence[str]) -> bool:
    """Whether half of the lines or more tell what is done or counted."""
    return 2 * sum(bool(ACTIVITY_LIKE.search(title)) for title in titles) >= len(titles)


def in_table_after(tables: Sequence[Table], lead: Unit) -> list[Named]:
    """The rows of a table right under the announcement, its code in the same cell or in another one."""
    for table in tables:
        first = min(unit.index for cells in table.rows[0].values() for unit in cells)
        if not 0 < first - len(table.head) - lead.index <= NEARBY or "plain_activity" in table.roles:
            continue
        column = table.roles.get("goal", _first_with_words(table))
        return [_of_row(table, row, column) for row in table.rows if table.text(row, column)]
    return []


def _first_with_words(table: Table) -> int:
    row = table.rows[0]
    return next((at for at in sorted(row) if len(CODE.sub("", table.text(row, at)).strip(" .")) > 2), min(row))


def _of_row(table: Table, row: Cells, column: int) -> Named:
    codes = (CODE.match(table.text(row, at)) for at in sorted(row, key=lambda at: at != column))
    code = next((match["code"] for match in codes if match), "")
    units = tuple(unit for at in sorted(row) for unit in row[at])
    return Named(table.text(row, column), units, code)


def in_order(units: Sequence[Unit], lead: Unit) -> list[Named]:
    """ "De eerste is X: …. De tweede is Y." or "ten eerste X, ten tweede Y": first, second, third in their order."""
    found: list[Named] = []
    for unit in units[lead.index : lead.index + MOST_SENTENCES]:
        if unit.section != lead.section:
            break
        matches = list(ORDINAL.finditer(unit.text))
        ends = [match.start() for match in matches[1:]] + [len(unit.text)]
        for match, end in zip(matches, ends[: len(matches)], strict=True):
            low = (match["ten"] or match["the"]).lower()
            if ORDINALS.index(low) != len(found):
                return found
            title = re.split(r"[:;.]| – ", unit.text[match.end() : end])[0].strip(" ,")
            found.append(Named(title, (unit,)))
    return found


def in_next_sentence(units: Sequence[Unit], lead: Unit, count: int) -> list[Named]:
    """ "… vier opgaven. Dat zijn X, Y, Z en W.": as many parts as the number says."""
    following = units[lead.index + 1 : lead.index + 2]
    if not following or following[0].section != lead.section:
        return []
    match = REFERS.match(following[0].text)
    return (
        [Named(part, tuple(following)) for part in parts_of(following[0].text[match.end() :], count)] if match else []
    )


def parts_of(text: str, count: int) -> list[str]:
    """ "X, Y en Z" in its parts when there are as many as the number says; else none."""
    text = text.strip(" .:")
    parts = re.split(r";\s*(?:en )?" if ";" in text else r",\s+(?:en )?|\s+en\s+(?=[^,]*$)", text)
    if len(parts) != count or any(len(part) > LONGEST_LINE for part in parts):
        return []
    return parts


def in_bare_lines(document: ReadDocument, units: Sequence[Unit], lead: Unit, count: int) -> list[Named]:
    """Short lines without a full stop, each with its description under it, as many as the number says.

    Where no number is said, they are goals when all of them come back as headings.
    """
    found: list[Named] = []
    passage = lead.passage
    for unit in units[lead.index + 1 :]:
        if unit.passage == passage or unit.kind == "footnote":
            continue
        passage = unit.passage
        line = _bare_line(document, unit)
        if line and len(found) < (count or MOST_LINES):
            found.append(Named(line, (unit,), _code(line), unit.section if unit.kind == "heading" else None))
        elif unit.kind != "paragraph" or not found or len(found) == count:
            break
    if count:
        return found if len(found) == count else []
    titles = headings_of(document)
    return found if all(plain(CODE.sub("", each.title)) in titles for each in found) else []


def in_numbered_chapters(document: ReadDocument, units: Sequence[Unit], count: int) -> list[Named]:
    """ "… vier thema's", and as many headings "Thema 1: X", "Thema 2: Y"; a table may name them as well."""
    found = [(section.index, match) for section in document.sections if (match := THEME.match(section.title))]
    if len(found) != count:
        return []
    lines = [unit for unit in units if unit.kind in ("table_cell", "list_item")]
    return [
        Named(match["title"], tuple(u for u in lines if plain(u.text) == plain(match["title"])), section=section)
        for section, match in found
    ]


THEME = re.compile(
    r"^(?:thema|spoor|lijn|programma|cluster) (?:\d{1,2}|[A-E]|[IVX]+)\s*[:.–-]\s*(?P<title>\S.{2,})$", re.IGNORECASE
)


def chosen_in_words(document: ReadDocument, units: Sequence[Unit]) -> list[Named]:
    """ "Tot en met 2028 kiezen we voor X, voor Y en voor Z", without a word for goals: when all return as headings."""
    for unit in units:
        match = CHOOSES.search(unit.text) if unit.kind == "paragraph" else None
        if match is None:
            continue
        parts = parts_that_return(document, re.sub(rf"(,| en) {match['to']} ", r"\1 ", unit.text[match.end() :]))
        if len(parts) >= FEWEST_CHOSEN:
            return [Named(part, (unit,)) for part in parts]
    return []


FEWEST_CHOSEN = 3
CHOOSES = re.compile(
    r"\b(?:kiezen (?:we|wij)|(?:we|wij) kiezen|kiest de \w+|werken (?:we|wij)|zetten (?:we|wij) in|"
    r"richten (?:we|wij) ons) (?P<to>voor|aan|op) ",
    re.IGNORECASE,
)


def headings_of(document: ReadDocument) -> frozenset[str]:
    """The titles of all sections, without accents and capitals."""
    return frozenset(plain(CODE.sub("", section.title).strip(" .:")) for section in document.sections)


def parts_that_return(document: ReadDocument, text: str) -> list[str]:
    """ "X, Y en Z" in its parts when every part comes back as a heading; else none."""
    text = text.strip(" .:")
    for count in range(2, MOST_LINES + 1):
        parts = parts_of(text, count)
        if parts and all(
            any(plain(ARTICLE.sub("", part)) in title for title in headings_of(document)) for part in parts
        ):
            return parts
    return []


ARTICLE = re.compile(r"^(?:een|de|het) ", re.IGNORECASE)


def _code(line: str) -> str:
    match = CODE.match(line)
    return match["code"] if match else ""


def _bare_line(document: ReadDocument, unit: Unit) -> str:
    """The first line of a passage when it reads as a title; a numbered heading is a chapter."""
    span = document.passages[unit.passage].span
    first, _, rest = document.text[span.start : span.end].partition("\n")
    line = first.strip(" *_#")
    if unit.kind not in ("paragraph", "heading") or (unit.kind == "heading" and line[:1].isdigit()):
        return ""
    short = len(line) <= LONGEST_LINE and len(line.split()) <= MOST_WORDS_OF_LINE and line[-1:] not in ".:;,!?"
    return line if short and line[:1].isupper() and (not rest or rest.lstrip()[:1].isupper()) else ""
