"""What a sentence says the inspectorate does: the verb of which it, or its supervision, is the subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from zichtlijn.analysis.documents.dictionaries import ActivityWords, Verb
from zichtlijn.analysis.documents.dictionaries_conjugation import Tense
from zichtlijn.analysis.documents.model import ActivityKind, ActivityStatus
from zichtlijn.analysis.documents.proposals.mentions import Mention
from zichtlijn.analysis.documents.proposals.own_names import OwnNames, Subject, subjects_in
from zichtlijn.analysis.documents.proposals.traits import ACTIVITY_NOUN, ANNOUNCES, PASSIVE
from zichtlijn.analysis.documents.proposals.units import Unit
from zichtlijn.analysis.documents.proposals.verbs import lexical_verb, verb_later
from zichtlijn.analysis.documents.proposals.words import Word

Mode = Literal[
    "acts",
    "acts_somehow",
    "will",
    "wants",
    "stays",
    "can",
    "must",
    "past",
    "states",
    "passive",
    "supervision",
    "announced",
    "item",
    "row",
]
MOST_WORDS = 400
REACH = 3
RELATIVE = frozenset({"dat", "die", "waarvan", "waarin", "waarbij", "waarmee", "waarvoor"})
SAYING_LITTLE = frozenset({"bijdragen", "zijn", "hebben", "worden", "bestaan", "staan", "blijken", "komen", "krijgen"})
# "is gericht op" says how it is now; "is gestart" says what was done.
STATING_NOW = frozenset({"richten", "focussen", "focusen", "concentreren", "hebben", "zijn", "betrekken"})
PLURAL_HELPERS = frozenset(
    [
        "zullen",
        "willen",
        "gaan",
        "kunnen",
        "mogen",
        "moeten",
        "dienen",
        "blijven",
        "hebben",
        "zijn",
        "waren",
        "hadden",
        "worden",
    ]
)
FORWARD = ("will", "wants", "stays", "can", "must")


@dataclass(frozen=True, slots=True)
class Event:
    """A verb with who acts (``mode``), where the verb and the subject stand, and the kind and status it points to."""

    mode: Mode
    verb: Verb | None
    verb_at: int
    subject: Subject | None
    kind: ActivityKind | None
    status: ActivityStatus | None = None
    subordinate: bool = False
    finite_at: int | None = None
    weight: float = 0.0

    @property
    def words(self) -> str:
        """The infinitive, for the reason."""
        return self.verb.infinitive if self.verb else ""


def events_in(unit: Unit, mentions: Sequence[Mention], own: OwnNames, known: ActivityWords) -> list[Event]:
    """All events of a sentence, in the order of the sentence; none when it is too long to be one."""
    if len(unit.words) > MOST_WORDS:
        return []
    found = [*_by_inspectorate(unit, mentions, own, known)]
    if not any(event.kind or event.mode == "past" for event in found):
        found += _by_supervision(unit, known) if unit.traits & ACTIVITY_NOUN else ()
        found += _passive(unit, mentions, own, known) if unit.traits & PASSIVE else ()
        found += _announced(unit, known) if unit.traits & ANNOUNCES else ()
    return found


def _by_inspectorate(unit: Unit, mentions: Sequence[Mention], own: OwnNames, known: ActivityWords) -> Iterator[Event]:
    for subject in subjects_in(unit, mentions, own, known):
        finite = _finite_of(unit.words, subject, known)
        if finite is None:
            yield from _by_unknown_verb(unit.words, subject, known)
            continue
        before = unit.words[subject.first - 1].low if subject.first else ""
        event = _event(unit.words, finite, subject, known)
        if event is not None:
            subordinate = finite > subject.last and before in known.subordinators
            yield replace(event, subordinate=subordinate, finite_at=finite)
            if event.mode in ("acts", "will", "acts_somehow") and not subordinate and not subject.plural:
                yield from _second_verb(unit.words, event, known)


def _by_unknown_verb(words: Sequence[Word], subject: Subject, known: ActivityWords) -> Iterator[Event]:
    """A verb the dictionary does not hold, where only a verb can stand: "De inspectie weegt", "oefenen we"."""
    if subject.first == 0 and subject.last + 1 < len(words):
        position, ending = subject.last + 1, "t"
    elif subject.first > 0:
        position, ending = subject.first - 1, "en" if subject.plural else "t"
    else:
        return
    if _may_be_verb(words, position, ending, known):
        yield Event("acts_somehow", None, position, subject, "monitoring", finite_at=position)


def _may_be_verb(words: Sequence[Word], position: int, ending: str, known: ActivityWords) -> bool:
    low = words[position].low
    before = words[position - 1].low if position else ""
    if len(low) < SHORTEST_VERB or not low.isalpha() or not low.endswith(ending) or low.endswith(NOUN_ENDINGS):
        return False
    if low in known.by_form or low in known.fillers | known.prepositions | known.subordinators | known.determiners:
        return False
    return before not in known.determiners and words[position].written == low


LAWS = ("wet", "wetsvoorstel", "besluit", "regeling")
SHORTEST_VERB = 5
NOUN_ENDINGS = ("heid", "teit", "schap", "ment", "ingen", "heden", "teiten", "schappen", "acht", "icht")


def _second_verb(words: Sequence[Word], first: Event, known: ActivityWords) -> Iterator[Event]:
    """The second verb of the same subject: "betrekt …, maar gaat ook het gesprek aan"."""
    for position in range(first.verb_at + 2, len(words)):
        if words[position - 1].low not in ("en", "maar"):
            continue
        verb = lexical_verb(words, position, known, ("present",))
        if verb is None or verb.kind is None:
            continue
        if words[position].low not in known.helpers or verb.particle or verb.companions:
            yield Event("acts", verb, position, first.subject, verb.kind, verb.status)
            return


def _finite_of(words: Sequence[Word], subject: Subject, known: ActivityWords) -> int | None:
    """The finite verb next to the subject: before it (inversion) or after it, past words that do not matter."""
    for step in (-1, 1):
        position = subject.first - 1 if step < 0 else subject.last + 1
        for _ in range(REACH):
            if not 0 <= position < len(words):
                break
            low = words[position].low
            if _is_finite(low, subject, known):
                return position
            if low not in known.fillers:
                break
            position += step
    return None


def _is_finite(low: str, subject: Subject, known: ActivityWords) -> bool:
    if low in known.helpers:
        return subject.plural or low not in PLURAL_HELPERS
    tenses = {tense for _, tense in known.by_form.get(low, ())}
    if "present" in tenses or "past" in tenses:
        return not subject.plural or "infinitive" in tenses or "past" in tenses
    return subject.plural and "infinitive" in tenses


def _event(words: Sequence[Word], finite: int, subject: Subject, known: ActivityWords) -> Event | None:
    low = words[finite].low
    lexical = lexical_verb(words, finite, known, ("present", "infinitive") if subject.plural else ("present",))
    helper = known.helpers.get(low)
    if helper is None or (lexical and lexical.kind and not _has_later(words, finite, known, helper)):
        return _plain(words, finite, subject, lexical, known)
    if helper in FORWARD:
        return _forward(words, finite, subject, helper, known)
    if helper == "have":
        done = verb_later(words, finite, known, ("participle",))
        return Event("past", done[0] if done else None, finite, subject, None)
    return Event("states", None, finite, subject, None)


def _plain(
    words: Sequence[Word], finite: int, subject: Subject, lexical: Verb | None, known: ActivityWords
) -> Event | None:
    if lexical is not None and lexical.kind is None and lexical.infinitive in PLANNING:
        return _planned(words, finite, subject, known, PLANNING[lexical.infinitive])
    if lexical is not None:
        mode: Mode = "acts" if lexical.kind else "states"
        return Event(mode, lexical, finite, subject, lexical.kind, lexical.status)
    if lexical_verb(words, finite, known, ("past",)):
        return Event("past", None, finite, subject, None)
    return None


def _planned(words: Sequence[Word], finite: int, subject: Subject, known: ActivityWords, opening: str) -> Event:
    """ "vindt het belangrijk om … te spreken", "doet dat door … te volgen", "verwacht 900 containers te openen".

    An opinion ("vindt dat …") is none.
    """
    opened = not opening
    for position in range(finite + 1, len(words) - 1):
        opened = opened or words[position].low == opening
        if words[position].low != "te" or not opened or any(word.low == "dat" for word in words[finite + 2 : position]):
            continue
        verb = lexical_verb(words, position + 1, known, ("infinitive",))
        if verb is not None and verb.kind is not None:
            return Event("wants" if opening == "om" else "acts", verb, position + 1, subject, verb.kind, verb.status)
        if not opening and words[position + 1].low.endswith("en") and verb is None:
            return Event("acts_somehow", None, position + 1, subject, "monitoring")
    return Event("states", None, finite, subject, None)


# Verbs that with "om/door … te" tell of a plan; the word that must stand before "te".
PLANNING = {"vinden": "om", "doen": "door", "verwachten": "", "streven": "", "kiezen": "om", "beogen": ""}


def _forward(words: Sequence[Word], finite: int, subject: Subject, helper: str, known: ActivityWords) -> Event:
    start = max(finite, subject.last)
    found = verb_later(words, start, known, ("infinitive",)) or verb_later(words, start, known, ("participle",))
    mode: Mode = helper  # type: ignore[assignment]
    if found is None:
        return Event("states" if helper == "can" else mode, None, finite, subject, None)
    verb, position = found
    if verb.kind is None and helper == "will" and verb.infinitive not in SAYING_LITTLE:
        return Event("acts_somehow", verb, position, subject, "monitoring")
    return Event(mode, verb, position, subject, verb.kind, verb.status)


def _has_later(words: Sequence[Word], finite: int, known: ActivityWords, helper: str) -> bool:
    """A helping verb that is also a verb itself (gaat, heeft, is) helps when its main verb follows."""
    tenses: tuple[Tense, ...] = ("participle",) if helper in ("have", "be", "passive") else ("infinitive",)
    found = verb_later(words, finite, known, tenses)
    return (
        found is not None and found[0].kind is not None and words[finite].low not in ("heeft", "hebben", "is", "zijn")
    )


def _by_supervision(unit: Unit, known: ActivityWords) -> Iterator[Event]:
    """The supervision itself as subject: "Het toezicht op de politie richt zich op …", "Het onderzoek start …"."""
    for position, word in enumerate(unit.words):
        if not known.is_activity_noun(word.low) or not _heads_subject(unit.words, position, known):
            continue
        finite = _finite_after(unit.words, position, known)
        if finite is None:
            continue
        subject = Subject(max(0, position - 1), position, word.low.endswith("en"))
        yield _supervision_event(unit.words, finite, subject, known)
        return


def _supervision_event(words: Sequence[Word], finite: int, subject: Subject, known: ActivityWords) -> Event:
    if lexical_verb(words, finite, known, ("past",)) and words[finite].low not in known.activity_noun_verbs:
        return Event("past", None, finite, subject, None)
    own = lexical_verb(words, finite, known, ("present", "infinitive"))
    helper = known.helpers.get(words[finite].low)
    later = verb_later(words, finite, known, ("participle", "infinitive")) if helper else None
    verb = later[0] if later and later[0].kind else own
    if helper in ("be", "have") and verb and verb.kind and verb.infinitive not in STATING_NOW:
        return Event("past", verb, finite, subject, None)
    if helper in ("be", "have") and not (verb and verb.kind):
        return Event("states", verb, finite, subject, None)
    kind: ActivityKind | None = verb.kind if verb and verb.kind else "monitoring"
    status: ActivityStatus | None = verb.status if verb else None
    return Event("supervision", verb, finite, subject, kind, "continuing" if helper == "stays" else status)


def _heads_subject(words: Sequence[Word], position: int, known: ActivityWords) -> bool:
    """The noun stands behind an article that opens the sentence or follows its finite verb."""
    for first in range(position - 1, max(-1, position - 4), -1):
        low = words[first].low
        if low.endswith(LAWS):
            return False  # "het wetsvoorstel toezicht …" is a bill
        if low in known.determiners:
            if first == 0:
                return True
            before = words[first - 1].low
            return before in known.activity_noun_verbs or before in known.fillers
        if not low.isalpha():
            return False
    return position == 0


def _finite_after(words: Sequence[Word], position: int, known: ActivityWords) -> int | None:
    """The finite verb of the noun: the one before its article (inversion), else the first behind it."""
    for before in range(position - 1, max(-1, position - 5), -1):
        if words[before].low in known.activity_noun_verbs and words[before].low not in known.determiners:
            return before
    depth = 0
    relative = False
    for after in range(position + 1, min(len(words), position + 30)):
        low = words[after].low
        if low == ",":
            relative = not relative and after + 1 < len(words) and words[after + 1].low in RELATIVE
        if relative:
            continue
        if low in known.subordinators and low not in ("die", "dat", "waar", "als", "zoals"):
            depth += 1
        if low in known.activity_noun_verbs or "past" in {tense for _, tense in known.by_form.get(low, ())}:
            if depth == 0:
                return after
            depth -= 1
    return None


def _passive(unit: Unit, mentions: Sequence[Mention], own: OwnNames, known: ActivityWords) -> Iterator[Event]:
    """ "wordt in 2024 gepubliceerd", "worden bezocht": a passive of a verb of supervision without another doer."""
    for position, word in enumerate(unit.words):
        if known.helpers.get(word.low) != "passive" or word.low.startswith("werd"):
            continue
        found = verb_later(unit.words, position, known, ("participle",)) or _verb_before(unit.words, position, known)
        if found is None or found[0].kind is None or _done_by_other(unit, mentions, own):
            continue
        if _in_subordinate(unit.words, position, known):
            continue
        yield Event("passive", found[0], found[1], None, found[0].kind, found[0].status)
        return


def _in_subordinate(words: Sequence[Word], position: int, known: ActivityWords) -> bool:
    if position and words[position - 1].low == ",":
        return False  # the clause is closed: "Tegen wie niet meldt, wordt opgetreden"
    for before in range(max(0, position - 6), position):
        preceded = words[before - 1].low if before else ""
        if words[before].low in known.subordinators and preceded not in known.prepositions:
            return True
    return False


def _verb_before(words: Sequence[Word], position: int, known: ActivityWords) -> tuple[Verb, int] | None:
    for before in range(position - 1, max(-1, position - 4), -1):
        verb = lexical_verb(words, before, known, ("participle",))
        if verb is not None and verb.kind is not None:
            return verb, before
    return None


def _done_by_other(unit: Unit, mentions: Sequence[Mention], own: OwnNames) -> bool:
    for mention in mentions:
        if mention.entity.category == "organisation" and mention.entity.name.name != own.name:
            before = [word.low for word in unit.words[max(0, mention.first - 2) : mention.first]]
            if "door" in before:
                return True
    return False


def _announced(unit: Unit, known: ActivityWords) -> Iterator[Event]:
    low = unit.text.lower()
    for announcement in known.announcements:
        for sign in announcement.signs:
            if sign in low:
                break
        else:
            continue
        match = announcement.words.search(unit.text)
        if match:
            position = next((i for i, word in enumerate(unit.words) if word.start >= match.start()), 0)
            told = (announcement.kind, announcement.status)
            yield Event("announced", None, position, None, *told, weight=announcement.weight)
            return
