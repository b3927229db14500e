"""The last parts of the report: how the log was read, and what it was made from."""

from __future__ import annotations

from html import escape
from typing import Any

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepared import Prepared
from zichtlijn.platform.design.drawing.markup import element

from ..chain_figures import Reader
from ..chain_figures.reader import gettext_noop

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
    """What was read, dropped and why."""
    return element("p", escape(reader.words.gettext("No load report was kept."))) if not loaded else ""


def origin_section(log: Prepared, reader: Reader) -> str:
    """Files, digests, the meaning of the columns, and what computed it."""
    words, manifest = reader.words, log.manifest
    gettext = words.gettext
    pairs = []
    for source in manifest.sources:
        pairs.append((gettext("File"), source["name"]))
        pairs.append((gettext("SHA-256 of the file"), source["sha256"]))
    pairs += [
        (gettext("Digest of the prepared log"), manifest.digest),
        (gettext("Complete until"), words.moment(manifest.cut_off_us, manifest.mapping.time_zone)),
        (gettext("Time zone"), manifest.mapping.time_zone),
        (gettext("Prepared by"), manifest.engine),
        *mapping_pairs(manifest.mapping, reader),
    ]
    if manifest.pseudonymised:
        pairs.append((gettext("Case numbers"), gettext("replaced by pseudonyms")))
    return element("dl", *(element("dt", escape(name)) + element("dd", escape(text)) for name, text in pairs))


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
