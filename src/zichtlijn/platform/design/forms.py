"""Forms in NL Design System classes: label, hint and error tied to their field, and a summary of errors on top."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Widget

_TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
_CLASSES: tuple[tuple[type[Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "choices", "utrecht-checkbox utrecht-checkbox--html-input zl-checkbox"),
    (forms.RadioSelect, "choices", "utrecht-radio-button utrecht-radio-button--html-input"),
    (forms.CheckboxInput, "checkbox", "utrecht-checkbox utrecht-checkbox--html-input zl-checkbox"),
    (forms.SelectMultiple, "text", "utrecht-select utrecht-select--html-select zl-select-multiple"),
    (forms.Select, "text", "utrecht-select utrecht-select--html-select"),
    (forms.Textarea, "text", "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.FileInput, "text", "zl-file"),
    (forms.widgets.Input, "text", _TEXTBOX),
)


class DateInput(forms.DateInput):
    """A date chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DesignField(forms.BoundField):
    """A field that knows how it is laid out, and that marks its widget with the classes of the design."""

    @property
    def layout(self) -> str:
        """``text`` (label above), ``checkbox`` (label beside) or ``choices`` (a group with a legend)."""
        return _layout(self.field.widget)[0]

    @property
    def first_id(self) -> str:
        """The id the error summary points to: of groups, the first choice."""
        return f"{self.auto_id}_0" if self.layout == "choices" else str(self.auto_id)

    @property
    def error_id(self) -> str:
        """The id of the error message, named in ``aria-describedby`` by Django."""
        return f"{self.auto_id}_error"

    @property
    def hint_id(self) -> str:
        """The id of the help text, named in ``aria-describedby`` by Django."""
        return f"{self.auto_id}_helptext"

    @property
    def optional(self) -> bool:
        """True when the label must say that the field may stay empty."""
        return not self.field.required and self.layout != "checkbox" and getattr(self.form, "mark_optional", True)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Django's attributes, with the classes of the design added to those of the widget."""
        built = super().build_widget_attrs(attrs, widget)
        used = widget or self.field.widget
        if not used.is_hidden:
            own = (built.get("class"), used.attrs.get("class"), _layout(used)[1])
            built["class"] = " ".join(str(part) for part in own if part)
        return built


class DesignRenderer(DjangoTemplates):
    """The renderer of all forms (``FORM_RENDERER``)."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"
    formset_template_name = "design/forms/formset.html"
    bound_field_class = DesignField


def _layout(widget: Widget) -> tuple[str, str]:
    for kind, layout, classes in _CLASSES:
        if isinstance(widget, kind):
            return layout, classes
    return "text", ""
