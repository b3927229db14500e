"""What the review screen shows: the filter, the list, and the chosen proposal with its passages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.paging import OpenPage, open_page
from zichtlijn.platform.numbers import whole_number

from .acceptance import can_accept, look_alikes, same_record
from .forms import ReasonForm
from .models import Document, Proposal, ProposalState
from .models.proposals import PLURALS, ProposalType
from .proposal_forms import ProposalForm, shown_values
from .queries import proposal_counts, quotes_by_passage

PROPOSALS_PER_PAGE = 100
MOST_QUOTES = 25
STATES = [
    (ProposalState.OPEN, _("Open"), {ProposalState.OPEN}),
    (ProposalState.ACCEPTED, _("Accepted"), {ProposalState.ACCEPTED}),
    (ProposalState.REJECTED, _("Rejected"), {ProposalState.REJECTED}),
    (ProposalState.MERGED, _("Merged or split"), {ProposalState.MERGED, ProposalState.SPLIT}),
]
CONFIDENCES = [0, 50, 70, 80, 90, 95]
TONES = {
    ProposalState.OPEN: "info",
    ProposalState.ACCEPTED: "positive",
    ProposalState.REJECTED: "negative",
    ProposalState.MERGED: "neutral",
    ProposalState.SPLIT: "neutral",
}


@dataclass(frozen=True)
class Choice:
    """What the list shows. ``above`` is the least confidence in percent."""

    document: int
    type: str
    state: str = ProposalState.OPEN
    above: int = 0
    page: int = 1

    @classmethod
    def from_query(cls, query: QueryDict, document: Document, around: Proposal | None = None) -> Choice:
        """The choice in an address; what is missing or unknown comes from ``around``, else is the first of its kind."""
        kind = query.get("type") or (around.type if around else "")
        state = query.get("state") or (_list_of(around.state) if around else ProposalState.OPEN)
        return cls(
            document=document.pk,
            type=kind if kind in ProposalType.values else "",
            state=state if state in {each for each, _name, _states in STATES} else ProposalState.OPEN,
            above=min(whole_number(query.get("above"), 3) or 0, 100),
            page=whole_number(query.get("page"), 6) or 1,
        )

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        values = {"type": self.type, "state": self.state, "above": self.above or "", "page": self.page}
        return urlencode({name: value for name, value in values.items() if value not in ("", 1)})

    @property
    def url(self) -> str:
        """The address of the screen with this choice."""
        return f"{reverse('sources:review', args=[self.document])}?{self.query}"

    @property
    def states(self) -> set[str]:
        """The states that the list shows."""
        return next({str(state) for state in states} for each, _name, states in STATES if each == self.state)


def _list_of(state: str) -> str:
    return next(str(each) for each, _name, states in STATES if state in states)


def listed(document: Document, choice: Choice, user: Any) -> QuerySet[Proposal]:
    """The proposals of the list that the user may see, in the order of the document."""
    rows = Proposal.objects.visible_to(user).filter(document=document, state__in=choice.states)
    if choice.type:
        rows = rows.filter(type=choice.type)
    return rows.filter(confidence__gte=choice.above / 100 - 1e-9) if choice.above else rows


def chosen_proposal(document: Document, choice: Choice, asked: str | None, user: Any) -> Proposal | None:
    """The proposal that was asked for, else the first of the list."""
    rows = listed(document, choice, user)
    if (number := whole_number(asked)) is not None:
        found = Proposal.objects.visible_to(user).filter(document=document, pk=number).first()
        if found is not None:
            return found
    if choice.type:
        return rows.first()
    return next((one for kind in ProposalType.values if (one := rows.filter(type=kind).first())), None)


def review_context(
    user: Any, document: Document, choice: Choice, proposal: Proposal | None, editing: bool
) -> dict[str, Any]:
    """Everything the template needs."""
    if not choice.type:
        choice = replace(choice, type=proposal.type if proposal else ProposalType.GOAL)
    counts = proposal_counts(document, user)
    page = open_page(listed(document, choice, user), choice.page, PROPOSALS_PER_PAGE)
    context = {
        "document": document,
        "choice": choice,
        "page": page,
        "types": _type_tabs(choice, counts),
        "states": _state_tabs(choice, counts),
        "state_index": next(index for index, (each, _name, _s) in enumerate(STATES) if each == choice.state),
        "confidences": CONFIDENCES,
        "may_decide": user.has_perm("sources.decide_proposal"),
        "waiting": sum(number for (_type, state), number in counts.items() if state == ProposalState.OPEN),
        "total": sum(counts.values()),
        "chosen": None,
    }
    return context | (_chosen(document, proposal, page, editing) if proposal else {})


def _chosen(document: Document, proposal: Proposal, page: OpenPage, editing: bool) -> dict[str, Any]:
    proposal.document = document
    is_open = proposal.state == ProposalState.OPEN
    keys = [one.pk for one in page]
    place = keys.index(proposal.pk) if proposal.pk in keys else None
    return {
        "chosen": proposal,
        "tone": TONES[ProposalState(proposal.state)],
        "is_open": is_open,
        "editing": editing and is_open,
        "form": ProposalForm(proposal=proposal) if is_open else None,
        "values": shown_values(proposal),
        "quotes": quotes_by_passage(proposal, most=MOST_QUOTES),
        "more_quotes": max(0, len(proposal.quotes) - MOST_QUOTES),
        "look_alikes": [(key_of(record), record) for record in look_alikes(proposal=proposal)] if is_open else [],
        "same": is_open and same_record(proposal=proposal) is not None,
        "reason_form": ReasonForm(auto_id="reject_%s"),
        "threshold": round((proposal.threshold or 0) * 100),
        "can_accept": can_accept(proposal.type),
        "previous": keys[place - 1] if place else None,
        "next": keys[place + 1] if place is not None and place + 1 < len(keys) else None,
    }


def key_of(record: Any) -> str:
    """How a record of the register is named in a form."""
    return f"{record._meta.label_lower}:{record.pk}"


def _type_tabs(choice: Choice, counts: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    found = {kind for kind, _state in counts}
    tabs = []
    for kind in ProposalType:
        if kind.value in found:
            number = sum(counts.get((kind.value, state), 0) for state in choice.states)
            url = replace(choice, type=kind.value, page=1).url
            current = kind.value == choice.type
            tabs.append({"name": PLURALS[kind], "url": url, "count": number, "current": current})
    return tabs


def _state_tabs(choice: Choice, counts: dict[tuple[str, str], int]) -> list[tuple[Any, str, int]]:
    return [
        (
            name,
            replace(choice, state=str(state), page=1).url,
            sum(counts.get((choice.type, each), 0) for each in states),
        )
        for state, name, states in STATES
    ]
