"""The search page: always an answer, also to a wrong question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from zichtlijn.platform.lists.models import SavedFilter

Text = Callable[..., Any]
Page = Callable[[str], str]


@pytest.fixture
def page(alice: Any, client_of: Callable[[Any], Client]) -> Page:
    client = client_of(alice)

    def answer(query: str) -> str:
        with translation.override("en"):
            response = client.get(f"/search/?{query}", HTTP_ACCEPT_LANGUAGE="en")
        assert response.status_code == 200
        return response.content.decode()

    return answer


def test_a_result_shows_its_type_a_link_and_the_marked_passage(page: Page, text: Text) -> None:
    text("Politie", "toezicht op <b>opsporing</b>")
    shown = page("q=opsporing")
    assert "Saved filter" in shown
    assert "&lt;b&gt;<mark>opsporing</mark>&lt;/b&gt;" in shown
    assert ">Politie</a>" in shown


def test_an_example_is_labelled(page: Page, text: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    text("Politie echt")
    monkeypatch.setattr(SavedFilter, "is_demo", True, raising=False)
    text("Politie voorbeeld")
    assert page("q=politie").count("zl-status") == 1


def test_without_a_question_the_page_says_what_can_be_found(page: Page) -> None:
    assert "Search in everything you may see" in page("")


def test_common_words_alone_get_a_clear_answer(page: Page) -> None:
    assert "so common" in page("q=van+de+het")


def test_signs_alone_get_a_clear_answer(page: Page) -> None:
    assert "no word or number" in page("q=%3F%3F")


def test_finding_nothing_gives_hints(page: Page) -> None:
    assert "Nothing was found." in page("q=onvindbaar")


def test_an_unknown_type_is_told_and_left_out(page: Page, text: Text) -> None:
    text("Politie")
    shown = page("q=politie&type=no.such")
    assert "There is no type “no.such”" in shown
    assert "<mark>Politie</mark>" in shown


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "99999999999999999", ""])
def test_a_wrong_page_number_is_the_first_page(page: Page, text: Text, number: str) -> None:
    text("Politie")
    assert "<mark>Politie</mark>" in page(f"q=politie&page={number}")


def test_a_page_beyond_the_end_leads_back(page: Page, text: Text) -> None:
    text("Politie")
    assert "There are no results on this page." in page("q=politie&page=7")


def test_the_question_comes_back_escaped(page: Page) -> None:
    shown = page("q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in shown


def test_more_results_are_on_the_next_page(page: Page, text: Text) -> None:
    for number in range(21):
        text(f"Politie {number:02}")
    assert "q=politie&amp;page=2" in page("q=politie")
    assert page("q=politie&page=2").count("<mark>Politie</mark>") == 1


def test_a_stranger_is_sent_to_the_sign_in_page(client: Client, db: None) -> None:
    assert client.get("/search/?q=politie").status_code == 302


def test_the_page_takes_as_many_queries_for_many_results(page: Page, text: Text) -> None:
    text("Politie")
    with CaptureQueriesContext(connection) as one:
        page("q=politie")
    for number in range(4):
        text(f"Politie {number}")
    with CaptureQueriesContext(connection) as five:
        page("q=politie")
    assert len(one) == len(five)
