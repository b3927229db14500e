"""The dated tables: staff read them, the administrator keeps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.design.tables import Column

from ..actions import reference as actions
from ..forms.reference import CategoryForm, DatedForm, EqualDayForm, TextForm, today_first
from ..models import EqualDay, NotificationCategory, StandardText
from ..reference import STREAMS
from .answering import FormPage, answer, require

FORM = "signals/portal/reference_form.html"
COLUMNS = [
    Column(gettext_lazy("Category")),
    Column(gettext_lazy("Urgency"), numeric=True),
    Column(gettext_lazy("To be notified")),
    Column(gettext_lazy("Closing report")),
    Column(gettext_lazy("Holds")),
    Column(gettext_lazy("Source")),
]
TEXT_COLUMNS = [
    Column(gettext_lazy("Standard text")),
    Column(gettext_lazy("Code")),
    Column(gettext_lazy("Language")),
    Column(gettext_lazy("Holds")),
]


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Categories by stream, standard texts and days on a par with public holidays, with source and certainty."""
    require(request, "signals.see_list")
    rows = list(NotificationCategory.objects.visible_to(request.user).order_by("urgency", "code", "valid_from"))
    context = {
        "streams": [(code, name, of) for code, name in STREAMS.items() if (of := _of_stream(rows, code))],
        "columns": COLUMNS,
        "texts": StandardText.objects.visible_to(request.user).order_by("code", "language", "valid_from"),
        "text_columns": TEXT_COLUMNS,
        "days": EqualDay.objects.visible_to(request.user),
        "may_change": request.user.has_perm(actions.CHANGE),
    }
    return render(request, "signals/portal/reference.html", context)


def _of_stream(rows: list[NotificationCategory], stream: str) -> list[NotificationCategory]:
    return [row for row in rows if row.stream == stream]


@require_http_methods(["GET", "HEAD", "POST"])
def add_category(request: HttpRequest) -> HttpResponseBase:
    """A new kind of notification."""
    require(request, actions.CHANGE)

    def act(values: dict[str, Any]) -> Any:
        return actions.add_category(actor=request.user, values=values)

    return _page(request, CategoryForm(_sent(request)), act, _("New category"))


@require_http_methods(["GET", "HEAD", "POST"])
def change_category(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Another term, name or source from a day on."""
    require(request, actions.CHANGE)
    row = get_object_or_404(NotificationCategory.objects.visible_to(request.user), pk=pk)

    def act(values: dict[str, Any]) -> Any:
        return actions.change_category(actor=request.user, category=row, values=values)

    return _page(request, today_first(CategoryForm(_sent(request), instance=row)), act, _("Change category"), str(row))


@require_http_methods(["GET", "HEAD", "POST"])
def add_text(request: HttpRequest) -> HttpResponseBase:
    """A new standard text."""
    require(request, actions.CHANGE)

    def act(values: dict[str, Any]) -> Any:
        return actions.add_text(actor=request.user, values=values)

    return _page(request, TextForm(_sent(request)), act, _("New standard text"))


@require_http_methods(["GET", "HEAD", "POST"])
def change_text(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Other words from a day on."""
    require(request, actions.CHANGE)
    row = get_object_or_404(StandardText.objects.visible_to(request.user), pk=pk)

    def act(values: dict[str, Any]) -> Any:
        return actions.change_text(actor=request.user, text=row, values=values)

    return _page(request, today_first(TextForm(_sent(request), instance=row)), act, _("Change standard text"), str(row))


@require_http_methods(["GET", "HEAD", "POST"])
def add_equal_day(request: HttpRequest) -> HttpResponseBase:
    """A day on a par with public holidays."""
    require(request, actions.CHANGE)

    def act(values: dict[str, Any]) -> Any:
        return actions.add_equal_day(actor=request.user, **values)

    return _page(request, EqualDayForm(_sent(request)), act, _("Add a day"))


@require_POST
def remove_equal_day(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a day out again."""
    require(request, actions.CHANGE)
    day = get_object_or_404(EqualDay.objects.visible_to(request.user), pk=pk)
    actions.remove_equal_day(actor=request.user, equal_day=day)
    tell(request, _("The day was taken out."))
    return redirect("signals:reference")


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(
    request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], Any], title: str, lead: str = ""
) -> HttpResponseBase:
    back = reverse("signals:reference")
    page = FormPage(title, _("Keep"), back, lead=lead, done=_("It is kept."), template=FORM)

    def acted(sent: DatedForm | EqualDayForm) -> str:
        act(dict(sent.cleaned_data))
        return back

    return answer(request, form=form, act=acted, page=page)
