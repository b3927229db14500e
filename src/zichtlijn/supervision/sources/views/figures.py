"""Figures that are kept: keeping one, looking at it, making it again, taking it back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.platform.design.feedback import tell
from zichtlijn.platform.lists.views import ListView

from .. import actions
from ..dataset_forms import SavedFigureForm
from ..dataset_messages import as_validation_error
from ..dataset_queries import figures_for
from ..figure_page import asked_of, figure_context, metric_title
from ..forms import ReasonForm
from ..models import SavedFigure
from ..tables import FIGURES
from .datasets import dataset_of

figure_list = ListView.as_view(table=FIGURES, rows=figures_for)


def figure_seen(request: HttpRequest, pk: int, permission: str = "") -> SavedFigure:
    """A kept figure that the user may see. Raises Http404, and PermissionDenied without ``permission``."""
    found = SavedFigure.objects.visible_to(request.user).select_related("dataset__chain", "made_by", "agreement")
    figure: SavedFigure = get_object_or_404(found, pk=pk)
    if permission and not request.user.has_perm(permission, figure.dataset):
        raise PermissionDenied
    return figure


@require_http_methods(["GET", "POST"])
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a figure of a dataset: ``?metric=…`` with the selection of the dashboard."""
    dataset = dataset_of(request, pk, "sources.save_figure")
    metric, selection = asked_of(request.GET)
    title = metric_title(metric, get_language())
    form = SavedFigureForm(request.POST if request.method == "POST" else None, initial={"title": title})
    if request.method == "POST" and form.is_valid():
        try:
            figure = actions.save_figure(
                actor=request.user, dataset=dataset, metric=metric, selection=selection, **form.cleaned_data
            )
        except LogError as error:
            form.add_error(None, as_validation_error(error))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            tell(request, _("The figure is kept. It can be made again from here at any time."))
            return redirect(figure)
    context = {"dataset": dataset, "form": form, "metric_title": title, "selection": selection}
    return render(request, "sources/figure_save.html", context, status=400 if form.errors else 200)


@require_GET
def figure_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A kept figure with its query and digest, and what came out when it was last made again."""
    figure = figure_seen(request, pk)
    return render(request, "sources/figure.html", figure_context(figure, request.user, get_language()))


@require_POST
def remake(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a figure again and say whether it is the same."""
    figure = figure_seen(request, pk, "sources.save_figure")
    try:
        figure = actions.remake_figure(actor=request.user, figure=figure)
    except LogError as error:
        tell(request, " ".join(as_validation_error(error).messages), "negative")
    except ValidationError as error:
        tell(request, " ".join(error.messages), "negative")
    else:
        outcome = {"outcome": figure.get_remade_outcome_display()}
        tell(request, _("The figure was made again: %(outcome)s.") % outcome, _tone(figure))
    return redirect(figure)


def _tone(figure: SavedFigure) -> str:
    return "positive" if figure.remade_outcome == "same" else "warning"


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a kept figure back, with a reason."""
    figure = figure_seen(request, pk, "sources.save_figure")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.withdraw_figure(actor=request.user, dataset=figure.dataset, figure=figure, reason=reason)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            undo = reverse("sources:figure-restore", args=[figure.pk])
            tell(request, _("The figure was taken back."), undo_url=undo)
            return redirect(figure)
    context: dict[str, Any] = {"figure": figure, "form": form}
    return render(request, "sources/figure_withdraw.html", context, status=400 if form.errors else 200)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a figure back that was taken back."""
    figure = figure_seen(request, pk, "sources.save_figure")
    actions.restore_figure(actor=request.user, dataset=figure.dataset, figure=figure)
    tell(request, _("The figure is back."))
    return redirect(figure)
