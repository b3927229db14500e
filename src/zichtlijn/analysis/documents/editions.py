"""What changed between two sets of proposals: the same document read again, or a new edition of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from zichtlijn.analysis.documents.model import Proposal
from zichtlijn.analysis.documents.proposals.keys import plain

# What a person would call a change; where it stands, how sure we are and why are not.
COMPARED = (
    "title",
    "description",
    "kind",
    "status",
    "year",
    "goals",
    "domain",
    "organisations",
    "chains",
    "acts",
    "groups",
    "dates",
    "abbreviation",
    "identifier",
    "value",
    "unit",
    "subject",
    "mark",
    "urls",
)
# Titles this alike (0-100, word order left aside) are the same thing said differently.
ALIKE = 85.0


@dataclass(frozen=True, slots=True)
class Change:
    """One thing in both editions with the fields that differ: name, value before, value now."""

    before: Proposal
    now: Proposal
    fields: tuple[tuple[str, object, object], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new, what is gone, what changed, and what stayed the same (the proposals of the new edition)."""

    new: tuple[Proposal, ...] = ()
    gone: tuple[Proposal, ...] = ()
    changed: tuple[Change, ...] = ()
    same: tuple[Proposal, ...] = ()


def compare(old: Iterable[Proposal], new: Iterable[Proposal]) -> Changes:
    """Compare two sets of proposals: by key first, what is left by type and likeness of the titles."""
    before = {proposal.key: proposal for proposal in old}
    now = list(new)
    pairs = [(before.pop(proposal.key), proposal) for proposal in now if proposal.key in before]
    paired = {proposal.key for _, proposal in pairs}
    left = [proposal for proposal in now if proposal.key not in paired]
    pairs += _alike(list(before.values()), left)
    met_before = {proposal.key for proposal, _ in pairs}
    met_now = {proposal.key for _, proposal in pairs}
    changes = {after.key: change for was, after in pairs if (change := _difference(was, after)).fields}
    return Changes(
        new=tuple(proposal for proposal in now if proposal.key not in met_now),
        gone=tuple(proposal for proposal in before.values() if proposal.key not in met_before),
        changed=tuple(changes[proposal.key] for proposal in now if proposal.key in changes),
        same=tuple(proposal for proposal in now if proposal.key in met_now and proposal.key not in changes),
    )


def _alike(before: Sequence[Proposal], now: Sequence[Proposal]) -> list[tuple[Proposal, Proposal]]:
    """Pairs of activities or goals whose titles are alike, the most alike first, each in one pair."""
    scores = [
        (score, i, j)
        for i, was in enumerate(before)
        for j, after in enumerate(now)
        if was.type == after.type
        and was.type in ("activity", "goal")
        and (score := fuzz.token_sort_ratio(plain(was.title), plain(after.title))) >= ALIKE
    ]
    pairs: list[tuple[Proposal, Proposal]] = []
    used_before: set[int] = set()
    used_now: set[int] = set()
    for _, i, j in sorted(scores, key=lambda item: (-item[0], item[1], item[2])):
        if i not in used_before and j not in used_now:
            pairs.append((before[i], now[j]))
            used_before.add(i)
            used_now.add(j)
    return pairs


def _difference(was: Proposal, now: Proposal) -> Change:
    differing = tuple(
        (name, getattr(was, name), getattr(now, name)) for name in COMPARED if getattr(was, name) != getattr(now, name)
    )
    return Change(was, now, differing)
