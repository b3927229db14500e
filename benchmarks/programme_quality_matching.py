"""Matching proposals with hand-made labels: the rules of the README of the label files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from zichtlijn.analysis.documents.model import PageRange, Proposal, ReadDocument, Span

Label = dict[str, Any]
NAMED = {"organisations": "organisation", "chains": "chain", "acts": "act"}
UNITS = {"employees": "staff"}
SETS = ("organisations", "chains", "acts", "groups")


@dataclass
class Counts:
    """Found, false and missed, with what follows from them."""

    found: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the proposals that is right; 1 when there are none."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of the required labels that is found; 1 when there are none."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_dict(self) -> dict[str, float]:
        """For the result file."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "found": self.found,
            "false": self.false,
            "missed": self.missed,
        }


@dataclass
class Scores:
    """Counts per kind of proposal, shares of right attributes, and what went wrong in words."""

    found: dict[str, Counts] = field(default_factory=dict)
    right: dict[str, tuple[int, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def measure(document: ReadDocument, labels: Label, proposals: Sequence[Proposal]) -> Scores:
    """Hold the proposals against the labels."""
    scores = Scores()
    sentences = Sentences(document)
    by_type = {kind: [p for p in proposals if p.type == kind] for kind in {p.type for p in proposals}}
    pairs = _activities(sentences, labels, by_type.get("activity", []), scores)
    _attributes(sentences, labels, pairs, scores)
    _goals(sentences, labels, by_type.get("goal", []), scores)
    for plural, kind in NAMED.items():
        _one_to_one(plural, labels.get(plural) or [], by_type.get(kind, []), _same_name, scores)
    _one_to_one("figures", labels.get("figures") or [], by_type.get("figure", []), _same_figure, scores)
    _one_to_one("footnotes", labels.get("footnotes") or [], by_type.get("footnote", []), _same_note, scores)
    _pages(sentences, labels, pairs, scores)
    return scores


class Sentences:
    """The sentences of the document that the cues of the labels point to."""

    def __init__(self, document: ReadDocument) -> None:
        self.document = document
        self._places: list[int] = []
        self._flat = self._flattened(document.text)

    def _flattened(self, text: str) -> str:
        out: list[str] = []
        for match in re.finditer(r"\s+|\S", text):
            out.append(" " if match.group().isspace() else match.group())
            self._places.append(match.start())
        return "".join(out)

    def of(self, label: Label) -> list[tuple[set[Span], int | None]]:
        """Per piece of evidence the spans of its sentence, and the page the label gives."""
        return [(self.around(e["cue"]), e.get("page")) for e in label.get("evidence") or [] if "cue" in e]

    def around(self, cue: str) -> set[Span]:
        """The spans of the sentences that a cue runs through."""
        at = self._flat.find(" ".join(cue.split()))
        if at < 0:
            return set()
        start, end = self._places[at], self._places[at + len(" ".join(cue.split())) - 1]
        touched = [s for s in self.document.sentences if any(p.start <= end and start < p.end for p in s.spans)]
        if touched:
            return {span for sentence in touched for span in sentence.spans}
        return {p.span for p in self.document.passages if p.span.start <= end and start < p.span.end}


def _touch(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _overlap(proposal: Proposal, spans: set[Span]) -> int:
    return sum(_touch(quote.span, span) for quote in proposal.quotes for span in spans)


def _share(sentences: Sentences, label: Label, proposal: Proposal) -> float:
    """The share of the label's evidence, in characters, that the quotes cover; the first piece counts extra."""
    pieces = [spans for spans, _ in sentences.of(label) if spans]
    covered = [(_overlap(proposal, spans), sum(s.end - s.start for s in spans)) for spans in pieces]
    total = sum(size for _, size in covered)
    if not total or not any(common for common, _ in covered):
        return 0.0
    return sum(common for common, _ in covered) / total + (0.01 if covered[0][0] else 0)


def _activities(
    sentences: Sentences, labels: Label, proposals: Sequence[Proposal], scores: Scores
) -> list[tuple[Label, Proposal]]:
    required = [label for label in labels.get("activities") or [] if not label.get("optional")]
    optional = [label for label in labels.get("activities") or [] if label.get("optional")]
    pairs = _assigned(sentences, required, proposals)
    taken = {proposal.key for _, proposal in pairs}
    left = [proposal for proposal in proposals if proposal.key not in taken]
    spare = {proposal.key for _, proposal in _assigned(sentences, optional, left)}
    matched = {label["id"] for label, _ in pairs}
    counts = scores.found["activities"] = Counts(found=len(pairs), missed=len(required) - len(pairs))
    for label in required:
        if label["id"] not in matched:
            scores.notes.append(f"missed activity {label['id']}: {label['title']}")
    for proposal in left:
        if proposal.key not in spare:
            counts.false += 1
            scores.notes.append(
                f"false activity {proposal.confidence:.2f}: {proposal.title} | {proposal.quotes[0].quote[:90]!r}"
            )
    return pairs


def _assigned(
    sentences: Sentences, labels: Sequence[Label], proposals: Sequence[Proposal]
) -> list[tuple[Label, Proposal]]:
    """One to one, the largest share of common sentences first."""
    shares = [
        (share, i, j)
        for i, label in enumerate(labels)
        for j, proposal in enumerate(proposals)
        if (share := _share(sentences, label, proposal))
    ]
    pairs, used_labels, used_proposals = [], set(), set()
    for _, i, j in sorted(shares, key=lambda item: (-item[0], item[1], item[2])):
        if i not in used_labels and j not in used_proposals:
            pairs.append((labels[i], proposals[j]))
            used_labels.add(i)
            used_proposals.add(j)
    return pairs


def _attributes(sentences: Sentences, labels: Label, pairs: Sequence[tuple[Label, Proposal]], scores: Scores) -> None:
    titles = {goal["id"]: goal["title"] for goal in labels.get("goals") or []}
    for name in ("kind", "status"):
        right = 0
        for label, proposal in pairs:
            value = getattr(proposal, name)
            allowed = [label[name], *(label.get("also") or {}).get(name, [])]
            right += value in allowed
            if value not in allowed:
                scores.notes.append(f"{name} of {label['id']} is {value}, not {'/'.join(allowed)}: {proposal.title}")
        scores.right[name] = (right, len(pairs))
    counts = scores.found["activity goals"] = Counts()
    for label, proposal in pairs:
        _set_counts(
            counts,
            [titles[goal] for goal in label.get("goals") or []],
            [titles[goal] for goal in (label.get("also") or {}).get("goals", [])],
            proposal.goals,
            note=_noted(scores, f"goals of {label['id']}"),
        )
    for name in SETS:
        counts = scores.found[f"activity {name}"] = Counts()
        for label, proposal in pairs:
            if name in label:
                _set_counts(
                    counts,
                    label[name] or [],
                    label.get(f"also_{name}") or [],
                    getattr(proposal, name),
                    note=_noted(scores, f"{name} of {label['id']}"),
                )


def _noted(scores: Scores, what: str) -> Callable[[str], None]:
    return lambda text: scores.notes.append(f"{what}: {text}")


def _set_counts(
    counts: Counts, required: Sequence[str], also: Sequence[str], found: Sequence[str], *, note: Callable[[str], None]
) -> None:
    have = {_plain(name) for name in found}
    wanted = {_plain(name) for name in required}
    allowed = wanted | {_plain(name) for name in also}
    counts.found += len(wanted & have)
    counts.missed += len(wanted - have)
    counts.false += len(have - allowed)
    if wanted - have or have - allowed:
        note(f"missed {sorted(wanted - have)}, false {sorted(have - allowed)}")


def _goals(sentences: Sentences, labels: Label, proposals: Sequence[Proposal], scores: Scores) -> None:
    spare = [*(labels.get("spearheads") or [])]
    goals = [*(labels.get("goals") or []), *({**label, "optional": True} for label in spare)]

    def same(label: Label, proposal: Proposal) -> bool:
        if _plain(label["title"]) == _plain(proposal.title):
            return True
        return any(_overlap(proposal, spans) for spans, _ in sentences.of(label))

    _one_to_one("goals", goals, proposals, same, scores)


def _one_to_one(
    name: str,
    labels: Sequence[Label],
    proposals: Sequence[Proposal],
    same: Callable[[Label, Proposal], bool],
    scores: Scores,
) -> None:
    counts = scores.found[name] = Counts()
    left = list(proposals)
    for label in sorted(labels, key=lambda label: bool(label.get("optional"))):
        match = next((proposal for proposal in left if same(label, proposal)), None)
        if match is not None:
            left.remove(match)
            counts.found += not label.get("optional")
        elif not label.get("optional"):
            counts.missed += 1
            scores.notes.append(f"missed {name}: {label.get('title') or label.get('name') or label}")
    counts.false = len(left)
    scores.notes += [f"false {name}: {proposal.title}" for proposal in left]


def _plain(text: str | None) -> str:
    decomposed = unicodedata.normalize("NFKD", (text or "").casefold())
    return "".join(c for c in decomposed if c.isalnum())


def _same_name(label: Label, proposal: Proposal) -> bool:
    names = {_plain(name) for name in (label["name"], label.get("abbreviation"), *(label.get("aliases") or [])) if name}
    return _plain(proposal.title) in names or (bool(proposal.abbreviation) and _plain(proposal.abbreviation) in names)


def _same_figure(label: Label, proposal: Proposal) -> bool:
    unit = UNITS.get(label["unit"], label["unit"])
    year = label.get("year")
    same_year = year is None or proposal.year == year
    return proposal.value == float(label["value"]) and proposal.unit == unit and same_year


def _same_note(label: Label, proposal: Proposal) -> bool:
    if proposal.mark != str(label["mark"]):
        return False
    host, ending = label.get("host"), label.get("ends_with")
    return host is None or any(host in url and (ending is None or url.endswith(ending)) for url in proposal.urls)


def _pages(sentences: Sentences, labels: Label, pairs: Sequence[tuple[Label, Proposal]], scores: Scores) -> None:
    """Of the quotes of matched activities: right when the page, or the range known, holds that of the evidence."""
    right = exact = total = 0
    for label, proposal in pairs:
        for quote in proposal.quotes:
            pages = {page for spans, page in sentences.of(label) if page and any(_touch(quote.span, s) for s in spans)}
            if not pages:
                continue
            total += 1
            known = quote.page is not None and any(_within(quote.page, page) for page in _run(label, pages))
            exact += known and quote.page is not None and quote.page.number is not None
            right += known
            if not known:
                scores.notes.append(f"page of {label['id']}: {quote.page} not {sorted(pages)}: {quote.quote[:50]!r}")
    scores.right["pages"] = (right, total)
    scores.right["exact pages"] = (exact, total)


def _run(label: Label, pages: set[int]) -> set[int]:
    """A sentence that runs over a page end has both pages of the label."""
    return pages | {
        page for page in label.get("pages") or [] if page and any(abs(page - known) == 1 for known in pages)
    }


def _within(page: PageRange, number: int) -> bool:
    return page.first <= number <= page.last
