"""What is written is iCalendar by the letter of the standard, whatever the texts are."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.platform.notices.ics_parser import parse
from zichtlijn.platform.notices.icalendar import WholeDay, calendar, folded

AT = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n"), max_size=300)


def one_day(summary: str = "M-2024-0000001: eindmelding", name: str = "Termijnen") -> bytes:
    return calendar(name, [WholeDay("closing-1@here", date(2024, 12, 31), summary, "https://z.example/s/1/", AT)])


def test_a_whole_day_ends_at_the_beginning_of_the_next_one():
    found = parse(one_day())
    [event] = found.parts
    assert (found.name, found.values["VERSION"], event.name) == ("VCALENDAR", "2.0", "VEVENT")
    assert (event.values["DTSTART"], event.values["DTEND"]) == ("20241231", "20250101")
    assert event.params["DTSTART"] == event.params["DTEND"] == ";VALUE=DATE"
    assert event.values["DTSTAMP"] == "20240301T093000Z"
    assert (event.values["UID"], event.values["URL"]) == ("closing-1@here", "https://z.example/s/1/")


@given(WORDS, WORDS)
def test_any_text_comes_back_as_it_was(summary, name):
    found = parse(one_day(summary, name))
    assert found.parts[0].values["SUMMARY"] == summary
    assert found.values["X-WR-CALNAME"] == name


def test_a_line_is_folded_at_75_octets_and_never_within_a_letter():
    line = "SUMMARY:" + "é€𝄞" * 60
    parts = list(folded(line))
    assert all(len(part) <= 77 for part in parts)
    assert all(part.startswith(b" ") for part in parts[1:])
    assert "".join(part.decode()[:-2].removeprefix(" ") for part in parts) == line


def test_what_a_text_says_cannot_become_a_line_of_its_own():
    found = parse(one_day("x\r\nEND:VEVENT\r\nBEGIN:VALARM\x00"))
    assert [part.name for part in found.parts] == ["VEVENT"]
    assert found.parts[0].parts == []


@pytest.mark.parametrize(
    "wrong",
    [
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\r\nSUMMARY:a,b\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nSUMMARY:" + b"a" * 70 + b"\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\n",
    ],
)
def test_the_reader_of_these_tests_is_strict(wrong):
    with pytest.raises(ValueError):  # noqa: PT011 - each has a reason of its own
        parse(wrong)
