"""The steps of the triage on the page of a signal."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from .actions import triage, tying
from .actions.entering import correct_facts
from .forms import steps as forms
from .forms.entering import FactsForm
from .forms.tying import MergeForm
from .handing_on import targets
from .models import OPEN_STATES, Signal
from .standard_texts import filled
from .steps_of_pages import StepPage, register_step_page
from .transitions import SIGNAL


def _seen(form: Any) -> dict[str, Any]:
    return {"revision": form.seen}


def _is_open(_user: Any, signal: Signal) -> bool:
    return signal.state in OPEN_STATES


def _has_targets(_user: Any, signal: Signal) -> bool:
    return bool(targets()) and "add_to_activity" in SIGNAL.allowed(signal.state)


def _said(field: str) -> Any:
    """What the other side will read, from one field of the form."""

    def preview(signal: Signal, form: Any, _user: Any) -> str:
        return filled(form.cleaned_data[field], signal)

    return preview


@transaction.atomic
def _reply(actor: Any, signal: Signal, form: Any) -> Signal:
    """The same words to each, with the reference of each filled in."""
    for each in (signal, *(form.cleaned_data.get("also_to") or ())):
        triage.reply(actor=actor, signal=each, text=filled(form.cleaned_data["text"], each))
    return signal


register_step_page(
    StepPage(
        "take_up",
        _("Take up"),
        10,
        act=lambda actor, signal, _form: triage.take_up(actor=actor, signal=signal),
        done=_("You have taken it up."),
        look="primary",
        asks=False,
    )
)
register_step_page(
    StepPage(
        "assign",
        _("Assign"),
        12,
        form=forms.AssignForm,
        act=lambda actor, signal, form: triage.assign(
            actor=actor, signal=signal, assignee=form.cleaned_data["assignee"], **_seen(form)
        ),
        done=_("Saved."),
        when=_is_open,
        place="facts",
    )
)
register_step_page(
    StepPage(
        "set_team",
        _("Choose the team"),
        13,
        form=forms.TeamForm,
        act=lambda actor, signal, form: triage.set_team(
            actor=actor, signal=signal, team=form.cleaned_data["team"], **_seen(form)
        ),
        done=_("Saved."),
        when=lambda user, signal: _is_open(user, signal) and signal.access != "team",
        place="facts",
    )
)
register_step_page(
    StepPage(
        "edit",
        _("Correct the facts"),
        14,
        form=FactsForm,
        act=lambda actor, signal, form: correct_facts(actor=actor, signal=signal, values=form.values, **_seen(form)),
        lead=_("What the sender wrote stays as it is."),
        submit=_("Save"),
        done=_("Saved."),
        when=_is_open,
        place="facts",
    )
)
register_step_page(
    StepPage(
        "ask_sender",
        _("Ask the sender"),
        20,
        form=forms.QuestionForm,
        act=lambda actor, signal, form: triage.ask_sender(
            actor=actor, signal=signal, question=filled(form.cleaned_data["question"], signal), **_seen(form)
        ),
        preview=_said("question"),
        done=_("The question is asked."),
    )
)
register_step_page(
    StepPage(
        "reply",
        _("Answer the sender"),
        22,
        form=forms.ReplyForm,
        act=_reply,
        preview=_said("text"),
        done=_("The answer is sent."),
        when=lambda _user, signal: signal.state not in ("draft", "discarded"),
    )
)
register_step_page(
    StepPage(
        "told",
        _("Enter what the sender told"),
        24,
        answer=lambda _request, signal: redirect("signals:told", pk=signal.pk),
        when=lambda _user, signal: signal.state not in ("draft", "discarded"),
        place="facts",
    )
)
register_step_page(
    StepPage(
        "stop_waiting",
        _("Go on without an answer"),
        35,
        form=forms.ReasonForm,
        act=lambda actor, signal, form: triage.stop_waiting(
            actor=actor, signal=signal, reason=form.cleaned_data["reason"], **_seen(form)
        ),
        done=_("It is back in triage."),
    )
)
register_step_page(
    StepPage(
        "add_to_activity",
        _("Add to an activity"),
        50,
        form=forms.AddForm,
        act=lambda actor, signal, form: triage.add_to_activity(
            actor=actor,
            signal=signal,
            target=form.chosen,
            reason=form.cleaned_data["reason"],
            message=filled(form.cleaned_data["message"], signal),
            **_seen(form),
        ),
        preview=_said("message"),
        done=_("It is added; the triage is closed."),
        when=_has_targets,
    )
)
register_step_page(
    StepPage(
        "pass_on",
        _("Pass on to another supervisor"),
        55,
        form=forms.PassOnForm,
        act=lambda actor, signal, form: triage.pass_on(
            actor=actor,
            signal=signal,
            recipient=form.cleaned_data["recipient"],
            reason=form.cleaned_data["reason"],
            message=filled(form.cleaned_data["message"], signal),
            **_seen(form),
        ),
        preview=_said("message"),
        lead=_("Who sent it is not passed on. Ask the sender first when the other supervisor needs a name."),
        done=_("It is passed on; the triage is closed."),
    )
)
register_step_page(
    StepPage(
        "take_no_action",
        _("No action"),
        60,
        form=forms.NoActionForm,
        act=lambda actor, signal, form: triage.take_no_action(
            actor=actor,
            signal=signal,
            ground=form.cleaned_data["ground"],
            reason=form.cleaned_data["reason"],
            message=filled(form.cleaned_data["message"], signal),
            **_seen(form),
        ),
        preview=_said("message"),
        lead=_("Nothing is done with it now. It is still counted, and found when more comes in about the same."),
        done=_("Closed without action."),
    )
)
register_step_page(
    StepPage(
        "put_back",
        _("Put back"),
        90,
        form=forms.ReasonForm,
        act=lambda actor, signal, form: triage.put_back(
            actor=actor, signal=signal, reason=form.cleaned_data["reason"], **_seen(form)
        ),
        done=_("It is back with what nobody handles."),
        look="subtle",
    )
)
register_step_page(
    StepPage(
        "reopen",
        _("Reopen"),
        95,
        form=forms.ReasonForm,
        act=lambda actor, signal, form: triage.reopen(
            actor=actor, signal=signal, reason=form.cleaned_data["reason"], **_seen(form)
        ),
        done=_("It is open again."),
    )
)
register_step_page(
    StepPage(
        "merge",
        _("Merge"),
        75,
        form=MergeForm,
        act=lambda actor, signal, form: tying.merge(
            actor=actor,
            signal=signal,
            into=form.cleaned_data["into"],
            reason=form.cleaned_data["reason"],
            **_seen(form),
        ),
        lead=_("It is the same matter as another one and goes on there. This can be undone: it is split off again."),
        done=_("It is merged."),
        place="tied",
    )
)
register_step_page(
    StepPage(
        "split_off",
        _("Split off"),
        76,
        form=forms.ReasonForm,
        act=lambda actor, signal, form: tying.split_off(
            actor=actor, signal=signal, reason=form.cleaned_data["reason"], **_seen(form)
        ),
        lead=_("It is a matter of its own after all, and goes on by itself in triage."),
        done=_("It is split off."),
        place="tied",
    )
)
