"""What the field, the acts and the documents themselves take from accepted proposals."""

from __future__ import annotations

import re
from typing import Any

from zichtlijn.supervision.field.actions import register_chain, register_organisation
from zichtlijn.supervision.field.models import Chain, Organisation
from zichtlijn.supervision.field.queries import chain_index, organisation_index
from zichtlijn.supervision.mandate.actions import register_act
from zichtlijn.supervision.mandate.models import Act
from zichtlijn.supervision.mandate.queries import act_index

from .acceptance import acceptor, identity, matcher
from .models import Footnote, Proposal

BWB_NUMBER = re.compile(r"BWB[RVW]\d{7}")
MOST_LOOK_ALIKES = 5


def _names(values: dict[str, Any]) -> list[str]:
    """The ways in which a proposal names its subject, the surest first."""
    given = [values.get("identifier"), values.get("title"), values.get("abbreviation")]
    return [name for name in given if name]


@acceptor("organisation")
def accept_organisation(*, actor: Any, proposal: Proposal, values: dict[str, Any], programme: Any) -> Organisation:
    """Register the organisation."""
    identifier = values.get("identifier") or ""
    return register_organisation(
        actor=actor,
        name=values["title"],
        abbreviation=values.get("abbreviation") or "",
        tooi_id=identifier if identifier.startswith("https://identifier.overheid.nl/tooi/") else "",
        is_demo=proposal.document.is_demo,
    )


@identity("organisation")
def same_organisation(*, proposal: Proposal, values: dict[str, Any]) -> Organisation | None:
    """The organisation with this name, abbreviation or identifier."""
    index = organisation_index()
    return next((found for name in _names(values) if (found := index.find(name))), None)


@matcher("organisation")
def similar_organisations(*, proposal: Proposal, values: dict[str, Any], programme: Any) -> list[Organisation]:
    """Organisations of which the name holds the proposed one."""
    return list(Organisation.objects.standing().filter(name__icontains=values["title"])[:MOST_LOOK_ALIKES])


@acceptor("chain")
def accept_chain(*, actor: Any, proposal: Proposal, values: dict[str, Any], programme: Any) -> Chain:
    """Register the chain or network; its members follow by hand."""
    kind = Chain.Kind.NETWORK if "netwerk" in values["title"].casefold() else Chain.Kind.CHAIN
    return register_chain(
        actor=actor,
        name=values["title"],
        kind=kind,
        abbreviation=values.get("abbreviation") or "",
        is_demo=proposal.document.is_demo,
    )


@identity("chain")
def same_chain(*, proposal: Proposal, values: dict[str, Any]) -> Chain | None:
    """The chain with this name."""
    index = chain_index()
    return next((found for name in _names(values) if (found := index.find(name))), None)


@matcher("chain")
def similar_chains(*, proposal: Proposal, values: dict[str, Any], programme: Any) -> list[Chain]:
    """Chains of which the name holds the proposed one."""
    return list(Chain.objects.filter(name__icontains=values["title"])[:MOST_LOOK_ALIKES])


@acceptor("act")
def accept_act(*, actor: Any, proposal: Proposal, values: dict[str, Any], programme: Any) -> Act:
    """Register the act; whether it is in force is for a person to say."""
    identifier = values.get("identifier") or ""
    return register_act(
        actor=actor,
        name=values["title"],
        abbreviation=values.get("abbreviation") or "",
        bwb_id=identifier if BWB_NUMBER.fullmatch(identifier) else "",
        is_demo=proposal.document.is_demo,
    )


@identity("act")
def same_act(*, proposal: Proposal, values: dict[str, Any]) -> Act | None:
    """The act with this name, abbreviation or identifier."""
    index = act_index()
    return next((found for name in _names(values) if (found := index.find(name))), None)


@matcher("act")
def similar_acts(*, proposal: Proposal, values: dict[str, Any], programme: Any) -> list[Act]:
    """Acts of which the name holds the proposed one."""
    return list(Act.objects.filter(name__icontains=values["title"])[:MOST_LOOK_ALIKES])


@identity("footnote")
def same_footnote(*, proposal: Proposal, values: dict[str, Any]) -> Footnote | None:
    """The note of the document itself: accepting it confirms that mark and note belong together."""
    notes = Footnote.objects.filter(document_id=proposal.document_id, mark=values.get("mark") or "")
    place = proposal.quotes[0]["start"] if proposal.quotes else None
    held_by = proposal.document.passages.filter(start__lte=place, end__gt=place) if place is not None else None
    here = notes.filter(passage__in=held_by.values("number")).first() if held_by is not None else None
    return here or (notes.first() if notes.count() == 1 else None)
