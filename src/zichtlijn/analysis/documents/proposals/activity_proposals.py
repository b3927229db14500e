"""Activities as proposals: kind, status, goals, domain, and whom and what they concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from zichtlijn.analysis.documents.dictionaries import ActivityWords, Domain
from zichtlijn.analysis.documents.model import ActivityKind, ActivityStatus, Proposal
from zichtlijn.analysis.documents.proposals import reasons
from zichtlijn.analysis.documents.proposals.activities import Found
from zichtlijn.analysis.documents.proposals.dates import dates_in
from zichtlijn.analysis.documents.proposals.goal_references import goals_referred
from zichtlijn.analysis.documents.proposals.goals import goals_in_words
from zichtlijn.analysis.documents.proposals.keys import key_of
from zichtlijn.analysis.documents.proposals.kinds import kind_of, status_of
from zichtlijn.analysis.documents.proposals.mentions import Mention
from zichtlijn.analysis.documents.proposals.places import chain_of, titles_above
from zichtlijn.analysis.documents.proposals.quotes import whole_quotes
from zichtlijn.analysis.documents.proposals.scoring import years_in
from zichtlijn.analysis.documents.proposals.setting import Setting

REASONS = {
    "supervision": reasons.SUPERVISION,
    "passive": reasons.PASSIVE,
    "announced": reasons.ANNOUNCED,
    "item": reasons.LISTED,
    "row": reasons.LISTED,
}
HIGHEST = 0.99


def activity_proposal(setting: Setting, found: Found) -> Proposal:
    """One activity with everything the text tells of it."""
    document, mentions, year = setting.document, setting.mentions, setting.year
    words = setting.dictionaries.words
    indexes = [unit.index for unit in found.units]
    text = _text(found)
    kind = kind_of(found.units[0], found.event, words)
    status = _status(found, kind, year, words)
    if status == "stopped":
        kind = kind_of(found.units[0], found.event, words, stopped=True)
    return Proposal(
        type="activity",
        key=key_of("activity", found.title),
        title=found.title,
        confidence=round(min(found.confidence, HIGHEST), 3),
        reason=REASONS.get(found.event.mode, reasons.ACTS),
        reason_terms={"words": _words(found), "signs": _signs(found)},
        quotes=whole_quotes(document, sorted(found.units, key=lambda unit: unit.index)),
        kind=kind,
        status=status,
        year=_year(found, year),
        goals=_goals(setting, found, text),
        domain=_domain(setting, found, text),
        organisations=_organisations(setting, found, indexes),
        chains=mentions.of(indexes, "chain") or _chain_around(setting, found),
        acts=mentions.of(indexes, "act"),
        groups=mentions.of(indexes, "group"),
        dates=tuple(dict.fromkeys(dates_in(text, year))),
    )


def _status(found: Found, kind: ActivityKind, year: int | None, words: ActivityWords) -> ActivityStatus:
    """Of the announcing sentence; of a row of a table the other cells count as well."""
    text = found.units[0].text if found.row is None else "\n".join(unit.text for unit in found.units)
    return status_of(text, found.event, kind, year, words, planned=found.place.activity_heading)


def _text(found: Found) -> str:
    """All that is said of it; of a row of a table with what its columns mean."""
    if found.row is None:
        return " ".join(unit.text for unit in found.units)
    text = " | ".join(unit.text for unit in found.units)
    goal = f" | doel {found.row.goal}" if found.row.goal[:1].isdigit() else ""
    when = f" | in {found.row.when}" if found.row.when else ""
    return f"{text}{goal}{when}"


def _organisations(setting: Setting, found: Found, indexes: Sequence[int]) -> tuple[str, ...]:
    """Those that its sentences name; when they name none, the only one in the sentence just before it."""
    named = [name for name in setting.mentions.of(indexes, "organisation") if name != setting.own.name]
    first = found.units[0]
    if not named and first.index and found.row is None:
        before = setting.units[first.index - 1]
        if before.passage == first.passage:
            around = [m.entity.name for m in setting.mentions.by_unit.get(before.index, ()) if _is_one(m, setting)]
            named = [around[0].name] if len(set(around)) == 1 else []
    return tuple(name for name in named if name not in EVERYONE)


def _is_one(mention: Mention, setting: Setting) -> bool:
    name = mention.entity.name
    return mention.entity.category == "organisation" and name.kind != "group" and name.name != setting.own.name


# Colleagues in general are not an organisation that an activity concerns.
EVERYONE = frozenset({"Rijksinspecties"})


def _chain_around(setting: Setting, found: Found) -> tuple[str, ...]:
    """The chain of which a sentence before it speaks ("De jeugdbescherming staat …"), else the only one named there."""
    first = found.units[0]
    nearby = setting.units[max(0, first.index - PARAGRAPH) : first.index]
    before = [unit for unit in nearby if unit.passage == first.passage]
    openings = [word.low for unit in reversed(before) for word in unit.words[:2]]
    topics = [name for low in openings for name in setting.chains if _stem(name) == low]
    if topics:
        return (topics[0],)
    chains = setting.mentions.of([unit.index for unit in before], "chain")
    return chains if len(chains) == 1 else ()


def _stem(chain: str) -> str:
    """What the chain is of: Jeugdbeschermingsketen is of jeugdbescherming."""
    return chain.lower().removesuffix("keten").removesuffix("s")


PARAGRAPH = 12


def _words(found: Found) -> str:
    return found.event.words or found.title


def _signs(found: Found) -> str:
    """The names of the signs that counted, the heaviest first, a minus before what counts against it."""
    counted = [(name, weight) for name, weight in found.score.signs if weight and name in reasons.SIGNS]
    ordered = sorted(counted, key=lambda sign: -abs(sign[1]))
    return ", ".join(name if weight > 0 else f"-{name}" for name, weight in ordered)


def _year(found: Found, year: int | None) -> int | None:
    """The year of the programme, unless the announcing sentence names only another year."""
    named = years_in(found.units[0].text)
    return max(named) if len(named) == 1 and year is not None and min(named) == year - 1 and year not in named else year


def _goals(setting: Setting, found: Found, text: str) -> tuple[str, ...]:
    """The goals under which it stands and those it points to; one that is named in words when there are none."""
    sections = [index for section in found.sections for index in chain_of(setting.document, section)]
    above = [title for index in sections for title in setting.goal_of.get(index, ())]
    told = [*above, *goals_referred(text, setting.goals)]
    return tuple(dict.fromkeys(told or goals_in_words(text, setting.goals)))


def _domain(setting: Setting, found: Found, text: str) -> str | None:
    """The field whose words occur most, in the sentences first and else in the headings above."""
    headings = " ".join(titles_above(setting.document, found.sections[0]))
    for low in (f" {text.lower()}", f" {headings.lower()}"):
        counts = Counter({domain.name: _occurrences(domain, low) for domain in setting.dictionaries.domains})
        name, count = counts.most_common(1)[0] if counts else ("", 0)
        if count:
            return name
    return None


def _occurrences(domain: Domain, low: str) -> int:
    count = 0
    for beginning in domain.beginnings:
        if beginning in low:
            count += low.count(beginning)
    return count + sum(low.count(f"({word}") for word in domain.words) if "(" in low else count
