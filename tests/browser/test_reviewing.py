"""A person decides about what was proposed, with the passage beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenAs
from .uploading import bring_in, programme_of

Review = Callable[..., Page]


@pytest.fixture
def review(open_as: OpenAs, tmp_path: Path) -> Review:
    """The review screen of a document of its own, at the proposed activities."""

    def open_review(year: int, *, script: bool = True) -> Page:
        page = open_as("programmamanager", language="en", script=script)
        number = bring_in(page, programme_of(year, tmp_path), script=script)
        page.goto(f"/sources/documents/{number}/review/?type=activity")
        return page

    return open_review


def chosen(page: Page) -> str:
    return page.locator("#chosen-title").inner_text()


def waiting(page: Page) -> int:
    return int(page.locator(".src-states .zl-count").first.inner_text())


@pytest.mark.parametrize(("script", "year"), [(True, 2051), (False, 2052)])
def test_what_is_accepted_becomes_an_activity_with_its_passage(review: Review, script: bool, year: int) -> None:
    page = review(year, script=script)
    title, before = chosen(page), waiting(page)
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".zl-alert").first).to_contain_text(title)
    assert waiting(page) == before - 1
    assert chosen(page) != title
    page.locator(".src-states a").nth(1).click()
    page.locator(".src-review__chosen").get_by_role("link", name=title).click()
    expect(page.locator("h1")).to_have_text(title)
    marked = page.locator(".zl-quote mark").first
    expect(marked).to_be_visible()
    words = marked.inner_text()
    marked.click()
    expect(page).to_have_url(re.compile(r"/sources/citations/\d+/"))
    expect(page.locator("#main mark").first).to_have_text(words)


def test_what_is_edited_says_so_and_keeps_the_first_words(review: Review) -> None:
    page = review(2053)
    title = chosen(page)
    page.locator(".src-review__chosen").get_by_role("link", name="Edit").click()
    page.locator(".src-review__chosen input[name$=title]").fill("Een eigen titel")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#chosen-title")).to_have_text("Een eigen titel")
    page.get_by_text("What the software proposed").click()
    expect(page.get_by_text(title, exact=True)).to_be_visible()


def test_a_rejection_has_a_reason_and_can_be_undone(review: Review) -> None:
    page = review(2054)
    title, before = chosen(page), waiting(page)
    page.locator(".src-reject > summary").click()
    page.locator(".src-reject textarea").fill("Hoort bij een andere inspectie.")
    page.locator(".src-reject button").click()
    assert waiting(page) == before - 1
    page.locator(".zl-alert button", has_text="Undo").click()
    assert waiting(page) == before
    expect(page.locator("#chosen-title")).to_have_text(title)


def test_two_proposals_become_one_with_the_quotes_of_both(review: Review) -> None:
    page = review(2055)
    before = waiting(page)
    page.locator(".src-review__chosen").get_by_role("link", name="Merge").click()
    page.locator("input[name=others]").first.check()
    page.get_by_role("button", name="Merge").click()
    expect(page.locator(".zl-alert").first).to_contain_text("1 proposal merged")
    assert waiting(page) == before - 1
    assert page.locator(".src-review__chosen mark").count() > 1


def test_one_proposal_becomes_two(review: Review) -> None:
    page = review(2056)
    before = waiting(page)
    page.locator(".src-review__chosen").get_by_role("link", name="Split").click()
    for part in (0, 1):
        page.locator(f"input[name=title-{part}]").fill(f"Deel {part + 1} van de activiteit")
        page.locator(f"input[name=quotes-{part}]").first.check()
    page.get_by_role("button", name="Split").click()
    expect(page.locator("#chosen-title")).to_have_text("Deel 1 van de activiteit")
    page.locator("a.src-proposal", has_text="Deel 2 van de activiteit").click()
    assert waiting(page) == before + 1
    expect(page.locator(".src-review__chosen mark").first).to_be_visible()


def test_a_threshold_accepts_what_it_showed_and_can_be_undone(review: Review) -> None:
    page = review(2057)
    before = waiting(page)
    page.get_by_role("link", name="Accept above a confidence").click()
    page.locator("input[name=confidence]").fill("90")
    page.get_by_role("button", name="Show what would be accepted").click()
    page.locator("main form button").last.click()
    expect(page.locator(".zl-alert").first).to_be_visible()
    page.goto(re.sub(r"accept-above.*|\?.*", "", page.url) + "?type=activity&state=accepted")
    accepted = int(page.locator(".src-states .zl-count").nth(1).inner_text())
    assert 0 < accepted <= before
    expect(page.locator(".src-review__chosen")).to_contain_text("Accepted by the threshold of 90 %")


def test_the_keys_of_the_review_go_through_the_list_and_decide(review: Review) -> None:
    page = review(2058)
    first, before = chosen(page), waiting(page)
    page.keyboard.press("j")
    expect(page.locator("#chosen-title")).not_to_have_text(first)
    page.keyboard.press("k")
    expect(page.locator("#chosen-title")).to_have_text(first)
    page.keyboard.press("e")
    expect(page.locator(".src-review__chosen input[name$=title]")).to_be_visible()
    page.go_back()
    page.keyboard.press("r")
    expect(page.locator(".src-reject textarea")).to_be_focused()
    page.keyboard.press("Escape")
    page.goto(page.url)
    page.keyboard.press("a")
    expect(page.locator(".zl-alert").first).to_contain_text(first)
    assert waiting(page) == before - 1
