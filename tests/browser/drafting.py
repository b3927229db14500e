"""A draft of a work programme with activities, made the way a programme manager makes it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def make_draft(page: Page, year: int, *activities: str) -> str:
    """A new draft for ``year`` with chosen activities; gives its address."""
    page.goto("/programme/new/")
    page.locator("[name=perspective]").select_option(label=perspective_for(page, year))
    for name, value in {"year": str(year), "title": f"Programma {year}", "inspectorate": "Inspectie (test)"}.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(f"Programma {year}")
    address = page.url
    for title in activities:
        add_activity(page, address, title)
    return address


def perspective_for(page: Page, year: int) -> str:
    """The title of a perspective that ``year`` lies in; made when the list of the form has none."""
    title = f"Perspectief {year}"
    page.goto("/programme/perspectives/new/")
    for name, value in {"title": title, "first_year": str(year), "last_year": str(year)}.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(title)
    page.goto("/programme/new/")
    return title


def add_activity(page: Page, programme: str, title: str, description: str = "Een activiteit voor een test.") -> str:
    """A chosen activity in a draft; gives its address."""
    page.goto(f"{programme}activities/new/")
    page.locator("main [name=title]").fill(title)
    page.locator("main [name=description]").fill(description)
    page.locator("main [name=kind]").select_option("monitoring")
    page.locator("main [name=fte]").fill("1,5")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(title)
    address = re.sub(r"[?#].*", "", page.url)
    page.get_by_role("button", name="Kiezen").click()
    expect(page.locator(".zl-page-header")).to_contain_text("gekozen")
    return address


def take_step(page: Page, programme: str, name: str, reason: str = "") -> None:
    """A step of a programme or amendment, today."""
    page.goto(programme)
    page.locator(".zl-page-header").get_by_role("link", name=name, exact=True).click()
    if reason:
        page.locator("main [name=reason]").fill(reason)
    page.locator("main form:not(.zl-post-button) button[type=submit]").last.click()


def amend(manager: Page, programme: str, *, activity: str, title: str) -> str:
    """A proposed amendment that gives an activity another title; gives its address."""
    manager.goto(f"{programme}amendments/new/")
    manager.locator("main [name=title]").fill("Meer tijd voor de proef")
    manager.locator("main [name=reason]").fill("Uit signalen blijkt dat de proef meer aandacht vraagt.")
    manager.locator("main form button[type=submit]").last.click()
    expect(manager).to_have_url(re.compile(r"/amendments/\d+/"))
    amendment = re.sub(r"[?#].*", "", manager.url)
    manager.locator("a[href$='/changes/']").first.click()
    manager.locator("[name=kind][value=change]").check()
    option = manager.locator("[name=activity] option", has_text=activity)
    manager.locator("[name=activity]").select_option(value=option.get_attribute("value"))
    manager.locator("main form button[type=submit]").last.click()
    manager.locator("main [name=title]").fill(title)
    manager.locator("main [name=fte]").fill("2,5")
    expect(manager.locator("#preview")).to_contain_text(title)
    manager.locator("main form button[type=submit]").last.click()
    take_step(manager, amendment, "Voorleggen")
    return amendment
