"""Components of forms."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm, BoundField
from django.template import Library
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from .rendering import component

register = Library()
_PLAIN_CHOICES = ("django/forms/widgets/checkbox_option.html", "django/forms/widgets/radio_option.html")


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field with its label, hint and error."""
    return bound.as_field_group()


@register.simple_tag
def form_fields(form: BaseForm, *names: str) -> SafeString:
    """All visible fields, or only those named, in that order; hidden fields always."""
    fields = [form[name] for name in names] if names else form.visible_fields()
    return component("form_fields", form=form, fields=fields)


@register.simple_tag
def choices(bound: BoundField) -> SafeString:
    """The choices of a field, each with its label. Not a template: a filter can have hundreds of them."""
    return mark_safe("\n".join(_choice(each) for each in bound))


def _choice(choice: Any) -> str:
    data = choice.data
    if data["template_name"] in _PLAIN_CHOICES:
        value = "" if data["value"] is None else f' value="{_escaped(data["value"])}"'
        tag = f'<input type="{data["type"]}" name="{_escaped(data["name"])}"{value}{_attributes(data["attrs"])}>'
    else:
        tag = choice.tag()
    name = conditional_escape(data["label"])
    label = f'<label class="utrecht-form-label utrecht-form-label--checkbox" for="{_escaped(choice.id_for_label)}">'
    return f'<div class="zl-choice">{tag}{label}{name}</label></div>'


def _attributes(given: dict[str, Any]) -> str:
    shown = ((name, value) for name, value in given.items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{_escaped(value)}"' for name, value in shown)


def _escaped(value: Any) -> str:
    return conditional_escape(value if isinstance(value, SafeString) else str(value))


@register.simple_tag
def error_summary(form: BaseForm, html_id: str = "error-summary", *, takes_focus: bool = True) -> SafeString:
    """What is wrong, on top, each with a link to its field; once per form, and nothing when nothing is wrong."""
    if getattr(form, "summary_is_shown", False):
        return SafeString("")
    wrong = [bound for bound in form if bound.errors]
    count = sum(len(bound.errors) for bound in wrong) + len(form.non_field_errors())
    values = {"form": form, "fields": wrong, "count": count, "id": html_id, "takes_focus": takes_focus}
    form.summary_is_shown = True  # type: ignore[attr-defined]
    return component("error_summary", **values) if count else SafeString("")


@register.simple_block_tag
def form_actions(content: str) -> SafeString:
    """The buttons under a form; the first is what the form is for."""
    return format_html('<div class="zl-form-actions">{}</div>', mark_safe(content))


@register.filter
def as_text(value: Any) -> str:
    """The value as words for a screen: yes, no, a dash, or the value itself."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return "–" if value in (None, "") else str(value)
