"""Numbers in addresses and forms: what is none is None, and nothing is too large for the database."""

import pytest

from zichtlijn.platform.numbers import Capped, capped_count, whole_number


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("0", 0), ("9" * 18, 10**18 - 1), ("007", 7)])
def test_plain_digits_are_a_number(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", [None, "", " 1", "-1", "1.0", "²", "٣", "1\0", "9" * 19, "9" * 5000])
def test_anything_else_is_none(text):
    assert whole_number(text) is None


def test_a_place_may_have_fewer_digits():
    assert whole_number("1000", 3) is None


@pytest.mark.parametrize(("most", "expected"), [(4, Capped(3)), (3, Capped(3)), (2, Capped(2, is_more=True))])
def test_a_count_stops_and_says_that_there_are_more(most, expected, alice, bob, carol):
    from zichtlijn.platform.accounts.models import User

    assert capped_count(User.objects.all(), most) == expected


def test_a_capped_count_reads_as_people_write_it(settings):
    settings.LANGUAGE_CODE = "nl"
    assert (str(Capped(12)), str(Capped(1000, is_more=True))) == ("12", "1.000+")
