"""Destruction lists: made from what is due, reviewed line by line, approved by another, carried out, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.events.actions import action
from zichtlijn.platform.events.recording import record

from ..due import Due, due_of
from ..models import Decision, DestructionLine, DestructionList, ListState
from ..registry import Kept, Swept, kind_named
from ..rules import Rulebook
from ..transitions import LIST, STEP_PERMISSIONS

MOST_LINES = 2_000
"""On one list: what is more stays due for the next one."""


@action("retention.make_list", permission="retention.make_list")
def make_list(*, actor: Any, kinds: Sequence[str], is_demo: bool = False) -> DestructionList:
    """A draft with everything of these kinds that is due and that nothing stops.

    Raises ValidationError when there is nothing, and when somebody else puts the same on a list at this moment.
    """
    chosen = [_listed(kind) for kind in kinds]
    book = Rulebook()
    due = (each for kept in chosen for each in due_of(kept, book=book) if not each.stopped_by)
    found = [(kept_of(each), each) for each in islice(due, MOST_LINES)]
    if not found:
        raise ValidationError(_("Nothing of this is due now."), code="nothing")
    made = DestructionList.objects.create(made_by=actor, is_demo=is_demo)
    try:
        with transaction.atomic():
            DestructionLine.objects.bulk_create(_line(made, kind, each) for kind, each in found)
    except IntegrityError:
        raise ValidationError(
            _("Somebody else has just put some of this on a list. Look at that one first."), code="taken"
        ) from None
    record(actor=actor, action="retention.make_list", about=made, after=_told(made) | {"number": len(found)})
    return made


@action("retention.review_lines", permission="retention.review_lines", on="found")
def review_lines(*, actor: Any, found: DestructionList, lines: Iterable[int], decision: str, reason: str = "") -> int:
    """Say of some lines whether they go or are kept for now; how many. Keeping asks for a reason.

    Raises ValidationError for a list that is not being reviewed, or when no line of it is named.
    """
    fresh = _locked(found)
    if fresh.state != ListState.REVIEW:
        raise ValidationError(_("This list is not being reviewed now."), code="not-in-review")
    if decision not in (Decision.DESTROY, Decision.KEEP):
        raise ValidationError({"decision": _("Choose: destroy, or keep for now.")}, code="decision")
    reason = reason.strip()
    if decision == Decision.KEEP and not reason:
        raise ValidationError({"reason": _("Say why it is kept.")}, code="reason")
    of_list = DestructionLine.objects.filter(list=fresh, pk__in=list(lines))
    values = {"decision": decision, "reason": reason if decision == Decision.KEEP else ""}
    number = of_list.update(**values, reviewer=actor, reviewed_at=timezone.now())
    if not number:
        raise ValidationError(_("Choose at least one line."), code="none")
    record(actor=actor, action="retention.review_lines", about=fresh, after={"decision": decision, "number": number})
    return number


def take_step(*, actor: Any, found: DestructionList, step: str) -> DestructionList:
    """Take a step of the table with a list, but for the last one, which is the machine's.

    Raises StepRefused, PermissionDenied, and ValidationError when the lines do not allow it.
    """
    if step not in STEPS:
        LIST.after(found.state, step)
        raise PermissionDenied(f"retention.{step}")
    return STEPS[step](actor=actor, found=found)


def _taking(step: str) -> Callable[..., DestructionList]:
    @action(f"retention.{step}", permission=STEP_PERMISSIONS[step], on="found")
    def taken(*, actor: Any, found: DestructionList) -> DestructionList:
        fresh = _locked(found)
        after, before = LIST.after(fresh.state, step), _told(fresh)
        fresh.state = after
        if step == "approve":
            _check_review(fresh)
            fresh.approved_by, fresh.approved_at = actor, timezone.now()
        elif step == "destroy":
            fresh.started_by, fresh.started_at = actor, timezone.now()
        elif step == "withdraw":
            fresh.approved_by = fresh.approved_at = None
            fresh.lines.update(is_running=False)
        fresh.save()
        record(actor=actor, action=f"retention.{step}", about=fresh, before=before, after=_told(fresh))
        return fresh

    return taken


STEPS = {step: _taking(step) for step in ("propose", "send_back", "approve", "destroy", "withdraw")}
"""What people do with a list, by step."""


def kept_of(due: Due) -> str:
    """The kind of something that is due."""
    return due.rule.kind


def _listed(kind: str) -> Kept:
    kept = kind_named(kind)
    if kept is None or isinstance(kept, Swept):
        raise ValidationError(_("This kind does not go by way of a list."), code="unknown")
    return kept


def _line(made: DestructionList, kind: str, due: Due) -> DestructionLine:
    item = due.item
    return DestructionLine(
        list=made,
        kind=kind,
        key=item.key,
        reference=item.reference,
        outcome=item.outcome,
        since=item.since,
        rule=due.rule,
        due_on=due.due_on,
    )


def _locked(found: DestructionList) -> DestructionList:
    """The list as it stands now; others wait until the transaction ends."""
    fresh: DestructionList = DestructionList.objects.select_for_update().get(pk=found.pk)
    return fresh


def _check_review(fresh: DestructionList) -> None:
    """Raises ValidationError while a line was not reviewed, or was reviewed by who made the list."""
    if fresh.lines.filter(decision=Decision.OPEN).exists():
        raise ValidationError(_("Not every line has been reviewed."), code="not-reviewed")
    if fresh.made_by_id is not None and fresh.lines.filter(reviewer=fresh.made_by_id).exists():
        raise ValidationError(_("Whoever made the list cannot review it."), code="own-review")


def _told(found: DestructionList) -> dict[str, Any]:
    return {"state": found.state}
