"""What the scripts and the style sheet add to the pages, tried on the component gallery and the frame."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenAs

GALLERY = "/design/"


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_is_never_wider_than_the_screen(open_as: OpenAs, width: int) -> None:
    page = open_as("beheerder", width=width)
    page.goto(GALLERY)
    assert overflow(page) <= 0


def test_large_text_does_not_push_the_page_apart(open_as: OpenAs) -> None:
    page = open_as("beheerder", width=640)
    page.goto(GALLERY)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) <= 0


@pytest.mark.parametrize("script", [True, False])
def test_the_theme_stays_chosen_with_and_without_scripts(open_as: OpenAs, script: bool) -> None:
    page = open_as("", script=script)
    page.goto("/design/accessibility")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("details:has(form[action*=theme]) summary").click()
    page.locator("button[name=theme][value=dark]").click()
    assert page.url.endswith("/design/accessibility")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize("script", [True, False])
def test_the_menu_of_a_phone_opens_with_and_without_scripts(open_as: OpenAs, script: bool) -> None:
    page = open_as("beheerder", width=390, script=script)
    page.goto(GALLERY)
    menu = page.locator(".zl-menu__panel")
    expect(menu).to_be_hidden()
    page.locator(".zl-menu > summary").click()
    expect(menu).to_be_visible()
    assert menu.get_by_role("link").count() > 1


def test_the_first_tab_stop_skips_to_the_content(open_as: OpenAs) -> None:
    page = open_as("beheerder")
    page.goto(GALLERY)
    page.keyboard.press("Tab")
    skip = page.locator(".utrecht-skip-link")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_stop_of_the_tab_key_can_be_seen_and_is_not_covered(open_as: OpenAs) -> None:
    page = open_as("beheerder", height=700)
    page.goto(GALLERY)
    unseen = []
    for _ in range(70):
        page.keyboard.press("Tab")
        said = page.evaluate(
            """() => {
              const it = document.activeElement, look = getComputedStyle(it), box = it.getBoundingClientRect();
              const shape = it.querySelector && it.querySelector('.d-box');
              const drawn = shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 3;
              const ring = look.outlineStyle !== 'none' || drawn;
              const x = box.left + Math.min(box.width / 2, innerWidth / 2), y = box.top + Math.min(box.height / 2, 12);
              const top = document.elementFromPoint(x, y);
              const covered = top && !it.contains(top) && !top.contains(it);
              return ring && !covered ? '' : it.outerHTML.slice(0, 120) + (covered ? ' covered' : ' no ring');
            }"""
        )
        if said:
            unseen.append(said)
    assert not unseen, "\n".join(unseen)


def test_slash_goes_to_the_search_box_unless_shortcuts_are_off(open_as: OpenAs) -> None:
    page = open_as("beheerder")
    page.goto(GALLERY)
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_have_value("/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.locator("[data-shortcuts-on]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).not_to_be_focused()


def test_escape_closes_a_menu_and_gives_the_focus_back(open_as: OpenAs) -> None:
    page = open_as("beheerder")
    page.goto(GALLERY)
    summary = page.locator(".zl-header__tools details:last-child summary")
    summary.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator(".zl-header__tools details:last-child")).not_to_have_attribute("open", "")


def test_a_dialog_asks_first_and_cancel_changes_nothing(open_as: OpenAs) -> None:
    page = open_as("beheerder")
    page.goto(GALLERY)
    page.locator("[data-opens=sample-dialog]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.locator("[data-closes]").click()
    expect(dialog).to_be_hidden()


def test_rows_are_chosen_all_at_once_or_as_a_range(open_as: OpenAs) -> None:
    page = open_as("beheerder")
    page.goto(GALLERY)
    rows = page.locator("[data-select-row]")
    rows.nth(0).click()
    rows.nth(2).click(modifiers=["Shift"])
    expect(page.locator("[data-chosen-count]")).to_have_text("3")
    page.locator("[data-select-all]").check()
    expect(page.locator("[data-chosen-count]")).to_have_text("4")


def test_a_form_is_sent_once_however_often_the_button_is_pressed(open_as: OpenAs) -> None:
    page = open_as("beheerder")
    page.goto(GALLERY)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    page.route("**/*", lambda route: route.fulfill(status=204) if route.request.method == "POST" else route.continue_())
    form = page.locator(".zl-section .zl-post-button")
    form.evaluate("form => { form.action = '/accounts/nowhere'; [1, 2, 3].forEach(() => form.requestSubmit()) }")
    expect(form.locator("button")).to_have_attribute("aria-disabled", "true")
    assert len(sent) == 1


def test_progress_asks_for_itself_and_tells_what_changed(open_as: OpenAs) -> None:
    page = open_as("beheerder")
    page.goto(GALLERY)
    done = '<div class="zl-progress" id="progress" data-announce="Page 900"><p>90%</p></div>'
    page.route("**/fragment", lambda route: route.fulfill(body=done, content_type="text/html"))
    page.locator("#progress").evaluate(
        "bar => { bar.setAttribute('hx-get', '/fragment'); bar.setAttribute('hx-trigger', 'every 1s');"
        " bar.setAttribute('hx-swap', 'outerHTML'); htmx.process(bar) }"
    )
    expect(page.locator("#zl-live")).to_have_text("Page 900")
    expect(page.locator("#progress")).to_contain_text("90%")


def test_a_wide_drawing_begins_where_you_are(open_as: OpenAs) -> None:
    page = open_as("beheerder", width=390)
    page.goto(GALLERY)
    frame = page.locator(".zl-drawing-scroll", has=page.locator("#network")).bounding_box()
    here = page.locator("#network .d-box--current").bounding_box()
    assert frame is not None
    assert here is not None
    assert frame["x"] <= here["x"]
    assert here["x"] + here["width"] <= frame["x"] + frame["width"]


def test_a_table_that_fits_keeps_its_head_in_sight(open_as: OpenAs) -> None:
    page = open_as("beheerder", height=500)
    page.goto(GALLERY)
    page.locator("#activities tbody tr").last.evaluate("row => row.scrollIntoView({block: 'center'})")
    head = page.locator("#activities thead th").last.bounding_box()
    assert head is not None
    assert 0 < head["y"] < 120


def test_a_table_that_does_not_fit_scrolls_in_its_own_frame(open_as: OpenAs) -> None:
    page = open_as("beheerder")
    page.goto(GALLERY)
    page.locator("#activities tbody td").last.evaluate("cell => { cell.textContent = 'W'.repeat(300) }")
    page.locator("#activities tbody td").last.evaluate("cell => cell.classList.add('zl-nowrap')")
    page.set_viewport_size({"width": 1279, "height": 900})
    expect(page.locator(".zl-table").first).not_to_have_attribute("data-fits", "")
    assert overflow(page) <= 0


def test_a_notice_can_be_put_away(open_as: OpenAs) -> None:
    page = open_as("beheerder")
    page.goto(GALLERY)
    alerts = page.locator(".zl-alert")
    before = alerts.count()
    page.locator(".zl-alert__close").first.click()
    assert alerts.count() == before - 1


def test_the_menus_of_filters_open_without_scripts(open_as: OpenAs) -> None:
    page = open_as("beheerder", script=False)
    page.goto(GALLERY)
    expect(page.locator(".zl-filter select").first).to_be_hidden()
    page.locator(".zl-drop > summary").first.click()
    expect(page.locator(".zl-filter select").first).to_be_visible()


def test_paper_shows_the_content_only(open_as: OpenAs) -> None:
    page = open_as("beheerder", theme="dark")
    page.goto(GALLERY)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("header.zl-header")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(24, 33, 31)"
