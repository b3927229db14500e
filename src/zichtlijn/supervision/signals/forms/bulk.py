"""What is asked for a step with several signals at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.accounts.models import Team, User

from ..norms import NO_ACTION_GROUNDS
from .steps import handlers, words


class BulkForm(forms.Form):
    """A step that asks nothing more than whether it is meant."""

    def __init__(self, data: Any = None, *, user: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.user = user


class AssignAllForm(BulkForm):
    """Who handles them."""

    assignee = forms.ModelChoiceField(
        User.objects.none(), label=_("Handled by"), required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = handlers()  # type: ignore[attr-defined]
        self.initial.setdefault("assignee", self.user.pk)


class TeamOfAllForm(BulkForm):
    """Which team handles them."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False, empty_label=_("no team"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.visible_to(self.user).filter(is_active=True)  # type: ignore[attr-defined]


class NoActionForAllForm(BulkForm):
    """Nothing is done with them: one ground, one reason."""

    ground = forms.ChoiceField(label=_("Ground"), choices=list(NO_ACTION_GROUNDS.items()), widget=forms.RadioSelect)
    reason = words(_("Reason"), help_text=_("It stays with each of them. The senders hear nothing."))


class BundleAllForm(BulkForm):
    """What the bundle is called."""

    title = forms.CharField(
        label=_("Title of the bundle"),
        max_length=200,
        required=False,
        help_text=_("Without names of people. Not needed when one of them is in a bundle already: the others join it."),
    )


class IncidentOfAllForm(BulkForm):
    """What the incident file is called that they go into."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("What happened and where, without names of people.")
    )
