"""To whom a case file is open, and who read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zichtlijn.platform.accounts.middleware import OUTSIDE
from zichtlijn.platform.design.paging import open_page

from . import actions, forms
from .models import Access, FileAccess, NeedToKnow, Reading
from .registry import is_casefile

LONG_HELD = timedelta(days=90)
PER_PAGE = 50


@dataclass(frozen=True)
class Step:
    """A change of access that the page offers: its form, what it does, and in which states of the file."""

    name: str
    title: Any
    done: Any
    form: type[forms.AccessForm]
    act: Callable[..., Any]
    when: tuple[str, ...]
    lead: Any = ""
    icon: str = ""
    for_partners: bool = False


STEPS = {
    step.name: step
    for step in (
        Step(
            "give",
            gettext_lazy("Name somebody"),
            gettext_lazy("The access is given."),
            forms.GiveForm,
            actions.give_access,
            (Access.RESTRICTED,),
            icon="add",
        ),
        Step(
            "restrict",
            gettext_lazy("Restrict to named people"),
            gettext_lazy("Only you know of this file now; name others below."),
            forms.RestrictForm,
            actions.restrict_file,
            (Access.OPEN, Access.TEAM),
            gettext_lazy(
                "Only people whom you name see the file after this, and everybody who opens it is written down."
            ),
            "lock",
        ),
        Step(
            "team",
            gettext_lazy("Open to one team"),
            gettext_lazy("The file is open to the team."),
            forms.TeamForm,
            actions.open_file_to_team,
            tuple(Access.values),
            gettext_lazy("Only members of the team see the file after this. Whoever was named loses the access."),
            "group",
        ),
        Step(
            "staff",
            gettext_lazy("Open to all staff"),
            gettext_lazy("The file is open to all staff."),
            forms.NothingForm,
            actions.open_file_to_staff,
            (Access.TEAM, Access.RESTRICTED),
            gettext_lazy("Everybody of staff sees the file after this, and readings are no longer written down."),
            "group",
        ),
        Step(
            "share",
            gettext_lazy("Share with a partner inspectorate"),
            gettext_lazy("The file is shared."),
            forms.ShareForm,
            actions.share_with_partner,
            tuple(Access.values),
            gettext_lazy("The partner sees this one file, until and including the day that you set."),
            "external",
            for_partners=True,
        ),
    )
}


@require_GET
def access_page(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Who may know of a file, for whom; its owner changes it here. Shows nothing of what the file says."""
    file = visible_file(request, label, pk)
    may_change = request.user.has_perm("casefiles.change_access", file)
    held = FileAccess.objects.filter(file_key=file.file_key).select_related("user", "given_by")
    context = {
        "file": file,
        "label": label,
        "people": held.holding().order_by("-is_owner", "id"),
        "ended": held.exclude(pk__in=held.holding().values("pk")).order_by("-id")[:PER_PAGE],
        "long_ago": timezone.now() - LONG_HELD,
        "steps": [step for step in STEPS.values() if may_change and _is_offered(step, file)],
        "may_change": may_change,
        "may_see_readings": request.user.has_perm("casefiles.see_readings", file),
    }
    return render(request, "casefiles/access.html", context)


@require_http_methods(["GET", "POST"])
def access_step(request: HttpRequest, label: str, pk: int, step: str) -> HttpResponse:
    """One change of access: what it asks, and doing it."""
    file = visible_file(request, label, pk)
    asked = STEPS.get(step)
    if asked is None or (asked.for_partners and not _opens_to_partners(file)):
        raise Http404
    if not request.user.has_perm("casefiles.change_access", file):
        raise PermissionDenied
    form = asked.form(request.POST if request.method == "POST" else None, file=file)
    if request.method == "POST" and form.is_valid():
        try:
            asked.act(actor=request.user, file=file, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, asked.done)
            return after_change(request, file)
    context = {"form": form, "file": file, "label": label, "title": asked.title, "lead": asked.lead}
    return render(request, "casefiles/form.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, label: str, pk: int, access_pk: int) -> HttpResponse:
    """End somebody's access at once."""
    file = visible_file(request, label, pk)
    access = get_object_or_404(FileAccess.objects.select_related("user"), pk=access_pk, file_key=file.file_key)
    try:
        actions.end_access(actor=request.user, file=file, access=access)
        messages.success(request, _("The access of %(name)s is ended.") % {"name": access.user})
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return after_change(request, file)


@require_GET
def readings(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Who read a restricted file, when, how and for what: for its owner and for the administrator."""
    file: Any = get_object_or_404(casefile_model(label)._base_manager, pk=pk)
    if not request.user.has_perm("casefiles.see_readings", file):
        raise Http404
    rows = Reading.objects.visible_to(request.user).filter(file_key=file.file_key).select_related("user")
    seen = type(file)._default_manager.visible_to(request.user).filter(pk=file.pk).exists()
    context = {"file": file, "label": label, "seen": seen}
    page = open_page(rows.order_by("-id"), request.GET.get("page"), PER_PAGE)
    return render(request, "casefiles/readings.html", context | {"page": page})


def _is_offered(step: Step, file: NeedToKnow) -> bool:
    return file.access in step.when and (not step.for_partners or _opens_to_partners(file))


def _opens_to_partners(file: Any) -> bool:
    """True when the page of this kind of file exists for people from outside; sharing another would lead nowhere."""
    try:
        return bool(getattr(resolve(file.get_absolute_url()).func, OUTSIDE, False))
    except (NoReverseMatch, Resolver404):
        return False


def visible_file(request: HttpRequest, label: str, pk: int) -> Any:
    """The case file that the user may see, else Http404."""
    return get_object_or_404(casefile_model(label)._default_manager.visible_to(request.user), pk=pk)


def casefile_model(label: str) -> Any:
    """The model of case files of that name, else Http404."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    if label != model._meta.label_lower or not is_casefile(model):
        raise Http404
    return model


def after_change(request: HttpRequest, file: NeedToKnow) -> HttpResponse:
    """Back to the access of the file; to the start for whoever may no longer see it."""
    manager: Any = type(file)._default_manager
    if manager.visible_to(request.user).filter(pk=file.pk).exists():
        return redirect("casefiles:access", label=file._meta.label_lower, pk=file.pk)
    return redirect("start")


def add_errors(form: Any, error: ValidationError) -> None:
    """What an action refused, at the field that it is about."""
    fields = getattr(error, "error_dict", None) or {}
    for name, problems in fields.items():
        form.add_error(name if name in form.fields else None, problems)
    if not fields:
        form.add_error(None, error)
