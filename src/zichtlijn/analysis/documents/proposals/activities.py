"""The activities of a programme: sentences that announce them, put together where they are about the same thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from zichtlijn.analysis.documents.dictionaries import Dictionaries
from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.analysis.documents.proposals.events import Event, events_in
from zichtlijn.analysis.documents.proposals.listed import lead_event, listed_event
from zichtlijn.analysis.documents.proposals.mentions import Mentions
from zichtlijn.analysis.documents.proposals.own_names import OwnNames
from zichtlijn.analysis.documents.proposals.places import continues, lead_in_of, places_of
from zichtlijn.analysis.documents.proposals.scoring import Place, Score, score_of
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

    @property
    def confidence(self) -> float:
        """Of the announcing sentence."""
        return self.score.confidence


@dataclass(frozen=True, slots=True)
class Setting:
    """What all sentences of one document share."""

    units: Sequence[Unit]
    mentions: Mentions
    own: OwnNames
    year: int | None
    places: Mapping[int | None, Place]
    dictionaries: Dictionaries


def activities_in(
    document: ReadDocument,
    units: Sequence[Unit],
    mentions: Mentions,
    own: OwnNames,
    goals: Mapping[int, str],
    year: int | None,
    dictionaries: Dictionaries,
    described: AbstractSet[int] = frozenset(),
    progress: Progress | None = None,
) -> list[Found]:
    """Every activity in the order of the text, sentences that go on about one put with it.

    ``described`` are sentences that describe a goal: they are not activities.
    """
    setting = Setting(units, mentions, own, year, places_of(document, dictionaries.words, goals), dictionaries)
    found: list[Found] = []
    leads: dict[int, Event | None] = {}
    open_group: Found | None = None
    for position, unit in enumerate(units):
        if progress is not None and position % PROGRESS_EVERY == 0:
            progress(position, len(units))
        if unit.kind in NOT_SENTENCES or unit.index in described:
            continue
        open_group = _step(setting, position, open_group, found, leads)
    return found


def _step(
    setting: Setting, position: int, before: Found | None, found: list[Found], leads: dict[int, Event | None]
) -> Found | None:
    """Look at one sentence; gives the activity that the next sentence can go on about."""
    unit = setting.units[position]
    if before is not None and before.units[-1].section != unit.section:
        before = None
    events = events_in(unit, setting.mentions.by_unit.get(unit.index, ()), setting.own, setting.dictionaries.words)
    leads[unit.index] = lead_event(events)
    going_on = continues(unit, setting.dictionaries.words)
    candidates = _candidates(setting, position, events, leads, going_on and before is not None)
    if going_on and before is not None and not _is_own_activity(candidates, before):
        before.units.append(unit)
        return before
    if not candidates or unit.text.rstrip().endswith(":") and _announces_list(setting, position):
        return None
    found += candidates
    return candidates[-1]


def _is_own_activity(candidates: Sequence[Found], before: Found) -> bool:
    """A sentence that goes on but has its own time and doer is an activity of its own (In dat kader …)."""
    return any(
        ("programme_year" in _names(c) or "coming_time" in _names(c)) and c.event.mode != "announced"
        for c in candidates
    )


def _names(found: Found) -> set[str]:
    return {name for name, _ in found.score.signs}


def _announces_list(setting: Setting, position: int) -> bool:
    following = setting.units[position + 1 : position + 3]
    return any(unit.kind in ("list_item", "table_cell") for unit in following)


def _candidates(
    setting: Setting, position: int, events: Sequence[Event], leads: Mapping[int, Event | None], going_on: bool
) -> list[Found]:
    unit = setting.units[position]
    place = setting.places.get(unit.section, Place())
    if going_on:
        place = Place(**{name: getattr(place, name) for name in place.__slots__} | {"continuation": True})
    telling = [event for event in events if event.kind is not None and event.mode not in ("past", "states")]
    if not telling or unit.kind in ("list_item", "table_cell"):
        listed = _listed(setting, position, leads, place)
        telling = [listed] if listed is not None and not telling else telling
    scored = [found for event in telling if (found := _scored(setting, unit, event, place)) is not None]
    return _apart(scored)


def _listed(setting: Setting, position: int, leads: Mapping[int, Event | None], place: Place) -> Event | None:
    lead_in = lead_in_of(setting.units, position)
    lead = leads.get(lead_in.index) if lead_in is not None else None
    return listed_event(setting.units[position], lead, lead_in, place, setting.dictionaries.words)


def _scored(setting: Setting, unit: Unit, event: Event, place: Place) -> Found | None:
    names = setting.mentions.by_unit.get(unit.index, ())
    named = any(mention.entity.name.name != setting.own.name for mention in names)
    score = score_of(unit, event, place, named, setting.year, setting.dictionaries)
    if score.confidence < setting.dictionaries.weights["threshold"]:
        return None
    title = title_of(unit, event, setting.dictionaries.words)
    return Found([unit], event, score, title, place, [unit.section])


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
