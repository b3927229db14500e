"""What goes into the addresses that take an argument: an object of the database, by route or by app and argument."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any

from tests import route_objects_of

Values = dict[str, Any] | None
Give = Callable[[str], Values]


def record(label: str, key: str = "pk", **wanted: Any) -> Give:
    """The first object of a model (with ``wanted`` field values), under the argument ``key``."""

    def give(_name: str) -> Values:
        found = first(label, **wanted)
        return None if found is None else {key: getattr(found, key)}

    return give


def first(label: str, **wanted: Any) -> Any:
    """The first object of a model, seen or not."""
    from django.apps import apps

    return apps.get_model(label)._base_manager.filter(**wanted).order_by("pk").first()


def also(give: Give, **more: Any) -> Give:
    """The same with fixed arguments beside it."""

    def both(name: str) -> Values:
        values = give(name)
        return None if values is None else values | more

    return both


def of_an_activity(_name: str) -> Values:
    """Label and key of an activity, for routes that take any kind of object."""
    found = first("programme.activity")
    return None if found is None else {"label": "programme.activity", "pk": found.pk}


def a_version(_name: str) -> Values:
    """A programme with a frozen version."""
    found = first("programme.programmeversion")
    return None if found is None else {"slug": found.programme.slug, "number": found.number}


def a_change(_name: str) -> Values:
    """An amendment with a change in it."""
    found = first("programme.amendmentchange")
    return None if found is None else {"pk": found.amendment_id, "change_pk": found.pk}


def a_case(_name: str) -> Values:
    """A dataset with a case of its prepared log."""
    dataset = first("sources.dataset", state="prepared")
    if dataset is None:
        return None
    import pyarrow.parquet as pq

    numbers = pq.read_table(dataset.open_prepared().folder / "cases", columns=["case_no"])["case_no"]
    return {"pk": dataset.pk, "number": str(numbers[0].as_py())}


ACTIVITY, AMENDMENT, PROGRAMME = (
    record("programme.activity"),
    record("programme.amendment"),
    record("programme.programme", "slug"),
)

DATASET = record("sources.dataset", state="prepared")

ARGUMENTS: dict[tuple[str, ...], Give] = {
    ("accounts", "pk"): record("accounts.user"),
    ("events", "label", "pk"): of_an_activity,
    ("trace", "label", "pk"): of_an_activity,
    ("comments", "label", "pk"): of_an_activity,
    ("comments", "pk"): record("comments.comment"),
    ("tasks", "pk"): record("tasks.job"),
    ("lists", "pk"): record("lists.savedfilter"),
    ("field", "slug"): record("field.domain", "slug"),
    ("mandate", "pk"): record("mandate.act"),
    ("programme", "slug"): PROGRAMME,
}

NAMED: dict[str, Give] = (
    {f"field:organisation{end}": record("field.organisation") for end in ("", "-edit", "-rename", "-merge")}
    | {f"field:name-{end}": record("field.organisationname") for end in ("edit", "remove")}
    | {f"field:steering-role-{end}": record("field.steeringrole") for end in ("edit", "end", "remove")}
    | {f"field:{end}": record("field.chain") for end in ("chain", "chain-edit", "member-add", "hand-over-add")}
    | {f"field:member-{end}": record("field.chainmember") for end in ("edit", "move", "remove")}
    | {f"field:hand-over-{end}": record("field.handover") for end in ("edit", "move", "remove")}
    | {f"field:group{end}": record("field.citizengroup") for end in ("", "-edit")}
    | {f"field:region{end}": record("field.region") for end in ("", "-edit")}
    | {"field:steering-role-add": record("field.organisation"), "field:undo": lambda _name: {"token": "unknown"}}
    | {f"sources:document{end}": record("sources.document", passages__isnull=False) for end in ("", "-edit", "-file")}
    | {
        f"sources:{end}": record("sources.document", passages__isnull=False)
        for end in ("review", "accept-above", "compare")
    }
    | {f"sources:{end}": record("sources.importrun") for end in ("run", "reopen-batch")}
    | {
        f"sources:{end}": record("sources.proposal", state="open")
        for end in ("proposal", "accept", "edit", "reject", "merge", "split")
    }
    | {"sources:reopen": record("sources.proposal", state="accepted")}
    | {f"sources:citation{end}": record("sources.citation", state="exact") for end in ("", "-withdraw")}
    | {
        f"sources:dataset{end}": DATASET
        for end in ("", "-edit", "-file", "-read", "-restart", "-withdraw", "-restore", "-add-file", "-mapping")
    }
    | {f"sources:dataset-{end}": DATASET for end in ("report", "keep-mapping", "dashboard", "cases")}
    | {"sources:dataset-dashboard-part": also(DATASET, part="waiting"), "sources:dataset-case": a_case}
    | {"sources:figure-save": DATASET}
    | {f"sources:agreement{end}": record("sources.agreement") for end in ("", "-file", "-withdraw", "-restore")}
    | {"sources:agreement-add": also(DATASET, kind="chain-model")}
    | {f"sources:figure{end}": record("sources.savedfigure") for end in ("", "-remake", "-withdraw", "-restore")}
    | {f"sources:mapping-{end}": record("sources.savedmapping") for end in ("withdraw", "restore")}
    | {
        f"programme:{end}": record("programme.perspective")
        for end in ("perspective", "perspective-edit", "goal-add", "spearhead-add")
    }
    | {"programme:spearhead-edit": record("programme.spearhead")}
    | {f"programme:goal{end}": record("programme.goal") for end in ("", "-edit", "-remove")}
    | {f"programme:activity{end}": ACTIVITY for end in ("", "-edit")}
    | {"programme:activity-step": also(ACTIVITY, step="start")}
    | {f"programme:amendment{end}": AMENDMENT for end in ("", "-choose")}
    | {f"programme:amendment-{end}": also(AMENDMENT, kind="change") for end in ("change", "preview")}
    | {"programme:amendment-remove": a_change, "programme:amendment-step": also(AMENDMENT, step="propose")}
    | {f"programme:figure{end}": record("programme.figure") for end in ("", "-edit", "-remove")}
    | {"programme:programme-step": also(PROGRAMME, step="consult"), "programme:version": a_version}
)


def with_parts() -> dict[str, Give]:
    """All of these, and those of the parts of the product that say it in a module of their own."""
    found = dict(NAMED)
    for part in pkgutil.iter_modules(route_objects_of.__path__):
        found |= import_module(f"tests.route_objects_of.{part.name}").NAMED
    return found
