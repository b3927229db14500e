"""The frame of every page on a phone and with the keyboard, languages, themes, and pages that are not there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenAs

PHONE = 390
PAGES = ("/", "/programme/activities/", "/programme/activities/4/", "/programme/2024/", "/field/chains/1/")


def overflow(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@pytest.mark.parametrize("address", [*PAGES, "/sources/documents/2/review/", "/sources/upload/", "/search/?q=keten"])
def test_a_phone_shows_the_whole_width(open_as: OpenAs, address: str) -> None:
    page = open_as("programmamanager", width=PHONE, height=844)
    page.goto(address)
    assert overflow(page) <= 0


def test_a_phone_goes_from_the_menu_to_an_activity(open_as: OpenAs) -> None:
    page = open_as("programmamanager", width=PHONE, height=844)
    page.goto("/")
    page.locator(".zl-menu > summary").tap()
    page.locator(".zl-menu__panel").get_by_role("link", name="Activiteiten").tap()
    expect(page.locator("h1")).to_have_text("Activiteiten")
    page.locator("tbody tr").first.get_by_role("link").first.tap()
    expect(page.locator("#main")).to_contain_text("Zichtlijn")


def test_the_filters_of_a_phone_are_folded_together(open_as: OpenAs) -> None:
    page = open_as("programmamanager", width=PHONE, height=844)
    page.goto("/programme/activities/")
    kind = page.locator(".zl-drop", has=page.locator("[name=kind]"))
    expect(kind).to_be_hidden()
    page.locator(".zl-filter__more > summary").tap()
    kind.locator("summary").tap()
    kind.get_by_label("publicatie").check()
    kind.get_by_role("button", name="Toepassen").tap()
    expect(page.locator(".zl-chip")).to_contain_text("publicatie")


def test_the_keyboard_alone_reaches_an_activity_and_its_line_of_sight(open_as: OpenAs) -> None:
    page = open_as("inspecteur")
    page.goto("/programme/activities/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _stop in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('tbody') !== null"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/programme/activities/\d+/"))
    for _stop in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.zl-drawing') !== null"):
            break
    target = page.evaluate("document.activeElement.getAttribute('href')")
    assert target
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(target)))


def test_a_menu_of_filters_closes_with_escape_and_gives_the_focus_back(open_as: OpenAs) -> None:
    page = open_as("inspecteur")
    page.goto("/programme/activities/")
    summary = page.locator(".zl-drop", has=page.locator("[name=status]")).locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "status"
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()


def test_the_language_changes_where_you_are_and_stays(open_as: OpenAs) -> None:
    page = open_as("redacteur")
    page.goto("/programme/activities/?kind=publication")
    page.locator(".zl-language button, form[action='/language'] button").first.click()
    expect(page).to_have_url(re.compile("kind=publication"))
    expect(page.locator("h1")).to_have_text("Activities")
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_page_that_is_not_there_says_so_and_leads_on(open_as: OpenAs) -> None:
    page = open_as("lezer")
    answer = page.goto("/programme/activities/999999/")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("Deze pagina is er niet")
    page.get_by_role("link", name="Naar de startpagina").click()
    expect(page).to_have_url(re.compile(r":\d+/$"))


def test_a_page_that_is_not_for_you_says_so(open_as: OpenAs) -> None:
    page = open_as("lezer")
    answer = page.goto("/accounts/users")
    assert answer is not None
    assert answer.status == 403
    expect(page.locator(".zl-page-header")).to_contain_text("403")


def test_a_stranger_comes_back_to_the_page_after_signing_in(open_as: OpenAs) -> None:
    page = open_as("")
    page.goto("/programme/activities/4/")
    expect(page).to_have_url(re.compile("login"))
    page.locator("input[name=username]").fill("lezer")
    page.locator("input[name=password]").fill("zichtlijn-demo")
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/programme/activities/4/$"))
