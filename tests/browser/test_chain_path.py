"""From a registration to a figure that can be cited: upload, columns, load report, figures, cases, made again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenAs

HEAD = "zaak;stap;tijd;organisatie;regio;soort"
REGIONS = ("Noord", "Midden", "Zuid")
CASES = 120


def registration(path: Path, year: int) -> Path:
    """A CSV file of 120 cases that go from Meldpunt to Bureau to Rechtbank; every tenth is still open."""
    lines = [HEAD]
    for number in range(1, CASES + 1):
        start = date(year, 1, 6) + timedelta(days=2 * number)
        steps = [("melding ontvangen", "Meldpunt", 0), ("zaak gestart", "Bureau", 3 + number % 4)]
        if number % 10:
            steps.append(("uitspraak", "Rechtbank", 20 + number % 9))
        about = f"{REGIONS[number % 3]};{'licht' if number % 2 else 'zwaar'}"
        lines += [
            f"{year}-{number:04d};{step};{(start + timedelta(days=days)).isoformat()} 10:00;{who};{about}"
            for step, who, days in steps
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def upload(page: Page, file: Path, title: str) -> None:
    """Give the file, and wait until it is read."""
    page.goto("/sources/datasets/upload/")
    page.locator("input[name=file]").set_input_files(file)
    page.locator("input[name=title]").fill(title)
    page.locator("form[enctype] button[type=submit]").click()
    to_the_result(page)


def to_the_result(page: Page) -> None:
    """Wait for the work to be done, with or without a script that looks again by itself."""
    result = page.locator("#job-status a.utrecht-button")
    for _look in range(240):
        if result.count():
            break
        page.wait_for_timeout(250)
        page.goto(page.url)
    result.click()


def accept(page: Page) -> None:
    """From the form of the columns to the figures."""
    page.get_by_label(re.compile("^uitspraak")).first.check()
    page.get_by_role("button", name=re.compile("Make the load report|Laadverslag maken")).click()
    expect(page.locator("#main")).to_contain_text(str(CASES))
    page.get_by_role("button", name=re.compile("Accept and prepare|Aanvaarden en voorbereiden")).click()
    to_the_result(page)


@pytest.mark.parametrize("script", [True, False])
def test_a_registration_becomes_a_figure_that_is_made_again(
    open_as: OpenAs, tmp_path: Path, script: bool, screenshot: Callable[[Page, str], Path]
) -> None:
    page = open_as("analist", script=script, language="en")
    title = f"Reports {'with' if script else 'without'} script"
    upload(page, registration(tmp_path / "meldingen.csv", 2031 if script else 2032), title)
    expect(page.locator("select[name=case]")).to_have_value("event:zaak")
    expect(page.locator("select[name=organisation]")).to_have_value("event:organisatie")
    if script:
        screenshot(page, "dataset-columns")
    accept(page)

    page.wait_for_url(re.compile(r"/dashboard/"))
    expect(page.locator("svg[role=img]").first).to_be_visible()
    if script:
        screenshot(page, "dataset-figures")
    page.get_by_role("link", name=re.compile("The cases behind it|De zaken erachter")).first.click()
    expect(page.locator("tbody tr").first).to_be_visible()
    page.locator("tbody tr th a").first.click()
    expect(page.locator("#main")).to_contain_text("melding ontvangen")
    page.go_back()
    page.go_back()

    page.get_by_role("link", name=re.compile("Keep as evidence|Bewaren als bewijs")).first.click()
    page.locator("input[name=title]").fill(f"Figure of {title}")
    page.get_by_role("button", name=re.compile("Keep the figure|Cijfer bewaren")).click()
    expect(page.locator("h1")).to_have_text(f"Figure of {title}")
    page.get_by_role("button", name=re.compile("Make it again|Opnieuw maken")).click()
    expect(page.locator("#main")).to_contain_text(re.compile("The same came out|Er kwam hetzelfde uit"))
    if script:
        screenshot(page, "dataset-kept-figure")


def test_a_reader_sees_figures_and_no_cases(open_as: OpenAs) -> None:
    page = open_as("lezer")
    page.goto("/sources/datasets/")
    page.locator("tbody tr th a").first.click()
    page.get_by_role("link", name=re.compile("Naar de cijfers|To the figures")).first.click()
    expect(page.locator("svg[role=img]").first).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Bewaren als bewijs|Keep as evidence"))).to_have_count(0)
    page.goto(re.sub(r"dashboard/.*", "cases/?metric=hand-overs", page.url))
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "content"),
    [("niets.csv", b""), ("kapot.xes", b"<log><trace>"), ("kapot.csv", b'zaak;stap;tijd\n1;"open;2031-01-01\n')],
)
def test_a_wrong_file_is_refused_beside_the_field_and_leaves_nothing(
    open_as: OpenAs, tmp_path: Path, name: str, content: bytes
) -> None:
    page = open_as("analist")
    page.goto("/sources/datasets/")
    before = page.locator("tbody tr").count()
    wrong = tmp_path / name
    wrong.write_bytes(content)
    page.goto("/sources/datasets/upload/")
    page.locator("input[name=file]").set_input_files(wrong)
    page.locator("form[enctype] button[type=submit]").click()
    expect(page.locator(".zl-error-summary")).to_be_visible()
    page.goto("/sources/datasets/")
    assert page.locator("tbody tr").count() == before
