"""Lines of lists and tables, and sentences without a verb, that are activities by where and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from zichtlijn.analysis.documents.dictionaries import ActivityWords, Verb
from zichtlijn.analysis.documents.proposals.events import Event, Mode
from zichtlijn.analysis.documents.proposals.scoring import Place
from zichtlijn.analysis.documents.proposals.tables import Row
from zichtlijn.analysis.documents.proposals.units import Unit

OPENING_WORDS = 5


def listed_event(
    unit: Unit, lead: Event | None, lead_in: Unit | None, place: Place, known: ActivityWords
) -> Event | None:
    """The activity that a line is: by its own infinitive or activity noun, else by the sentence that announces it.

    ``lead`` is the event of the announcing sentence, when that sentence is about the inspectorate.
    """
    if unit.kind not in ("list_item", "table_cell", "paragraph") or len(unit.words) < 2:
        return None
    if unit.kind == "paragraph" and (not place.activity_heading or _has_finite(unit, known)):
        return None
    heading = known.expressions["activity_headings"]
    introduced = lead_in is not None and bool(heading.search(lead_in.text))
    told = place.activity_heading or introduced
    announced = lead is not None or (lead_in is not None and told)
    if not announced and not told:
        return None
    own = _by_own_words(unit, "item" if announced else "row", known)
    if own is not None or unit.kind != "list_item":
        return own
    if lead is not None:
        return Event("item", lead.verb, 0, None, lead.kind, lead.status)
    return Event("item", None, 0, None, "monitoring") if introduced else None


def row_event(row: Row, known: ActivityWords) -> Event:
    """The activity that a row of a table is: by its own words, else by those of the head (Onderzoek, Controles)."""
    own = _by_own_words(row.name, "item", known)
    if own is not None:
        return own
    head = row.head.lower().split()
    kind = next((known.noun_kinds[word] for word in head if word in known.noun_kinds and word not in ANY_WORK), None)
    return Event("item", None, 0, None, kind or "monitoring")


ANY_WORK = frozenset({"project", "projecten", "traject", "aanpak"})


def _by_own_words(unit: Unit, mode: Mode, known: ActivityWords) -> Event | None:
    verb, noun = _own_verb(unit, known), _own_noun(unit, known)
    if verb is not None:
        return Event(mode, verb, 0, None, verb.kind, verb.status)
    return Event(mode, None, 0, None, known.noun_kinds[noun]) if noun is not None else None


def _has_finite(unit: Unit, known: ActivityWords) -> bool:
    """A helping verb, or a form that can be finite and does not close the line or follow "te" or an article."""
    words = [word.low for word in unit.words if word.low[0].isalnum()]
    if any(low in known.helpers for low in words):
        return True
    return any(
        {tense for _, tense in known.by_form.get(low, ())} - {"participle"}
        and before not in known.determiners
        and before != "te"
        for before, low in pairwise(words[:-1])
    )


def _own_verb(unit: Unit, known: ActivityWords) -> Verb | None:
    """An infinitive at the end ("de pilot afronden") or any verb of supervision at the beginning."""
    words = [word.low for word in unit.words if word.low[0].isalnum()]
    for low in [*words[-1:], *words[:1]]:
        for verb, tense in known.by_form.get(low, ()):
            if verb.particle and not low.startswith(verb.particle) and verb.particle not in words:
                continue
            if verb.kind is not None and tense != "past" and (not verb.companions or verb.companions & set(words)):
                return verb
    for index, low in enumerate(words):
        if index and words[index - 1] in ("te", "het"):
            continue
        for verb, tense in known.by_form.get(low, ()):
            if verb.particle and not low.startswith(verb.particle) and verb.particle not in words:
                continue
            if tense == "infinitive" and verb.kind and (not verb.companions or verb.companions & set(words)):
                return verb
    return None


def _own_noun(unit: Unit, known: ActivityWords) -> str | None:
    for word in unit.words[:OPENING_WORDS]:
        for noun in known.noun_kinds:
            if word.low == noun or (len(noun) > 5 and word.low.endswith(noun)):
                return noun
    return None


def lead_event(events: Sequence[Event]) -> Event | None:
    """The event of an announcing sentence that its lines carry on."""
    return next((event for event in events if event.kind and not event.subordinate and event.mode != "past"), None)
