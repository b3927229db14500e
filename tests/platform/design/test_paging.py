"""Pages of a list that is not counted."""

from __future__ import annotations

import pytest

from zichtlijn.platform.design.paging import open_page


def test_the_last_page_has_no_next() -> None:
    assert open_page(range(100), 1, 50).has_next
    last = open_page(range(100), 2, 50)
    assert not last.has_next
    assert (next(iter(last)), last.first_index, last.last_index, len(last)) == (50, 51, 100, 50)


@pytest.mark.parametrize("number", [None, "", "x", "0", "-3"])
def test_a_page_number_that_is_none_means_the_first_page(number: str | None) -> None:
    page = open_page(range(10), number, 5)
    assert (page.number, page.has_previous) == (1, False)


def test_a_page_beyond_the_end_is_empty() -> None:
    page = open_page(range(10), 9, 5)
    assert (list(page), page.first_index, page.has_next, page.has_previous) == ([], 0, False, True)


def test_a_number_beyond_measure_does_not_reach_the_database() -> None:
    assert open_page(range(10), "9" * 40, 5).number == 1_000_000


def test_only_one_row_more_than_the_page_is_read() -> None:
    class Watched(list[int]):
        asked: slice

        def __getitem__(self, wanted):  # type: ignore[no-untyped-def,override]
            Watched.asked = wanted
            return super().__getitem__(wanted)

    open_page(Watched(range(1000)), 3, 10)
    assert Watched.asked == slice(20, 31)
