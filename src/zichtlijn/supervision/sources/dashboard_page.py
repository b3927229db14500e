"""The dashboard of a prepared log: its parts, the figures of a part, and the links that go with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.design.tables import Column

from .figure_making import AGREEMENT, Pairs
from .models import Agreement, Dataset
from .narrow_selections import YEAR, year_of

if TYPE_CHECKING:
    from zichtlijn.analysis.chains.selection import Selection
    from zichtlijn.analysis.eventlogs.prepared import Prepared

    from .chain_figures import Figure, Reader, Table
    from .chain_figures.figure import Arguments, Drawing


@dataclass(frozen=True)
class Part:
    """One page of the dashboard with the metrics on it."""

    slug: str
    name: Any
    metrics: tuple[str, ...]


PARTS = (
    Part("overview", _("Overview"), ("phenomena", "hand-overs")),
    Part("waiting", _("Waiting and load"), ("waiting-lists", "load", "lost-hand-overs")),
    Part("times", _("Lead times and terms"), ("lead-times", "terms", "trends", "throughput", "durations")),
    Part("equality", _("Equality of treatment"), ("equality",)),
    Part("steps", _("Steps and routes"), ("bottlenecks", "directly-follows", "variants", "rework")),
    Part("agreements", _("Agreements"), ()),
    Part("parallels", _("Parallels"), ()),
)
AGREEMENTS, PARALLELS = PARTS[-2:]
MOST_OTHERS = 8


FOLDED_FROM = 12


def part_of(slug: str) -> Part | None:
    """A part by its name in the address."""
    return next((part for part in PARTS if part.slug == slug), None)


@dataclass(frozen=True)
class Line:
    """A row of a table: words and whether they are a number; ``url`` leads to its cases."""

    cells: list[tuple[str, bool]]
    url: str


@dataclass(frozen=True)
class ShownTable:
    """A table with what the table tag needs; a long one beside a drawing is folded."""

    html_id: str
    caption: str
    columns: list[Column]
    lines: list[Line]
    left_out: str
    folded: bool


@dataclass(frozen=True)
class ShownDrawing:
    """A drawing with an id that is its own on the page."""

    html_id: str
    drawing: Drawing
    is_wide: bool


@dataclass(frozen=True)
class Panel:
    """One figure with its links; ``name`` is unique on the page."""

    name: str
    figure: Figure
    drawings: list[ShownDrawing]
    tables: list[ShownTable]
    cases_url: str
    keep_url: str
    agreement: Agreement | None = None


@dataclass(frozen=True)
class Number:
    """A key figure."""

    value: str
    label: str
    note: str
    url: str


class Dashboard:
    """One reader looking at one selection of a log. Figures computed before come from memory."""

    def __init__(self, dataset: Dataset, log: Prepared, selection: Selection, pairs: Pairs, user: Any) -> None:
        from . import chain_figures

        self.dataset, self.log, self.selection, self.pairs = dataset, log, selection, list(pairs)
        self.may_keep = user.has_perm("sources.save_figure", dataset)
        self.sees_cases = user.has_perm("sources.view_cases", dataset)
        minimum = 1 if self.sees_cases else chain_figures.SMALLEST
        self.reader: Reader = chain_figures.Reader(chain_figures.words_in(get_language()), minimum)

    def panels(self, metrics: Iterable[str]) -> tuple[list[Panel], list[str]]:
        """The figures that the log allows, and why the others are not there."""
        from . import chain_figures

        panels, missing = [], []
        for name in metrics:
            reasons = chain_figures.missing(name, self.log)
            if reasons:
                title = self.reader.words.gettext(chain_figures.METRICS[name].definition.title)
                missing.append(f"{title}: {' '.join(self.reader.words.gettext(reason) for reason in reasons)}")
            else:
                panels.append(self.panel(name, self._figure(name)))
        return panels, missing

    def parallels(self, user: Any) -> tuple[Panel, list[str]]:
        """What was found in this chain, looked up in the other datasets that the user sees, the newest first."""
        from zichtlijn.analysis.eventlogs.model import LogError

        from .chain_figures import parallels

        seen = Dataset.objects.visible_to(user).with_figures().exclude(pk=self.dataset.pk)
        others, names = [], []
        for other in seen.order_by("-added_at")[:MOST_OTHERS]:
            try:
                others.append(parallels.examined(other.title, other.open_prepared()))
            except LogError:  # made by another version of the software
                continue
            names.append(other.title)
        own = parallels.examined(self.dataset.title, self.log)
        figure = parallels.parallels_figure(parallels.parallels_of(own, others), self.reader)
        return panel_of("parallels", figure, lambda _behind: ""), names

    def _result(self, name: str) -> Any:
        from . import chain_figures

        return chain_figures.cached(name, self.log, self.selection)

    def _figure(self, name: str) -> Figure:
        from . import chain_figures

        return chain_figures.figure_of(name, self._result(name), self.reader)

    def agreed(self, agreements: Iterable[Agreement]) -> tuple[list[Panel], list[str]]:
        """The log held against what was agreed and what is stated; and why that cannot be done."""
        from zichtlijn.analysis.eventlogs.model import LogError

        from . import chain_figures

        panels, missing = [], []
        for each in agreements:
            metric = each.metric
            try:
                result = chain_figures.cached_agreed(metric, self.log, each.digest, each.contents, self.selection)
            except LogError as error:
                missing.append(f"{each.title}: {self.reader.words.gettext(error.message, **error.params)}")
                continue
            of_selection = chain_figures.AGREED[metric].of_selection
            pairs = [(AGREEMENT, each.digest), *(self.pairs if of_selection else ())]
            figure = chain_figures.figure_of(metric, result, self.reader)
            panels.append(replace(self.panel(metric, figure, pairs, f"{metric}-{each.pk}"), agreement=each))
        return panels, missing

    def panel(self, name: str, figure: Figure, pairs: Pairs | None = None, html_name: str = "") -> Panel:
        """A figure with the addresses of its cases and of keeping it; ``pairs``: what it is of, if not of these."""
        asked = self.pairs if pairs is None else pairs
        keep = ""
        if self.may_keep:
            keep = f"{reverse('sources:figure-save', args=[self.dataset.pk])}?{urlencode([('metric', name), *asked])}"
        return panel_of(
            html_name or name, figure, lambda behind: self.cases_url(figure.about.name, behind, asked), keep
        )

    def cases_url(self, name: str, behind: Arguments | None, pairs: Pairs | None = None) -> str:
        """Where the cases behind a figure or a part of it are; empty when they cannot be shown."""
        if behind is None or not self.sees_cases:
            return ""
        query = urlencode([("metric", name), *(self.pairs if pairs is None else pairs), *behind])
        return f"{reverse('sources:dataset-cases', args=[self.dataset.pk])}?{query}"

    def numbers(self) -> list[Number]:
        """The key figures of the selection."""
        from . import chain_figures

        return [
            Number(each.value, each.label, each.note, self.cases_url(each.metric, each.behind))
            for each in chain_figures.key_figures(self.log, self._result, self.reader)
        ]


def panel_of(name: str, figure: Figure, cases_url: Callable[[Arguments | None], str], keep_url: str = "") -> Panel:
    """A figure as a page shows it; ``cases_url`` gives the address of the cases behind a part of it, or nothing."""
    from . import chain_figures

    alone = len(figure.drawings) == 1
    drawings = [
        ShownDrawing(f"{name}-{number}", drawing, alone or chain_figures.is_wide(drawing))
        for number, drawing in enumerate(figure.drawings, start=1)
    ]
    tables = [
        _table(f"{name}-table-{number}", table, bool(drawings), cases_url)
        for number, table in enumerate(figure.tables, start=1)
    ]
    return Panel(name, figure, drawings, tables, cases_url(figure.behind), keep_url)


def _table(
    html_id: str, table: Table, beside_drawing: bool, cases_url: Callable[[Arguments | None], str]
) -> ShownTable:
    columns = [Column(head.words, numeric=head.numeric) for head in table.heads]
    numeric = [head.numeric for head in table.heads]
    lines = [Line(list(zip(row.cells, numeric, strict=True)), cases_url(row.behind)) for row in table.rows]
    folded = beside_drawing and len(lines) > FOLDED_FROM
    return ShownTable(html_id, table.caption, columns, lines, table.left_out, folded)


def in_whole_years(pairs: Pairs) -> Pairs:
    """The selection with its period as one year, where it is one."""
    year = year_of(pairs)
    if year is None:
        return pairs
    return [(YEAR, str(year)), *((name, value) for name, value in pairs if name not in ("from", "until"))]


def chosen_words(pairs: Pairs, labels: dict[str, Any]) -> list[tuple[str, str]]:
    """The selection in words, each with the address without it."""
    found = []
    for place, (name, value) in enumerate(pairs):
        rest = [pair for other, pair in enumerate(pairs) if other != place]
        found.append((f"{labels[name]}: {value}", f"?{urlencode(rest)}"))
    return found


def tabs_of(dataset: Dataset, pairs: Pairs) -> Sequence[tuple[Any, str]]:
    """The parts with their addresses, in the same selection."""
    query = f"?{urlencode(list(pairs))}" if pairs else ""
    return [(part.name, address_of(dataset, part) + query) for part in PARTS]


def address_of(dataset: Dataset, part: Part) -> str:
    """The address of a part; the first one is that of the dashboard itself."""
    if part is PARTS[0]:
        return reverse("sources:dataset-dashboard", args=[dataset.pk])
    return reverse("sources:dataset-dashboard-part", args=[dataset.pk, part.slug])
