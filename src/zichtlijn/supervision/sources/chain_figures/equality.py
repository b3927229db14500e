"""Whether regions and groups are treated alike: the verdicts, and funnels of where a difference shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis.expr.types as ir
import numpy as np

from zichtlijn.analysis.chains import equality
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.equality import Comparison, Unit
from zichtlijn.analysis.chains.equality_measures import DIMENSIONS, MEASURES
from zichtlijn.analysis.chains.open_cases import cut_off
from zichtlijn.analysis.chains.selection import Selection
from zichtlijn.analysis.eventlogs.prepared import Dimension, Prepared
from zichtlijn.analysis.texts import gettext_noop
from zichtlijn.platform.design.drawing import Dot, Funnel, Limits

from .figure import Figure, Result, Row, Table
from .metric import Arguments, Metric, code
from .reader import Reader

DEFINITION = equality.DEFINITION
KEPT, DRAWN, LISTED, UNITS = 60, 4, 15, 60
SIZES = 60
REACH = 1.959964
NAMES = {
    "region": gettext_noop("regions"),
    "group": gettext_noop("groups"),
    "citizen_group": gettext_noop("citizen groups"),
}
UNIT_S = {"days": 86_400, "hours": 3_600, "seconds": 1}


def compute(engine: Engine, selection: Selection) -> Result:
    """The comparisons, the surest differences first."""
    found = equality.compute(engine, selection)
    return {
        "minimum": found.minimum,
        "count": len(found.comparisons),
        "shown": len(found.shown),
        "too_few": sum(each.verdict == equality.TOO_FEW for each in found.comparisons),
        "comparisons": [_comparison(each) for each in found.comparisons[:KEPT]],
    }


def _comparison(each: Comparison) -> dict[str, Any]:
    return {
        "dimension": each.dimension,
        "measure": each.measure,
        "value": each.value,
        "time_unit": each.time_unit,
        "horizon": each.horizon,
        "usual": each.usual,
        "p_value": each.p_value,
        "q_value": each.q_value,
        "verdict": each.verdict,
        "funnel": _limits(each),
        "units": [_unit(unit) for unit in sorted(each.units, key=lambda unit: -unit.cases)[:UNITS]],
    }


def _unit(unit: Unit) -> dict[str, Any]:
    names = ("value", "cases", "estimate", "lower", "upper", "shrunk", "q_value", "count_hidden", "verdict")
    return {name: getattr(unit, name) for name in names} | {"beyond_spread": unit.beyond_spread}


def _limits(each: Comparison) -> dict[str, float] | None:
    """What limits at any number of cases follow from: the error of one case, and the usual spread between units."""
    if each.funnel is None:
        return None
    compared = [unit for unit in each.units if not np.isnan(unit.estimate)]
    sizes = np.array([unit.cases for unit in compared], dtype=float)
    error_of_one = float(np.median(each.funnel.standard_errors * np.sqrt(sizes)))
    return {"target": each.funnel.target, "error_of_one": error_of_one, "between": each.funnel.between}


def figure(result: Result, reader: Reader) -> Figure:
    """Funnels of what differs, else of the lead time; and a table of what was compared."""
    gettext, about = reader.words.gettext, reader.about(DEFINITION)
    comparisons = result["comparisons"]
    judged = [each for each in comparisons if each["funnel"]]
    if not judged:
        minimum = reader.words.number(result["minimum"])
        verdict = gettext("There are too few regions or groups with at least %(number)s cases.", number=minimum)
        return Figure(about, verdict)
    different = [each for each in judged if each["verdict"] == equality.DIFFERENCE]
    first = different or [each for each in judged if each["measure"] in ("lead-time", "term-exceeded")] or judged
    drawings = tuple(_drawing(each, reader) for each in first[:DRAWN])
    notes = [_minimum_note(result, reader)]
    if different:
        notes.append(gettext("A difference is a reason to look; it does not say why, and other things may explain it."))
    return Figure(
        about,
        _verdict(result, different, reader),
        drawings=drawings,
        tables=tuple(table for table in (_outside(different, reader), _table(result, judged, reader)) if table.rows),
        notes=tuple(notes),
        wide=True,
    )


def _verdict(result: Result, different: list[dict[str, Any]], reader: Reader) -> str:
    gettext, number = reader.words.gettext, reader.words.number
    made = result["count"] - result["too_few"]
    if not different:
        return gettext("No difference shown in any of %(number)s comparisons.", number=number(made))
    outside = list(
        dict.fromkeys(
            unit["value"]
            for each in different
            for unit in each["units"]
            if _stands_out(unit) and not _is_hidden(unit, reader)
        )
    )
    terms = {"some": number(result["shown"]), "number": number(made)}
    if not outside:
        return gettext(
            "In %(some)s of %(number)s comparisons a difference is shown; no single one stands out.", **terms
        )
    return gettext(
        "In %(some)s of %(number)s comparisons a difference is shown; these stand out: %(names)s.",
        names=reader.words.either(outside[:6]),
        **terms,
    )


def _stands_out(unit: dict[str, Any]) -> bool:
    return bool(unit["verdict"] == equality.DIFFERENCE)


def _minimum_note(result: Result, reader: Reader) -> str:
    number = reader.words.number
    return reader.words.gettext(
        "Regions and groups with fewer than %(number)s cases are left out of the comparison.",
        number=number(result["minimum"]),
    )


def title_of(each: dict[str, Any], reader: Reader) -> str:
    """What is compared between what, such as: Mean lead time, between regions."""
    gettext = reader.words.gettext
    measure, names = equality.MEASURE_TITLES[each["measure"]], NAMES[each["dimension"]]
    terms = {"measure": gettext(measure), "names": gettext(names), "value": each["value"]}
    if each["value"] is None:
        return gettext("%(measure)s, between %(names)s", **terms)
    return gettext("%(measure)s “%(value)s”, between %(names)s", **terms)


def written(each: dict[str, Any], reader: Reader) -> Callable[[float | None], str]:
    """Writes an estimate of a comparison: a time or a share."""
    if each["measure"] != "lead-time":
        return reader.words.fine_share
    return lambda value: reader.seconds(None if value is None else value * UNIT_S[each["time_unit"]])


def _drawing(each: dict[str, Any], reader: Reader) -> Funnel:
    gettext, words = reader.words.gettext, reader.words
    units = [unit for unit in each["units"] if unit["estimate"] is not None and not _is_hidden(unit, reader)]
    is_share = each["measure"] != "lead-time"
    return Funnel(
        title_of(each, reader),
        [
            Dot(unit["value"], unit["cases"], unit["estimate"], _stands_out(unit), reader.key(unit["verdict"]))
            for unit in units
        ],
        each["funnel"]["target"],
        _limit_lines(each, [unit["cases"] for unit in units], reader),
        gettext("Cases"),
        gettext("Share") if is_share else _time_name(each, reader),
        gettext("All together"),
        gettext(equality.NO_DIFFERENCE),
        gettext(equality.DIFFERENCE),
        highest=1.0 if is_share else None,
        number=words.number,
        value=words.fine_share if is_share else words.plain_short,
    )


def _time_name(each: dict[str, Any], reader: Reader) -> str:
    gettext = reader.words.gettext
    if each["time_unit"] == "days":
        return gettext("Mean lead time (days)")
    return gettext("Mean lead time (hours)") if each["time_unit"] == "hours" else gettext("Mean lead time (seconds)")


def _limit_lines(each: dict[str, Any], sizes: list[int], reader: Reader) -> list[Limits]:
    gettext, funnel = reader.words.gettext, each["funnel"]
    if not sizes:
        return []
    along = np.geomspace(max(1, 0.7 * min(sizes)), 1.1 * max(sizes), SIZES)
    chance = funnel["error_of_one"] / np.sqrt(along)
    spread = np.sqrt(chance**2 + funnel["between"] ** 2)
    names = (gettext("95% limits of chance alone"), gettext("95% limits with the usual differences between them"))
    lines = []
    for name, errors, adjusted in ((names[0], chance, False), (names[1], spread, True)):
        low, high = funnel["target"] - REACH * errors, funnel["target"] + REACH * errors
        lines.append(Limits(name, along.tolist(), low.tolist(), high.tolist(), adjusted=adjusted))
    return lines


def _is_hidden(unit: dict[str, Any], reader: Reader) -> bool:
    return reader.minimum > 1 and (unit["count_hidden"] or reader.hides(unit["cases"]))


def _outside(different: list[dict[str, Any]], reader: Reader) -> Table:
    gettext = reader.words.gettext
    rows = []
    for each in different:
        said = written(each, reader)
        for unit in each["units"]:
            if _stands_out(unit) and not _is_hidden(unit, reader):
                between = gettext("%(low)s to %(high)s", low=said(unit["lower"]), high=said(unit["upper"]))
                cells = (unit["value"], title_of(each, reader), reader.count(unit["cases"]), said(unit["estimate"]),
                         between, said(each["usual"]))  # fmt: skip
                rows.append(Row(cells, _behind(each, unit["value"])))
    heads = (gettext("Name"), gettext("What differs"), gettext("Cases"), gettext("Value"), gettext("95% interval"),
             gettext("All together"))  # fmt: skip
    left_out = reader.left_out(len(rows) - LISTED)
    return Table(gettext("What stands out"), reader.heads(*heads, numeric_from=2), tuple(rows[:LISTED]), left_out)


def _table(result: Result, judged: list[dict[str, Any]], reader: Reader) -> Table:
    gettext = reader.words.gettext
    rows = tuple(
        Row((title_of(each, reader), reader.key(each["verdict"]), reader.words.p_value(each["q_value"])))
        for each in judged[:LISTED]
    )
    heads = (gettext("Comparison"), gettext("Verdict"), gettext("Chance of a false find (q)"))
    left_out = reader.left_out(result["count"] - result["too_few"] - len(rows))
    return Table(gettext("What was compared"), reader.heads(*heads, numeric_from=2), rows, left_out)


def _behind(each: dict[str, Any], unit: str) -> tuple[tuple[str, str], ...]:
    found = (("dimension", each["dimension"]), ("unit", unit), ("measure", each["measure"]))
    return (*found, ("value", each["value"])) if each["value"] is not None else found


def cases(log: Prepared, selection: Selection, arguments: Arguments) -> ir.Table:
    """The cases that a ``measure`` (of a ``value``) counts in one ``unit`` of a ``dimension``, or all."""
    dimension = next((each for each in DIMENSIONS if each == arguments.get("dimension")), None)
    measure = next((each for each in MEASURES if each == arguments.get("measure")), None)
    unit = None if dimension is None else code(log, dimension, arguments, "unit")
    if dimension is None or measure is None or unit is None:
        return selection.cases().select("case_no")
    value_of = VALUES.get(measure)
    value = code(log, value_of, arguments, "value") if value_of is not None else None
    return equality.cases_behind(
        selection, dimension=dimension, code=unit, measure=measure, value=value, cut_off_us=cut_off(log)
    )


VALUES: dict[str, Dimension] = {"outcome": "outcome", "activity": "activity", "stay-time": "organisation"}
"""Of the measures that are about one value: what that is a value of."""

METRIC = Metric(DEFINITION, compute, figure, cases, needs=("unit",))
