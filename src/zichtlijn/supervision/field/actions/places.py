"""Domains, regions and citizen groups: register and edit."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify

from zichtlijn.platform.events.actions import action

from ..keeping import add, change
from ..models import CitizenGroup, Domain, Region

PERMISSION = "field.edit_field"


@action("field.register_domain", permission=PERMISSION)
def register_domain(
    *, actor: Any, name: str, slug: str = "", description: str = "", is_demo: bool = False, reason: str = ""
) -> Domain:
    """Add a part of the field; without ``slug`` its address is made from the name."""
    domain = Domain(name=name, slug=slug or slugify(name)[:80], description=description, is_demo=is_demo)
    return add(domain, actor=actor, action="field.register_domain", reason=reason)


@action("field.edit_domain", permission=PERMISSION, on="domain")
def edit_domain(*, actor: Any, domain: Domain, name: str, description: str = "", reason: str = "") -> Domain:
    """Change name and description; the address stays, so that links keep working."""
    values = {"name": name, "description": description}
    return change(domain, values, actor=actor, action="field.edit_domain", reason=reason)


@action("field.register_region", permission=PERMISSION)
def register_region(
    *,
    actor: Any,
    name: str,
    kind: str = Region.Kind.OTHER,
    tooi_id: str = "",
    is_demo: bool = False,
    reason: str = "",
) -> Region:
    """Add an area in which organisations work."""
    region = Region(name=name, kind=kind, tooi_id=tooi_id, is_demo=is_demo)
    return add(region, actor=actor, action="field.register_region", reason=reason)


@action("field.edit_region", permission=PERMISSION, on="region")
def edit_region(*, actor: Any, region: Region, name: str, kind: str, tooi_id: str = "", reason: str = "") -> Region:
    """Change name, kind or identifier."""
    values = {"name": name, "kind": kind, "tooi_id": tooi_id}
    return change(region, values, actor=actor, action="field.edit_region", reason=reason)


@action("field.register_group", permission=PERMISSION)
def register_group(
    *,
    actor: Any,
    name: str,
    is_vulnerable: bool = False,
    description: str = "",
    other_spellings: str = "",
    is_demo: bool = False,
    reason: str = "",
) -> CitizenGroup:
    """Add people whom the work of the organisations touches."""
    group = CitizenGroup(
        name=name,
        is_vulnerable=is_vulnerable,
        description=description,
        other_spellings=other_spellings,
        is_demo=is_demo,
    )
    return add(group, actor=actor, action="field.register_group", reason=reason)


@action("field.edit_group", permission=PERMISSION, on="group")
def edit_group(
    *,
    actor: Any,
    group: CitizenGroup,
    name: str,
    is_vulnerable: bool = False,
    description: str = "",
    other_spellings: str = "",
    reason: str = "",
) -> CitizenGroup:
    """Change what is known about a group."""
    values = {
        "name": name,
        "is_vulnerable": is_vulnerable,
        "description": description,
        "other_spellings": other_spellings,
    }
    return change(group, values, actor=actor, action="field.edit_group", reason=reason)
