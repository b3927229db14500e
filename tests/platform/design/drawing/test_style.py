"""Colours and the look of drawings are written once, for the pages and for reports of one file."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import CHECKOUT
from zichtlijn.platform.design.drawing.style import drawing_style
from zichtlijn.supervision.sources import chain_command

REPORT = Path(chain_command.__file__).with_name("report.css")
PAGES = [*sorted((CHECKOUT / "frontend/src").rglob("*.css"))]


def names_in(css: str) -> set[str]:
    """The properties that it gives a value."""
    return set(re.findall(r"(--zl-[\w-]+)\s*:", css))


def test_neither_pages_nor_reports_repeat_a_colour_or_the_look_of_a_drawing() -> None:
    colours = names_in(drawing_style())
    assert "--zl-accent" in colours
    for path in (REPORT, *PAGES):
        css = path.read_text(encoding="utf-8")
        assert not colours & names_in(css), path.name
        if path.name != "90-print.css":
            assert not re.search(r"^\.zl-drawing [^{]*\{", css, re.MULTILINE), path.name


def test_every_property_that_a_report_uses_is_in_it() -> None:
    css = drawing_style() + REPORT.read_text(encoding="utf-8")
    assert set(re.findall(r"var\((--zl-[\w-]+)", css)) <= names_in(css)


def test_the_style_loads_nothing() -> None:
    assert not re.search(r"url\(|@import|/\*", drawing_style())
    assert drawing_style().count("{") == drawing_style().count("}")


def test_the_built_sheet_of_the_pages_holds_it() -> None:
    build = (CHECKOUT / "frontend/build.mjs").read_text(encoding="utf-8")
    assert '"colours.css"' in build
    assert '"drawing.css"' in build
