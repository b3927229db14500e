"""Steps with several rows of the work list at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.numbers import whole_number

from ..actions import incidents, triage, tying
from ..bulk import MOST_AT_ONCE, take_with_all
from ..forms import bulk as forms
from ..models import Signal
from ..queries.signal import signals_for
from .answering import FormPage, add_errors, refuse, require, show


@dataclass(frozen=True)
class BulkPage:
    """A step with all of the chosen: its name, its form, and what it does; it may give a record to go on to."""

    label: Any
    form: type[forms.BulkForm]
    act: Callable[[Any, Sequence[Signal], Any], Any]


def _each(function: Any, *names: str) -> Callable[[Any, Sequence[Signal], Any], Any]:
    """The action for each, with these values of the form."""

    def act(actor: Any, signals: Sequence[Signal], form: Any) -> None:
        values = {name: form.cleaned_data[name] for name in names}
        take_with_all(signals, lambda signal: function(actor=actor, signal=signal, **values))

    return act


def _bundle(actor: Any, signals: Sequence[Signal], form: Any) -> None:
    first, *others = signals
    tying.bundle(actor=actor, signal=first, others=others, title=form.cleaned_data["title"])


def _open_incident(actor: Any, signals: Sequence[Signal], form: Any) -> Any:
    return incidents.open_incident(actor=actor, title=form.cleaned_data["title"], signals=signals)


PAGES = {
    "take_up": BulkPage(_("Take up"), forms.BulkForm, _each(triage.take_up)),
    "assign": BulkPage(_("Assign"), forms.AssignAllForm, _each(triage.assign, "assignee")),
    "set_team": BulkPage(_("Choose the team"), forms.TeamOfAllForm, _each(triage.set_team, "team")),
    "bundle": BulkPage(_("Bundle"), forms.BundleAllForm, _bundle),
    "open_incident": BulkPage(_("Open an incident file"), forms.IncidentOfAllForm, _open_incident),
    "take_no_action": BulkPage(
        _("No action"), forms.NoActionForAllForm, _each(triage.take_no_action, "ground", "reason")
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponseBase:
    """Show what is asked for the chosen rows; posted again with ``confirmed``, do it with all or with none."""
    require(request, "signals.triage_signal")
    back = _back(request)
    page = PAGES.get(request.POST.get("step", ""))
    if page is None:
        return redirect(back)
    try:
        chosen = _chosen(request)
    except ValidationError as error:
        return refuse(request, error, back)
    confirmed = "confirmed" in request.POST
    form = page.form(request.POST if confirmed else None, user=request.user)
    if confirmed and form.is_valid():
        try:
            made = page.act(request.user, chosen, form)
        except ValidationError as error:
            add_errors(form, error)
        else:
            done = ngettext("Done for %(count)s row.", "Done for %(count)s rows.", len(chosen))
            tell(request, done % {"count": len(chosen)})
            return redirect(made or back)
    shown = FormPage(page.label, page.label, back, template="signals/work/bulk.html")
    return show(request, form, shown, chosen=chosen, step=request.POST["step"])


def _chosen(request: HttpRequest) -> list[Signal]:
    """The chosen rows. Raises ValidationError without any, with too many, and for one that cannot be seen."""
    keys = {key for value in request.POST.getlist("selected") if (key := whole_number(value)) is not None}
    if not keys:
        raise ValidationError(_("Choose one or more rows first."), code="none")
    if len(keys) > MOST_AT_ONCE:
        raise ValidationError(_("Choose at most %(most)s rows at once."), code="many", params={"most": MOST_AT_ONCE})
    found = list(signals_for(request.user).filter(pk__in=keys).order_by("pk"))
    if len(found) < len(keys):
        raise ValidationError(_("Nothing was done: one of the chosen rows is no longer there."), code="gone")
    return found


def _back(request: HttpRequest) -> str:
    """The list as it was; only an address of this site."""
    asked = request.POST.get("back", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("signals:work-list")
