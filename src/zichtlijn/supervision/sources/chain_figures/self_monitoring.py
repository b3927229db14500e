"""What organisations state about their own waiting lists, held against the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis.expr.types as ir

from zichtlijn.analysis.chains import self_monitoring
from zichtlijn.analysis.chains.engines import Engine
from zichtlijn.analysis.chains.engines.embedded import Embedded
from zichtlijn.analysis.chains.self_monitoring import Checked
from zichtlijn.analysis.chains.stated_figures import Statement
from zichtlijn.analysis.chains.stated_files import from_json
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.texts import gettext_noop
from zichtlijn.platform.design.drawing import Bar, Bars

from .figure import Figure, Result, Row, Table
from .metric import UNKNOWN_VALUE, Arguments, whole
from .reader import Reader
from .rough_counts import RoughCounts
from .weeks import day_of

DEFINITION = self_monitoring.DEFINITION
WHAT = {
    "level": gettext_noop("number that waits"),
    "inflow": gettext_noop("number that came in"),
    "outflow": gettext_noop("number that left"),
    "mean-wait": gettext_noop("mean time waited (days)"),
    "longest-wait": gettext_noop("longest time waited (days)"),
}
AGREES = gettext_noop("agrees (at most %(tolerance)s apart)")
MORE = gettext_noop("differs: the log shows more")
LESS = gettext_noop("differs: the log shows less")
CANNOT = gettext_noop("cannot be checked: %(reason)s")
DRAWN = 12
read = from_json


def compute(engine: Engine, statements: Sequence[Statement]) -> dict[str, Any]:
    """Plain JSON: per statement what was measured and the verdict."""
    return {"checked": [_checked(each) for each in self_monitoring.check(statements, engine)]}


def _checked(each: Checked) -> dict[str, Any]:
    stated = each.statement
    return {
        "row": stated.row,
        "on": stated.on.isoformat(),
        "since": stated.since.isoformat() if stated.since else None,
        "organisation": stated.organisation,
        "region": stated.region,
        "what": stated.what,
        "stated": stated.value,
        "measured": each.measured,
        "difference": each.difference,
        "tolerance": each.tolerance,
        "count": each.count,
        "verdict": each.verdict,
        "reason": each.reason,
        "params": {name: str(value) for name, value in each.params.items()},
        "source": stated.source,
    }


def figure(result: Result, reader: Reader) -> Figure:
    """How many statements agree, and every one of them."""
    words, gettext, about = reader.words, reader.words.gettext, reader.about(DEFINITION)
    checked = result["checked"]
    possible = [each for each in checked if each["verdict"] != "cannot-be-checked" and not is_hidden(each, reader)]
    agrees = sum(each["verdict"] == "agrees" for each in possible)
    verdict = gettext(
        "Of %(number)s statements that can be checked, %(agrees)s agree with the log.",
        number=words.number(len(possible)),
        agrees=words.number(agrees),
    )
    unsaid = sum(is_hidden(each, reader) for each in checked)
    notes = [gettext("Not shown, because they are about few people: %(number)s.", number=words.number(unsaid))]
    table = _table(checked, reader)
    return Figure(
        about,
        verdict,
        drawings=_drawings(possible, reader),
        tables=(table,) if table.rows else (),
        notes=(*_source(checked, reader), *(notes if unsaid else ()), *RoughCounts(reader).note()),
        behind=None,
        wide=True,
    )


def _source(checked: list[dict[str, Any]], reader: Reader) -> list[str]:
    """Where it is stated, when that is one place."""
    sources = {each["source"] for each in checked}
    if len(sources) != 1 or "" in sources:
        return []
    return [reader.words.gettext("Where it is stated: %(source)s.", source=sources.pop())]


def is_hidden(each: dict[str, Any], reader: Reader) -> bool:
    """Whether an outcome is not said: it is about few cases, or tells how long the one who waits longest has waited."""
    few = reader.hides(each["count"]) or (not _is_time(each) and reader.hides(each["stated"]))
    return few or (reader.is_limited and each["what"] == "longest-wait")


def _is_time(each: dict[str, Any]) -> bool:
    return str(each["what"]).endswith("wait")


def _drawings(possible: list[dict[str, Any]], reader: Reader) -> tuple[Bars, ...]:
    """Of the counts, the log as a bar and what is stated as a mark."""
    gettext, rough = reader.words.gettext, RoughCounts(reader)
    bars = [
        Bar(f"{_place(each)}, {reader.key(WHAT[each['what']])}, {_day(each, reader)}", rough.value(each["measured"]),
            each["stated"])
        for each in possible if not _is_time(each)
    ][:DRAWN]  # fmt: skip
    if not bars:
        return ()
    title, head = gettext("What is stated and what the log shows"), gettext("Stated")
    name = gettext("stated")
    return (Bars(title, bars, gettext("cases"), limit_name=name, limit_head=head, number=reader.words.plain),)


def _table(checked: list[dict[str, Any]], reader: Reader) -> Table:
    gettext = reader.words.gettext
    with_source = len({each["source"] for each in checked}) > 1
    heads = [
        gettext("Organisation"), gettext("What is stated"), gettext("Day"), gettext("Outcome"), gettext("Stated"),
        gettext("In the log"), gettext("Difference"),
    ]  # fmt: skip
    rows = tuple(
        Row(_cells(each, reader, with_source), (("row", str(each["row"])),) if each["count"] else None)
        for each in checked
    )
    head = reader.heads(*heads, numeric_from=4)
    if with_source:
        head = (*head[:3], *reader.heads(gettext("Where it is stated"), numeric_from=1), *head[3:])
    return Table(gettext("Statements held against the log"), head, rows)


def _cells(each: dict[str, Any], reader: Reader, with_source: bool) -> tuple[str, ...]:
    hidden = is_hidden(each, reader)
    stated, measured, difference = (reader.unsaid(),) * 3 if hidden else _numbers(each, reader)
    known = (_place(each), reader.key(WHAT[each["what"]]), _day(each, reader))
    source = (each["source"],) if with_source else ()
    return *known, *source, reader.unsaid() if hidden else _outcome(each, reader), stated, measured, difference


def _numbers(each: dict[str, Any], reader: Reader) -> tuple[str, str, str]:
    """Stated, measured and the difference; that of a rounded number is rounded too."""
    words, rough, stated = reader.words, RoughCounts(reader), each["stated"]
    said = words.plain(stated)
    if each["measured"] is None:
        return said, words.number(None), words.number(None)
    if _is_time(each):
        measured = round(each["measured"], 1)
        return said, words.plain(measured), _signed(stated - measured, reader)
    if not reader.is_limited:
        return said, words.plain(each["measured"]), _signed(each["difference"], reader)
    return (
        said,
        rough.count(each["measured"]),
        words.gettext("about %(number)s", number=_signed(stated - rough.value(each["measured"]), reader)),
    )


def _signed(value: float, reader: Reader) -> str:
    return f"+{reader.words.plain(value)}" if value > 0 else reader.words.plain(value)


def _outcome(each: dict[str, Any], reader: Reader) -> str:
    """In how far the two can be compared, and what comes out."""
    gettext = reader.words.gettext
    if each["verdict"] == "cannot-be-checked":
        reason, params = each["reason"], dict(each["params"])
        if "date" in params:
            params["date"] = reader.words.day(day_of(params["date"]))
        return gettext(CANNOT, reason=gettext(reason, **params))
    if each["verdict"] == "agrees":
        if reader.is_limited:  # the tolerance is a share of what was measured
            return gettext("agrees")
        return gettext(AGREES, tolerance=reader.words.number(each["tolerance"], 0))
    differs = LESS if each["difference"] > 0 else MORE
    return gettext(differs)


def _place(each: dict[str, Any]) -> str:
    return f"{each['organisation']} ({each['region']})" if each["region"] else str(each["organisation"])


def _day(each: dict[str, Any], reader: Reader) -> str:
    day = reader.words.day(day_of(each["on"]))
    if each["since"] is None or each["what"] in ("level", "mean-wait", "longest-wait"):
        return day
    return f"{reader.words.day(day_of(each['since']))} – {day}"


def cases(log: Prepared, statements: Sequence[Statement], arguments: Arguments) -> ir.Table:
    """The cases counted for one statement: its ``row``."""
    wanted = whole(arguments, "row")
    with Embedded(log) as engine:
        for each in self_monitoring.check([one for one in statements if one.row == wanted], engine):
            if each.cases is not None:
                return each.cases
    raise LogError("unknown-value", UNKNOWN_VALUE, value=wanted, dimension="row")
