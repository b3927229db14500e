"""The tables of a document: rows and columns, and which tables list activities and which list figures.

The cells of a row stand on one line of the text, parted by upright strokes; the first row is the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from zichtlijn.analysis.documents.dictionaries import ActivityWords
from zichtlijn.analysis.documents.model import ReadDocument
from zichtlijn.analysis.documents.proposals.units import Unit

Cells = Mapping[int, Sequence[Unit]]
FEWEST_ROWS, FEWEST_COLUMNS = 2, 2
NUMBER_CELL = re.compile(
    r"^(?:€\s?)?\d[\d.]*(?:,\d+)?(?:,-)?\s*(?:%|fte|uur|uren|dagen|mln\.?|miljoen|euro)?$|^(?:n\.?v\.?t\.?|[-–—x✓]|p\.?m\.?)$",
    re.IGNORECASE,
)
TOTAL = re.compile(r"^(?:sub)?totaal\b|^(?:som|saldo)\b", re.IGNORECASE)
YEAR = re.compile(r"\b20[0-4]\d\b")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head by column, and its rows. ``roles`` says what the columns hold, as far as the head tells."""

    head: Mapping[int, str]
    rows: tuple[Cells, ...]
    roles: Mapping[str, int] = field(default_factory=dict)

    def text(self, row: Cells, column: int) -> str:
        """The words of a cell; empty when there is none."""
        return " ".join(unit.text for unit in row.get(column, ()))

    @property
    def lists_activities(self) -> bool:
        """A column of activities with at least one that tells more of them, or that only an activity can have."""
        return "activity" in self.roles and (len(self.roles) > 1 or "plain_activity" in self.roles)

    @property
    def lists_figures(self) -> bool:
        """Nearly all cells behind the first of a row are numbers."""
        cells = [self.text(row, column) for row in self.rows for column in sorted(row)[1:]]
        return bool(cells) and sum(bool(NUMBER_CELL.match(cell)) for cell in cells) >= MOSTLY * len(cells)


MOSTLY = 0.8


def tables_in(document: ReadDocument, units: Sequence[Unit], known: ActivityWords) -> list[Table]:
    """Every table with a head, at least one row under it and two columns."""
    tables = []
    for _, run in groupby(units, key=lambda unit: (unit.kind == "table_cell", unit.section)):
        cells = list(run)
        if cells[0].kind != "table_cell":
            continue
        for block in _apart(document, cells):
            rows = list(_rows(document, block))
            columns = {column for row in rows for column in row}
            if len(rows) >= FEWEST_ROWS and len(columns) >= FEWEST_COLUMNS:
                tables.append(_table(rows, known))
    return tables


def _apart(document: ReadDocument, cells: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Cells with other text or a blank line in between belong to different tables."""
    block: list[Unit] = []
    for cell in cells:
        if block and "\n\n" in document.text[block[-1].spans[-1].end : cell.spans[0].start]:
            yield block
            block = []
        block.append(cell)
    if block:
        yield block


def _rows(document: ReadDocument, cells: Sequence[Unit]) -> Iterator[Cells]:
    for _, line in groupby(cells, key=lambda cell: _line(document, cell)):
        row: dict[int, list[Unit]] = {}
        for cell in line:
            row.setdefault(_column(document, cell), []).append(cell)
        yield row


def _line(document: ReadDocument, cell: Unit) -> int:
    """Where the line of a cell begins; of a further sentence in it, that of its first."""
    start = document.passages[cell.passage].span.start
    return document.text.rfind("\n", 0, start) + 1


def _column(document: ReadDocument, cell: Unit) -> int:
    start = document.passages[cell.passage].span.start
    before = document.text[_line(document, cell) : start]
    return before.count("|") - before.count("\\|")


def _table(rows: Sequence[Cells], known: ActivityWords) -> Table:
    head = {column: " ".join(unit.text for unit in cells) for column, cells in rows[0].items()}
    roles: dict[str, int] = {}
    for column in sorted(head):
        role = next((name for name, words in known.columns if words.search(head[column])), None)
        if role is not None:
            roles.setdefault(role, column)
    if "plain_activity" in roles:
        roles["activity"] = roles["plain_activity"]
    return Table(head, tuple(rows[1:]), roles)


def cells_of(tables: Sequence[Table]) -> frozenset[int]:
    """The units of all rows, and thereby not those of the heads."""
    return frozenset(unit.index for table in tables for row in table.rows for cells in row.values() for unit in cells)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is an activity: the cells that tell of it, the one with its name first, and what the head says."""

    units: tuple[Unit, ...]
    name: Unit
    head: str
    goal: str = ""
    when: str = ""


def activity_rows(tables: Sequence[Table]) -> tuple[dict[int, Row], frozenset[int]]:
    """The rows that are activities by the unit of their name, and all units of tables that were understood."""
    rows: dict[int, Row] = {}
    understood: set[int] = set()
    for table in tables:
        if not table.lists_activities and not table.lists_figures:
            continue
        understood |= {unit.index for row in table.rows for cells in row.values() for unit in cells}
        if table.lists_activities:
            rows |= {row.name.index: row for row in _activities(table)}
    return rows, frozenset(understood)


def _activities(table: Table) -> Iterator[Row]:
    column = table.roles["activity"]
    for cells in table.rows:
        name = table.text(cells, column)
        if not any(letter.isalpha() for letter in name) or NUMBER_CELL.match(name) or TOTAL.match(name):
            continue
        first, *more = cells[column]
        others = [unit for at, units in sorted(cells.items()) if at != column for unit in units]
        told = {role: table.text(cells, at) for role, at in table.roles.items()}
        yield Row((first, *more, *others), first, table.head[column], told.get("goal", ""), told.get("when", ""))


def head_units(tables: Sequence[Table], units: Sequence[Unit]) -> frozenset[int]:
    """The units of the heads, which are never activities themselves."""
    firsts = [min(unit.index for cells in table.rows[0].values() for unit in cells) for table in tables]
    sizes = [len(table.head) for table in tables]
    return frozenset(
        index
        for first, size in zip(firsts, sizes, strict=True)
        for index in range(max(0, first - size), first)
        if units[index].kind == "table_cell"
    )
