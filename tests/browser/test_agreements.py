"""What was agreed and what is stated: brought to a dataset, seen beside the log, removed and put back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from .conftest import OpenAs

ADDRESS = "/sources/datasets/1/"
LARGE, WRONG = 250_000, "datum;organisatie;wat;waarde\n31-12-2023;Gemeenten;stand;veel\n"
STATED = "datum;organisatie;wat;waarde;bron\n31-12-2023;Gemeenten;stand;140;Jaarverslag (demo)\n"


def give(page: Page, file: Path) -> None:
    """Upload stated figures."""
    page.goto(ADDRESS)
    page.get_by_role("link", name="Opgegeven cijfers toevoegen").click()
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_label("Bron").fill("Jaarverslag 2023 (demo)")
    page.get_by_role("button", name="Uploaden en toevoegen").click()


def test_agreements_are_added_seen_and_removed(
    open_as: OpenAs, tmp_path: Path, screenshot: Callable[[Page, str], Path]
) -> None:
    page = open_as("analist", height=1400)
    page.goto(ADDRESS)
    expect(page.locator("#agreements-title")).to_have_text("Afspraken")
    page.goto(f"{ADDRESS}dashboard/")
    page.get_by_role("link", name="Afspraken", exact=True).click()
    expect(page.locator("svg[role=img]").first).to_be_visible()
    assert screenshot(page, "dataset-agreements").stat().st_size < LARGE
    page.locator("#main tbody a", has_text=re.compile("termijn")).first.click()
    expect(page.locator("tbody tr").first).to_be_visible()

    file = tmp_path / "opgaven.csv"
    file.write_text(WRONG, encoding="utf-8")
    give(page, file)
    expect(page.locator(".zl-error-summary")).to_contain_text("2")
    file.write_text(STATED, encoding="utf-8")
    give(page, file)
    page.wait_for_url(re.compile("/dashboard/agreements/"))
    expect(page.locator("#main")).to_contain_text("Jaarverslag 2023 (demo)")

    page.goto(ADDRESS)
    line = page.locator("tbody tr", has_text="Jaarverslag 2023 (demo)")
    line.get_by_role("button", name="Verwijderen").click()
    expect(page.locator("tbody tr", has_text="Jaarverslag 2023 (demo)")).to_have_count(0)
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("tbody tr", has_text="Jaarverslag 2023 (demo)")).to_have_count(1)
    page.locator("tbody tr", has_text="Jaarverslag 2023 (demo)").get_by_role("button", name="Verwijderen").click()


def test_a_reader_sees_round_numbers_and_no_way_to_change(open_as: OpenAs) -> None:
    page = open_as("lezer")
    page.goto(ADDRESS)
    expect(page.get_by_role("link", name="Opgegeven cijfers toevoegen")).to_have_count(0)
    page.goto(f"{ADDRESS}dashboard/agreements/")
    expect(page.locator("#main")).to_contain_text("ongeveer")
    expect(page.locator("#main tbody a")).to_have_count(0)
