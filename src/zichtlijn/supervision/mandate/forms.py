"""The form of an act."""

from django.utils.translation import gettext_lazy as _

from zichtlijn.supervision.field.forms.base import SHORT_TEXT, RecordForm, day_field

from .models import Act


class ActFacts(RecordForm):
    """An act, bill, regulation or framework."""

    in_force_from = day_field(_("In force from"), help_text=_("The first day, when the act is or was in force."))

    class Meta:
        model = Act
        fields = [
            "name",
            "abbreviation",
            "kind",
            "status",
            "in_force_from",
            "bwb_id",
            "other_spellings",
            "description",
        ]
        widgets = {"other_spellings": SHORT_TEXT}
