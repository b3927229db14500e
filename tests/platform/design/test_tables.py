"""Sort links and cells that know their column."""

from __future__ import annotations

from django.http import QueryDict

from zichtlijn.platform.design.tables import Column, columns_from, headings, label_cells

TITLE = Column("Title", sort="title")


def test_a_click_sorts_and_a_second_click_turns_round() -> None:
    assert headings([TITLE], QueryDict(""))[0].url == "?sort=title"
    sorted_head = headings([TITLE], QueryDict("sort=title"))[0]
    assert (sorted_head.aria_sort, sorted_head.url) == ("ascending", "?sort=-title")
    assert headings([TITLE], QueryDict("sort=-title"))[0].aria_sort == "descending"


def test_sorting_keeps_the_filters_and_begins_at_the_first_page() -> None:
    assert headings([TITLE], QueryDict("kind=a&page=4"))[0].url == "?kind=a&sort=title"


def test_the_order_of_the_list_shows_when_the_address_names_none() -> None:
    assert headings([TITLE], QueryDict(""), "-title")[0].direction == "descending"


def test_a_column_without_order_has_no_link_and_no_aria_sort() -> None:
    head = headings([Column("Status")], QueryDict("sort=Status"))[0]
    assert (head.url, head.aria_sort) == ("", "")


def test_columns_come_from_objects_labels_or_one_text() -> None:
    assert columns_from("A|B") == [Column("A"), Column("B")]
    assert columns_from([TITLE, "B"]) == [TITLE, Column("B")]


def test_cells_get_the_label_of_their_column_row_by_row() -> None:
    rows = label_cells(
        '<tr><th scope="row">x</th><td class="n">1</td></tr><tr><th>y</th><td>2</td></tr>', ["Title", "Fte"]
    )
    assert rows.count('data-label="Title"') == rows.count('data-label="Fte"') == 2
    assert '<td class="n" role="cell" data-label="Fte">1</td>' in rows
    assert '<tr role="row">' in rows
    assert '<th scope="row" role="rowheader" data-label="Title">' in rows


def test_cells_over_several_columns_and_cells_with_their_own_label_are_left_alone() -> None:
    rows = label_cells('<tr><td colspan="2">none</td></tr><tr><td data-label="Own">x</td></tr>', ["Title", "Fte"])
    assert "Title" not in rows
    assert rows.count("data-label") == 1


def test_labels_are_escaped() -> None:
    assert 'data-label="&lt;b&gt;"' in label_cells("<tr><td>x</td></tr>", ["<b>"])


def test_words_that_look_like_tags_in_text_stay_as_they_are() -> None:
    assert "&lt;td&gt;" in label_cells("<tr><td>&lt;td&gt;</td></tr>", ["A"])
