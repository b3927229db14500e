"""Somebody reports something on a telephone, with a photo and without a name, and comes back with the code."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.platform.files.pictures import photo

from .axe_checking import violations
from .conftest import OpenAs

PHONE = {"width": 390, "height": 844}
TEXT = "De deur van de luchtplaats stond de hele nacht open. Ik heb het twee keer gezien."
LONG_ENOUGH = 40  # pixels, for a finger


def fill_in(page: Page, **more: str) -> None:
    """Fill in the form, with a photo as a telephone makes it."""
    page.goto("/report/new")
    page.locator("[name=organisation_as_told]").fill("Penitentiaire inrichting, de afdeling aan de achterkant")
    page.locator("[name=text]").fill(TEXT)
    page.locator("[name=happened_as_told]").fill("begin maart")
    for name, value in more.items():
        page.locator(f"[name={name}]").fill(value)


def submit(page: Page) -> None:
    page.locator("main form[enctype] button[type=submit]").click()


@pytest.mark.parametrize("script", [True, False])
def test_report_without_a_name_and_come_back(
    open_as: OpenAs, screenshot: Callable[[Page, str], Path], script: bool
) -> None:
    page = open_as("", **PHONE, script=script)
    page.goto("/report/")
    page.locator("main a[href='/report/new']").click()
    fill_in(page)
    page.locator("[name=files]").set_input_files(
        [{"name": "IMG_20260302_031415.jpg", "mimeType": "image/jpeg", "buffer": photo()}]
    )
    assert page.locator("[name=email]").is_hidden()
    submit(page)
    page.wait_for_url("**/report/sent")
    code = page.locator("[data-receipt-code]").inner_text()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)

    later = open_as("", **PHONE, script=script)
    later.goto("/report/code")
    later.locator("[name=code]").fill(code.lower().replace("-", " "))
    later.locator("main form button[type=submit]").click()
    later.wait_for_url("**/report/conversation")
    expect(later.locator("main")).to_contain_text(TEXT)
    expect(later.locator("main")).to_contain_text("image 1.jpg")
    later.locator("main [name=text]").fill("Het gebeurde gisteren weer.")
    submit(later)
    later.wait_for_url("**/report/conversation?received=1")
    expect(later.locator("main")).to_contain_text("Het gebeurde gisteren weer.")
    later.locator("form[action='/report/conversation/leave'] button").click()
    later.goto("/report/conversation")
    later.wait_for_url("**/report/code")


def test_a_question_is_answered_and_the_triage_goes_on(open_as: OpenAs) -> None:
    sender = open_as("", **PHONE)
    fill_in(sender)
    submit(sender)
    sender.wait_for_url("**/report/sent")
    sender.goto("/report/conversation")
    reference = sender.locator(".zl-page-header__kind").inner_text().strip()
    signal = f"/signals/{int(reference.rsplit('-', 1)[1])}/"

    inspector = open_as("inspecteur")
    inspector.goto(signal)
    inspector.locator(f"form[action='{signal}steps/take_up'] button").click()
    inspector.goto(f"{signal}steps/ask_sender")
    inspector.locator("main [name=question]").fill("Welke deur was het?")
    inspector.locator("main form button[type=submit]").first.click()
    inspector.wait_for_url(f"**{signal}")

    sender.reload()
    expect(sender.locator("#question ~ .zl-said")).to_have_text("Welke deur was het?")
    assert violations(sender) == []
    sender.locator("main [name=text]").fill("De achterste, bij de keuken.")
    submit(sender)
    sender.wait_for_url("**/report/conversation?received=1")
    expect(sender.locator("#question")).to_have_count(0)

    inspector.reload()
    expect(inspector.locator("main")).to_contain_text("De achterste, bij de keuken.")
    expect(inspector.locator(f"main a[href='{signal}steps/take_no_action']")).to_have_count(1)


def test_the_form_on_a_telephone(open_as: OpenAs, screenshot: Callable[[Page, str], Path]) -> None:
    page = open_as("", **PHONE)
    page.goto("/report/new")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], "nothing runs off the screen"
    for button in page.locator("main button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= LONG_ENOUGH
    page.locator("[name=organisation_as_told]").fill("Penitentiaire inrichting Dijkzicht")
    page.locator("[name=text]").fill(TEXT)
    page.evaluate("window.scrollTo(0, 0)")
    screenshot(page, "report-phone")


def test_contact_details_appear_with_the_choice_to_be_known(open_as: OpenAs) -> None:
    page = open_as("", **PHONE)
    page.goto("/report/new")
    page.locator("[name=who][value=known]").check()
    expect(page.locator("[name=email]")).to_be_visible()
    page.locator("[name=email]").fill("fatima@example.org")
    page.locator("[name=who][value=anonymous]").check()
    page.locator("[name=text]").fill(TEXT)
    submit(page)
    expect(page.locator("#error-summary")).to_be_visible()
    expect(page.locator("[name=email]")).to_be_visible()
    assert page.locator("[name=email]").input_value() == "fatima@example.org"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_of_the_form_is_free_of_axe_violations(open_as: OpenAs, language: str) -> None:
    page = open_as("", **PHONE, language=language)
    wrong = []

    def look(where: str) -> None:
        wrong.extend(f"{where}: {line}" for line in violations(page))
        if page.locator("h1").count() != 1:
            wrong.append(f"{where}: {page.locator('h1').count()} first headings")

    page.goto("/report/")
    look("start")
    page.goto("/report/new")
    look("form")
    submit(page)
    expect(page.locator("#error-summary")).to_be_visible()
    look("form with a mistake")
    fill_in(page)
    page.locator("[name=files]").set_input_files([{"name": "a.pdf", "mimeType": "", "buffer": b"%PDF-1.7\n"}])
    submit(page)
    page.wait_for_url("**/report/sent")
    look("sent")
    page.goto("/report/conversation")
    look("conversation")
    page.get_by_role("link", name="a.pdf").click()
    look("warning")
    page.goto("/report/code")
    page.locator("[name=code]").fill("hallo")
    page.locator("main form button[type=submit]").click()
    look("code that is not known")
    assert not wrong, "\n".join(wrong)
