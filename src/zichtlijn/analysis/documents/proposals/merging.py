"""Activities that are the same put together: in following sentences, and in two sections of the document."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from zichtlijn.analysis.documents.proposals.activities import Found
from zichtlijn.analysis.documents.proposals.keys import telling_words

SAME_NEAR = 0.6
SAME_FAR = 0.75
FEWEST_SHARED = 2
DIFFERENT_KINDS = frozenset({"publishing", "finishing", "stopped", "starting"})


def merged(found: Sequence[Found]) -> list[Found]:
    """Each activity once; the first mention keeps its place and gets the sentences of the others."""
    return _same_put_together(_intentions_joined(found))


def _intentions_joined(found: Sequence[Found]) -> list[Found]:
    """Weak intentions in following sentences about one thing are one activity: sturing, sturingsmodel, opgave."""
    kept: list[Found] = []
    for activity in reversed(found):
        if kept and _go_together(activity, kept[-1]):
            following = kept.pop()
            activity.units += [unit for unit in following.units if unit not in activity.units]
            if following.confidence > activity.confidence:
                activity.title, activity.event, activity.score = following.title, following.event, following.score
        kept.append(activity)
    return kept[::-1]


def _go_together(one: Found, other: Found) -> bool:
    if one.row or other.row or one.units[0].section != other.units[0].section or not _are_weak(one, other):
        return False
    first, last = other.units[0], one.units[-1]
    if first.index - last.index > 1 or {first.kind, last.kind} != {"paragraph"}:
        return False
    if first.passage != last.passage and not first.text.startswith(FOLLOWING_FROM):
        return False
    words, more = (telling_words(" ".join(unit.text for unit in found.units)) for found in (one, other))
    return any(_share_stem(word, following) for word in words for following in more)


def _are_weak(*found: Found) -> bool:
    return all(
        activity.confidence < WEAK
        and activity.event.status is None
        and activity.event.kind in LOOKING
        and activity.event.mode in OWN_WORDS
        for activity in found
    )


def _share_stem(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_STEM and long.startswith(short)


FOLLOWING_FROM = ("Daarom ", "Hierdoor ", "Vandaar ")
OWN_WORDS = frozenset({"acts", "wants", "supervision"})
WEAK, SHORTEST_STEM = 0.75, 7
LOOKING = frozenset({"monitoring", "investigation"})


def _same_put_together(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    words_of: list[frozenset[str]] = []
    for activity in found:
        words = frozenset(telling_words(activity.title))
        match = _same_as(activity, words, kept, words_of, by_word)
        if match is None:
            for word in words:
                by_word[word].append(len(kept))
            kept.append(activity)
            words_of.append(words)
        else:
            _join(kept[match], activity)
    return kept


def _same_as(
    activity: Found,
    words: frozenset[str],
    kept: list[Found],
    words_of: list[frozenset[str]],
    by_word: dict[str, list[int]],
) -> int | None:
    shared: Counter[int] = Counter()
    for word in words:
        shared.update(by_word.get(word, ())[-MOST_LOOKED_AT:])
    best, best_share = None, 0.0
    first = activity.units[0].index
    for index, count in shared.items():
        far = first - kept[index].units[-1].index > NEARBY
        if (far and count < FEWEST_SHARED) or not _may_join(kept[index], activity):
            continue
        if not far and (_same_subject(kept[index], activity) or _restates(kept[index], activity)):
            return index
        if count < FEWEST_SHARED:
            continue
        near = first - kept[index].units[-1].index <= 1
        share = count / len(words | words_of[index])
        if share >= (SAME_NEAR if near else SAME_FAR) and share > best_share:
            best, best_share = index, share
    return best


def _same_subject(known: Found, activity: Found) -> bool:
    """Two sentences close by with the same supervision as subject: "Het toezicht op de brandweer …" twice."""
    if known.event.mode != "supervision" or activity.event.mode != "supervision":
        return False
    if activity.units[0].index - known.units[-1].index > CLOSE:
        return False
    one, other = telling_words(known.title.partition(":")[0]), telling_words(activity.title)
    return bool(one) and other[: len(one)] == one


def _restates(known: Found, activity: Found) -> bool:
    """A sentence of the same section that says nearly the same in more or fewer words."""
    if known.units[0].section != activity.units[0].section or activity.units[0].index - known.units[-1].index > NEARBY:
        return False
    one, other = _words_of(known), _words_of(activity)
    shorter = min(len(one), len(other))
    return shorter >= FEWEST_WORDS and len(one & other) >= RESTATED * shorter


def _words_of(found: Found) -> frozenset[str]:
    if not found.words:
        found.words = frozenset(telling_words(found.units[0].text))
    return found.words


RESTATED = 0.7
FEWEST_WORDS = 5
NEARBY = 6
CLOSE = 3
MOST_LOOKED_AT = 20


def _may_join(known: Found, activity: Found) -> bool:
    """A publication or an end is not the same as the work itself."""
    one, other = known.event.status, activity.event.status
    return one == other or (one not in DIFFERENT_KINDS and other not in DIFFERENT_KINDS)


def _join(known: Found, activity: Found) -> None:
    for unit in activity.units:
        place = bisect_left(known.units, unit.index, key=lambda other: other.index)
        if place == len(known.units) or known.units[place].index != unit.index:
            known.units.insert(place, unit)
    known.sections += [section for section in activity.sections if section not in known.sections]
    if activity.confidence > known.confidence:
        known.score = activity.score
