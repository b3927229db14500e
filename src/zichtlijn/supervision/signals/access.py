"""Who may do what with what comes in. Every permission on a record also asks that the user sees the record."""

from __future__ import annotations

from typing import Any

import rules

from zichtlijn.platform.accounts.access import has_role, is_staff_member
from zichtlijn.platform.accounts.roles import Role
from zichtlijn.platform.accounts.scope import sees
from zichtlijn.platform.accounts.sender import is_sender

from .models import IncidentWeighing, OwnEvaluation, Signal, WeighingState


def _sees_it(user: Any, record: Any = None) -> bool:
    """Asked in general, or about a record that the user may see."""
    return record is None or sees(user, record)


def _did_not_make_it(user: Any, record: IncidentWeighing | Signal | None = None) -> bool:
    """Whoever scored or submitted a weighing decides neither on it nor on the signal that it is about."""
    if record is None:
        return True
    weighings = record.weighings.filter(state=WeighingState.SUBMITTED) if isinstance(record, Signal) else [record]
    return not any(_made_it(user, weighing) for weighing in weighings)


def _was_asked(user: Any, record: Signal | OwnEvaluation | None = None) -> bool:
    """Of an own evaluation that the user sees; of a signal with one, also where the user does not see the signal."""
    if isinstance(record, Signal):
        return bool(OwnEvaluation.objects.visible_to(user).filter(signal=record.pk).exists())
    return _sees_it(user, record)


def _made_it(user: Any, weighing: IncidentWeighing) -> bool:
    return bool(weighing.made_by_id == user.pk or weighing.makers.filter(pk=user.pk).exists())


sees_it: Any = rules.predicate(_sees_it)
was_asked: Any = rules.predicate(_was_asked)
did_not_make_it: Any = rules.predicate(_did_not_make_it)
is_handler = has_role(Role.INSPECTOR, Role.ANALYST, Role.PROGRAMME_MANAGER, Role.INSPECTOR_GENERAL)
is_decider = has_role(Role.PROGRAMME_MANAGER, Role.INSPECTOR_GENERAL)
is_organisation = has_role(Role.ORGANISATION)

rules.add_perm("signals.see_list", is_staff_member)
rules.add_perm("signals.enter_signal", is_handler | has_role(Role.EDITOR))
rules.add_perm("signals.triage_signal", is_handler & sees_it)
rules.add_perm("signals.weigh_incident", is_handler & sees_it)
rules.add_perm("signals.decide_weighing", is_decider & sees_it & did_not_make_it)
rules.add_perm("signals.lead_incident", is_handler & sees_it)
rules.add_perm("signals.submit_notification", is_organisation & sees_it)
rules.add_perm("signals.hand_in_evaluation", is_organisation & was_asked)
rules.add_perm("signals.change_reference", has_role(Role.ADMINISTRATOR))
rules.add_perm("signals.close_form", has_role(Role.ADMINISTRATOR))
# Of a platform.accounts.sender.Sender; staff enter what others tell them by ``signals.enter_signal``.
rules.add_perm("signals.send_signal", is_sender)
# An organisation that notified is asked, and answers, as any sender.
rules.add_perm("signals.answer_as_sender", is_sender | (is_organisation & sees_it))
