"""What the mapping says in texts, as SQL conditions on codes."""

from __future__ import annotations

from dataclasses import dataclass

from zichtlijn.analysis.eventlogs.model import Mapping
from zichtlijn.analysis.eventlogs.prepare.dictionaries import Values


@dataclass(frozen=True)
class Conditions:
    """``closing``: the event closes its case, empty when every case ends at its last event. ``serving``: the waiting
    ends with it. ``sending``: the code of the organisation it sends the case to, or null."""

    closing: str
    serving: str
    sending: str


def conditions(mapping: Mapping, values: Values) -> Conditions:
    """Activities that do not occur are left out."""
    activities = {value: code for code, value in enumerate(values.get("activity", ()))}
    organisations = {value: code for code, value in enumerate(values.get("organisation", ()))}

    def one_of(names: tuple[str, ...]) -> str:
        codes = sorted({activities[name] for name in names if name in activities})
        return f"activity IN ({', '.join(map(str, codes))})" if codes else "false"

    sends = [
        f"WHEN {activities[activity]} THEN {organisations[organisation]}"
        for activity, organisation in sorted(mapping.sent_to.items())
        if activity in activities
    ]
    sending = f"CASE activity {' '.join(sends)} END" if sends else "NULL"
    closing = one_of(mapping.end_activities) if mapping.end_activities else ""
    return Conditions(closing, one_of(mapping.service_activities), f"cast({sending} AS smallint)")
