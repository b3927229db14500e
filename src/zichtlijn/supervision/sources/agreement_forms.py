"""What a person fills in to hold a dataset against an agreement."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import AgreementKind, Dataset


class AgreementForm(forms.Form):
    """A file, and where what is in it was agreed or stated."""

    kind: AgreementKind

    file = forms.FileField(label=_("File"))
    source = forms.CharField(label=_("Source"), max_length=500)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, dataset: Dataset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dataset = dataset
        self.fields["submission"].initial = uuid4


class ChainModelForm(AgreementForm):
    """The agreed chain."""

    kind = AgreementKind.CHAIN_MODEL

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "JSON of at most 1 MB: the organisations, who may hand over to whom and within how many days, and the "
            "agreed order."
        )
        self.fields["source"].help_text = _("Where this was agreed, such as a covenant or a work agreement.")


class StatedFiguresForm(AgreementForm):
    """Figures of organisations about their own waiting lists."""

    kind = AgreementKind.STATED_FIGURES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "CSV, Excel (XLSX) or JSON of at most 1 MB, with the columns datum, organisatie, wat and waarde, and if "
            "needed sinds, regio and bron. In “wat” stands: stand, instroom, uitstroom, gemiddelde wachttijd or "
            "langste wachttijd; instroom and uitstroom need “sinds”."
        )
        self.fields["source"].help_text = _("Where this was stated, such as an annual report or a letter.")


FORMS: dict[str, type[AgreementForm]] = {
    "chain-model": ChainModelForm,
    "stated-figures": StatedFiguresForm,
}
"""By the name in the address."""
