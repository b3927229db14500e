"""Every page of the URL configuration, as every role finds it, is free of axe violations in both themes and on a phone.

In the second language only the rules are asked that words can break: structure and colours do not know a language.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .axe_checking import Checked, pages_of, wrong_with_words
from .conftest import CHECKOUT, OpenAs, Product

NOT_A_PAGE = {"health", "set_language", "accounts:logout"}
# How many pages each finds at least: fewer means that somebody was not signed in, or that pages are gone.
PEOPLE = {
    "programmamanager": 110,
    "beheerder": 110,
    "ig": 90,
    "inspecteur": 90,
    "inspecteur2": 90,
    "analist": 90,
    "redacteur": 70,
    "lezer": 40,
    "melder-pi": 10,
    "partner": 5,
}
LISTS = ("/signals/portal/", "/signals/?whose=all", "/signals/incidents/", "/signals/weighings/")
KINDS = ("/signals/portal/", "/signals/evaluations/", "/signals/incidents/", "/signals/weighings/", "/signals/")
FOR_STRANGERS = ("/accounts/login", "/does-not-exist", "/design/accessibility")


@pytest.fixture(scope="module")
def addresses(product: Product) -> dict[str, str]:
    """An address for every route."""
    return {name: address for name, address in product.addresses().items() if name not in NOT_A_PAGE}


@pytest.fixture(scope="module")
def checked() -> Checked:
    """What the tests before checked already."""
    return Checked()


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page_as_each_role_finds_it(
    username: str, *, product: Product, addresses: dict[str, str], checked: Checked, open_as: OpenAs
) -> None:
    page = open_as(username)
    own = own_pages(page)
    page.goto("/")
    found, wrong = 0, []
    for name, address, html in pages_of(product, page, addresses | own):
        found += 1
        if checked.is_new(html):
            lines = wrong_in_source(html, "nl") + checked.wrong_with(page, html)
            wrong += [f"{name} {address} ({username}): {line}" for line in lines]
    print(f"{username}: {found} pages; so far {checked.opened} of {checked.pages} were different")
    assert not wrong, "\n".join(wrong)
    assert found >= PEOPLE[username]


@pytest.mark.parametrize("username", ["programmamanager", "beheerder", "melder-pi"])
def test_every_page_in_english(
    username: str, product: Product, addresses: dict[str, str], open_as: OpenAs, english: Checked
) -> None:
    page = open_as(username, language="en")
    page.goto("/")
    wrong = []
    for name, address, html in pages_of(product, page, addresses):
        if english.is_new(html):
            lines = wrong_in_source(html, "en") + wrong_with_words(page, html)
            wrong += [f"{name} {address} ({username}): {line}" for line in lines]
    assert english.opened > 10
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def english() -> Checked:
    """What was checked already in English."""
    return Checked()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_for_strangers(open_as: OpenAs, language: str) -> None:
    page, looked = open_as("", language=language), Checked()
    wrong = []
    for address in FOR_STRANGERS:
        page.goto(address)
        html = page.content()
        lines = looked.wrong_with(page, html) + wrong_in_source(html, language)
        wrong += [f"{address}: {line}" for line in lines]
    assert not wrong, "\n".join(wrong)


def test_a_fault_is_found_in_each_theme_and_width(open_as: OpenAs) -> None:
    """The shortcuts of the checks do not make them blind."""
    page = open_as("")  # on no page of the product, whose policy would refuse this style
    faulty = """<!DOCTYPE html><html lang="nl"><head><title>x</title><style>
      #light { color: #ccc; background: #fff } #dark { color: #000; background: #fff }
      @media (prefers-color-scheme: dark) { #dark { color: #222; background: #000 } }
      #narrow { display: none } @media (max-width: 400px) { #narrow { display: block } }
      </style></head><body><main><h1>x</h1><p id="light">licht</p><p id="dark">donker</p><input id="narrow"></main>
      </body></html>"""
    first = Checked()
    found, again = first.wrong_with(page, faulty), first.wrong_with(page, faulty)
    assert [line.split(" (")[0] for line in found] == ["color-contrast", "dark: color-contrast", "phone: label"]
    assert [line.split(" (")[0] for line in again] == ["phone: label"], "the same colours are measured once"


def wrong_in_source(html: str, language: str) -> list[str]:
    """The language and the one first heading, which need no browser."""
    wrong = [] if f'<html lang="{language}"' in html else [f"not in {language}"]
    headings = len(re.findall(r"<h1[\s>]", html))
    return wrong if headings == 1 else [*wrong, f"{headings} first headings"]


def own_pages(page: Page) -> dict[str, str]:
    """The first notification, evaluation, incident file or row that the lists of this person lead to."""
    found = {}
    for address in LISTS:
        if page.request.get(address, max_redirects=0).status != 200:
            continue
        page.goto(address)
        for kind in KINDS:
            link = page.locator(f"main table a[href^='{kind}'], main ul a[href^='{kind}']")
            if link.count():
                found[f"own {address} {kind}"] = str(link.first.get_attribute("href"))
    return found


def test_axe_is_the_one_of_the_lock() -> None:
    assert Path(CHECKOUT / "frontend/package-lock.json").read_text().count("node_modules/axe-core") == 1
