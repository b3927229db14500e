"""By which words the field is found."""

from __future__ import annotations

from zichtlijn.platform.comments.registry import register_commentable
from zichtlijn.platform.search.registry import register_searchable

from .models import Chain, CitizenGroup, Domain, Organisation, Region


def organisation_words(organisation: Organisation) -> str:
    """Description, former names and other spellings."""
    names = [f"{name.name} {name.abbreviation}" for name in organisation.names.all()]
    return "\n".join([organisation.description, organisation.other_spellings, organisation.tooi_id, *names])


def chain_words(chain: Chain) -> str:
    """Task, members and what they hand over."""
    members = [f"{member.organisation} {member.part}" for member in chain.members.select_related("organisation")]
    hand_overs = [hand_over.what for hand_over in chain.hand_overs.all()]
    return "\n".join([chain.societal_task, chain.description, chain.other_spellings, *members, *hand_overs])


def _with_abbreviation(named: Organisation | Chain) -> str:
    return f"{named.name} ({named.abbreviation})" if named.abbreviation else named.name


def _name(named: CitizenGroup | Domain | Region) -> str:
    return named.name


register_searchable(
    "field.organisation",
    title=_with_abbreviation,
    body=organisation_words,
    follow={"field.organisationname": lambda name: [name.organisation]},
    order=30,
)
register_searchable(
    "field.chain",
    title=_with_abbreviation,
    body=chain_words,
    follow={
        "field.chainmember": lambda member: [member.chain],
        "field.handover": lambda hand_over: [hand_over.chain],
    },
    order=31,
)
register_searchable(
    "field.citizengroup", title=_name, body=lambda group: f"{group.description}\n{group.other_spellings}", order=32
)
register_searchable("field.region", title=_name, body=lambda region: region.get_kind_display(), order=33)
register_searchable("field.domain", title=_name, body=lambda domain: domain.description, order=34)

for kind in ("organisation", "chain", "citizengroup", "region", "domain"):
    register_commentable(f"field.{kind}")
