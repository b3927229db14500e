"""What every form page does: show, call the action, say what was wrong, go on to the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from zichtlijn.platform.design.feedback import tell

from ..forms.revised import add_errors
from ..labels import field_label
from ..locking import StaleEditError

FORM_TEMPLATE = "programme/form.html"


@dataclass(frozen=True)
class FormPage:
    """The words of a form page, and where its cancel button leads."""

    title: Any
    submit: Any
    back: str
    lead: Any = ""
    done: Any = ""
    look: str = "primary"
    template: str = FORM_TEMPLATE
    crumbs: tuple[tuple[Any, str], ...] = ()


def require(request: HttpRequest, permission: str, record: Any = None) -> None:
    """Raise PermissionDenied before a form is shown that the action would refuse."""
    if not request.user.has_perm(permission, record):
        raise PermissionDenied(permission)


def answer(
    request: HttpRequest, *, form: forms.BaseForm, act: Callable[[Any], Any], page: FormPage, **context: Any
) -> HttpResponseBase:
    """Show the form; when it was sent and is right, ``act(form)`` and go on to what it gives (a record or address)."""
    if request.method == "POST" and form.is_valid():
        try:
            result = act(form)
        except StaleEditError as refused:
            add_errors(form, refused)
            context["stale"] = both_versions(form, refused.stored)
            _take_stored_revision(form, refused.stored)
        except ValidationError as refused:
            add_errors(form, refused)
        else:
            if page.done:
                tell(request, page.done)
            return redirect(result)
    return show(request, form, page, **context)


def show(request: HttpRequest, form: forms.BaseForm, page: FormPage, **context: Any) -> HttpResponse:
    """The page with its form; 422 when something in it was refused."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, page.template, {"form": form, "page": page, **context}, status=status)


def both_versions(form: forms.BaseForm, stored: Any) -> list[tuple[Any, str, str]]:
    """Label, what the person filled in, and what is stored by now, for every field that differs."""
    rows = []
    for name, value in form.cleaned_data.items():
        if hasattr(type(stored), name) and name not in ("revision", "submission"):
            mine, theirs = _words(_label_of(form, name, value)), _words(_label_of(form, name, getattr(stored, name)))
            if mine != theirs:
                rows.append((field_label(name), mine, theirs))
    return rows


def _label_of(form: forms.BaseForm, name: str, value: Any) -> Any:
    choices = getattr(form.fields[name], "choices", ())
    if isinstance(value, str) and choices:
        return dict(choices).get(value, value)
    return value.all() if isinstance(value, models.Manager) else value


def _words(value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return str(value)
    return "; ".join(sorted(str(item) for item in value))


def _take_stored_revision(form: forms.BaseForm, stored: Any) -> None:
    """The person has now seen what is stored: saving again is a choice."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data[form.add_prefix("revision")] = str(stored.revision)
    form.data = data


def refuse(request: HttpRequest, error: ValidationError, back: Any) -> HttpResponseBase:
    """Go back and say why a step was not taken."""
    tell(request, " ".join(str(message) for message in error.messages), tone="negative")
    return redirect(back)
