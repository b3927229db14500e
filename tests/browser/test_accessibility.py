"""Every page of the URL configuration is free of axe violations, in both languages and both themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import CHECKOUT, OpenAs, Product

AXE = (CHECKOUT / "frontend/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
NOT_A_PAGE = {"health", "set_language", "accounts:logout"}
INTAKE = ("signals:", "casefiles:", "notices:", "retention:", "api:", "report:", "accounts:profile")
PEOPLE = ("inspecteur", "inspecteur2", "ig", "analist", "redacteur", "melder-pi", "partner")
READ_BY_ANYONE = ("search", "events:history", "trace:", "field:", "mandate:", "sources:document", "programme:")


@pytest.fixture(scope="module")
def addresses(product: Product) -> dict[str, str]:
    """An address for every route."""
    return product.addresses()


def pages(addresses: dict[str, str], page: Page) -> dict[str, str]:
    """The addresses that answer a GET with a page; files and addresses that only take a POST are left out."""
    found = {}
    for name, address in addresses.items():
        if name in NOT_A_PAGE:
            continue
        answer = page.request.get(address, max_redirects=0)
        if answer.status == 200 and "text/html" in answer.headers.get("content-type", ""):
            if "<html" in answer.text():
                found[name] = address
        else:
            assert answer.status in {200, 302, 401, 403, 404, 405}, f"{name} {address}: {answer.status}"
    return found


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe finds, a line each."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules
    )
    return [f"{v['id']} ({v['impact']}): {v['nodes'][0]['target']} {v['help']}" for v in result["violations"]]


def wrong_with(page: Page, address: str, language: str) -> list[str]:
    """Everything wrong with a page in the light theme, and with its colours in the dark one."""
    page.emulate_media(color_scheme="light")
    page.goto(address)
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in violations(page, COLOURS)]
    if page.locator("html").get_attribute("lang") != language:
        found.append(f"not in {language}")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} first headings")
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_that_a_programme_manager_or_administrator_can_open(
    addresses: dict[str, str], open_as: OpenAs, language: str
) -> None:
    seen: set[str] = set()
    wrong = []
    for username in ("programmamanager", "beheerder"):
        page = open_as(username, language=language)
        unseen = {name: address for name, address in addresses.items() if name not in seen}
        for name, address in pages(unseen, page).items():
            wrong += [f"{name} {address} ({username}): {line}" for line in wrong_with(page, address, language)]
            seen.add(name)
    assert len(seen) > 60
    assert not wrong, "\n".join(wrong)


def test_pages_as_a_reader_sees_them(addresses: dict[str, str], open_as: OpenAs) -> None:
    page = open_as("lezer")
    read = {name: at for name, at in addresses.items() if name == "start" or name.startswith(READ_BY_ANYONE)}
    found = pages(read, page)
    assert len(found) > 15
    wrong = []
    for name, address in found.items():
        page.goto(address)
        wrong += [f"{name} {address}: {line}" for line in violations(page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("username", PEOPLE)
def test_pages_of_what_comes_in_as_every_role_sees_them(
    addresses: dict[str, str], open_as: OpenAs, username: str
) -> None:
    """Each as this person finds it: other steps, other panels, another navigation."""
    page = open_as(username)
    of_intake = {name: at for name, at in addresses.items() if name == "start" or name.startswith(INTAKE)}
    wrong = []
    for name, address in (pages(of_intake, page) | own_pages(page)).items():
        page.goto(address)
        wrong += [f"{name} {address} ({username}): {line}" for line in violations(page)]
        if page.locator("h1").count() != 1:
            wrong.append(f"{name} {address} ({username}): {page.locator('h1').count()} first headings")
    assert not wrong, "\n".join(wrong)


def own_pages(page: Page) -> dict[str, str]:
    """The first notification, evaluation, incident file or row that the lists of this person lead to."""
    found = {}
    for address in ("/signals/portal/", "/signals/?whose=all", "/signals/incidents/", "/signals/weighings/"):
        if page.request.get(address, max_redirects=0).status != 200:
            continue
        page.goto(address)
        for kind in (
            "/signals/portal/",
            "/signals/evaluations/",
            "/signals/incidents/",
            "/signals/weighings/",
            "/signals/",
        ):
            link = page.locator(f"main table a[href^='{kind}'], main ul a[href^='{kind}']")
            if link.count():
                found[f"own {address} {kind}"] = str(link.first.get_attribute("href"))
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_for_strangers(open_as: OpenAs, language: str) -> None:
    page = open_as("", language=language)
    wrong = []
    for address in ("/accounts/login", "/does-not-exist", "/design/accessibility"):
        wrong += [f"{address}: {line}" for line in wrong_with(page, address, language)]
    assert not wrong, "\n".join(wrong)


def test_axe_is_the_one_of_the_lock() -> None:
    assert Path(CHECKOUT / "frontend/package-lock.json").read_text().count("node_modules/axe-core") == 1
