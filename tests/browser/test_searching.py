"""Search finds other forms of a word, shows where they stand, and only what one may see."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .conftest import OpenAs
from .drafting import add_activity, make_draft

SUBJECT = "Wachtlijsten bij de zwemwaterproeven"


def search(page: Page, words: str) -> None:
    page.goto("/")
    page.locator("#search").fill(words)
    page.locator("#search").press("Enter")


def test_a_draft_is_found_by_another_form_of_its_words_but_not_by_a_reader(open_as: OpenAs) -> None:
    manager, reader = open_as("programmamanager"), open_as("lezer")
    address = make_draft(manager, 2071)
    add_activity(manager, address, SUBJECT, "De proeven met zwemwater duren lang; de wachtlijsten groeien.")
    search(manager, "wachtlijst zwemwaterproef")
    expect(manager.get_by_role("link", name=SUBJECT)).to_be_visible()
    expect(manager.locator("main mark", has_text="wachtlijsten").first).to_be_visible()
    search(reader, "wachtlijst zwemwaterproef")
    expect(reader.get_by_role("link", name=SUBJECT)).to_have_count(0)
    expect(reader.locator("main")).to_contain_text("Er is niets gevonden")


def test_accents_and_the_beginning_of_a_word_are_enough(open_as: OpenAs) -> None:
    page = open_as("lezer")
    search(page, "coordinator")
    expect(page.locator("main")).to_contain_text("Coördinator")
    search(page, "incasso*")
    assert page.locator("main [role=listitem] h2").count() > 3


def test_without_words_it_says_what_can_be_searched(open_as: OpenAs) -> None:
    page = open_as("lezer")
    page.goto("/search/")
    expect(page.locator("main")).to_contain_text("organisaties")
    search(page, "de het een")
    expect(page.locator("main [role=status]").first).to_be_visible()
