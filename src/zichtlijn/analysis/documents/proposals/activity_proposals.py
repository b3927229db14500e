"""Activities as proposals: kind, status, goals, domain, and whom and what they concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zichtlijn.analysis.documents.dictionaries import Dictionaries
from zichtlijn.analysis.documents.model import Proposal, ReadDocument
from zichtlijn.analysis.documents.proposals import reasons
from zichtlijn.analysis.documents.proposals.activities import Found
from zichtlijn.analysis.documents.proposals.dates import dates_in
from zichtlijn.analysis.documents.proposals.goals import Goal, goals_by_section, goals_in_words
from zichtlijn.analysis.documents.proposals.keys import key_of
from zichtlijn.analysis.documents.proposals.kinds import kind_of, status_of
from zichtlijn.analysis.documents.proposals.mentions import Mentions
from zichtlijn.analysis.documents.proposals.own_names import OwnNames
from zichtlijn.analysis.documents.proposals.places import chain_of, titles_above
from zichtlijn.analysis.documents.proposals.quotes import whole_quotes
from zichtlijn.analysis.documents.proposals.scoring import years_in

REASONS = {
    "supervision": reasons.SUPERVISION,
    "passive": reasons.PASSIVE,
    "announced": reasons.ANNOUNCED,
    "item": reasons.LISTED,
}
HIGHEST = 0.99


def activity_proposal(
    document: ReadDocument,
    found: Found,
    goals: Sequence[Goal],
    mentions: Mentions,
    own: OwnNames,
    year: int | None,
    dictionaries: Dictionaries,
) -> Proposal:
    """One activity with everything the text tells of it."""
    words = dictionaries.words
    indexes = [unit.index for unit in found.units]
    text = " ".join(unit.text for unit in found.units)
    kind = kind_of(found.units[0], found.event, words)
    return Proposal(
        type="activity",
        key=key_of("activity", found.title),
        title=found.title,
        confidence=round(min(found.confidence, HIGHEST), 3),
        reason=REASONS.get(found.event.mode, reasons.ACTS),
        reason_terms={"words": _words(found), "signs": _signs(found)},
        quotes=whole_quotes(document, sorted(found.units, key=lambda unit: unit.index)),
        kind=kind,
        status=status_of(found.units, found.event, kind, year, words),
        year=_year(found, year),
        goals=_goals(document, found, text, goals),
        domain=_domain(document, found, text, dictionaries),
        organisations=tuple(name for name in mentions.of(indexes, "organisation") if name != own.name),
        chains=mentions.of(indexes, "chain"),
        acts=mentions.of(indexes, "act"),
        groups=mentions.of(indexes, "group"),
        dates=tuple(dict.fromkeys(dates_in(text, year))),
    )


def _words(found: Found) -> str:
    return found.event.words or found.title


def _signs(found: Found) -> str:
    """The signs that counted, the heaviest first, as "programme_year +1.4"."""
    counted = [(name, weight) for name, weight in found.score.signs if weight and name != "base"]
    return ", ".join(f"{name} {weight:+g}" for name, weight in sorted(counted, key=lambda sign: -abs(sign[1])))


def _year(found: Found, year: int | None) -> int | None:
    """The year of the programme, unless the announcing sentence names only another year."""
    named = years_in(found.units[0].text)
    return max(named) if len(named) == 1 and year is not None and min(named) == year - 1 and year not in named else year


def _goals(document: ReadDocument, found: Found, text: str, goals: Sequence[Goal]) -> tuple[str, ...]:
    """The goals under which it stands; a goal that the text names counts when it stands under none."""
    by_section = goals_by_section(goals)
    above = [
        by_section[index] for section in found.sections for index in chain_of(document, section) if index in by_section
    ]
    return tuple(dict.fromkeys(above or goals_in_words(text, goals)))


def _domain(document: ReadDocument, found: Found, text: str, dictionaries: Dictionaries) -> str | None:
    """The field whose words occur most, in the sentences first and else in the headings above."""
    for where in (text, " ".join(titles_above(document, found.sections[0]))):
        low = f" {where.lower()}"
        counts = Counter(
            {
                domain.name: sum(low.count(f" {word}") + low.count(f"({word}") for word in domain.words)
                for domain in dictionaries.domains
            }
        )
        name, count = counts.most_common(1)[0] if counts else ("", 0)
        if count:
            return name
    return None
