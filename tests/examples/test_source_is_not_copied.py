"""No run of nine or more consecutive words of the source stands in the examples, the tests or the docs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

RUN = 9
TEXT = {".yaml", ".yml", ".md", ".txt", ".py", ".json", ".html", ".toml", ".po", ".csv", ".rst"}
FOLDERS = ("examples", "tests", "docs", "src", "benchmarks")

pytestmark = pytest.mark.needs_shared


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> Iterator[tuple[str, ...]]:
    every = words(text)
    return (tuple(every[at : at + RUN]) for at in range(len(every) - RUN + 1))


@pytest.fixture(scope="module")
def source_runs(shared: Path) -> set[tuple[str, ...]]:
    return {run for path in (shared / "seeds").glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}


def files(checkout: Path, folder: str) -> list[Path]:
    found = (path for path in (checkout / folder).rglob("*") if path.suffix in TEXT and path.is_file())
    return [path for path in found if "node_modules" not in path.parts and "output" not in path.parts]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_nine_words_in_a_row_are_copied(examples: Path, source_runs: set[tuple[str, ...]], folder: str) -> None:
    checkout = examples.parent
    copied = {
        str(path.relative_to(checkout)): " ".join(run)
        for path in files(checkout, folder)
        for run in runs(path.read_text(encoding="utf-8", errors="replace"))
        if run in source_runs
    }
    assert copied == {}


def test_a_copied_sentence_would_be_found(shared: Path, source_runs: set[tuple[str, ...]]) -> None:
    source = (shared / "seeds/001_53ca7ded7373938d.txt").read_text(encoding="utf-8")
    sample = " ".join(words(source)[400:420])
    assert any(run in source_runs for run in runs(f"Vooraf: {sample}"))
