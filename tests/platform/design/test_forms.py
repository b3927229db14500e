"""Forms: labels, hints and errors that belong to their field."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from zichtlijn.platform.design.forms import DateInput, DesignField


class Sample(forms.Form):
    title = forms.CharField(help_text="Short")
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"class": "own"}))
    goals = forms.MultipleChoiceField(choices=[("1", "One"), ("2", "Two")], widget=forms.CheckboxSelectMultiple)
    public = forms.BooleanField(required=False)
    day = forms.DateField(widget=DateInput, required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("note") == "wrong":
            raise forms.ValidationError("These do not go together")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_every_visible_field_has_a_label_that_points_to_it() -> None:
    html = str(Sample())
    for name in ("title", "note", "public", "day"):
        assert f'for="id_{name}"' in html
        assert f'id="id_{name}"' in html


def test_hint_and_error_are_tied_to_the_field() -> None:
    html = str(Sample({}))
    field = re.search(r'<input type="text" name="title"[^>]*>', html)
    assert field is not None
    described = re.search(r'aria-describedby="([^"]*)"', field.group())
    assert described is not None
    assert described.group(1).split() == ["id_title_helptext", "id_title_error"]
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in field.group()


def test_the_summary_links_to_every_wrong_field_and_takes_the_focus() -> None:
    html = str(Sample({}))
    assert "There are 2 problems" in html
    assert 'href="#id_title"' in html
    assert 'href="#id_goals_0"' in html
    assert 'id="id_goals_0"' in html
    assert "data-takes-focus" in html


def test_the_summary_stands_on_the_page_once() -> None:
    source = "{% load design %}{% error_summary form %}{{ form }}"
    assert Template(source).render(Context({"form": Sample({})})).count("There are 2 problems") == 1


def test_errors_of_the_whole_form_stand_in_the_summary() -> None:
    html = str(Sample({"title": "t", "goals": ["1"], "note": "wrong"}))
    assert "There is 1 problem" in html
    assert "These do not go together" in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "problem" not in str(Sample())
    assert "problem" not in str(Sample({"title": "t", "goals": ["1"]}))


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = str(Sample()["goals"].as_field_group())
    assert "<fieldset" in html
    assert "Goals" in html.partition("<legend")[2].partition("</legend>")[0]
    assert html.count('type="checkbox"') == 2


def test_fields_that_may_stay_empty_say_so() -> None:
    assert "(optional)" in str(Sample()["note"].as_field_group())
    assert "(optional)" not in str(Sample()["title"].as_field_group())
    assert "(optional)" not in str(Sample()["public"].as_field_group())


def test_a_form_can_leave_that_out() -> None:
    class Filters(Sample):
        mark_optional = False

    assert "(optional)" not in str(Filters())


def test_classes_of_the_design_are_added_to_those_of_the_widget() -> None:
    html = str(Sample()["note"])
    assert "own" in html
    assert "utrecht-textarea" in html


def test_hidden_fields_are_there_without_a_label() -> None:
    html = str(Sample())
    assert 'type="hidden" name="token"' in html
    assert 'for="id_token"' not in html


def test_a_day_is_written_the_way_browsers_read_it() -> None:
    with translation.override("nl"):
        assert 'type="date" name="day" value="2031-03-02"' in str(Sample({"day": "2031-03-02"})["day"])


def test_fields_can_be_shown_in_another_order() -> None:
    html = Template("{% load design %}{% form_fields form 'public' 'title' %}").render(Context({"form": Sample()}))
    assert html.index("id_public") < html.index("id_title")
    assert "id_note" not in html


def test_every_form_uses_the_field_of_the_design() -> None:
    assert isinstance(Sample()["title"], DesignField)
