"""From the start page along the line of sight, there and back, over the demo register."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from .conftest import OpenAs


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    page.locator("#main").get_by_role("link", name=name, exact=isinstance(name, str)).first.click()


def test_from_the_start_page_to_a_chain_and_back_to_the_source(open_as: OpenAs) -> None:
    page = open_as("inspecteur")
    page.goto("/")
    page.get_by_role("navigation", name="Hoofdnavigatie").get_by_role("link", name="Werkprogramma").click()
    follow(page, "Werkprogramma 2024")
    expect(page.locator("h1")).to_have_text("Werkprogramma 2024")
    follow(page, re.compile("Bevorderen effectieve ketens en netwerken"))
    expect(page.locator("h1")).to_contain_text("Bevorderen effectieve ketens en netwerken")
    follow(page, re.compile("Wachtlijsten van de jeugdbescherming"))
    expect(page.locator("h1")).to_contain_text("Wachtlijsten van de jeugdbescherming")
    activity = page.locator("h1").inner_text()
    page.locator(".zl-definitions, .utrecht-data-list, dl").first.get_by_role(
        "link", name="Jeugdbeschermingsketen"
    ).click()
    expect(page.locator("h1")).to_have_text("Jeugdbeschermingsketen")
    follow(page, "Raad voor de Kinderbescherming")
    expect(page.locator("h1")).to_contain_text("Raad voor de Kinderbescherming")
    page.go_back()
    follow(page, activity)
    follow(page, "Zichtlijn op een eigen pagina")
    expect(page.locator("h1")).to_have_text("Zichtlijn")
    expect(page.locator(".zl-sight").get_by_role("link", name="Jeugdbeschermingsketen")).to_be_visible()
    page.locator(".zl-sight").get_by_role("link", name="Meerjarenperspectief 2021-2024").click()
    expect(page.locator("h1")).to_have_text("Meerjarenperspectief 2021-2024")


def test_the_drawing_says_the_same_as_the_list_beside_it_and_can_be_walked_with_the_keyboard(open_as: OpenAs) -> None:
    page = open_as("inspecteur")
    page.goto("/line-of-sight/programme.activity/4")
    drawn = {link.get_attribute("href") for link in page.locator(".zl-drawing a").all()}
    listed = {link.get_attribute("href") for link in page.locator(".zl-sight li a").all()}
    assert len(drawn) >= 3
    assert drawn == listed
    first = page.locator(".zl-drawing a").first
    target = first.get_attribute("href")
    first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(target or "?")))


def test_who_was_what_on_a_day(open_as: OpenAs) -> None:
    page = open_as("programmamanager")
    page.goto("/field/organisations/add")
    page.locator("[name=name]").fill("Dienst van de driehoek (demo)")
    page.locator("[name=reason]").fill("Voor een test.")
    page.locator("main form button[type=submit]").click()
    page.get_by_role("link", name="Rol toevoegen").click()
    page.locator("[name=role]").first.check()
    page.locator("[name=holder]").select_option(label="Algemene Rekenkamer")
    page.locator("[name=valid_from]").fill("2020-03-01")
    page.locator("[name=valid_until]").fill("2021-02-28")
    page.locator("main form button[type=submit]").click()
    for day, known in (("2020-02-29", False), ("2020-03-01", True), ("2021-02-28", True), ("2021-03-01", False)):
        page.goto("/field/steering/")
        page.locator("[name=day]").fill(day)
        page.get_by_role("button", name="Deze dag tonen").click()
        row = page.locator("tbody tr", has_text="Dienst van de driehoek")
        expect(row).to_have_count(1 if known else 0)
        if known:
            expect(row).to_contain_text("Algemene Rekenkamer")
