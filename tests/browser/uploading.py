"""Bringing a work programme in, the way a person does: with the demo programme of another year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from .conftest import CHECKOUT

DEMO = CHECKOUT / "examples" / "demo_programme"


@dataclass(frozen=True)
class Programme:
    """A work programme as files: the transcribed text, and the text layers of its pages."""

    title: str
    text: Path
    layers: list[Path]


def programme_of(year: int, folder: Path) -> Programme:
    """The demo programme as if it were of ``year``, so that every test has a document of its own."""
    text = _moved(DEMO / "programme-transcribed.md", folder, year)
    layers = [_moved(layer, folder, year) for layer in sorted((DEMO / "layers").glob("page-*.txt"))]
    return Programme(f"Werkprogramma {year}", text, layers)


def _moved(file: Path, folder: Path, year: int) -> Path:
    written = folder / file.name
    years = {str(2031 + step): str(year + step) for step in range(-2, 3)}
    text = file.read_text(encoding="utf-8")
    written.write_text(re.sub("|".join(years), lambda found: years[found.group()], text), encoding="utf-8")
    return written


def fill_in(page: Page, programme: Programme) -> None:
    """The form of an upload, not sent yet."""
    page.goto("/sources/upload/")
    page.locator("input[name=file]").set_input_files(programme.text)
    page.locator("details:has([name=page_files]) > summary").click()
    page.locator("input[name=page_files]").set_input_files(list(programme.layers))


def bring_in(page: Page, programme: Programme, *, script: bool = True) -> int:
    """Upload, wait for the work and open the result; gives the number of the document."""
    fill_in(page, programme)
    page.get_by_role("button", name="Upload and read").click()
    expect(page).to_have_url(re.compile(r"/tasks/\d+/$"))
    result = page.locator("#job-status a.utrecht-button")
    for _second in range(0 if script else 60):
        if result.count():
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Show how far it is now").click()
    result.click(timeout=60_000)
    expect(page.locator("h1")).to_have_text(programme.title)
    address = page.get_by_role("link", name="Review the proposals").get_attribute("href") or ""
    found = re.search(r"documents/(\d+)/review", address)
    assert found
    return int(found.group(1))
