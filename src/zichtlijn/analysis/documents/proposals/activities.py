"""The activities of a programme: sentences that announce them, put together where they are about the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zichtlijn.analysis.documents.proposals.events import Event, events_in
from zichtlijn.analysis.documents.proposals.listed import lead_event, listed_event, row_event
from zichtlijn.analysis.documents.proposals.phrases import LONGEST, shortened
from zichtlijn.analysis.documents.proposals.places import continues, titles_above
from zichtlijn.analysis.documents.proposals.scoring import Place, Score, score_of
from zichtlijn.analysis.documents.proposals.setting import Setting
from zichtlijn.analysis.documents.proposals.tables import Row
from zichtlijn.analysis.documents.proposals.title_fitness import is_fit, says_little
from zichtlijn.analysis.documents.proposals.titles import title_of
from zichtlijn.analysis.documents.proposals.units import Unit

Progress = Callable[[int, int], None]
NOT_SENTENCES = frozenset({"footnote", "heading"})
PROGRESS_EVERY = 500


@dataclass
class Found:
    """An activity as found: its sentences (the first announces it), the event, the score and a title."""

    units: list[Unit]
    event: Event
    score: Score
    title: str
    place: Place
    sections: list[int | None] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    row: Row | None = None

    @property
    def confidence(self) -> float:
        """Of the announcing sentence."""
        return self.score.confidence


def activities_in(setting: Setting, progress: Progress | None = None) -> list[Found]:
    """Every activity in the order of the text, sentences that go on about one put with it.

    ``progress`` gets the sentences done and their total.
    """
    found: list[Found] = []
    leads: dict[int, Event | None] = {}
    open_group: Found | None = None
    for position, unit in enumerate(setting.units):
        if progress is not None and position % PROGRESS_EVERY == 0:
            progress(position, len(setting.units))
        if unit.kind in NOT_SENTENCES:
            continue
        open_group = _step(setting, position, open_group, found, leads)
    return found


def _step(
    setting: Setting, position: int, before: Found | None, found: list[Found], leads: dict[int, Event | None]
) -> Found | None:
    """Look at one sentence; gives the activity that the next sentence can go on about."""
    unit = setting.units[position]
    if unit.index in setting.in_tables:
        found += _of_row(setting, unit)
        return None
    if before is not None and before.units[-1].section != unit.section:
        before = None
    if _is_label(setting, position):
        return None
    events = events_in(unit, setting.mentions.by_unit.get(unit.index, ()), setting.own, setting.dictionaries.words)
    leads[unit.index] = lead_event(events)
    going_on = before is not None and (
        continues(unit, events, setting.dictionaries.words) or _goes_on_in_item(unit, before, events)
    )
    candidates = _candidates(setting, position, events, leads, going_on)
    if going_on and before is not None and not _is_own_activity(candidates, before):
        before.units.append(unit)
        return before
    if not candidates or (unit.text.rstrip().endswith(":") and _announces_list(setting, position)):
        return None
    found += candidates
    return candidates[-1]


def _of_row(setting: Setting, unit: Unit) -> list[Found]:
    """The row of a table of which this is the cell with the name of the activity."""
    row = setting.rows.get(unit.index)
    if row is None:
        return []
    place = replace(setting.places.get(unit.section, Place()), activity_heading=True, background_heading=False)
    found = _scored(setting, unit, row_event(row, setting.dictionaries.words), place)
    if found is None:
        return []
    found.units = list(row.units)
    found.row = row
    return [found]


def _is_label(setting: Setting, position: int) -> bool:
    """A word or two that open a line of a list and end with a full stop: "Huisvesting. Met gemeenten …"."""
    unit = setting.units[position]
    if unit.kind not in ("list_item", "paragraph") or len(unit.words) > LONGEST_LABEL:
        return False
    before, after = setting.units[max(0, position - 1)], setting.units[position + 1 : position + 2]
    opens = position == 0 or before.passage != unit.passage
    return opens and bool(after) and after[0].passage == unit.passage


LONGEST_LABEL = 5
NO_PLACE = Place()


def _goes_on_in_item(unit: Unit, before: Found, events: Sequence[Event]) -> bool:
    """A further sentence of a line of a list goes on about it."""
    return unit.kind == "list_item" and before.units[-1].passage == unit.passage


def _is_own_activity(candidates: Sequence[Found], before: Found) -> bool:
    """A sentence that goes on but names its own time and doer is an activity of its own (In dat kader …).

    So is enforcement after something else: "Als niet aan de eisen wordt voldaan, kan de Inspectie optreden".
    """
    if before.event.kind != "enforcement" and any(c.event.kind == "enforcement" for c in candidates):
        return True
    return any(_has_own_phase(c) or (_names(c) & TIMED and c.event.mode not in ELABORATING) for c in candidates)


def _has_own_phase(found: Found) -> bool:
    """Published or stopped is a step of its own; "Het onderzoek start in maart" goes on about the investigation."""
    status = found.event.status
    return status is not None and (found.event.mode not in ELABORATING or status in ("publishing", "stopped"))


TIMED = frozenset({"programme_year", "coming_time"})
ELABORATING = frozenset({"announced", "supervision"})


def _names(found: Found) -> set[str]:
    return {name for name, _ in found.score.signs}


def _announces_list(setting: Setting, position: int) -> bool:
    following = setting.units[position + 1 : position + 3]
    return any(unit.kind in ("list_item", "table_cell") for unit in following)


def _candidates(
    setting: Setting, position: int, events: Sequence[Event], leads: Mapping[int, Event | None], going_on: bool
) -> list[Found]:
    unit = setting.units[position]
    place = setting.places.get(unit.section, NO_PLACE)
    telling = [event for event in events if event.kind is not None and event.mode not in ("past", "states")]
    if not telling and unit.kind == "paragraph" and not place.activity_heading:
        return []
    place = replace(place, continuation=going_on, describes_goal=unit.index in setting.described)
    if _is_asked_for(setting, position, "result_headings"):
        place = replace(place, result_heading=True, activity_heading=False)
    elif _is_asked_for(setting, position, "activity_headings"):
        place = replace(place, activity_heading=True)
    if not telling or unit.kind in ("list_item", "table_cell"):
        listed = _listed(setting, position, leads, place)
        telling = [listed] if listed is not None and not telling else telling
    scored = [found for event in telling if (found := _scored(setting, unit, event, place)) is not None]
    return _apart(scored)


def _is_asked_for(setting: Setting, position: int, what: str) -> bool:
    """The lead-in of its list asks what will be done ("Wat gaan we doen?") or should be reached ("Resultaat:")."""
    lead_in = setting.lead_ins[position]
    if lead_in is None or setting.units[position].kind != "list_item":
        return False
    return bool(setting.dictionaries.words.expressions[what].search(setting.units[lead_in].text))


def _listed(setting: Setting, position: int, leads: Mapping[int, Event | None], place: Place) -> Event | None:
    index = setting.lead_ins[position]
    lead_in = setting.units[index] if index is not None else None
    lead = leads.get(lead_in.index) if lead_in is not None else None
    return listed_event(setting.units[position], lead, lead_in, place, setting.dictionaries.words)


def _scored(setting: Setting, unit: Unit, event: Event, place: Place) -> Found | None:
    names = setting.mentions.by_unit.get(unit.index, ())
    named = any(m.entity.name.name != setting.own.name and m.entity.category != "group" for m in names)
    score = score_of(unit, event, place, setting.year, setting.dictionaries, named=named)
    if score.confidence < setting.dictionaries.weights["threshold"]:
        return None
    found = Found([unit], event, score, title_of(unit, event), place, [unit.section])
    if POINTS_BACK.search(found.title):
        _explain(setting, found)
    found.title = _understandable(setting, found)
    if NO_LONGER.search(unit.text):
        found.title = GOES_ON.sub("Beëindiging", found.title)
    return found


# "De proef wordt niet verlengd" is the end of the proef.
NO_LONGER = re.compile(r"\bniet (?:meer |langer )?(?:verlengd|herhaald|hervat|voortgezet)\b", re.IGNORECASE)
GOES_ON = re.compile(r"^(?:Verlenging|Herhaling|Hervatting|Voortzetting)(?= van\b)")


def _understandable(setting: Setting, found: Found) -> str:
    """The title; with the heading above it when it says little alone, and the heading alone when it does not read."""
    unit = found.units[0]
    titles = titles_above(setting.document, unit.section)
    asking = setting.dictionaries.words.expressions["activity_headings"]
    heading = next((title for title in titles if not asking.search(title)), next(iter(titles), ""))
    heading = NUMBER_BEFORE.sub("", re.sub(r"\s*\([^)]*\)$", "", heading)).strip(" .:")
    if not heading or len(heading) > LONGEST_HEADING:
        return found.title
    if not is_fit(found.title):
        line = shortened(DATE_BEFORE.sub("", unit.text).strip(" ."))
        line = line[:1].upper() + line[1:]
        dated = DATE_BEFORE.match(unit.text) is not None and is_fit(line)
        if (
            unit.kind == "list_item"
            and found.event.mode in ("item", "row")
            and (dated or len(unit.words) <= SHORT_LINE)
        ):
            return line
        return f"{heading}: {found.event.words}" if found.event.words else heading
    with_heading = f"{found.title} ({heading})"
    return with_heading if says_little(found.title) and len(with_heading) <= LONGEST else found.title


# A line of so few words is a title itself: "In gesprek gaan met slijters".
SHORT_LINE = 9
NUMBER_BEFORE = re.compile(
    r"^(?:(?:project|hoofdstuk|programma|speerpunt|doel) )?(?:\d+(?:\.\d+)*|[IVX]+\.|[A-E] [–-])[.:]?\s+", re.IGNORECASE
)
LONGEST_HEADING = 60
# "Vanaf 1 mei beoordelen van …", "Met ingang van 2027 …": when, before what.
DATE_BEFORE = re.compile(
    r"^(?:vanaf|met ingang van|per|in|sinds) (?:(?:\d{1,2} )?(?:januari|februari|maart|april|mei|juni|juli|augustus|"
    r"september|oktober|november|december|het (?:voor|na)jaar|het \w+ kwartaal)(?: van)?(?: 20\d\d)?|20\d\d) ",
    re.IGNORECASE,
)


POINTS_BACK = re.compile(
    r"\b(?:dit|deze|die|dat) (?P<work>toezicht|onderzoek\w*|project|programma|pilot|traject|thema|vlak|keten)\b",
    re.IGNORECASE,
)
WORK_BEFORE = re.compile(r"\b(?:toezicht|onderzoek)\b(?: \w+)? ((?:op|naar) (?:de |het )?[^,.;:]{4,60})", re.IGNORECASE)
LOOK_BACK = 3


def _explain(setting: Setting, found: Found) -> None:
    """What "dit toezicht" is: told by a sentence just before it, or by the chain or act that is named there."""
    unit = found.units[0]
    before = [u for u in setting.units[max(0, unit.index - LOOK_BACK) : unit.index] if u.passage == unit.passage]
    for other in reversed(before):
        match = WORK_BEFORE.search(other.text)
        if match:
            found.title = shortened(POINTS_BACK.sub(rf"\g<work> {match.group(1)}", found.title))
            found.units.append(other)
            return
    indexes = [other.index for other in before]
    topics = [*setting.mentions.of(indexes, "chain"), *setting.mentions.of(indexes, "act")]
    if topics:
        found.title = f"{shortened(found.title)} ({topics[0][:1].lower()}{topics[0][1:]})"


def _apart(scored: list[Found]) -> list[Found]:
    """Of one sentence: several activities when its verbs tell of different phases, else the strongest one."""
    if len(scored) < 2:
        return scored
    phases = {found.event.status for found in scored if found.event.status}
    if len(phases) > 1 and len(phases) == len(scored):
        return scored
    best = max(
        scored,
        key=lambda found: (
            found.event.mode == "acts" and "niet alleen" in found.units[0].text and found is scored[-1],
            found.confidence,
        ),
    )
    return [best]
