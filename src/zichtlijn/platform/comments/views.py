"""Adding, changing and withdrawing comments; reading them is on the page of the record."""

from __future__ import annotations

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zichtlijn.platform.design.feedback import tell

from . import actions
from .forms import CommentForm
from .models import Comment
from .registry import is_commentable


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Say something about the record ``label`` (``app.model``) ``pk``; the form stands on its page."""
    record = _visible_record(request, label, pk)
    if not request.user.has_perm("comments.add_comment", record):
        raise PermissionDenied
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        comment = actions.add_comment(actor=request.user, about=record, text=form.cleaned_data["text"])
        messages.success(request, _("Your comment is added."))
        return redirect(comment.get_absolute_url())
    return _form_page(request, form, record)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own comment."""
    comment = get_object_or_404(Comment.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("comments.edit_comment", comment):
        raise PermissionDenied
    form = CommentForm(request.POST or None, initial={"text": comment.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_comment(actor=request.user, comment=comment, text=form.cleaned_data["text"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your comment is changed."))
            return redirect(comment.get_absolute_url())
    return _form_page(request, form, comment.about)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment back; one step back shows it again."""
    comment = get_object_or_404(Comment.objects.visible_to(request.user), pk=pk)
    try:
        actions.withdraw_comment(actor=request.user, comment=comment)
        tell(request, _("The comment is withdrawn."), undo_url=reverse("comments:restore", args=[pk]))
    except ValidationError as error:
        _explain(request, error)
    return redirect(comment.get_absolute_url())


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a withdrawn comment again."""
    comment = get_object_or_404(Comment.objects.visible_to(request.user), pk=pk)
    try:
        actions.restore_comment(actor=request.user, comment=comment)
        messages.success(request, _("The comment is back."))
    except ValidationError as error:
        _explain(request, error)
    return redirect(comment.get_absolute_url())


def _visible_record(request: HttpRequest, label: str, pk: int) -> models.Model:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if not is_commentable(model):
        raise Http404
    record: models.Model = get_object_or_404(model._default_manager.all().visible_to(request.user), pk=pk)
    return record


def _form_page(request: HttpRequest, form: CommentForm, record: models.Model | None) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "comments/form.html", {"form": form, "record": record}, status=status)


def _explain(request: HttpRequest, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)
