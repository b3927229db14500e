"""What is weighed and judged against: fixed lists, in the words of the work programme 2024 in our own terms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# Work programme 2024, page 12: an incident is investigated when that has clear added value, for instance when …
INCIDENT_CRITERIA = {
    "impact": _("seriousness and impact on society"),
    "reflection": _("the organisation reflects too little in its own evaluation"),
    "system": _("a possible serious bottleneck in the system or chain"),
}

# Issue "intake and weighing": facts, causes, people involved heard, measures, learning.
EVALUATION_NORMS = {
    "facts": _("the facts are complete and checked"),
    "causes": _("causes are sought behind the first one, also in the organisation itself"),
    "heard": _("those involved were heard, and what they said can be found in it"),
    "measures": _("the measures fit the causes and say who does what by when"),
    "learning": _("it says what is learnt, and how that is checked later"),
}

SCORES = {0: _("not"), 1: _("a little"), 2: _("largely"), 3: _("fully")}

NO_ACTION_GROUNDS = {
    "no_task": _("outside our task"),
    "known": _("known, and being dealt with"),
    "with_organisation": _("the organisation deals with it itself"),
    "not_concrete": _("not concrete enough, and nobody to ask"),
    "individual": _("an individual dispute that others decide on"),
    "no_added_value": _("no added value of our supervision"),
}

INCIDENT_ROLES = {
    "leader": _("leader"),
    "investigator": _("investigator"),
    "spokesperson": _("contact with the press"),
    "liaison": _("contact with those involved"),
    "recorder": _("keeps the log"),
}
