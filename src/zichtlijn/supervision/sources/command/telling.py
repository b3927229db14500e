"""What the command writes: progress, the result as JSON, the result for people."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import IO, TYPE_CHECKING

from zichtlijn.analysis.texts import gettext_noop

from .catalogue import Words

if TYPE_CHECKING:
    from zichtlijn.analysis.documents.model import Proposal

    from ..computing import Computed
    from .keeping import Kept


TYPES = {
    "goal": gettext_noop("goals"),
    "activity": gettext_noop("activities"),
    "figure": gettext_noop("figures"),
    "organisation": gettext_noop("organisations"),
    "chain": gettext_noop("chains"),
    "act": gettext_noop("acts"),
    "footnote": gettext_noop("footnotes"),
}
OUTCOMES = {
    "new": gettext_noop("Stored as a new document."),
    "same": gettext_noop("This document was imported before; nothing was added."),
    "pages": gettext_noop("This document was imported before; its pages were updated."),
    "edition": gettext_noop("Stored as a new edition of a document that was here."),
    "attached": gettext_noop("The text was attached to a document that was cited here already."),
    "replaced": gettext_noop("The text of the document was replaced; its citations were found again."),
}
STEPS = {
    "reading": gettext_noop("Reading the file"),
    "splitting": gettext_noop("Splitting the text"),
    "locating": gettext_noop("Looking for the pages"),
    "done": gettext_noop("The text was read"),
    "proposing": gettext_noop("Looking for goals, activities and what they concern"),
    "proposed": gettext_noop("Proposals are ready"),
    "storing": gettext_noop("Storing"),
}


class Progress:
    """One line on a terminal that says what is being done; silent elsewhere."""

    def __init__(self, words: Words, *, shown: bool) -> None:
        self._words, self._shown, self._width = words, shown, 0

    def report(self, step: str, share: float) -> None:
        """Show a step and how far the whole is."""
        if self._shown:
            line = f"{round(share * 100):3d}%  {self._words.gettext(STEPS.get(step, step))}"
            sys.stderr.write("\r" + line.ljust(self._width))
            sys.stderr.flush()
            self._width = len(line)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()


def tell_json(computed: Computed, kept: Kept | None, words: Words, out: IO[str]) -> None:
    """The result in the documented shape; ``import`` says what was stored, and is absent after a dry run."""
    from zichtlijn.analysis.documents.exchange import to_json

    result = to_json(computed.read, computed.proposals)
    if kept is not None:
        result["import"] = kept.values()
    proposals = result.pop("proposals")
    head = json.dumps(result, ensure_ascii=False)[:-1]
    # One proposal to a line: to be read by people as well, and written ten times as fast as an indented whole.
    lines = ",\n".join(json.dumps(proposal, ensure_ascii=False) for proposal in proposals)
    out.write(f'{head}, "proposals": [\n{lines}\n]}}\n')


def tell_people(computed: Computed, kept: Kept | None, words: Words, out: IO[str]) -> None:
    """A summary and the list of what was found."""
    read = computed.read
    out.write(f"{read.title}{f' ({read.year})' if read.year else ''}\n")
    pages = read.page_count if read.page_count is not None else "–"
    out.write(words.gettext("%(pages)s pages, %(passages)s passages", pages=pages, passages=len(read.passages)) + "\n")
    for warning in read.warnings:
        out.write(f"! {words.gettext(warning)}\n")
    _tell_found(computed.proposals, words, out)
    if kept is None:
        out.write("\n" + words.gettext("Nothing was stored (dry run).") + "\n")
    else:
        _tell_kept(kept, words, out)


def _tell_found(proposals: tuple[Proposal, ...], words: Words, out: IO[str]) -> None:
    counts = Counter(proposal.type for proposal in proposals)
    for kind, name in TYPES.items():
        if not counts[kind]:  # type: ignore[index]
            continue
        out.write(f"\n{counts[kind]} {words.gettext(name)}\n")  # type: ignore[index]
        for proposal in proposals:
            if proposal.type == kind:
                out.write(f"  {proposal.confidence:.2f}  {proposal.title}{_page(proposal, words)}\n")


def _page(proposal: Proposal, words: Words) -> str:
    page = proposal.quotes[0].page if proposal.quotes else None
    if page is None:
        return ""
    shown = str(page.first) if page.first == page.last else f"{page.first}–{page.last}"
    return words.gettext(" (p. %(page)s)", page=shown)


def _tell_kept(kept: Kept, words: Words, out: IO[str]) -> None:
    out.write("\n" + words.gettext(OUTCOMES[kept.outcome]) + "\n")
    if kept.accept_above is not None:
        terms = {"number": kept.accepted, "confidence": kept.accept_above}
        out.write(words.gettext("%(number)s accepted with a confidence of at least %(confidence)s.", **terms) + "\n")
        for title, reason in kept.refused:
            out.write(words.gettext("Left open: %(title)s (%(reason)s)", title=title, reason=reason) + "\n")
    out.write(
        words.gettext("%(number)s wait for a decision: %(address)s", number=kept.open, address=kept.address) + "\n"
    )
