"""Pages that end in an action: a form that is filled in, or one button."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.generic import View

from zichtlijn.platform.design.feedback import tell

from ..forms.base import RegisterForm


def visible(model: Any, user: Any, **conditions: Any) -> Any:
    """The one record of ``model`` that meets the conditions and that ``user`` may see. Raises Http404."""
    found = model.objects.visible_to(user).filter(**conditions).first()
    if found is None:
        raise Http404
    return found


class Acting(View):
    """Base: who may, about what, what is done and what is told afterwards.

    Subclasses say ``subject`` (the record the page is about, None for a new one), ``act`` and ``done``.
    """

    permission = "field.edit_field"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 for who may not, 404 for what cannot be seen."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        self.record = self.subject()
        return super().dispatch(request, *args, **kwargs)

    def subject(self) -> Any:
        """The record the page is about. Raises Http404."""
        return None

    def act(self, values: dict[str, Any]) -> models.Model:
        """Do it; gives the record whose page comes next. Raises ValidationError."""
        raise NotImplementedError

    def done(self, result: Any) -> Any:
        """What is told afterwards."""
        raise NotImplementedError

    def undo_url(self, result: Any) -> str:
        """The address that undoes it, "" when there is none."""
        return ""

    def next_url(self, result: Any) -> str:
        """Where to go afterwards."""
        return str(result.get_absolute_url())

    def finish(self, result: Any) -> HttpResponse:
        """Tell what was done and go on."""
        tell(self.request, self.done(result), undo_url=self.undo_url(result))
        return redirect(self.next_url(result))


class FormPage(Acting):
    """A form; what is wrong is shown beside the field, also when the action itself finds it."""

    form_class: type[RegisterForm]
    template_name = "field/form.html"
    title: Any = ""
    submit: Any = ""

    def get(self, request: HttpRequest, **_arguments: Any) -> HttpResponse:
        """The form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, **_arguments: Any) -> HttpResponse:
        """Act on a form that is right, else show it again with what is wrong."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            result = self.act(dict(form.cleaned_data))
        except ValidationError as error:
            add_errors(form, error)
            return self.show(form)
        return self.finish(result)

    def form(self, data: Any = None) -> RegisterForm:
        """The form, filled in or not."""
        return self.form_class(data, user=self.request.user, **self.form_arguments())

    def form_arguments(self) -> dict[str, Any]:
        """Such as ``instance`` or ``initial``."""
        return {}

    def cancel_url(self) -> str:
        """Where to go without doing anything."""
        return str(self.record.get_absolute_url())

    def crumbs(self) -> list[tuple[Any, str]]:
        """The way to this page, without the page itself."""
        return [(str(self.record), self.record.get_absolute_url())] if self.record is not None else []

    def show(self, form: RegisterForm) -> HttpResponse:
        """The page with the form."""
        context = {
            "form": form,
            "title": self.title,
            "submit": self.submit,
            "cancel_url": self.cancel_url(),
            "crumbs": [*self.crumbs(), (self.title, "")],
        }
        return render(self.request, self.template_name, context, status=422 if form.errors else 200)


class Button(Acting):
    """One button: POST acts. What is refused is told on the next page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **_arguments: Any) -> HttpResponse:
        """Act, or tell why not."""
        try:
            result = self.act(request.POST.dict())
        except ValidationError as error:
            tell(request, " ".join(error.messages), tone="negative")
            return redirect(self.back_url())
        return self.finish(result)

    def back_url(self) -> str:
        """Where to go when it is refused."""
        return str(self.record.get_absolute_url())


def add_errors(form: BaseForm, error: ValidationError) -> None:
    """Show the errors of an action at their fields; those of no field of the form stand above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
