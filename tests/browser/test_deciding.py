"""A draft is consulted, decided by another person, frozen, and changes by amendment only."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .conftest import OpenAs
from .drafting import add_activity, amend, make_draft, take_step


def test_a_programme_from_draft_to_a_second_version(open_as: OpenAs) -> None:
    manager, general = open_as("programmamanager"), open_as("ig")
    address = make_draft(manager, 2061, "Toezicht op de proef", "Gesprekken over de proef")
    take_step(manager, address, "Consultatie vastleggen")
    expect(manager.locator(".zl-page-header")).not_to_contain_text("Vaststellen")

    take_step(general, address, "Vaststellen")
    expect(general.locator(".zl-alert").first).to_be_visible()
    expect(general.locator(".zl-page-header")).to_contain_text("vastgesteld")

    amendment = amend(manager, address, activity="Gesprekken over de proef", title="Veel gesprekken over de proef")
    take_step(general, amendment, "Vaststellen")

    general.goto(f"{address}versions/1/")
    expect(general.locator("#frozen-activities ~ details")).to_have_count(2)
    expect(general.locator("main")).to_contain_text("Gesprekken over de proef")
    expect(general.locator("main")).not_to_contain_text("Veel gesprekken over de proef")
    general.goto(f"{address}versions/2/")
    expect(general.locator("main")).to_contain_text("Veel gesprekken over de proef")
    general.get_by_role("link", name=re.compile("ergelijk")).first.click()
    changed = general.locator("tr", has_text="Veel gesprekken over de proef")
    expect(changed).to_contain_text("Gesprekken over de proef")


def test_the_form_of_a_second_tab_is_refused_and_shows_both_versions(open_as: OpenAs) -> None:
    first = open_as("programmamanager")
    address = make_draft(first, 2062)
    activity = add_activity(first, address, "Een titel die twee mensen veranderen")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"{activity}edit/")
    first.locator("main [name=title]").fill("De titel van de eerste")
    first.locator("main form button[type=submit]").last.click()
    expect(first.locator("h1")).to_have_text("De titel van de eerste")
    second.locator("main [name=title]").fill("De titel van de tweede")
    second.locator("main form button[type=submit]").last.click()
    row = second.locator("#stale tr, tr", has_text="De titel van de tweede")
    expect(row).to_contain_text("De titel van de eerste")
    first.reload()
    expect(first.locator("h1")).to_have_text("De titel van de eerste")


def test_back_after_a_post_does_not_do_it_again(open_as: OpenAs) -> None:
    page = open_as("programmamanager")
    address = make_draft(page, 2063)
    add_activity(page, address, "Een activiteit die een keer bestaat")
    page.go_back()
    page.go_forward()
    page.go_back()
    page.locator("body").wait_for()
    page.goto(address)
    expect(page.locator(".zl-lines a", has_text="Een activiteit die een keer bestaat")).to_have_count(1)


def test_the_same_form_sent_twice_makes_one_activity(open_as: OpenAs) -> None:
    page = open_as("programmamanager")
    address = make_draft(page, 2064)
    page.goto(f"{address}activities/new/")
    page.locator("main [name=title]").fill("Dubbel gestuurd")
    page.locator("main [name=kind]").select_option("monitoring")
    page.locator("main form button[type=submit]").last.dblclick()
    expect(page.locator("h1")).to_have_text("Dubbel gestuurd")
    page.goto(address)
    expect(page.locator(".zl-lines a", has_text="Dubbel gestuurd")).to_have_count(1)
