"""Why something is proposed, in plain words: English message ids with terms, translated on the screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zichtlijn.analysis.texts import gettext_noop

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

# What each sign of weights.yaml means to a reader.
SIGNS = {
    "acts": gettext_noop("the inspectorate does it itself"),
    "acts_somehow": gettext_noop("the inspectorate does something, with a verb that is not in the dictionary"),
    "will": gettext_noop("it says “will”"),
    "stays": gettext_noop("it says that something stays"),
    "wants": gettext_noop("it says “wants”"),
    "must": gettext_noop("it says “must”"),
    "can": gettext_noop("it says what may be done, not what will be done"),
    "can_enforce": gettext_noop("it may enforce"),
    "supervision": gettext_noop("the supervision itself is the subject"),
    "vague_verb": gettext_noop("the verb says little"),
    "passive": gettext_noop("something is done, and nobody else is named as the one who does it"),
    "announced": gettext_noop("the sentence announces attention, a change or an end"),
    "strong_announcement": gettext_noop("the announcement is in set words"),
    "item": gettext_noop("it is a line of a list or table of activities"),
    "row": gettext_noop("it reads like an activity and stands under a heading of activities"),
    "programme_year": gettext_noop("the year of the programme is named"),
    "coming_time": gettext_noop("a coming time is named"),
    "next_year": gettext_noop("a later year is named"),
    "earlier_year": gettext_noop("only an earlier year is named"),
    "activity_heading": gettext_noop("it stands under a heading of activities"),
    "goal_section": gettext_noop("it stands under one of the goals"),
    "describes_goal": gettext_noop("it stands in the description of a goal"),
    "background_heading": gettext_noop("it stands in the foreword or the background"),
    "result_heading": gettext_noop("it stands under the intended results"),
    "staff_heading": gettext_noop("it stands under staff or finance"),
    "names_a_field": gettext_noop("it names an organisation, chain or act"),
    "subordinate": gettext_noop("it stands in a subordinate clause"),
    "in_general": gettext_noop("it speaks in general"),
    "about_the_text": gettext_noop("it speaks of the document itself"),
    "condition": gettext_noop("it begins with a condition"),
    "vague_object": gettext_noop("it announces what follows"),
    "result_indicator": gettext_noop("it reads like an indicator of results"),
    "negated": gettext_noop("it says that something is not done"),
    "question": gettext_noop("it is a question"),
    "few_words": gettext_noop("it has few words"),
    "mission": gettext_noop("it says what the inspectorate is for"),
    "wish_of_others": gettext_noop("it says what is needed of others"),
    "continuation": gettext_noop("it goes on about the activity before it"),
}
AGAINST = gettext_noop("against it: %(sign)s")


def in_words(reason: str, terms: Mapping[str, str], translate: Callable[[str], str]) -> str:
    """The reason as a sentence: message and signs put through ``translate``, the terms filled in.

    ``terms["signs"]`` holds names of signs, a minus before what counts against it: ``acts, -condition``.
    """
    words = dict(terms)
    if "signs" in words:
        names = [name.strip() for name in words["signs"].split(",")]
        words["signs"] = "; ".join(_sign(name, translate) for name in names if name)
    return translate(reason) % words if words else translate(reason)


def _sign(name: str, translate: Callable[[str], str]) -> str:
    plain = name.lstrip("-").split(" ")[0]
    told = translate(SIGNS[plain]) if plain in SIGNS else plain
    return translate(AGAINST) % {"sign": told} if name.startswith("-") else told
