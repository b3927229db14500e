"""The pages of notices: reading them, how one is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zichtlijn.platform.accounts.middleware import outside
from zichtlijn.platform.design.paging import open_page

from . import actions
from .models import Notice, Rhythm
from .queries import setting_of, still_seen
from .wording import text_of

PER_PAGE = 50


class RhythmForm(forms.Form):
    """When notices are mailed."""

    rhythm = forms.ChoiceField(label=gettext_lazy("E-mail"), choices=Rhythm.choices, widget=forms.RadioSelect)


@outside
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """The notices of the user, newest first."""
    page = open_page(Notice.objects.visible_to(request.user), request.GET.get("page"), PER_PAGE)
    seen = still_seen(request.user, list(page))
    rows = [{"notice": each, "text": text_of(each), "leads": each.pk in seen and bool(each.url)} for each in page]
    context = {"page": page, "rows": rows, "unread": any(row["notice"].read_at is None for row in rows)}
    return render(request, "notices/list.html", context)


@outside
@require_GET
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notice is about; it is read by that."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(request.user, pk=pk)
    return redirect(notice.url or "notices:list")


@outside
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read."""
    get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(request.user, pk=pk)
    return redirect("notices:list")


@outside
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice as read."""
    actions.mark_read(request.user)
    messages.success(request, _("All notices are marked as read."))
    return redirect("notices:list")


@outside
@require_http_methods(["GET", "POST"])
def arrange(request: HttpRequest) -> HttpResponse:
    """When the user is mailed."""
    kept = setting_of(request.user)
    form = RhythmForm(request.POST if request.method == "POST" else None, initial={"rhythm": kept.rhythm})
    if request.method == "POST" and form.is_valid():
        actions.set_rhythm(actor=request.user, rhythm=form.cleaned_data["rhythm"])
        messages.success(request, _("Your choice is kept."))
        return redirect("notices:settings")
    return _settings(request, form, status=422 if form.errors else 200)


def _settings(request: HttpRequest, form: Any, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "setting": setting_of(request.user)} | more
    return render(request, "notices/settings.html", context, status=status)


@outside
@require_POST
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """A new secret address for the calendar, shown on this one page and never again."""
    token = actions.renew_calendar(actor=request.user)
    address = request.build_absolute_uri(reverse("notices:calendar", args=[token]))
    kept = setting_of(request.user)
    response = _settings(request, RhythmForm(initial={"rhythm": kept.rhythm}), address=address)
    response["Cache-Control"] = "no-store, private"
    return response


@outside
@require_POST
def stop_calendar(request: HttpRequest) -> HttpResponse:
    """No calendar any more."""
    actions.stop_calendar(actor=request.user)
    messages.success(request, _("The address of your calendar no longer works."))
    return redirect("notices:settings")
