"""The report as one HTML file: its style inside it, no scripts, nothing from a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.platform.design.drawing import Twin
from zichtlijn.platform.design.drawing.markup import element
from zichtlijn.platform.design.drawing.style import drawing_style

from ..chain_figures import Figure, Reader, is_wide
from ..chain_figures.figure import Drawing
from ..chain_figures.twins import translated
from .report_origin import origin_section, reading_section
from .report_tables import framed, table_markup

STYLE = Path(__file__).with_name("report.css")


@dataclass(frozen=True)
class Report:
    """What is reported: ``left_out`` are titles of figures with why they cannot be made, ``chosen`` the selection."""

    log: Prepared
    loaded: dict[str, Any]
    proposed: bool
    figures: Sequence[Figure]
    left_out: Sequence[tuple[str, str]]
    chosen: Sequence[tuple[str, str]]


@cache
def _style() -> str:
    return drawing_style() + STYLE.read_text(encoding="utf-8")


def page(report: Report, reader: Reader) -> str:
    """The whole file. The same log, selection and language give the same bytes."""
    gettext = reader.words.gettext
    names = ", ".join(source["name"] for source in report.log.manifest.sources)
    title = gettext("Chain report: %(name)s", name=names)
    body = "".join(
        (
            _head(report, reader, title),
            element("main", _contents(report, reader), *_sections(report, reader)),
        )
    )
    # What leaves a browser of this file: nothing. The file holds no scripts, and none may be added to it.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = "".join(
        (
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            element("title", escape(title)),
            element("style", _style()),
        )
    )
    return f'<!DOCTYPE html>\n<html lang="{reader.words.language}"><head>{head}</head><body>{body}</body></html>\n'


def _head(report: Report, reader: Reader, title: str) -> str:
    gettext = reader.words.gettext
    parts = [element("p", "Zichtlijn", class_="mark"), element("h1", escape(title))]
    if report.log.manifest.is_demo:
        parts.append(element("p", escape(gettext("demo")), class_="demo"))
    if report.chosen:
        said = "; ".join(f"{_choice(name, reader)}: {value}" for name, value in report.chosen)
        parts.append(element("p", escape(gettext("Selection: %(words)s", words=said)), class_="lead"))
    if report.proposed:
        message = gettext("The meaning of the columns was proposed by the software and looked at by nobody.")
        parts.append(element("p", escape(message), class_="note"))
    return element("header", *parts)


def _choice(name: str, reader: Reader) -> str:
    gettext = reader.words.gettext
    said = {
        "from": gettext("started from"),
        "until": gettext("started until"),
        "organisation": gettext("organisation"),
        "region": gettext("region"),
        "group": gettext("group"),
        "citizen_group": gettext("citizen group"),
    }
    return said[name]


def _contents(report: Report, reader: Reader) -> str:
    items = [
        element("li", element("a", escape(figure.about.title), href=f"#{figure.about.name}"))
        for figure in report.figures
    ]
    more = (("reading", reader.words.gettext("How the log was read")), ("origin", reader.words.gettext("Made from")))
    items += [element("li", element("a", escape(words), href=f"#{place}")) for place, words in more]
    name = reader.words.gettext("Contents")
    return element("nav", element("h2", escape(name)), element("ul", *items), aria_label=name)


def _sections(report: Report, reader: Reader) -> list[str]:
    gettext = reader.words.gettext
    found = [figure_section(figure, reader) for figure in report.figures]
    if report.left_out:
        rows = [element("li", element("strong", escape(title)), " ", escape(why)) for title, why in report.left_out]
        found.append(_section("left-out", gettext("Figures that this log does not allow"), element("ul", *rows)))
    found.append(_section("reading", gettext("How the log was read"), reading_section(report.loaded, reader)))
    found.append(_section("origin", gettext("Made from"), origin_section(report.log, reader)))
    return found


def _section(name: str, title: str, *content: str) -> str:
    return element("section", element("h2", escape(title), id=name), *content, aria_labelledby=name)


def figure_section(figure: Figure, reader: Reader) -> str:
    """A figure with its sentence, drawings, tables, notes and definition."""
    parts = [element("p", escape(figure.verdict), class_="verdict")] if figure.verdict else []
    drawn = [_drawing(drawing, f"{figure.about.name}-{i}", reader) for i, drawing in enumerate(figure.drawings)]
    if drawn:
        parts.append(element("div", *drawn, class_="drawings"))
    parts += [table_markup(table) for table in figure.tables]
    parts += [element("p", escape(note), class_="note") for note in figure.notes]
    return _section(figure.about.name, figure.about.title, *parts, _definition(figure, reader))


def _drawing(drawing: Drawing, html_id: str, reader: Reader) -> str:
    twin = translated(drawing.twin(), reader.words)
    folded = element(
        "details",
        element("summary", escape(reader.words.gettext("The same in words"))),
        _twin_table(twin, drawing.title),
    )
    frame = element("div", drawing.svg(html_id), class_="scroll", tabindex="0", role="group", aria_label=drawing.title)
    look = "wide" if is_wide(drawing) else None
    return element("figure", element("figcaption", escape(drawing.title)), frame, folded, class_=look)


def _twin_table(twin: Twin, caption: str) -> str:
    heads = "".join(element("th", escape(head), scope="col") for head in twin.heads)
    rows = "".join(element("tr", *(element("td", escape(cell)) for cell in row)) for row in twin.rows)
    return framed(caption, heads, rows)


def _definition(figure: Figure, reader: Reader) -> str:
    gettext = reader.words.gettext
    pairs = (
        (gettext("Definition"), figure.about.definition),
        (gettext("Unit"), figure.about.unit),
        (gettext("Source"), figure.about.source),
    )
    lines = "".join(element("dt", escape(name)) + element("dd", escape(text)) for name, text in pairs)
    return element("details", element("summary", escape(gettext("How this is computed"))), element("dl", lines))
