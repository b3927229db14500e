"""What a work programme says, as proposals for a register: activities, goals, figures, names, acts and notes.

Everything rests on rules, dictionaries and weights in files that can be read; a person decides on each proposal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zichtlijn.analysis.documents.dictionaries import Dictionaries
from zichtlijn.analysis.documents.model import Proposal, ReadDocument
from zichtlijn.analysis.documents.proposals.activities import activities_in
from zichtlijn.analysis.documents.proposals.activity_proposals import activity_proposal
from zichtlijn.analysis.documents.proposals.figures import figure_proposals
from zichtlijn.analysis.documents.proposals.goals import goal_proposals
from zichtlijn.analysis.documents.proposals.merging import merged
from zichtlijn.analysis.documents.proposals.named import footnote_proposals, named_proposals
from zichtlijn.analysis.documents.proposals.setting import setting_of

__all__ = ["propose"]


def propose(
    document: ReadDocument,
    *,
    dictionaries: Dictionaries | None = None,
    year: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Proposal, ...]:
    """Propose what to take over from a work programme, in the order goals, activities, figures, names, notes.

    ``year`` is the year of the programme when the document does not say it. ``progress`` is called now and then with
    the number of sentences done and their total. Every proposal has at least one exact quote and a key that is
    unique within the result.
    """
    setting = setting_of(document, dictionaries or Dictionaries.load(), year)
    activities = merged(activities_in(setting, progress))
    active = {unit.index for activity in activities for unit in activity.units}
    proposals = [
        *goal_proposals(document, setting.goals, setting.year),
        *(activity_proposal(setting, activity) for activity in activities),
        *figure_proposals(document, setting.units, setting.tables, setting.year),
        *named_proposals(document, setting.units, setting.mentions, active),
        *footnote_proposals(document, setting.units),
    ]
    if progress is not None:
        progress(len(setting.units), len(setting.units))
    return _with_own_keys(proposals)


def _with_own_keys(proposals: list[Proposal]) -> tuple[Proposal, ...]:
    """Two proposals with the same key get a number, in the order of the text."""
    seen: dict[str, int] = {}
    unique = []
    for proposal in proposals:
        seen[proposal.key] = seen.get(proposal.key, 0) + 1
        count = seen[proposal.key]
        unique.append(proposal if count == 1 else replace(proposal, key=f"{proposal.key}:{count}"))
    return tuple(unique)
