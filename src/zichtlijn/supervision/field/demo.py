"""The field of the 2024 programme as demo records, from the facts in ``examples/programme_2024``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction

from zichtlijn.platform.accounts.models import User

from . import actions
from .models import Chain, CitizenGroup, Domain, HandOver, Organisation, Region, SteeringRole
from .periods import ONE_DAY
from .queries import organisations_of

Facts = dict[str, Any]
Records = dict[str, Any]
NOT_NAMED = "Niet genoemd in het Werkprogramma 2024, wel deel van een keten of taak die daarin staat."


def load(*, actor: Any, folder: Path) -> Records:
    """Load domains, regions, groups, organisations, steering roles and chains; what is there already stays as it is.

    Gives every record by ``file/code``, such as ``organisations/dji`` and ``chains/asiel``; a steering role is
    ``triangle/dji/owner``. Raises KeyError for a code that no file explains, ValidationError for impossible facts.
    """
    with transaction.atomic():
        records = _load_places(actor, folder)
        _load_organisations(actor, folder, records)
        _load_roles(actor, folder, records)
        _load_chains(actor, folder, records)
        _load_accounts(actor, records)
    return records


def _load_accounts(actor: Any, records: Records) -> None:
    """Let the demo account of an organisation speak for one, when both are there."""
    user = User.objects.filter(username="melder-pi", is_demo=True).first()
    organisation = records.get("organisations/pi")
    if user is not None and organisation is not None and organisation.pk not in organisations_of(user):
        actions.tie_account(actor=actor, user=user, organisation=organisation)


def read_facts(folder: Path, name: str) -> Any:
    """The contents of one file of facts."""
    return yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))


def known_or_new(model: type[models.Model], make: Callable[..., Any], *, actor: Any, name: str, **facts: Any) -> Any:
    """The record with this name, else a new demo record."""
    scope = model._default_manager.filter(name=name)
    if model is Organisation:
        scope = scope.filter(merged_into__isnull=True)
    return scope.first() or make(actor=actor, name=name, is_demo=True, **facts)


def _load_places(actor: Any, folder: Path) -> Records:
    records: Records = {}
    for each in read_facts(folder, "domains"):
        facts = {"slug": each["code"], "description": each.get("note", "")}
        domain = known_or_new(Domain, actions.register_domain, actor=actor, name=each["name"], **facts)
        records[f"domains/{each['code']}"] = domain
    for each in read_facts(folder, "regions"):
        facts = {"kind": each["kind"], "tooi_id": each.get("tooi", "")}
        region = known_or_new(Region, actions.register_region, actor=actor, name=each["name"], **facts)
        records[f"regions/{each['code']}"] = region
    for each in read_facts(folder, "groups"):
        facts = {"is_vulnerable": each.get("vulnerable", False), "other_spellings": spellings(each)}
        group = known_or_new(CitizenGroup, actions.register_group, actor=actor, name=each["name"], **facts)
        records[f"groups/{each['code']}"] = group
    return records


def spellings(each: Facts) -> str:
    """Other ways to write a record of which the abbreviation has no place of its own, one per line."""
    return "\n".join([*each.get("aliases", []), *filter(None, [each.get("abbreviation")])])


def _load_organisations(actor: Any, folder: Path, records: Records) -> None:
    waiting = read_facts(folder, "organisations")
    codes = {each["code"] for each in waiting}
    while waiting:
        # The whole goes before its parts.
        ready = [each for each in waiting if _whole_is_known(each, codes, records)]
        if not ready:
            raise KeyError(f"organisations that are part of each other: {[each['code'] for each in waiting]}")
        for each in ready:
            records[f"organisations/{each['code']}"] = _organisation(actor, each, records)
        waiting = [each for each in waiting if f"organisations/{each['code']}" not in records]


def _whole_is_known(each: Facts, codes: set[str], records: Records) -> bool:
    whole = each.get("part_of")
    if whole is not None and whole not in codes:
        raise KeyError(f"{each['code']} is part of {whole}, which is no organisation in the file")
    return whole is None or f"organisations/{whole}" in records


def _organisation(actor: Any, each: Facts, records: Records) -> Organisation:
    known = Organisation.objects.standing().filter(name=each["name"]).first()
    if known:
        return known
    first, *later = each.get("names") or [{"name": each["name"]}]
    made = actions.register_organisation(
        actor=actor,
        name=first["name"],
        abbreviation="" if later else each.get("abbreviation", ""),
        kind="group" if each["kind"] == "category" else each["kind"],
        tooi_id=each.get("tooi", ""),
        region=records[f"regions/{each['region']}"] if "region" in each else None,
        domains=[records[f"domains/{code}"] for code in each["domains"]],
        part_of=records[f"organisations/{each['part_of']}"] if "part_of" in each else None,
        is_supervised=each.get("supervised", True),
        other_spellings="\n".join(each.get("aliases", [])),
        description=NOT_NAMED if each.get("basis") == "implied" else "",
        valid_from=first.get("from"),
        is_demo=True,
    )
    return _rename(actor, made, each, later)


def _rename(actor: Any, made: Organisation, each: Facts, later: list[Facts]) -> Organisation:
    for number, name in enumerate(later, start=1):
        former = each["names"][number - 1]
        if former.get("until") and former["until"] + ONE_DAY != name["from"]:
            raise ValueError(f"{each['code']}: between {former['name']} and {name['name']} there are days without name")
        abbreviation = each.get("abbreviation", "") if name is later[-1] else ""
        facts = {"name": name["name"], "abbreviation": abbreviation, "valid_from": name["from"]}
        made = actions.rename_organisation(actor=actor, organisation=made, **facts)
    if made.name != each["name"]:
        raise ValueError(f"{each['code']}: the last of its names is {made.name}, not {each['name']}")
    return made


def _load_roles(actor: Any, folder: Path, records: Records) -> None:
    for each in read_facts(folder, "triangle")["roles"]:
        contractor = records[f"organisations/{each['contractor']}"]
        for role in SteeringRole.Role.values:
            if role in each:
                holder = records[f"organisations/{each[role]}"]
                known = SteeringRole.objects.filter(contractor=contractor, holder=holder, role=role).first()
                records[f"triangle/{each['contractor']}/{role}"] = known or actions.set_steering_role(
                    actor=actor,
                    contractor=contractor,
                    holder=holder,
                    role=role,
                    known_on=each["known_on"],
                    is_demo=True,
                )


def _load_chains(actor: Any, folder: Path, records: Records) -> None:
    for each in read_facts(folder, "chains"):
        facts = {
            "kind": each["kind"],
            "abbreviation": each.get("abbreviation", ""),
            "societal_task": each.get("societal_task", ""),
            "domains": [records[f"domains/{code}"] for code in each.get("domains", [])],
            "other_spellings": "\n".join(each.get("aliases", [])),
        }
        chain = known_or_new(Chain, actions.register_chain, actor=actor, name=each["name"], **facts)
        records[f"chains/{each['code']}"] = chain
        _load_composition(actor, chain, each, records)


def _load_composition(actor: Any, chain: Chain, each: Facts, records: Records) -> None:
    present = set(chain.members.values_list("organisation", flat=True))
    for member in each.get("members", []):
        organisation = records[f"organisations/{member['organisation']}"]
        if organisation.pk not in present:
            part = member.get("role", "")
            actions.add_member(actor=actor, chain=chain, organisation=organisation, part=part, is_demo=True)
    for hand_over in each.get("handovers", []):
        giver, receiver = (records[f"organisations/{hand_over[end]}"] for end in ("from", "to"))
        what = hand_over["what"]
        if not HandOver.objects.filter(chain=chain, giver=giver, receiver=receiver, what=what).exists():
            actions.add_hand_over(actor=actor, chain=chain, giver=giver, receiver=receiver, what=what, is_demo=True)
