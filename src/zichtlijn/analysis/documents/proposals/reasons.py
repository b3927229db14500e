"""Why something is proposed, in plain words: English message ids with terms, translated on the screens."""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Mark a message for translation; it is translated where it is shown."""
    return message


ACTS = gettext_noop("The inspectorate is the one who acts: “%(words)s”. Signs: %(signs)s.")
SUPERVISION = gettext_noop("Its supervision is the subject: “%(words)s”. Signs: %(signs)s.")
PASSIVE = gettext_noop("Something is done without another doer being named: “%(words)s”. Signs: %(signs)s.")
ANNOUNCED = gettext_noop("The sentence announces attention or an end: “%(words)s”. Signs: %(signs)s.")
LISTED = gettext_noop("A line of a list of activities: “%(words)s”. Signs: %(signs)s.")
GOAL_LISTED = gettext_noop("Stands under the announcement of goals: “%(words)s”.")
GOAL_TITLED = gettext_noop("The heading or line calls itself a goal: “%(words)s”.")
GOAL_REPEATED = gettext_noop("The heading returns in the document: “%(words)s”.")
FIGURE = gettext_noop("An amount or number with a unit of money, staff or time: “%(words)s”.")
FIGURE_IN_TABLE = gettext_noop("A number in a table; its row, column or corner names the unit: “%(words)s”.")
NAME_KNOWN = gettext_noop("A name from the dictionary: “%(words)s”.")
ABBREVIATION_KNOWN = gettext_noop("An abbreviation from the dictionary: “%(words)s”.")
NAME_EXPLAINED = gettext_noop("A name with its abbreviation behind it in the text: “%(words)s”.")
NAME_BY_FORM = gettext_noop("The form of the name tells what it is: “%(words)s”.")
FOOTNOTE = gettext_noop("A note with the mark %(words)s.")
