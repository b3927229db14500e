"""A work programme comes in: upload, progress, result, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import OpenAs
from .uploading import bring_in, fill_in, programme_of


@pytest.mark.parametrize(("script", "year"), [(True, 2041), (False, 2042)])
def test_an_upload_ends_at_what_was_found_with_and_without_scripts(
    open_as: OpenAs, tmp_path: Path, script: bool, year: int
) -> None:
    page = open_as("programmamanager", language="en", script=script)
    bring_in(page, programme_of(year, tmp_path), script=script)
    expect(page.locator(".zl-page-header")).to_contain_text("new edition")
    row = page.get_by_role("row", name="Activities")
    assert int(row.locator("td").first.inner_text()) > 10
    page.get_by_role("link", name="Read the document").first.click()
    expect(page.locator("#main")).to_contain_text(f"Het jaar {year - 1} was voor de uitvoering zwaar")


def test_the_same_file_again_adds_nothing(open_as: OpenAs, tmp_path: Path) -> None:
    page = open_as("programmamanager", language="en")
    programme = programme_of(2043, tmp_path)
    first = bring_in(page, programme)
    assert bring_in(page, programme) == first
    expect(page.get_by_text("This file was imported before")).to_be_visible()
    page.goto("/sources/")
    expect(page.get_by_role("link", name=programme.title)).to_have_count(1)


def test_a_double_click_uploads_once(open_as: OpenAs, tmp_path: Path) -> None:
    page = open_as("programmamanager", language="en")
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    fill_in(page, programme_of(2044, tmp_path))
    page.get_by_role("button", name="Upload and read").dblclick()
    page.locator("#job-status a.utrecht-button").click(timeout=60_000)
    expect(page.locator("h1")).to_have_text("Werkprogramma 2044")
    assert len(sent) == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("niets.txt", b"", "is leeg"),
        ("plaatje.txt", bytes(range(256)) * 40, "geen leesbare tekst"),
        ("kapot.pdf", b"%PDF-1.7\nthis is not a PDF at all", "beschadigd"),
    ],
)
def test_a_wrong_file_is_refused_in_plain_dutch_and_leaves_nothing(
    open_as: OpenAs, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    page = open_as("programmamanager")
    page.goto("/sources/")
    before = page.locator("tbody tr").count()
    page.goto("/tasks/")
    jobs = page.locator("main").inner_text()
    wrong = tmp_path / name
    wrong.write_bytes(content)
    page.goto("/sources/upload/")
    page.locator("input[name=file]").set_input_files(wrong)
    page.locator("form[enctype] button[type=submit]").click()
    expect(page.locator(".zl-error-summary")).to_contain_text(says)
    expect(page.locator(".zl-error-summary")).not_to_contain_text("The file")
    page.goto("/sources/")
    assert page.locator("tbody tr").count() == before
    page.goto("/tasks/")
    assert page.locator("main").inner_text() == jobs
