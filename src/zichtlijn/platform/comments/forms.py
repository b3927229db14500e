"""The form of a comment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import LONGEST


class CommentForm(forms.Form):
    """The text of a comment, at most 5,000 signs."""

    text = forms.CharField(label=_("Comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
