"""Every page of the URL configuration is free of axe violations, in both languages and both themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import CHECKOUT, OpenAs, Product

AXE = (CHECKOUT / "frontend/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOT_A_PAGE = {"health", "set_language", "accounts:logout"}


def pages(product: Product, page: Page) -> dict[str, str]:
    """The addresses that answer a GET with a page; files and addresses that only take a POST are left out."""
    found = {}
    for name, address in product.addresses().items():
        if name in NOT_A_PAGE:
            continue
        answer = page.request.get(address, max_redirects=0)
        if answer.status == 200 and "text/html" in answer.headers.get("content-type", ""):
            if "<html" in answer.text():
                found[name] = address
        else:
            assert answer.status in {200, 302, 403, 404, 405}, f"{name} {address}: {answer.status}"
    return found


def violations(page: Page) -> list[str]:
    """What axe finds, a line each."""
    page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{v['id']} ({v['impact']}): {v['nodes'][0]['target']} {v['help']}" for v in result["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("username", ["beheerder", "programmamanager"])
def test_all_pages(product: Product, open_as: OpenAs, username: str, language: str, theme: str) -> None:
    page = open_as(username, theme=theme, language=language)
    found = pages(product, page)
    assert len(found) > 20
    wrong = []
    for name, address in found.items():
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1, f"{name} {address} has not one h1"
        wrong += [f"{name} {address}: {line}" for line in violations(page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_for_strangers(open_as: OpenAs, theme: str) -> None:
    page = open_as("", theme=theme)
    for address in ("/accounts/login", "/does-not-exist", "/design/accessibility"):
        page.goto(address)
        assert not violations(page), address


def test_axe_is_the_one_of_the_lock() -> None:
    assert Path(CHECKOUT / "frontend/package-lock.json").read_text().count("node_modules/axe-core") == 1
