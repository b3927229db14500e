"""The page of a signal."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from zichtlijn.platform.casefiles.opening import open_record

from ..labels import stage_in_words, term_badge, tone
from ..likeness import suggestions
from ..models import OPEN_STATES, Sender, Signal
from ..norms import NO_ACTION_GROUNDS
from ..queries import signal as queries
from ..steps_of_pages import step_in_words, steps_for

COMPARED_ON_PAGE = 50  # the page of all suggestions compares with more


@require_safe
def signal(request: HttpRequest, pk: int) -> HttpResponse:
    """What came in, what was said and done about it, and what came in before about the same organisation."""
    user = request.user
    if not user.has_perm("signals.see_list"):
        raise Http404  # a partner reads what is shared on a page of its own, without the sender
    shown = open_record(user, queries.signals_for(user), pk=pk)
    # Staff that sees a signal sees all its parts.
    seen = Signal.objects.visible_to(user)
    earlier = queries.earlier_signals(seen, shown)
    context = {
        "signal": shown,
        "kind": capfirst(f"{shown.get_kind_display()} {shown.reference}"),
        "stage": stage_in_words(shown),
        "tone": tone(shown.outcome or shown.state),
        "term": term_badge(shown),
        **_buttons(user, shown),
        "sender": Sender.objects.filter(signal=shown.pk).first(),
        "messages_of_it": list(shown.messages.select_related("author")),
        "attachments": list(shown.attachments.all()),
        "steps": [_line(each) for each in shown.steps.all()],
        "added_to": _seen_target(user, shown),
        "merged_into": seen.filter(pk=shown.merged_into_id).first() if shown.merged_into_id else None,
        "earlier": earlier[: queries.EARLIER],
        "more_earlier": _all_of_organisation(shown) if len(earlier) > queries.EARLIER else "",
        "findings": queries.earlier_findings(user, seen, shown),
        "links": queries.links_of(seen, shown),
        "together": queries.bundled_with(seen, shown),
        "merged": queries.merged_into_it(seen, shown),
        "may_tie": user.has_perm("signals.triage_signal"),
        "suggestions": suggestions(seen, shown, most=3, compared=COMPARED_ON_PAGE)
        if shown.state in OPEN_STATES
        else [],
    }
    return render(request, "signals/work/signal.html", context)


def _buttons(user: Any, signal: Signal) -> dict[str, list[dict[str, Any]]]:
    """What can be done now, by the place on the page where it is offered."""
    placed: dict[str, list[dict[str, Any]]] = {"header": [], "facts": [], "tied": []}
    for step in steps_for(user, signal):
        address = reverse("signals:signal-step", args=[signal.pk, step.step])
        placed[step.place].append({"name": step.label, "url": address, "asks": step.asks, "look": step.look})
    return {f"{place}_buttons": buttons for place, buttons in placed.items()}


def _line(step: Any) -> dict[str, Any]:
    return {"step": step, "name": step_in_words(step.step), "ground": NO_ACTION_GROUNDS.get(step.ground, "")}


def _seen_target(user: Any, signal: Signal) -> Any:
    """What it was added to, when the user may see that."""
    found = signal.added_to
    if found is None:
        return None
    scoped = getattr(type(found)._default_manager.all(), "visible_to", None)
    return found if scoped is not None and scoped(user).filter(pk=found.pk).exists() else None


def _all_of_organisation(signal: Signal) -> str:
    return f"{reverse('signals:work-list')}?whose=all&organisation={signal.organisation_id}"
