"""The last parts of the report: how the log was read, and what it was made from."""

from __future__ import annotations

from html import escape
from typing import Any

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.analysis.texts import gettext_noop
from zichtlijn.platform.design.drawing.markup import element

from ..chain_figures import Reader, Row, Table
from ..chain_figures.figure import Head
from .report_tables import table_markup

MOST_PLACES = 5
ROLES = {
    "case": gettext_noop("case"),
    "activity": gettext_noop("activity"),
    "time": gettext_noop("time"),
    "complete": gettext_noop("time of completion"),
    "organisation": gettext_noop("organisation"),
    "region": gettext_noop("region"),
    "group": gettext_noop("group"),
    "citizen_group": gettext_noop("citizen group"),
    "outcome": gettext_noop("outcome"),
    "term_date": gettext_noop("term date"),
    "lifecycle": gettext_noop("stage of the activity"),
}


def reading_section(loaded: dict[str, Any], reader: Reader) -> str:
    """What was read, dropped and why, from a load report as JSON; nothing was kept of it in older prepared logs."""
    words, gettext = reader.words, reader.words.gettext
    if "events_read" not in loaded:
        return element("p", escape(gettext("No load report was kept.")))
    pairs = [
        (gettext("Events read"), words.number(loaded["events_read"])),
        (gettext("Events kept"), words.number(loaded["events_kept"])),
        (gettext("Cases"), words.number(loaded["cases"])),
        (gettext("Events at the same time as another of the case"), words.fine_share(loaded["tied_events"])),
        (gettext("Times at midnight"), words.fine_share(loaded["at_midnight"])),
    ]
    if loaded["usual_start"]:
        said = f"{loaded['usual_start']} ({words.fine_share(loaded['usual_start_cases'])})"
        pairs.append((gettext("Usual first activity"), said))
    parts = [_pairs(pairs)]
    if loaded["day_granular"]:
        said = gettext("The log knows days, not times: the order within a day is that of the file.")
        parts.append(element("p", escape(said), class_="note"))
    problems = [*loaded["dropped"], *loaded["problems"]]
    if problems:
        parts.append(_problems(problems, reader))
    else:
        parts.append(element("p", escape(gettext("Nothing was dropped, and nothing odd was found."))))
    return "".join(parts)


def _problems(problems: list[dict[str, Any]], reader: Reader) -> str:
    from zichtlijn.analysis.eventlogs.report import PROBLEMS

    gettext = reader.words.gettext
    rows = tuple(
        Row(
            (
                gettext(PROBLEMS.get(each["code"], each["code"])),
                reader.words.number(each["count"]),
                ", ".join(each["places"][:MOST_PLACES]) + ("…" if len(each["places"]) > MOST_PLACES else ""),
            )
        )
        for each in problems
    )
    heads = (Head(gettext("What was found")), Head(gettext("How often"), numeric=True), Head(gettext("Where (lines)")))
    return table_markup(Table(gettext("What is odd about the log"), heads, rows))


def _pairs(pairs: list[tuple[str, str]]) -> str:
    return element("dl", *(element("dt", escape(name)) + element("dd", escape(text)) for name, text in pairs))


def origin_section(log: Prepared, reader: Reader) -> str:
    """Files, digests, the meaning of the columns, and what computed it."""
    words, manifest = reader.words, log.manifest
    gettext = words.gettext
    pairs = []
    for source in manifest.sources:
        pairs.append((gettext("File"), source["name"]))
        pairs.append((gettext("SHA-256 of the file"), source["sha256"]))
        if source.get("again"):
            said = gettext("%(number)s events; these now count twice", number=words.number(source["again"]))
            pairs.append((gettext("In the log already when this file was added"), said))
    pairs += [
        (gettext("Digest of the prepared log"), manifest.digest),
        (gettext("Complete until"), words.moment(manifest.cut_off_us, manifest.mapping.time_zone)),
        (gettext("Time zone"), manifest.mapping.time_zone),
        (gettext("Prepared by"), manifest.engine),
        *mapping_pairs(manifest.mapping, reader),
    ]
    if manifest.pseudonymised:
        pairs.append((gettext("Case numbers"), gettext("replaced by pseudonyms")))
    return _pairs(pairs)


def mapping_pairs(mapping: Mapping, reader: Reader) -> list[tuple[str, str]]:
    """What the columns mean, in words."""
    gettext = reader.words.gettext
    level = {"event": gettext("of the event"), "case": gettext("of the case")}
    pairs = [
        (gettext("Column for: %(role)s", role=gettext(ROLES[role])), f"{column.name} ({level[column.level]})")
        for role, column in mapping.roles.items()
    ]
    for name, values in (
        (gettext("Closes a case"), mapping.end_activities),
        (gettext("Ends the waiting"), mapping.service_activities),
        (gettext("Sends a case on"), tuple(f"{name} → {to}" for name, to in mapping.sent_to.items())),
        (gettext("Required on arrival"), tuple(column.name for column in mapping.required)),
    ):
        if values:
            pairs.append((name, ", ".join(values)))
    if mapping.term_days is not None:
        pairs.append((gettext("Term"), reader.words.days(mapping.term_days)))
    return pairs
