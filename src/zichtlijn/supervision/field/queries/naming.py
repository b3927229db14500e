"""Which record a document means by what it writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.utils.timezone import localdate

from ..models import Chain, CitizenGroup, Domain, Organisation
from ..recognition import NameIndex


def organisation_index(day: date | None = None) -> NameIndex[Organisation]:
    """All ways to write the organisations. Make it once for many look-ups.

    Names of ``day`` (today) and identifiers count before other spellings, and these before names of other days.
    """
    when = day or localdate()
    index: NameIndex[Organisation] = NameIndex()
    for organisation in Organisation.objects.standing().prefetch_related("names"):
        put = partial(index.put, organisation)
        put([organisation.tooi_id])
        put(organisation.other_spellings.splitlines(), tier=1)
        for name in organisation.names.all():
            put([name.name, name.abbreviation], tier=0 if name.holds_on(when) else 2)
    return index


def find_organisation(name_or_abbreviation: str, day: date | None = None) -> Organisation | None:
    """The organisation that is written so (name, abbreviation, former name, other spelling or TOOI identifier).

    None when there is none, or when it could be more than one.
    """
    return organisation_index(day).find(name_or_abbreviation)


def chain_index() -> NameIndex[Chain]:
    """All ways to write the chains and networks."""
    return _spelled(Chain.objects.all())


def find_chain(name: str) -> Chain | None:
    """The chain or network that is written so; None when there is none or more than one."""
    return chain_index().find(name)


def find_group(name: str) -> CitizenGroup | None:
    """The citizen group that is written so; None when there is none or more than one."""
    groups: NameIndex[CitizenGroup] = _spelled(CitizenGroup.objects.all())
    return groups.find(name)


def find_domain(name: str) -> Domain | None:
    """The domain with this name or short name; None when there is none."""
    index: NameIndex[Domain] = NameIndex()
    for domain in Domain.objects.all():
        index.put(domain, [domain.name, domain.slug])
    return index.find(name)


def _spelled(records: Iterable[Any]) -> NameIndex[Any]:
    index: NameIndex[Any] = NameIndex()
    for record in records:
        index.put(record, [record.name, getattr(record, "abbreviation", "")])
        index.put(record, record.other_spellings.splitlines(), tier=1)
    return index
