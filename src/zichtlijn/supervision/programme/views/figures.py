"""The pages of the figures that a programme states."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zichtlijn.platform.design.feedback import tell

from .. import actions, queries
from ..forms import FigureForm
from ..models import Figure
from ..presenting import amount
from .answering import FormPage, answer, refuse, require
from .programmes import visible_programme

WRITE = "programme.write_programme"


def _visible_figure(request: HttpRequest, pk: int) -> Figure:
    return get_object_or_404(queries.figures_for(request.user), pk=pk)


@require_safe
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """A figure with where it is written."""
    shown = _visible_figure(request, pk)
    may_write = request.user.has_perm(WRITE) and shown.programme.is_draft
    context = {"figure": shown, "value": amount(shown.value), "programme": shown.programme, "may_write": may_write}
    return render(request, "programme/figure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A new figure of a draft."""
    programme = visible_programme(request, slug)
    require(request, WRITE)
    form = FigureForm(request.POST or None, instance=Figure(programme=programme))
    page = FormPage(_("Add a figure"), _("Add"), programme.get_absolute_url())

    def act(sent: Any) -> Figure:
        return actions.add_figure(actor=request.user, programme=programme, values=sent.values)

    return answer(request, form=form, act=act, page=page, record=programme)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a figure of a draft."""
    shown = _visible_figure(request, pk)
    require(request, WRITE, shown)
    form = FigureForm(request.POST or None, instance=_visible_figure(request, pk))
    page = FormPage(_("Change the figure"), _("Save"), shown.get_absolute_url(), done=_("Saved."))

    def act(sent: Any) -> Figure:
        return actions.edit_figure(actor=request.user, figure=shown, values=sent.values, revision=sent.shown_revision)

    return answer(request, form=form, act=act, page=page, record=shown)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a figure out of a draft."""
    shown = _visible_figure(request, pk)
    try:
        actions.remove_figure(actor=request.user, figure=shown)
    except ValidationError as refused:
        return refuse(request, refused, shown)
    tell(request, _("The figure has been taken out."))
    return redirect(shown.programme)
