"""The demo work programme: built the same every time, and each form shows what it is there for."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import yaml
from docx import Document

FORMS = (
    "programme.pdf",
    "programme.docx",
    "programme.md",
    "programme-edition-2.md",
    "programme-transcribed.md",
    "labels.yaml",
    "layers/page-2.txt",
    "layers/page-3.txt",
    "layers/page-4.txt",
)


def build(examples: Path, output: Path) -> None:
    command = [sys.executable, str(examples / "demo_programme/build.py"), "--output", str(output)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


@pytest.fixture(scope="module")
def demo(examples: Path) -> Path:
    return examples / "demo_programme"


@pytest.fixture(scope="module")
def source(demo: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((demo / "programme.yaml").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def labels(demo: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((demo / "labels.yaml").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def pdf_pages(demo: Path) -> dict[int, str]:
    document = pdfium.PdfDocument(demo / "programme.pdf")
    pages = {number: page.get_textpage().get_text_range() for number, page in enumerate(document, start=1)}
    document.close()
    return pages


def test_building_again_gives_the_committed_bytes(examples: Path, demo: Path, tmp_path: Path) -> None:
    build(examples, tmp_path)
    different = [name for name in FORMS if (tmp_path / name).read_bytes() != (demo / name).read_bytes()]
    assert different == []


def test_a_change_of_the_source_reaches_every_form(examples: Path, demo: Path, tmp_path: Path) -> None:
    shutil.copytree(demo, tmp_path / "demo_programme", ignore=shutil.ignore_patterns("__pycache__"))
    source = tmp_path / "demo_programme/programme.yaml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("Daar past waardering.", "Daar past grote waardering."), encoding="utf-8")
    build(tmp_path, tmp_path / "out")
    unchanged = {name for name in FORMS if (tmp_path / "out" / name).read_bytes() == (demo / name).read_bytes()}
    assert unchanged <= {"labels.yaml", "layers/page-3.txt", "layers/page-4.txt"}


def test_all_forms_together_stay_small(demo: Path) -> None:
    assert sum(path.stat().st_size for path in demo.rglob("*") if path.is_file()) < 300_000


def test_every_form_says_that_it_is_a_demo(demo: Path, pdf_pages: dict[int, str]) -> None:
    word = "\n".join(paragraph.text for paragraph in Document(str(demo / "programme.docx")).paragraphs)
    texts = [(demo / name).read_text(encoding="utf-8") for name in FORMS if name.endswith((".md", ".txt"))]
    assert all("(demo)" in text for text in [*pdf_pages.values(), word, *texts])


def test_the_label_pages_are_those_of_the_pdf(labels: dict[str, Any], pdf_pages: dict[int, str]) -> None:
    printed = {number: letters(text) for number, text in pdf_pages.items()}
    items = [item for name in ("activities", "goals", "figures", "acts") for item in labels[name]]
    placed = [cue for item in items for cue in item["evidence"] if cue["page"]]
    assert len(placed) > 40
    for cue in placed:
        first_words = letters(" ".join(cue["cue"].split()[:2]))
        assert first_words in printed[cue["page"]], cue


def test_one_sentence_runs_over_a_page_end(labels: dict[str, Any]) -> None:
    running = {page["page"]: page["runs_on_to_next"] for page in labels["locator"]}
    assert [page for page, cues in running.items() if cues] == [3]


def test_the_layers_interleave_two_columns(demo: Path, pdf_pages: dict[int, str]) -> None:
    layer = (demo / "layers/page-2.txt").read_text(encoding="utf-8")
    lines = layer.splitlines()
    assert lines[0].startswith("Werkprogramma 2031 Inspectie")
    assert lines[-1].strip() == "2"
    whole = [line.strip() for line in pdf_pages[2].splitlines()]
    joined = [line for line in lines if line.strip() not in whole]
    assert len(joined) >= 5, "no line holds text of both columns"
    assert sorted(letters(layer)) == sorted(letters(pdf_pages[2]))


def test_the_transcription_has_every_planted_mistake(demo: Path, source: dict[str, Any]) -> None:
    text = (demo / "programme-transcribed.md").read_text(encoding="utf-8")
    assert len(source["mistakes"]) >= 10
    assert [wrong for _, wrong in source["mistakes"] if wrong not in text] == []


def test_the_transcription_cuts_paragraphs_and_keeps_footnotes(demo: Path, source: dict[str, Any]) -> None:
    text = (demo / "programme-transcribed.md").read_text(encoding="utf-8")
    paragraphs = text.split("\n\n")
    assert any(not paragraph.rstrip().endswith((".", ":", "?")) and len(paragraph) > 200 for paragraph in paragraphs)
    assert len([paragraph for paragraph in paragraphs if paragraph[0] in "¹²³⁴⁵⁶"]) == len(source["footnotes"])


def test_the_word_file_has_heading_styles_and_real_footnotes(demo: Path, source: dict[str, Any]) -> None:
    path = demo / "programme.docx"
    styles = {paragraph.style.name for paragraph in Document(str(path)).paragraphs if paragraph.style}
    assert {"Heading 1", "Heading 2", "List Bullet"} <= styles
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode()
        notes = archive.read("word/footnotes.xml").decode()
    for mark in source["footnotes"]:
        assert f'<w:footnoteReference w:id="{mark}"/>' in body
        assert f'w:id="{mark}"' in notes


def test_the_second_edition_differs_in_three_activities(demo: Path, labels: dict[str, Any]) -> None:
    first = (demo / "programme.md").read_text(encoding="utf-8")
    second = (demo / "programme-edition-2.md").read_text(encoding="utf-8")
    evidence = {activity["id"]: activity["evidence"][0]["cue"] for activity in labels["activities"]}
    change = labels["edition_2"]
    assert [name for name in change["new"] if evidence[name] in first or evidence[name] not in second] == []
    assert [name for name in change["gone"] if evidence[name] in second or evidence[name] not in first] == []
    lines = set(second.splitlines()) - set(first.splitlines())
    assert len([line for line in lines if len(line) > 100]) == len(change["new"]) + len(change["changed"])
