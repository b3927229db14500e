"""What a figure says, and how many cases are behind a part of it."""

from __future__ import annotations

from tests.analysis.chains.generated_logs import GeneratedLog
from zichtlijn.analysis.chains.selection import EVERYTHING, Selection
from zichtlijn.supervision.sources import chain_figures
from zichtlijn.supervision.sources.chain_figures import METRICS, Figure

ALL = sorted(METRICS)


def number_of(youth: GeneratedLog, name: str, arguments: dict[str, str], selection: Selection = EVERYTHING) -> int:
    """How many different cases are behind a part of a figure."""
    expression = chain_figures.cases_behind(name, youth.prepared, selection, arguments)
    found = youth.engine.run(expression).column("case_no").to_pylist()
    return len(set(found))


def shown(figure: Figure) -> list[str]:
    """Every word and number of a figure."""
    said = [figure.verdict, *figure.notes]
    for table in figure.tables:
        said += [table.caption, table.left_out, *(head.words for head in table.heads)]
        said += [cell for row in table.rows for cell in row.cells]
    for drawing in figure.drawings:
        said += [drawing.title, *(cell for row in drawing.twin().rows for cell in row)]
    return said
