"""Of which kind an activity is and how it stands: new, continuing, finishing, publishing, starting or stopped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zichtlijn.analysis.documents.dictionaries import ActivityWords
from zichtlijn.analysis.documents.model import ActivityKind, ActivityStatus
from zichtlijn.analysis.documents.proposals.events import Event
from zichtlijn.analysis.documents.proposals.units import Unit
from zichtlijn.analysis.documents.proposals.words import Word

# Verbs that tell how far something is, not what it is: the noun tells the kind.
PHASES: frozenset[ActivityStatus] = frozenset({"starting", "finishing", "continuing", "stopped"})


def kind_of(unit: Unit, event: Event, known: ActivityWords, *, stopped: bool = False) -> ActivityKind:
    """The kind: of the verb; of the noun for verbs of phase, for what is stopped and for supervision as subject."""
    kind = event.kind or "monitoring"
    if (stopped and event.status != "stopped") or (event.mode == "announced" and event.status == "stopped"):
        return _kind_of_nouns(unit.words, event, known) or "monitoring"
    if event.mode == "supervision" and event.subject is not None and kind != "publication":
        noun = unit.words[event.subject.last].low
        own = known.noun_kinds.get(noun)
        if own is not None and (kind in ("monitoring", "investigation") or event.status in PHASES):
            return own
        return kind
    if event.status in PHASES or event.verb is None:
        start = event.verb_at if event.mode != "item" else 0
        return _kind_of_nouns([*unit.words[start:], *unit.words[:start]], event, known) or kind
    if kind == "development":
        return _what_is_built(unit, event, known) or kind
    return kind


def _what_is_built(unit: Unit, event: Event, known: ActivityWords) -> ActivityKind | None:
    """Investing in co-operation is co-operation; strengthening supervision is development."""
    lows = [word.low for word in unit.words[event.verb_at + 1 : event.verb_at + 8]]
    object_kinds = [known.noun_kinds[low] for low in lows if low in known.noun_kinds]
    return "co-operation" if object_kinds[:1] == ["co-operation"] else None


def _kind_of_nouns(words: Sequence[Word], event: Event, known: ActivityWords) -> ActivityKind | None:
    """The kind of the first noun of an activity among these words."""
    for word in words:
        for noun in (word.low, _head(word.low, known)):
            if noun in known.noun_kinds and not (event.status in PHASES and noun in ANY_WORK):
                return known.noun_kinds[noun]
    return None


# Nouns that say nothing of the kind where a verb tells how far it is: "het project eindigt".
ANY_WORK = frozenset({"project", "projecten", "traject"})


def _head(low: str, known: ActivityWords) -> str:
    """The head of a compound: incidentonderzoek is an onderzoek."""
    return next((noun for noun in known.noun_kinds if len(noun) > 5 and low.endswith(noun)), low)


def status_of(
    text: str, event: Event, kind: ActivityKind, year: int | None, known: ActivityWords, *, planned: bool = False
) -> ActivityStatus:
    """The status: of the verb, else of the words of the text, else new for an investigation of this year.

    ``planned`` tells that it stands in a list or table of what will be done.
    """
    found = next((status for status, pattern in known.statuses if pattern.search(text)), None)
    if event.status is not None and found != "stopped":
        return "publishing" if kind == "publication" and event.status == "continuing" else event.status
    if found is not None and not (found == "publishing" and kind != "publication"):
        return found
    if kind == "publication":
        return "publishing"
    if kind == "development":
        return "new" if _makes_something(event) and A_THING.search(text) else "continuing"
    ahead = planned or event.mode in ("will", "passive", "item") or bool(year and re.search(rf"\b{year}\b", text))
    return "new" if kind == "investigation" and (ahead or A_STUDY.search(text)) else "continuing"


def _makes_something(event: Event) -> bool:
    return event.verb is not None and event.verb.infinitive in MAKING


# Verbs that with an indefinite object ("een protocol") tell of something that is not there yet.
MAKING = frozenset(
    {
        "ontwikkelen",
        "opstellen",
        "maken",
        "bouwen",
        "ontwerpen",
        "opzetten",
        "inrichten",
        "invoeren",
        "testen",
        "beproeven",
    }
)
A_THING = re.compile(r"\been\b|\bnieuwe?\b", re.IGNORECASE)
A_STUDY = re.compile(
    r"\been (?:\w+ )?(?:\w*onderzoek|verkenning|evaluatie|analyse|inventarisatie|steekproef|\w*meting|peiling)\b",
    re.IGNORECASE,
)
