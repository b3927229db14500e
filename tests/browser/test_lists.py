"""A list is narrowed, ordered, kept and taken along."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenAs

ACTIVITIES = "/programme/activities/"


def titles(page: Page) -> list[str]:
    return page.locator("tbody tr td:nth-child(2)").all_inner_texts()


@pytest.mark.parametrize("script", [True, False])
def test_a_filter_is_chosen_from_its_menu_shown_as_a_chip_and_taken_away(open_as: OpenAs, script: bool) -> None:
    page = open_as("lezer", script=script)
    page.goto(ACTIVITIES)
    everything = titles(page)
    menu = page.locator(".zl-drop", has=page.locator("[name=kind]"))
    expect(menu.locator(".zl-drop__panel")).to_be_hidden()
    menu.locator("summary").click()
    menu.get_by_label("onderzoek", exact=True).check()
    menu.get_by_role("button", name="Toepassen").click()
    expect(page.locator(".zl-chip")).to_have_text(re.compile("Soort: onderzoek"))
    assert 0 < len(titles(page)) < len(everything)
    assert set(page.locator("tbody tr td:nth-child(3)").all_inner_texts()) == {"onderzoek"}
    page.locator(".zl-chip", has_text="Soort: onderzoek").click()
    expect(page.locator(".zl-chip")).to_have_count(0)
    assert titles(page) == everything


def test_the_words_of_the_list_and_a_menu_work_together(open_as: OpenAs) -> None:
    page = open_as("lezer")
    page.goto(f"{ACTIVITIES}?kind=monitoring")
    page.locator(".zl-filter [name=text]").fill("jeugd")
    page.locator(".zl-filter__actions button").click()
    expect(page).to_have_url(re.compile("kind=monitoring"))
    expect(page.locator(".zl-chip")).to_have_count(2)
    assert all(kind == "volgen" for kind in page.locator("tbody tr td:nth-child(3)").all_inner_texts())


def test_the_list_begins_high_on_the_page(open_as: OpenAs) -> None:
    page = open_as("lezer")
    page.goto(ACTIVITIES)
    table = page.locator(".zl-table").bounding_box()
    assert table is not None
    assert table["y"] < 450


def test_a_head_sorts_up_and_down(open_as: OpenAs) -> None:
    page = open_as("lezer")
    page.goto("/field/organisations/")
    heads = page.locator("thead th")
    expect(heads.first).to_have_attribute("aria-sort", "ascending")
    first = page.locator("tbody th").first.inner_text()
    heads.first.get_by_role("link").click()
    expect(heads.first).to_have_attribute("aria-sort", "descending")
    assert page.locator("tbody th").first.inner_text() > first


def test_a_filter_is_kept_under_a_name_and_deleted_with_undo(open_as: OpenAs) -> None:
    page = open_as("analist")
    page.goto(f"{ACTIVITIES}?kind=publication")
    page.locator("#saved-filter-name").fill("Wat wij uitbrengen")
    page.get_by_role("button", name="Filter opslaan").click()
    page.goto(ACTIVITIES)
    page.locator("main").get_by_role("link", name="Wat wij uitbrengen").click()
    expect(page.locator(".zl-chip")).to_contain_text("publicatie")
    page.goto("/lists/saved/")
    page.get_by_role("button", name="Verwijderen").first.click()
    page.locator(".zl-alert button", has_text="Ongedaan maken").click()
    expect(page.locator("main").get_by_role("link", name="Wat wij uitbrengen")).to_be_visible()


def test_the_list_is_taken_along_as_it_is_filtered(open_as: OpenAs) -> None:
    page = open_as("lezer")
    page.goto(f"{ACTIVITIES}?kind=publication")
    shown = titles(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[1] for row in rows[1:]] == shown
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert zipfile.ZipFile(download.value.path()).testzip() is None
    page.get_by_role("link", name="Afdrukweergave").click()
    expect(page).to_have_url(re.compile("print"))
    assert titles(page) == shown
    expect(page.locator("main")).to_contain_text("Femke Osman")


def test_what_does_not_exist_is_said_and_not_exported(open_as: OpenAs) -> None:
    page = open_as("lezer")
    page.goto(f"{ACTIVITIES}?kind=nonsense")
    expect(page.locator(".zl-alert").first).to_contain_text("Soort")
    page.goto(f"{ACTIVITIES}?text=woorddatnergensstaat")
    expect(page.locator("main")).to_contain_text("Niets voldoet aan deze filters")
