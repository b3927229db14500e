"""A figure as text for a terminal: its title, its sentence and its tables."""

from __future__ import annotations

from collections.abc import Sequence

from ..chain_figures import Figure
from ..chain_figures.twins import translated
from ..chain_words import Words

WIDEST = 80


def figure_text(figure: Figure, words: Words) -> str:
    """Everything of a figure but its drawings; their tables stand for those when there is no other."""
    parts = [figure.about.title, "=" * len(figure.about.title)]
    parts += [figure.verdict] if figure.verdict else []
    for table in figure.tables:
        heads = [head.words for head in table.heads]
        numeric = [head.numeric for head in table.heads]
        parts += ["", table.caption, text_table(heads, [row.cells for row in table.rows], numeric)]
        parts += [table.left_out] if table.left_out else []
    if not figure.tables:
        for drawing in figure.drawings:
            twin = translated(drawing.twin(), words)
            parts += ["", drawing.title, text_table(twin.heads, twin.rows, [False] * len(twin.heads))]
    parts += ["", *figure.notes] if figure.notes else []
    return "\n".join(parts) + "\n"


def text_table(heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> str:
    """Columns under each other, numbers to the right; long cells are cut."""
    lines = [[_cut(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in lines
    )


def _cut(cell: str) -> str:
    return cell if len(cell) <= WIDEST else cell[: WIDEST - 1] + "…"
