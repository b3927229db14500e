"""Running axe over many pages without doing the same work twice.

A page is its frame (head, navigation, footer) and its content. What is byte for byte the same as on a page that was
checked before is not checked again; a page of which either part is new is checked as a whole: in the light, in the
dark and as wide as a phone. The HTML that the server gave is written into one page of the same origin, in which axe
stays loaded. Contrast is the slowest rule: it is asked of one piece of text for every combination of colours, size and
ground that was not measured yet in that theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from .conftest import CHECKOUT, Product

AXE = (CHECKOUT / "frontend/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Where the words of a language could make a difference: that there is a name, and in which language the page is.
OF_LANGUAGE = {
    "type": "rule",
    "values": [
        *("html-has-lang", "html-lang-valid", "valid-lang", "document-title", "page-has-heading-one", "empty-heading"),
        *("label", "button-name", "link-name", "select-name", "input-button-name", "image-alt", "svg-img-alt"),
        *("aria-input-field-name", "aria-command-name", "aria-toggle-field-name", "summary-name", "frame-title"),
        *("label-content-name-mismatch", "duplicate-id-aria", "form-field-multiple-labels", "empty-table-header"),
    ],
}
LINKS = {"type": "rule", "values": ["link-in-text-block"]}
# What only the attributes decide: the same in every theme and width.
OF_ATTRIBUTES = (
    *("accesskeys", "aria-allowed-attr", "aria-allowed-role", "aria-conditional-attr", "aria-required-attr"),
    *("aria-prohibited-attr", "aria-roles", "aria-valid-attr", "aria-valid-attr-value", "aria-deprecated-role"),
    *("autocomplete-valid", "avoid-inline-spacing", "td-headers-attr", "scope-attr-valid", "tabindex", "valid-lang"),
)
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ALLOWED_ANSWERS = {200, 302, 401, 403, 404, 405}
NEVER_THE_SAME = re.compile(
    r"""csrfmiddlewaretoken"\s+value="[^"]*"|hx-headers='[^']*'|nonce="[^"]*"|<title>.*?</title>"""
    r"""|\s(?:name="next"\s+value|aria-current)="[^"]*"|<input[^>]*type="hidden"[^>]*name="next"[^>]*>""",
    re.DOTALL,
)
CONTENT = re.compile(r'<div class="zl-content">.*</main>', re.DOTALL)
# One element for every way in which text is drawn: its colour and weight, and all that lies under it.
WAYS_OF_DRAWING = """() => {
  const ways = new Map(), grounds = new Map();
  const ground = (element) => {
    if (element === null) return "";
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join(" ");
      const nothing = own === "rgba(0, 0, 0, 0) none 1 none";
      grounds.set(element, (nothing ? "" : own + "|") + ground(element.parentElement));
    }
    return grounds.get(element);
  };
  const written = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    || element.matches("input:not([type=hidden]), textarea, select");
  for (const element of document.body.querySelectorAll("*")) {
    if (!written(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const way = [style.color, style.fontSize, style.fontWeight, style.textShadow, ground(element)].join(" ");
    if (!ways.has(way)) ways.set(way, element);
  }
  window.zlWays = ways;
  return [...ways.keys()];
}"""
RUN = """async ([rules, but, ways]) => {
  const asked = { resultTypes: ["violations"], preload: false, runOnly: rules };
  const off = Object.fromEntries(but.map((rule) => [rule, { enabled: false }]));
  const found = [...(await axe.run(document, rules.type === "tag" ? { ...asked, rules: off } : asked)).violations];
  const texts = ways.map((way) => window.zlWays.get(way));
  if (texts.length) {
    const contrast = { type: "rule", values: ["color-contrast"] };
    found.push(...(await axe.run({ include: texts }, { ...asked, runOnly: contrast })).violations);
  }
  return found.map((each) => `${each.id} (${each.impact}): ${each.nodes[0].target} ${each.help}`);
}"""


@dataclass
class Checked:
    """What was checked before: parts of pages, and ways of drawing text in each theme."""

    parts: set[int] = field(default_factory=set)
    drawn: dict[str, set[str]] = field(default_factory=dict)
    pages: int = 0
    opened: int = 0

    def is_new(self, html: str) -> bool:
        """True when the frame or the content of a page was not seen before."""
        self.pages += 1
        bare = NEVER_THE_SAME.sub("", html)
        content = CONTENT.search(bare)
        parts = {hash(content[0]), hash(bare.replace(content[0], ""))} if content else {hash(bare)}
        new = not parts <= self.parts
        self.parts |= parts
        self.opened += new
        return new

    def wrong_with(self, page: Page, html: str) -> list[str]:
        """What axe finds in the light, in the dark and on a phone; ``page`` is on some page of the product."""
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)
        write(page, html)
        found = self._run(page, "light", TAGS)
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {line}" for line in self._run(page, "dark", LINKS)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)
        return found + [f"phone: {line}" for line in self._run(page, "light", TAGS, OF_ATTRIBUTES)]

    def _run(self, page: Page, theme: str, rules: dict[str, Any], but: tuple[str, ...] = ()) -> list[str]:
        drawn = self.drawn.setdefault(theme, set())
        ways = [way for way in page.evaluate(WAYS_OF_DRAWING) if way not in drawn]
        drawn.update(ways)
        found: list[str] = page.evaluate(RUN, [rules, ["color-contrast", *but], ways])
        return found


def wrong_with_words(page: Page, html: str) -> list[str]:
    """What of the rules that have to do with language is broken on a page."""
    write(page, html)
    found: list[str] = page.evaluate(RUN, [OF_LANGUAGE, [], []])
    return found


def violations(page: Page) -> list[str]:
    """What axe finds in a page as it stands in the browser, after whatever was done in it."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, [TAGS, [], []])
    return found


def write(page: Page, html: str) -> None:
    """Let a page that is open in the browser be this HTML, with axe in it."""
    page.set_content(html)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)


def pages_of(product: Product, page: Page, addresses: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Name, address and HTML of what answers with a page, asked for ahead: the server works while the browser does.

    Files, parts of pages and addresses that only take a POST are left out.
    """
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())

    def ask(item: tuple[str, str]) -> tuple[str, str, str]:
        return (*item, _html(product, item[1], cookies))

    with ThreadPoolExecutor(2) as pool:
        for name, address, html in pool.map(ask, addresses.items()):
            if "<html" in html:
                yield name, address, html


def _html(product: Product, address: str, cookies: str) -> str:
    """The page at an address; empty when there is none for this person."""
    place = urlsplit(product.address)
    line = HTTPConnection(str(place.hostname), place.port, timeout=120)
    try:
        line.request("GET", address, headers={"Cookie": cookies, "Accept": "text/html, */*;q=0.5"})
        answer = line.getresponse()
        text = answer.read()
    finally:
        line.close()
    assert answer.status in ALLOWED_ANSWERS, f"{address}: {answer.status}"
    is_page = answer.status == 200 and answer.headers.get_content_type() == "text/html"
    return text.decode() if is_page else ""
