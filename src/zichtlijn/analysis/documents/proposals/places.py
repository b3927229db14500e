"""Where a sentence stands: under which headings, in which list, after which lead-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zichtlijn.analysis.documents.dictionaries import ActivityWords
from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.analysis.documents.proposals.events import Event
from zichtlijn.analysis.documents.proposals.scoring import Place
from zichtlijn.analysis.documents.proposals.units import Unit


def places_of(
    document: ReadDocument, known: ActivityWords, goals_by_section: Mapping[int, object]
) -> dict[int | None, Place]:
    """The place of every section; None is the text before the first heading."""
    places: dict[int | None, Place] = {None: Place()}
    whole = _title_of_all(document)
    for section in document.sections:
        titles = titles_above(document, section.index)
        headings = titles[:-1] if whole else titles  # "Wat we doen in 2028" on the cover says nothing of a chapter
        for_results = bool(known.expressions["result_headings"].search(titles[0]))
        places[section.index] = Place(
            activity_heading=not for_results
            and any(known.expressions["activity_headings"].search(title) for title in headings),
            background_heading=len(document.sections) >= FEW_SECTIONS
            and bool(known.expressions["background_headings"].search(titles[0])),
            result_heading=for_results,
            staff_heading=any(known.expressions["staff_headings"].search(title) for title in titles[:2]),
            goal_section=any(index in goals_by_section for index in chain_of(document, section.index)),
        )
    return places


def _title_of_all(document: ReadDocument) -> bool:
    """Whether all sections stand under one, which then is the title of the document."""
    roots = [section for section in document.sections if section.parent is None]
    return len(roots) == 1 and len(document.sections) >= FEW_SECTIONS


def chain_of(document: ReadDocument, section: int | None) -> list[int]:
    """A section and the sections around it, from the inside."""
    chain: list[int] = []
    while section is not None and section not in chain:
        chain.append(section)
        section = document.sections[section].parent
    return chain


def titles_above(document: ReadDocument, section: int | None) -> list[str]:
    """The headings a sentence stands under, from the inside."""
    return [document.sections[index].title for index in chain_of(document, section)]


def continues(unit: Unit, events: Sequence[Event], known: ActivityWords) -> bool:
    """The sentence goes on about what came before: "Dit doet zij …", "Dit programma …", "volgt die ontwikkeling"."""
    lows = tuple(word.low for word in unit.words[:5])
    if any(lows[: len(phrase)] == phrase and lows[len(phrase) :][:1] not in NAMED for phrase in known.continuations):
        return True
    if len(lows) > 1 and lows[0] in POINTING and lows[1].endswith(tuple(known.activity_nouns)):
        return True
    return any(_points_back(unit, event, known) for event in events)


def _points_back(unit: Unit, event: Event, known: ActivityWords) -> bool:
    """The object is "die ontwikkeling", or the subject is the supervision without saying on what."""
    if event.subject is None:
        return False
    if event.mode == "supervision":
        return _is_bare(unit, event, known)
    after = max(event.verb_at, event.subject.last) + 1
    lows = [word.low for word in unit.words[after : after + 2]]
    if len(lows) < 2 or event.mode != "acts":
        return False
    beside = event.subject.first - 1 <= event.verb_at <= event.subject.last + 1  # else it is a second verb
    them = lows[1] if lows[0] in known.prepositions else lows[0]
    pronoun = them in PRONOUNS or (lows[0] == "het" and lows[1] in known.prepositions)
    if beside and (pronoun or lows[0] in ABOUT_BEFORE):
        return True
    return lows[0] in POINTING and lows[1] not in known.fillers | TIMES


def _is_bare(unit: Unit, event: Event, known: ActivityWords) -> bool:
    if event.subject is None or unit.words[event.subject.first].low not in ("het", "ons", "haar"):
        return False
    after = event.subject.last + 1
    low = unit.words[after].low if after < len(unit.words) else "."
    return (
        low not in ("op", "naar", "van", "bij", "in", "over", "voor", "tot")
        and unit.words[event.subject.last].low == "toezicht"
    )


FEW_SECTIONS = 4
# "Het onderzoek naar X" names a new thing, "het onderzoek" alone goes on about the one before.
NAMED = frozenset({("naar",), ("op",), ("over",), ("van",), ("bij",), ("in",)})
TIMES = frozenset({"jaar", "najaar", "voorjaar", "schooljaar", "kwartaal", "moment", "werkjaar"})
POINTING = frozenset({"die", "deze", "dit", "dat"})
# "We praten met hen", "We testen het bij zes scholen", "Zij vergelijkt daarvoor vier arrondissementen".
PRONOUNS = frozenset({"hen", "ze", "hem"})
ABOUT_BEFORE = frozenset(
    {"daarvoor", "hiervoor", "daarover", "hierover", "daarbij", "hierbij", "daarin", "hierin", "daarmee", "hiermee"}
)


def _announces(unit: Unit) -> bool:
    """Ends with a colon or question mark, or is a bare line: "Beoogd resultaat"."""
    text = unit.text.rstrip()
    bare = unit.kind == "paragraph" and len(unit.words) <= LONGEST_BARE_LINE and text[-1:] not in ".;,!"
    return text.endswith((":", "?")) or bare


LONGEST_BARE_LINE = 8


def is_bold(document: ReadDocument, unit: Unit) -> bool:
    """A heading that is only a bold line in the text, under the headings that the file declares."""
    return unit.kind == "heading" and unit.section is not None and document.sections[unit.section].level == BOLD_LEVEL


BOLD_LEVEL = 7


def lead_ins_of(units: Sequence[Unit], document: ReadDocument) -> list[int | None]:
    """Per unit what announces the list it stands in: the last sentence before it that ends so, or a bold line."""
    found: list[int | None] = []
    last: Unit | None = None
    for unit in units:
        listed = unit.kind in ("list_item", "table_cell")
        announced = last is not None and last.section == unit.section and (_announces(last) or is_bold(document, last))
        found.append(last.index if last is not None and announced else None)
        if not listed and unit.kind != "footnote":
            last = unit
    return found
