"""What the mapping says in texts, in codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare.case_numbers import number_of_text
from zichtlijn.analysis.eventlogs.prepare.dictionaries import Values
from zichtlijn.analysis.eventlogs.prepare.sorted_rows import NO_CODE, Codes, Flags, Longs


@dataclass(frozen=True)
class MappedCodes:
    """Per code of an activity: ``closing`` (it closes its case; None when every case ends at its last event),
    ``serving`` (the waiting ends with it), ``sending`` (code of the organisation it sends its case to, or -1) and
    ``text_numbers`` (see ``number_of_text``). ``term_days``: the term from the first event, None without one."""

    closing: Flags | None
    serving: Flags
    sending: Codes
    text_numbers: Longs
    term_days: int | None
    time_zone: str


def mapped_codes(mapping: Mapping, values: Values) -> MappedCodes:
    """Activities of the mapping that do not occur are left out."""
    activities = values.get("activity", ())
    organisations = {value: code for code, value in enumerate(values.get("organisation", ()))}

    def among(names: tuple[str, ...]) -> Flags:
        return np.array([activity in names for activity in activities], np.bool_)

    sending = [organisations.get(mapping.sent_to.get(activity, ""), NO_CODE) for activity in activities]
    return MappedCodes(
        among(mapping.end_activities) if mapping.end_activities else None,
        among(mapping.service_activities),
        np.array(sending, np.int16),
        np.array([number_of_text(activity) for activity in activities], np.int64),
        mapping.term_days,
        mapping.time_zone,
    )
