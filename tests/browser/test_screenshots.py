"""The pictures of the documentation; ``pytest tests/browser/test_screenshots.py --update-screenshots`` renews them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from .conftest import OpenAs
from .drafting import amend, make_draft, take_step
from .uploading import bring_in, programme_of

Take = Callable[[Page, str], Path]
MOST_BYTES = 250_000
PAGES = {
    "start": "/",
    "programme": "/programme/2024/",
    "chain": "/field/chains/1/",
    "search": "/search/?q=wachtlijst",
    "chain-figures": "/sources/datasets/1/dashboard/",
    "chain-equality": "/sources/datasets/1/dashboard/equality/",
    "chain-times": "/sources/datasets/1/dashboard/times/",
}


def test_pages_of_the_demo(open_as: OpenAs, screenshot: Take) -> None:
    page = open_as("programmamanager")
    for name, address in PAGES.items():
        page.goto(address)
        assert 5_000 < screenshot(page, name).stat().st_size < MOST_BYTES
    page.goto("/field/organisations/?text=gecertificeerde")
    page.locator("tbody th a").first.click()
    screenshot(page, "organisation")
    page.goto("/programme/activities/?text=reflecteren")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Zichtlijn op een eigen pagina").click()
    screenshot(page, "line-of-sight")


def test_the_start_page_on_a_phone_and_in_the_dark(open_as: OpenAs, screenshot: Take) -> None:
    phone = open_as("inspecteur", width=390, height=844)
    phone.goto("/")
    screenshot(phone, "start-phone")
    dark = open_as("inspecteur", theme="dark")
    dark.goto("/")
    assert screenshot(dark, "start-dark").stat().st_size < MOST_BYTES


def test_the_review_and_an_activity_with_its_passage(open_as: OpenAs, screenshot: Take, tmp_path: Path) -> None:
    number = bring_in(open_as("programmamanager", language="en"), programme_of(2032, tmp_path))
    page = open_as("programmamanager")
    page.goto(f"/sources/documents/{number}/review/?type=activity&above=90")
    page.locator("a.src-proposal").first.click()
    page.goto(page.url.partition("#")[0])
    screenshot(page, "review")
    title = page.locator("#chosen-title").inner_text()
    page.goto(f"/sources/documents/{number}/accept-above/?confidence=80")
    page.locator("main form[method=post] button").click()
    page.goto("/programme/activities/?text=" + title)
    page.locator("tbody th a").last.click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".zl-quote mark").first).to_be_visible()
    assert screenshot(page, "activity").stat().st_size < MOST_BYTES


def test_two_versions_beside_each_other(open_as: OpenAs, screenshot: Take) -> None:
    manager, general = open_as("programmamanager"), open_as("ig")
    address = make_draft(manager, 2033, "Toezicht op de proef met gesloten ketens", "Gesprekken met deelnemers")
    take_step(manager, address, "Consultatie vastleggen")
    take_step(general, address, "Vaststellen")
    activity = "Gesprekken met deelnemers"
    amendment = amend(manager, address, activity=activity, title="Gesprekken met deelnemers en hun naasten")
    take_step(general, amendment, "Vaststellen")
    manager.goto(f"{address}compare/")
    expect(manager.locator("main")).to_contain_text("en hun naasten")
    screenshot(manager, "compare-versions")
