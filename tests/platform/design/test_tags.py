"""The component tags: what they say to a screen reader, and that they escape."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from zichtlijn.platform.design.icons import ICONS
from zichtlijn.platform.design.outline import Node
from zichtlijn.platform.design.paging import OpenPage
from zichtlijn.platform.design.tables import Column
from zichtlijn.platform.design.timeline import Change, Entry


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def rendered(source: str, address: str = "/list/", **values: object) -> str:
    values["request"] = RequestFactory().get(address)
    return Template("{% load design %}" + source).render(Context(values))


def test_an_icon_beside_words_is_hidden_and_an_icon_alone_has_a_name() -> None:
    assert 'aria-hidden="true"' in rendered('{% icon "add" %}')
    assert 'role="img" aria-label="Add"' in rendered('{% icon "add" "Add" %}')


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        rendered('{% icon "unicorn" %}')


def test_every_icon_is_a_path_on_the_grid() -> None:
    assert all(path.startswith("M") and "nan" not in path for path in ICONS.values())


def test_the_last_breadcrumb_is_the_page_itself() -> None:
    html = rendered('{% breadcrumbs "Start" "/" "Goals" "/goals/" "Goal 1" %}')
    assert html.count("<a ") == 2
    assert 'aria-current="page">Goal 1<' in html


def test_breadcrumbs_can_come_from_the_view() -> None:
    assert rendered("{% breadcrumbs crumbs %}", crumbs=[("Start", "/"), ("Here", "")]).count("<a ") == 1


def test_the_tab_of_the_page_is_marked() -> None:
    html = rendered(
        '{% tabs items "Parts" %}', "/a/?tab=history", items=[("One", "/a/"), ("Two", "/a/?tab=history", 3)]
    )
    assert html.count("aria-current") == 1
    assert html.index("aria-current") > html.index("One")


def test_a_tab_stays_marked_when_the_address_has_other_questions() -> None:
    assert rendered('{% tabs items "Parts" %}', "/a/?page=2", items=[("One", "/a/")]).count("aria-current") == 1


@pytest.mark.parametrize("tone", ["neutral", "info", "positive", "warning", "negative"])
def test_a_badge_has_words_and_an_icon_besides_its_colour(tone: str) -> None:
    html = rendered("{% status 'Decided' tone %}", tone=tone)
    assert "Decided" in html
    assert "<svg" in html


def test_an_unknown_tone_is_an_error() -> None:
    with pytest.raises(ValueError, match="tone"):
        rendered("{% status 'Decided' 'purple' %}")


def test_values_are_escaped_in_every_component() -> None:
    evil = "<script>alert(1)</script>"
    sources = [
        "{% status evil %}",
        "{% breadcrumbs evil %}",
        "{% page_header evil kind=evil lead=evil status=evil %}{% endpage_header %}",
        "{% alert title=evil %}{{ evil }}{% endalert %}",
        "{% card evil meta=evil %}{{ evil }}{% endcard %}",
        "{% key_figure evil evil evil note=evil %}",
        "{% quote evil 0 3 source=evil page=evil %}",
        "{% empty_state evil evil evil '/x' %}",
        "{% button evil %}{% link_button evil evil %}{% post_button evil '/x' value=evil name='n' %}",
        "{% progress evil 1 2 step=evil %}",
        "{% toolbar evil %}{{ evil }}{% endtoolbar %}",
        "{% data_list pairs %}",
        "{% definitions %}{% definition evil %}{{ evil }}{% enddefinition %}{% enddefinitions %}",
        "{% table evil evil %}<tr><td>{{ evil }}</td></tr>{% endtable %}",
        "{% select_row evil evil %}",
        "{% outline nodes evil %}",
        "{% timeline entries evil %}",
        "{% confirm_dialog 'x' title=evil action='/x' label=evil %}{{ evil }}{% endconfirm_dialog %}",
    ]
    nodes = [Node(evil, "/x", evil, evil, evil, children=[Node(evil)])]
    entries = [Entry(date(2031, 1, 1), evil, evil, evil, changes=[Change(evil, evil, evil + "!")])]
    for source in sources:
        html = rendered(source, evil=evil, pairs=[(evil, evil)], nodes=nodes, entries=entries)
        assert "<script" not in html, source
        assert "script" in html, source


def test_an_alert_that_appears_says_so() -> None:
    assert 'role="alert"' in rendered('{% alert "negative" role="alert" %}No{% endalert %}')


def test_an_empty_value_is_a_dash_with_words() -> None:
    html = rendered("{% data_list pairs %}", pairs=[("Budget", None), ("Year", 0)])
    assert html.count("not given") == 1
    assert ">0<" in html


def test_a_quote_marks_the_cited_words_and_names_the_page() -> None:
    html = rendered('{% quote "what it finds" 5 7 source="Programme" page=6 url="/p" %}')
    assert '<mark class="utrecht-mark">it</mark>' in html
    assert "page 6" in html


def test_a_citation_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        rendered('{% quote "short" 3 90 %}')


def test_big_numbers_are_grouped() -> None:
    assert "1,200" in rendered('{% key_figure 1200 "Hours" %}')
    with translation.override("nl"):
        assert "1.200" in rendered('{% key_figure 1200 "Hours" %}')


def test_a_moment_is_readable_for_people_and_machines() -> None:
    html = rendered("{% moment when %}", when=datetime(2031, 7, 1, 10, 0, tzinfo=UTC))
    assert 'datetime="2031-07-01T12:00+02:00"' in html
    assert "12:00" in html
    assert rendered("{% moment when %}", when=None) == "–"


def test_progress_without_an_end_has_no_value() -> None:
    html = rendered('{% progress "Reading" %}')
    assert " value=" not in html
    assert "%" not in html


def test_progress_asks_for_itself_until_it_has_no_address() -> None:
    assert 'hx-get="/jobs/1"' in rendered('{% progress "Reading" 1 4 url="/jobs/1" %}')
    assert "25%" in rendered('{% progress "Reading" 1 4 %}')
    assert "hx-get" not in rendered('{% progress "Reading" 4 4 %}')


def test_a_decimal_is_written_for_the_machine_in_every_language() -> None:
    with translation.override("nl"):
        assert 'value="0.5"' in rendered('{% progress "Reading" 0.5 1 %}')


def test_the_table_names_itself_and_its_cells() -> None:
    html = rendered(
        '{% table "Activities" columns html_id="acts" %}<tr><th scope="row">A</th><td>2</td></tr>{% endtable %}',
        columns=[Column("Title", sort="title"), Column("Fte", numeric=True)],
    )
    assert 'aria-labelledby="acts-caption"' in html
    assert 'id="acts-caption">Activities</caption>' in html
    assert 'aria-sort="none"' in html
    assert 'data-label="Fte"' in html
    assert 'tabindex="0"' in html


def test_rows_to_choose_keep_the_labels_in_step() -> None:
    html = rendered('{% table "T" "Title" selectable=True %}<tr>{% select_row 7 "A" %}<td>A</td></tr>{% endtable %}')
    assert 'aria-label="Choose A"' in html
    assert html.count('data-label="Title"') == 1


def test_pages_without_a_count_have_previous_and_next_that_keep_the_filters() -> None:
    html = rendered("{% pagination page %}", "/list/?kind=a&page=2", page=OpenPage([1], 2, 1, has_next=True))
    assert 'href="?kind=a&amp;page=1"' in html
    assert 'href="?kind=a&amp;page=3"' in html
    assert "of" not in html.split("zl-pagination__where")[1].split("</span>")[0]


def test_a_list_of_one_page_has_no_paging() -> None:
    assert rendered("{% pagination page %}", page=OpenPage([1], 1, 5, has_next=False)).strip() == ""


def test_the_words_stand_open_and_every_other_filter_is_a_closed_menu() -> None:
    choice = forms.MultipleChoiceField(choices=[("a", "A")], required=False, widget=forms.CheckboxSelectMultiple)
    both = type("Both", (forms.Form,), {"text": forms.CharField(required=False), "kind": choice})
    html = rendered("{% filter_panel form %}", form=both())
    before, _menu, after = html.partition('class="zl-drop"')
    assert 'name="text"' in before
    assert 'name="kind"' in after
    assert " open" not in html


def test_a_filter_in_use_says_how_much_is_chosen() -> None:
    choice = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    form = type("One", (forms.Form,), {"kind": choice})
    assert "zl-drop--in-use" in rendered("{% filter_panel form %}", "/list/?kind=a&kind=b", form=form())
    assert 'zl-count">2' in rendered("{% filter_panel form %}", "/list/?kind=a&kind=b", form=form())
    assert "zl-drop--in-use" not in rendered("{% filter_panel form %}", "/list/?kind=", form=form())


def test_filters_keep_the_order_of_the_list() -> None:
    few = type("Few", (forms.Form,), {"kind": forms.CharField(required=False)})
    assert 'name="sort" value="-title"' in rendered("{% filter_panel form %}", "/list/?sort=-title", form=few())


def test_a_post_button_carries_its_token() -> None:
    assert 'name="csrfmiddlewaretoken" value="' in rendered('{% post_button "Restore" "/restore" %}')
    assert 'method="post" action="/restore"' in rendered('{% post_button "Restore" "/restore" %}')


def test_a_button_that_opens_a_dialog_does_not_send_a_form() -> None:
    assert 'type="button"' in rendered('{% button "Ask" opens="sure" %}')


def test_an_outline_nests_and_marks_where_you_are() -> None:
    html = rendered('{% outline nodes "Line" %}', nodes=[Node("A", children=[Node("B", "/b", current=True)])])
    assert html.count("<ul") == 2
    assert 'href="/b" aria-current="true"' in html


def test_history_says_what_was_removed_and_added() -> None:
    entry = Entry(date(2031, 1, 2), "Amended", changes=[Change("Title", "old words here", "new words here")])
    html = rendered("{% timeline entries %}", entries=[entry])
    assert "removed:" in html
    assert "added:" in html
