"""The figures of a chain as a user meets them: accessible in every part, on a phone, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .axe_checking import Checked, pages_of
from .conftest import OpenAs, Product
from .test_accessibility import wrong_in_source

DASHBOARD = "/sources/datasets/1/dashboard/"
PARTS = ("", "waiting/", "times/", "equality/", "steps/", "parallels/")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_part_and_the_gallery_are_free_of_violations(product: Product, open_as: OpenAs, language: str) -> None:
    page, checked = open_as("beheerder", language=language), Checked()
    addresses = [f"{DASHBOARD}{part}" for part in PARTS] + ["/design/"]
    page.goto("/")
    found = list(pages_of(product, page, {address: address for address in addresses}))
    assert len(found) == len(addresses)
    wrong = [
        f"{address}: {line}"
        for _name, address, html in found
        for line in wrong_in_source(html, language) + checked.wrong_with(page, html)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", PARTS)
def test_no_part_is_wider_than_a_phone(open_as: OpenAs, part: str) -> None:
    page = open_as("analist", width=390, height=844)
    page.goto(f"{DASHBOARD}{part}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_is_folded_can_be_opened_with_the_keyboard(open_as: OpenAs) -> None:
    page = open_as("analist", language="en")
    page.goto(f"{DASHBOARD}equality/")
    summary = page.get_by_text("How this is computed").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rao & Scott").first).to_be_visible()


def test_the_figures_are_filtered_without_scripts_and_lead_to_the_cases(open_as: OpenAs) -> None:
    page = open_as("analist", language="en", script=False)
    page.goto(DASHBOARD)
    cases = page.locator(".zl-figure__value").first
    everything = cases.inner_text()
    page.locator("summary", has_text="Region").click()
    page.get_by_label("Groningen", exact=True).check()
    page.get_by_role("button", name="Apply").locator("visible=true").first.click()
    page.wait_for_url(re.compile("region=Groningen"))
    assert cases.inner_text() != everything
    page.get_by_role("link", name="Cases", exact=True).click()
    expect(page.locator("h1")).to_have_text("Cases")
    expect(page.locator("#main")).to_contain_text("Groningen")
    page.get_by_role("link", name="Back to the figures").click()
    page.wait_for_url(re.compile("region=Groningen"))
    page.get_by_role("link", name="All cases").click()
    expect(cases).to_have_text(everything)
