"""The routes that cases took, the most frequent first."""

from __future__ import annotations

import ibis.expr.types as ir

from zichtlijn.analysis.chains import variants
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.kernels import Instant
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Prepared

from .figure import Figure, Result, Row, Table
from .metric import Arguments, Metric, whole
from .reader import Reader

DEFINITION = variants.DEFINITION
KEPT, LISTED, LONGEST = 50, 12, 14


def compute(engine: Engine, selection: Selection) -> Result:
    """The most frequent routes, and how many are needed for most of the cases."""
    return _result(variants.compute(engine, selection, shown=KEPT))


def at_once(instant: Instant, selection: Selection) -> Result:
    """The same."""
    return _result(instant.variants(selection, shown=KEPT))


def _result(found: variants.Variants) -> Result:
    return {
        "cases": found.cases,
        "routes": len(found.sizes),
        "alone": int((found.sizes == 1).sum()),
        "for_80_percent": found.needed_for(0.8),
        "shown": [
            # As text: the number of a route does not fit what JavaScript and JSON readers take for a number
            {
                "route": str(each.variant),
                "activities": list(each.activities),
                "cases": each.cases,
                "share": each.share,
                "coverage": each.coverage,
            }
            for each in found.shown
        ],
    }


def figure(result: Result, reader: Reader) -> Figure:
    """A sentence and the most frequent routes."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    if not result["cases"]:
        return Figure(about, verdict=gettext("There are no cases in this selection."))
    if reader.hides(result["cases"]):
        return Figure(about, verdict=reader.not_shown())
    verdict = gettext(
        "The %(cases)s cases took %(routes)s different routes; the %(few)s most frequent ones cover 80%% of them.",
        cases=reader.count(result["cases"]),
        routes=words.number(result["routes"]),
        few=words.number(result["for_80_percent"]),
    )
    sizes = [each["cases"] for each in result["shown"]]
    shown = [result["shown"][place] for place in reader.listed(sizes, result["cases"], LISTED)]
    rows = tuple(
        Row(
            (
                gettext("Route %(number)s", number=number),
                _route(each["activities"], reader),
                reader.count(each["cases"]),
                words.fine_share(each["share"]),
                words.fine_share(each["coverage"]),
            ),
            (("route", each["route"]),),
        )
        for number, each in enumerate(shown, start=1)
    )
    heads = (gettext("Route"), gettext("Activities in order"), gettext("Cases"), gettext("Share"), gettext("Together"))
    left_out = reader.left_out(result["routes"] - len(shown))
    tables = (
        (Table(gettext("Most frequent routes"), reader.heads(*heads, numeric_from=2), rows, left_out),) if rows else ()
    )
    return Figure(about, verdict=verdict, tables=tables, wide=True)


def _route(activities: list[str | None], reader: Reader) -> str:
    names = [reader.text(each) for each in activities]
    if len(names) > LONGEST:
        more = reader.words.gettext("(%(number)s more)", number=reader.words.number(len(names) - LONGEST))
        names = [*names[:LONGEST], more]
    return " → ".join(names)


def cases(_log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases of a route, or all of them."""
    route = whole(arguments, "route")
    return selection.cases().select("case_no") if route is None else variants.cases_behind(selection, route)


METRIC = Metric(DEFINITION, compute, figure, cases, at_once=at_once)
