"""Choices are drawn without a template each; they must read as Django's own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy

from zichtlijn.platform.design.tags.content import status
from zichtlijn.platform.design.tags.forms import choices

NAMES = [("", "alle"), ("a&b", 'Recht & "orde"'), ("c", "<b>niet vet</b>")]


class Asked(forms.Form):
    many = forms.MultipleChoiceField(choices=NAMES, widget=forms.CheckboxSelectMultiple, required=False)
    one = forms.ChoiceField(choices=NAMES, widget=forms.RadioSelect(attrs={"data-x": "1"}), disabled=True)


def apart(markup: str) -> list[set[str]]:
    return [set(re.findall(r'[\w-]+(?:="[^"]*")?', tag)) for tag in re.findall(r"<input[^>]*>", markup)]


@pytest.mark.parametrize("name", ["many", "one"])
def test_a_choice_has_the_attributes_that_django_gives_it(name: str) -> None:
    field: Any = Asked({"many": ["a&b"], "one": "c"})[name]
    assert apart(choices(field)) == [set(*apart(each.tag())) for each in field]


def test_labels_are_escaped_and_tied_to_their_box() -> None:
    shown = choices(Asked()["many"])
    assert "&lt;b&gt;niet vet&lt;/b&gt;" in shown
    assert 'for="id_many_1">Recht &amp; &quot;orde&quot;' in shown


def test_a_badge_is_drawn_anew_in_another_language() -> None:
    label = gettext_lazy("closed")
    with translation.override("nl"):
        dutch = status(label)
    with translation.override("en"):
        assert "closed" in status(label)
        assert status(label) != dutch


def test_a_badge_escapes_what_is_not_marked_safe_also_when_it_was_drawn_before() -> None:
    from django.utils.safestring import mark_safe

    assert "<i>x</i>" in status(mark_safe("<i>x</i>"))
    assert "&lt;i&gt;x&lt;/i&gt;" in status("<i>x</i>")
