"""The 2024 programme as demo records, from the facts in ``examples/programme_2024``.

Capacity and budget per activity come from ``demo_planning.yaml``, which says itself that they are made up; so does the
amendment in it, when there is one. Everything is made by the actions that people use.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth import get_user_model
from django.db import models, transaction

from zichtlijn.platform.accounts.roles import Role

from . import actions
from .acceptance_values import first_day
from .models import Activity, Amendment, Figure, Goal, Perspective, Programme, Spearhead

Facts = dict[str, Any]
Records = dict[str, models.Model]
# The document is dated August 2023; on which days the steps were taken it does not say.
DAY_OF_STEPS = date(2023, 8, 31)
STEP_REASON = "Demo: de dag is niet bekend; het document is van augustus 2023."
LINKED = "Door het register aangevuld, in het programma niet genoemd: {names}."
AMOUNTS = {
    "available_budget": "budget-beschikbaar",
    "needed_budget": "budget-nodig",
    "needed_fte": "formatie-doel",
}


def load(*, actor: Any, folder: Path, field: Mapping[str, Any]) -> Records:
    """Load perspective, goals, figures, activities and planning, and take the programme to parliament.

    ``field`` gives the records of ``organisations/…``, ``chains/…``, ``acts/…``, ``groups/…`` and ``domains/…``. Gives
    every record by ``file/code``: ``perspective``, ``perspective/lerend``, ``programme``, ``programme/A-01``,
    ``figures/budget-nodig``. What is there already stays as it is. Raises KeyError for a code that nothing explains.
    """
    facts = {name: _read(folder, name) for name in ("perspective", "programme", "figures", "demo_planning", "document")}
    with transaction.atomic():
        records = _load_perspectives(actor, facts["perspective"])
        programme = _programme(actor, facts, records)
        records["programme"] = programme
        if programme.is_draft:
            _load_draft(actor, programme, facts, {**field, **records})
            _take_steps(actor, programme)
            _load_amendment(actor, programme, facts["demo_planning"])
        return records | _loaded(programme, facts)


def _read(folder: Path, name: str) -> Any:
    return yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))


def _load_perspectives(actor: Any, facts: Facts) -> Records:
    perspective = _perspective(actor, facts)
    records: Records = {"perspective": perspective}
    if "successor" in facts:
        records["perspective/successor"] = _perspective(actor, facts["successor"])
    for each in facts["goals"]:
        known = Goal.objects.filter(perspective=perspective, title=each["title"]).first()
        values = {"number": each["order"], **_words(each)}
        records[f"perspective/{each['code']}"] = known or actions.create_goal(
            actor=actor, perspective=perspective, values=values
        )
    for each in facts["spearheads"]:
        spearhead = Spearhead.objects.filter(perspective=perspective, title=each["title"]).first()
        records[f"perspective/{each['code']}"] = spearhead or actions.create_spearhead(
            actor=actor, perspective=perspective, values=_words(each)
        )
    return records


def _words(each: Facts) -> Facts:
    return {"title": each["title"], "description": each.get("description", "").strip(), "is_demo": True}


def _perspective(actor: Any, facts: Facts) -> Perspective:
    known = Perspective.objects.filter(title=facts["title"], first_year=facts["from"]).first()
    values = {**_words(facts), "first_year": facts["from"], "last_year": facts["until"]}
    return known or actions.create_perspective(actor=actor, values=values)


def _programme(actor: Any, facts: Facts, records: Records) -> Programme:
    year, publisher = facts["programme"]["year"], facts["document"]["publisher"]
    known = Programme.objects.filter(year=year, inspectorate=publisher).first()
    if known:
        return known
    stated = {each["code"]: Decimal(str(each["value"])) for each in facts["figures"]}
    values = {
        "year": year,
        "title": facts["programme"]["title"],
        "inspectorate": publisher,
        "is_demo": True,
        "available_fte": facts["demo_planning"].get("available_fte"),
        **{name: stated[code] for name, code in AMOUNTS.items()},
    }
    perspective: Any = records["perspective"]
    return actions.create_programme(actor=actor, perspective=perspective, values=values)


def _load_draft(actor: Any, programme: Programme, facts: Facts, records: Mapping[str, Any]) -> None:
    present = set(programme.activities.values_list("code", flat=True))
    planned = {each["code"]: each for each in facts["demo_planning"]["activities"]}
    for each in facts["programme"]["activities"]:
        if each["code"] not in present:
            _load_activity(actor, programme, each, planned.get(each["code"], {}), records)
    for each in facts["figures"]:
        if not _figures(programme, each).exists():
            actions.add_figure(actor=actor, programme=programme, values=_figure_values(each))


def _load_activity(
    actor: Any, programme: Programme, each: Facts, planned: Facts, records: Mapping[str, Any]
) -> Activity:
    linked = each.get("linked", {})
    related = {name: _related(name, each, linked, records) for name in ("organisations", "chains", "acts", "groups")}
    values = {
        "code": each["code"],
        "title": each["title"],
        "description": _description(each, linked, records),
        "kind": each["kind"],
        "status": each["status"],
        "goals": [records[f"perspective/{code}"] for code in each["goals"]],
        "domain": records[f"domains/{each['domain']}"],
        "starts_on": first_day(programme.year, each["status"], each.get("dates", [])),
        "fte": _decimal(planned.get("fte")),
        "budget": _decimal(planned.get("budget_eur")),
        "is_demo": True,
        **related,
    }
    activity = actions.create_activity(actor=actor, programme=programme, values=values)
    hours = {name: Decimal(amount) for name, amount in planned.get("hours", {}).items() if amount}
    actions.set_capacity(actor=actor, activity=activity, hours=hours)
    return actions.choose_activity(actor=actor, activity=activity)


def _related(name: str, each: Facts, linked: Facts, records: Mapping[str, Any]) -> list[Any]:
    codes = dict.fromkeys([*each[name], *linked.get(name, [])])
    return [records[f"{name}/{code}"] for code in codes]


def _description(each: Facts, linked: Facts, records: Mapping[str, Any]) -> str:
    names = [str(records[f"{name}/{code}"]) for name, codes in linked.items() for code in codes]
    note = f"\n\n{LINKED.format(names=', '.join(names))}" if names else ""
    return f"{each['description'].strip()}{note}"


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _figures(programme: Programme, each: Facts) -> models.QuerySet[Figure]:
    return programme.figures.filter(subject=each["subject"], unit=each["unit"], year=each["year"])


def _figure_values(each: Facts) -> Facts:
    notes = [each.get("moment", ""), "bij benadering" if each.get("approximate") else ""]
    return {
        "subject": each["subject"],
        "value": Decimal(str(each["value"])),
        "unit": each["unit"],
        "year": each["year"],
        "note": ", ".join(filter(None, notes)),
        "is_demo": True,
    }


def _take_steps(actor: Any, programme: Programme) -> None:
    manager, head = _person(Role.PROGRAMME_MANAGER) or actor, _person(Role.INSPECTOR_GENERAL) or actor
    given: Facts = {"programme": programme, "on": DAY_OF_STEPS, "reason": STEP_REASON}
    actions.consult_programme(actor=manager, **given)
    actions.decide_programme(actor=head, **given)
    actions.send_to_minister(actor=head, **given)
    actions.send_to_parliament(actor=head, **given)
    programme.refresh_from_db()


def _person(role: str) -> Any:
    """The demo account with this role, when the demo has people."""
    return get_user_model().objects.filter(role=role, is_demo=True, is_active=True).first()


def _load_amendment(actor: Any, programme: Programme, planning: Facts) -> Amendment | None:
    facts = planning.get("amendment")
    if facts is None:
        return None
    manager, head = _person(Role.PROGRAMME_MANAGER) or actor, _person(Role.INSPECTOR_GENERAL) or actor
    amendment = actions.prepare_amendment(
        actor=manager, programme=programme, title=facts["title"], reason=facts["reason"], is_demo=True
    )
    for each in facts["changes"]:
        activity = programme.activities.get(code=each["code"])
        values = {name: _decimal(each[key]) for name, key in (("fte", "fte"), ("budget", "budget_eur")) if key in each}
        kind = each.get("change", "change")
        actions.change_amendment(actor=manager, amendment=amendment, kind=kind, activity=activity, values=values)
    actions.propose_amendment(actor=manager, amendment=amendment)
    actions.decide_amendment(actor=head, amendment=amendment, on=date.fromisoformat(str(facts["decided_on"])))
    return amendment


def _loaded(programme: Programme, facts: Facts) -> Records:
    activities = {item.code: item for item in programme.activities.all()}
    records: Records = {
        f"programme/{each['code']}": activities[each["code"]]
        for each in facts["programme"]["activities"]
        if each["code"] in activities
    }
    for each in facts["figures"]:
        figure = _figures(programme, each).first()
        if figure is not None:
            records[f"figures/{each['code']}"] = figure
    return records
