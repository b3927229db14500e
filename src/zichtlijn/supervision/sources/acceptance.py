"""How an accepted proposal becomes a record of the register: the registry that the apps of the register fill.

An app says, in a module imported from its ``AppConfig.ready()``::

    @acceptor("activity")
    def accept_activity(*, actor, proposal, values, programme) -> Activity: ...

    @matcher("activity")
    def find_activities(*, proposal, values, programme) -> list[Activity]: ...

    @identity("activity")
    def same_activity(*, proposal, values) -> Activity | None: ...

    @merger("activity")
    def add_goals(*, actor, proposal, values, record) -> None: ...

    @target
    def programme_for(*, actor, document) -> Programme | None: ...

``values`` is the payload of the proposal as the reviewer left it (the fields of the JSON export without citations).
The acceptor creates the record through the app's own action and returns it; the citations are added here, never by the
acceptor. The matcher lists records that look the same, best first, so that a person can accept INTO one of them; it
must not write. The identity gives the one record that the proposal certainly is, such as an organisation of that name;
accepting then adds to that record instead of making a second one. The merger is what such a record takes over besides
the citations. The target gives the programme that the proposals of a document go into; it may make a draft.
Only the acceptor is needed; the others are there for types that want them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import Document, Proposal

Accept = Callable[..., models.Model]
Match = Callable[..., Sequence[models.Model]]
Target = Callable[..., Any]
Identify = Callable[..., models.Model | None]

_acceptors: dict[str, Accept] = {}
_matchers: dict[str, Match] = {}
_mergers: dict[str, Callable[..., None]] = {}
_identities: dict[str, Identify] = {}
_targets: list[Target] = []


def acceptor(proposal_type: str) -> Callable[[Accept], Accept]:
    """Register how a type of proposal becomes a record."""

    def register(function: Accept) -> Accept:
        _acceptors[proposal_type] = function
        return function

    return register


def matcher(proposal_type: str) -> Callable[[Match], Match]:
    """Register how records are found that look like a proposal."""

    def register(function: Match) -> Match:
        _matchers[proposal_type] = function
        return function

    return register


def identity(proposal_type: str) -> Callable[[Identify], Identify]:
    """Register how the record is found that a proposal certainly is."""

    def register(function: Identify) -> Identify:
        _identities[proposal_type] = function
        return function

    return register


def merger(proposal_type: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register what an existing record takes over when a proposal is accepted into it (``record`` is that one)."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _mergers[proposal_type] = function
        return function

    return register


def target(function: Target) -> Target:
    """Register which programme the proposals of a document go into."""
    _targets.append(function)
    return function


def can_accept(proposal_type: str) -> bool:
    """True when some app takes this type into the register."""
    return proposal_type in _acceptors or proposal_type in _identities


def create_record(*, actor: Any, proposal: Proposal) -> models.Model:
    """Let the app that owns the type make the record. Raises ValidationError when no app does."""
    accept = _acceptors.get(proposal.type)
    if accept is None:
        raise ValidationError(_("This register has no place for a proposal of this type."), code="no-acceptor")
    programme = target_of(actor=actor, document=proposal.document)
    return accept(actor=actor, proposal=proposal, values=dict(proposal.payload), programme=programme)


def extend_record(*, actor: Any, proposal: Proposal, record: models.Model) -> None:
    """Let an existing record take over what the proposal adds, such as goals; nothing when no app asked for it."""
    extend = _mergers.get(proposal.type)
    if extend is not None:
        extend(actor=actor, proposal=proposal, values=dict(proposal.payload), record=record)


def same_record(*, proposal: Proposal) -> models.Model | None:
    """The record of the register that the proposal certainly is, or None."""
    find = _identities.get(proposal.type)
    return find(proposal=proposal, values=dict(proposal.payload)) if find else None


def look_alikes(*, proposal: Proposal) -> list[models.Model]:
    """Records of the register that look like the proposal, best first; empty when the type has no matcher."""
    find = _matchers.get(proposal.type)
    found = list(find(proposal=proposal, values=dict(proposal.payload), programme=None)) if find else []
    same = same_record(proposal=proposal)
    return [same, *(record for record in found if record != same)] if same is not None else found


def target_of(*, actor: Any, document: Document) -> Any:
    """The programme that the proposals of a document go into, or None when no app registered one."""
    for choose in _targets:
        chosen = choose(actor=actor, document=document)
        if chosen is not None:
            return chosen
    return None
