"""What the component gallery shows: invented examples, labelled demo."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from . import sample_charts
from .drawing import Bar, Bars, Edge, Network, Period, Periods, Vertex
from .forms import DateInput
from .icons import ICONS
from .outline import Node
from .paging import OpenPage
from .tables import Column
from .timeline import Change, Entry

PASSAGE = (
    "In the demo year the inspectorate follows how the organisations hand cases over. "
    "It visits three regions and publishes what it finds before the summer."
)
ROWS = (
    ("Hand-over of cases in the region", "Investigation", "planned", "neutral", 1.5),
    ("Waiting lists, every quarter", "Monitoring", "running", "info", 0.75),
    ("Follow-up of the recommendations", "Follow-up", "finished", "positive", 0.25),
    ("Reporting of incidents", "Enforcement", "late", "warning", 2.0),
)
COLUMNS = (
    Column("Activity", sort="title"),
    Column("Kind", sort="kind"),
    Column("Status"),
    Column("Capacity (fte)", sort="capacity", numeric=True),
)


class SampleForm(forms.Form):
    """One field of every sort."""

    title = forms.CharField(label="Title", help_text="Short: it is the name in lists.")
    year = forms.IntegerField(label="Year", required=False)
    starts_on = forms.DateField(label="Starts on", widget=DateInput, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose"), ("i", "Investigation"), ("m", "Monitoring")])
    goals = forms.MultipleChoiceField(
        label="Goals", choices=[("1", "Goal 1"), ("2", "Goal 2")], widget=forms.CheckboxSelectMultiple, required=False
    )
    decision = forms.ChoiceField(
        label="Decision", choices=[("yes", "Decided"), ("no", "Not decided")], widget=forms.RadioSelect
    )
    summary = forms.CharField(label="Summary", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    file = forms.FileField(label="Document", required=False, help_text="PDF, Word, Markdown or plain text.")
    public = forms.BooleanField(label="May be published", required=False, help_text="Everybody can then read it.")


class SampleFilters(forms.Form):
    """Filters above a list."""

    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All"), ("i", "Investigation")])
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "All"), ("p", "Planned")])
    organisation = forms.CharField(label="Organisation", required=False)


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the gallery template names."""
    counted: Page[Any] = Paginator(range(214), 25).page(2)
    return {
        "tones": ("neutral", "info", "positive", "warning", "negative"),
        "icons": sorted(ICONS),
        "rows": ROWS,
        "columns": COLUMNS,
        "counted": counted,
        "uncounted": OpenPage(range(25), 3, 25, has_next=True),
        "filters": SampleFilters(request.GET or None),
        "empty_form": SampleForm(prefix="empty"),
        "wrong_form": SampleForm({"wrong-year": "soon"}, prefix="wrong"),
        "pairs": (("Kind", "Investigation"), ("Goals", "Goal 1, Goal 2"), ("Budget", None), ("Year", 2031)),
        "passage": PASSAGE,
        "spans": [(PASSAGE.index("how the"), PASSAGE.index("over.") + 4)],
        "entries": _entries(),
        "nodes": _outline(),
        "tab_items": [("Overview", request.path), ("History", "?tab=history", 12), ("Comments", "?tab=comments", 0)],
        "network": _network(),
        "bars": _bars(),
        "periods": _periods(),
        "chain_flow": sample_charts.chain_flow(),
        "charts": {
            "curve": sample_charts.step_curve(),
            "series": sample_charts.time_series(),
            "funnel": sample_charts.funnel(),
            "intervals": sample_charts.intervals(),
            "histogram": sample_charts.histogram(),
        },
        "moment_sample": datetime(2031, 3, 14, 9, 30, tzinfo=UTC),
    }


def _entries() -> list[Entry]:
    when = datetime(2031, 3, 14, 9, 30, tzinfo=UTC)
    title = Change("Title", "Hand-over of cases", "Hand-over of cases in the region")
    return [
        Entry(
            when, "Amended", "P. Demo", "A signal from two regions", "#", "warning", [title, Change("Year", None, 2031)]
        ),
        Entry(when, "Decided", "I. Demo", tone="positive"),
        Entry(when, "Drafted", "P. Demo"),
    ]


def _outline() -> list[Node]:
    passage = Node("Demo programme, page 6", "#", kind="Passage")
    activity = Node(
        "Hand-over of cases", "#", "Activity", status="running", tone="info", current=True, children=[passage]
    )
    later = Node("Earlier activities", kind="Activity", folded=True, children=[Node("Visits", "#")])
    return [Node("Children get help in time", "#", kind="Goal", children=[activity, later])]


def _network() -> Network:
    vertices = [
        Vertex("signal", "Signal from two regions", layer=0, kind="Signal", url="#", tone="warning"),
        Vertex("goal", "Children get help in time", layer=0, kind="Goal", url="#"),
        Vertex(
            "activity",
            "Hand-over of cases in the region",
            layer=1,
            kind="Activity",
            url="#",
            current=True,
            tone="accent",
        ),
        Vertex("monitor", "Waiting lists, every quarter", layer=1, kind="Activity", url="#"),
        Vertex("org", "Demo agency for youth protection", layer=2, kind="Organisation", url="#"),
        Vertex("chain", "Youth protection", layer=2, kind="Chain", url="#"),
        Vertex("passage", "Demo programme, page 6", layer=3, kind="Passage", url="#"),
    ]
    pairs = ["signal activity", "goal activity", "goal monitor", "activity org", "activity chain", "monitor chain"]
    ends = (pair.split() for pair in pairs)
    edges = [Edge(start, end) for start, end in ends] + [
        Edge("goal", "passage"),
        Edge("activity", "passage", strong=True),
    ]
    heads = ("Why", "What", "Where", "Source")
    return Network("Line of sight of an activity (demo)", vertices, edges, layer_names=heads)


def _bars() -> Bars:
    bars = [
        Bar("Region North", 42, limit=60),
        Bar("Region East", 75, limit=60, tone="warning", note="over the limit"),
        Bar("Region South", 18, limit=60),
        Bar("Region West", 0, limit=60),
    ]
    return Bars("Days on the waiting list (demo)", bars, unit="days", limit_name="limit")


def _periods() -> Periods:
    day = datetime(2031, 1, 1, tzinfo=UTC).date()
    periods = [
        Period("Demo agency", "Owner: A", day.replace(year=2024), day.replace(year=2028)),
        Period("Demo agency", "Owner: B", day.replace(year=2028), None, tone="info"),
        Period("Demo council", "Commissioner: C", day.replace(year=2022), day.replace(year=2030, month=7)),
    ]
    return Periods("Who was what, and when (demo)", periods, today=day)
