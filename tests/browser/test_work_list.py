"""The work list by keyboard, with and without script: entering, choosing, assigning, closing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from .conftest import OpenAs


def enter(page: Page, subject: str) -> None:
    """Enter what somebody told by telephone."""
    page.goto("/signals/enter")
    page.get_by_label("telephone", exact=True).check()
    page.locator("#id_subject").fill(subject)
    page.locator("#id_text").fill("In de nacht was er niemand op de afdeling.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/entered")


def test_the_list_fits_a_small_laptop_a_tablet_and_a_phone(open_as: OpenAs) -> None:
    page = open_as("inspecteur")
    page.goto("/signals/?whose=all&sort=term_at")
    for width in (1280, 1024, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate(
            "[...document.querySelectorAll('html, .zl-table')].map(e => e.scrollWidth - e.clientWidth)"
        )
        assert wide == [0, 0], f"at {width} pixels"


def test_rows_are_walked_chosen_and_assigned_with_single_keys(open_as: OpenAs) -> None:
    page = open_as("inspecteur", language="en")
    for subject in ("Met de toetsen een", "Met de toetsen twee"):
        enter(page, subject)
    page.goto("/signals/?whose=unassigned&words=toetsen")  # what other tests entered in this minute stays out
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Met de toetsen twee")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Met de toetsen een")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("[data-chosen-count]")).to_have_text("2")
    page.keyboard.press("a")
    page.wait_for_url("**/signals/bulk")
    expect(page.get_by_role("heading", name="2 rows, all or none")).to_be_visible()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/signals/?whose=unassigned&words=toetsen")
    expect(page.get_by_role("link", name="Met de toetsen een")).to_have_count(0)
    page.goto("/signals/?whose=mine&words=toetsen")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Met de toetsen twee")


def test_keys_do_nothing_when_they_are_switched_off_or_while_typing(open_as: OpenAs) -> None:
    page = open_as("inspecteur", language="en")
    enter(page, "Zonder toetsen")
    page.goto("/signals/")
    page.locator("#id_words").press_sequentially("jxa")
    expect(page.locator("#id_words")).to_have_value("jxa")
    expect(page.locator("[data-chosen-count]")).to_have_text("0")
    page.evaluate("localStorage.setItem('zichtlijn-shortcuts', 'off')")
    page.goto("/signals/")
    page.keyboard.press("j")
    expect(page.locator("tbody a:focus")).to_have_count(0)
    page.evaluate("localStorage.removeItem('zichtlijn-shortcuts')")


def test_taking_up_and_closing_works_without_script(open_as: OpenAs) -> None:
    page = open_as("inspecteur", language="en", script=False)
    enter(page, "Zonder script")
    page.goto("/signals/?words=script")
    page.get_by_role("checkbox", name="Choose S-").first.check()
    page.get_by_role("button", name="Take up").click()
    page.locator("main form button[type=submit]").click()
    page.get_by_role("link", name="Zonder script").click()
    page.get_by_role("link", name="No action").click()
    page.get_by_label("outside our task").check()
    page.get_by_label("Reason").fill("Is voor de gemeente.")
    page.get_by_label("Message to the sender").fill("Wij doen niets met {{ reference }}.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text(re.compile(r"Wij doen niets met S-\d{4}-\d{7}\."))).to_be_visible()
    page.get_by_role("button", name="No action").click()
    expect(page.get_by_text("closed: no action")).to_be_visible()
