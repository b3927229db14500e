"""Tables of the report as HTML."""

from __future__ import annotations

from html import escape

from zichtlijn.platform.design.drawing.markup import element

from ..chain_figures import Table


def table_markup(table: Table) -> str:
    """A table with its caption; the first cell of a row names it."""
    look = ["number" if head.numeric else None for head in table.heads]
    heads = "".join(
        element("th", escape(head.words), scope="col", class_=kind)
        for head, kind in zip(table.heads, look, strict=True)
    )
    rows = []
    for row in table.rows:
        first, *others = row.cells
        cells = [element("th", escape(first), scope="row")]
        cells += [element("td", escape(cell), class_=kind) for cell, kind in zip(others, look[1:], strict=True)]
        rows.append(element("tr", *cells))
    below = element("p", escape(table.left_out), class_="note") if table.left_out else ""
    return framed(table.caption, heads, "".join(rows)) + below


def framed(caption: str, heads: str, rows: str) -> str:
    """A table in a frame that scrolls sideways."""
    whole = element(
        "table", element("caption", escape(caption)), element("thead", element("tr", heads)), element("tbody", rows)
    )
    return element("div", whole, class_="scroll scroll--table", tabindex="0", role="group", aria_label=caption)
