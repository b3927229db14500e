"""What a page or report shows of one metric: words, a drawing, a table, and which cases are behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from zichtlijn.platform.design.drawing import ChainFlow, Intervals, Twin

Arguments = tuple[tuple[str, str], ...]
"""What picks the cases behind a figure or a row, as in the address of the page of cases."""


class Drawing(Protocol):
    """As in ``platform.design.drawing``."""

    @property
    def title(self) -> str:
        """Its name."""

    def svg(self, html_id: str) -> str:
        """The drawing."""

    def twin(self) -> Twin:
        """The same in a table."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    words: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``behind`` leads to its cases, None where they are too few to be shown."""

    cells: tuple[str, ...]
    behind: Arguments | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. ``left_out`` says how many more there are."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a figure says of itself; ``name`` is that of the metric."""

    name: str
    title: str
    definition: str
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything in the language of the reader. ``verdict`` is what the figure says, in a sentence.

    ``behind`` leads to its cases, None where there are none to lead to.
    """

    about: About
    verdict: str = ""
    drawings: tuple[Drawing, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    behind: Arguments | None = ()
    wide: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing to draw or list; ``verdict`` or ``notes`` say why."""
        return not self.drawings and not self.tables


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number at the head of a page, out of a ``metric``; ``behind`` leads to its cases."""

    value: str
    label: str
    metric: str
    note: str = ""
    behind: Arguments | None = None


Result = Mapping[str, Any]
"""What a metric computed: plain JSON values, the same for the same log and selection."""

MANY_ROWS = 12


def is_wide(drawing: Drawing) -> bool:
    """Whether a drawing needs the whole width of a page: a chain, or many rows."""
    return isinstance(drawing, ChainFlow) or (isinstance(drawing, Intervals) and len(drawing.intervals) > MANY_ROWS)
