"""PostgreSQL: two generated ``tsvector`` columns with GIN indexes, Dutch forms and plain words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Max, QuerySet

from zichtlijn.platform.remembering import once

from ..asking import Question
from ..words import singular
from .found import FOUND, Found

INSTALL = [
    """
    ALTER TABLE search_searchentry
    ADD COLUMN forms tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('dutch', title_terms), 'A') || setweight(to_tsvector('dutch', body_terms), 'D')) STORED,
    ADD COLUMN plain tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_words), 'B') || setweight(to_tsvector('simple', body_words), 'D')) STORED
    """,
    "CREATE INDEX search_forms ON search_searchentry USING gin (forms)",
    "CREATE INDEX search_plain ON search_searchentry USING gin (plain)",
]
REMOVE = [
    "ALTER TABLE search_searchentry DROP COLUMN IF EXISTS forms",
    "ALTER TABLE search_searchentry DROP COLUMN IF EXISTS plain",
]
_FORM = "search_searchentry.forms @@ to_tsquery('dutch', %s)"
_BEGINNING = f"({_FORM} OR search_searchentry.plain @@ to_tsquery('simple', %s))"
# Weights of D, C, B and A: the title ten times the body, plain words in the title half of that.
_WEIGHTS = "'{0.1, 0.2, 0.5, 1.0}'"
_RELEVANCE = (
    f"ts_rank({_WEIGHTS}, search_searchentry.forms, to_tsquery('dutch', %s), 1) + "
    f"0.5 * ts_rank({_WEIGHTS}, search_searchentry.plain, to_tsquery('simple', %s), 1)"
)


LOOKED_BACK = (8_000, 60_000, 200_000)
"""How many of the newest entries are looked through, before all of them are."""
# OFFSET keeps the limit out of the search: without it a rare word would be looked for in every entry in turn.
_STEP = "step_{0} AS MATERIALIZED (SELECT * FROM ({1} OFFSET 0) AS these WHERE {2} ORDER BY 1 DESC LIMIT %s)"
_FEWER = "(SELECT count(*) FROM step_{0}) < %s"
_ENOUGH = "SELECT * FROM step_{0} WHERE (SELECT count(*) FROM step_{0}) >= %s"


def term(word: str) -> str:
    """What is indexed for a word; the configuration ``dutch`` takes the endings off."""
    return singular(word)


def newest(entries: QuerySet[Any], question: Question, most: int) -> list[Found]:
    """Key, type and record of the newest entries that hold everything asked for.

    A common word is found by going back from the newest entry, a rare one by the index of words, and one in between by
    both. Which of these it is the planner cannot know, so that it is tried: in ever more of the newest entries, until
    there are enough. One statement, however many are tried, so that their number does not depend on the rows.
    """
    found = matching(entries, question, ranked=False).values_list(*FOUND)
    last = once("the newest entry", lambda: entries.model._base_manager.aggregate(last=Max("pk"))["last"])
    try:
        statement, params = _by_and_by(found, last or 0, most)
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def _by_and_by(found: QuerySet[Any], last: int, most: int) -> tuple[str, list[Any]]:
    """One statement that looks back further as long as it has not found enough. Raises EmptyResultSet."""
    steps: list[str] = []
    params: list[Any] = []
    for number, back in enumerate((*LOOKED_BACK, None)):
        these = found if back is None else found.filter(pk__gt=last - back)
        sql, given = these.order_by().query.sql_with_params()
        # A step that is not taken is empty too, so that each asks for all those before it.
        earlier = " AND ".join([_FEWER.format(step) for step in range(number)] or ["%s > 0"])
        steps.append(_STEP.format(number, sql, earlier))
        params += [*given, *[most] * max(1, number), most]
    chosen = [_ENOUGH.format(number) for number in range(len(LOOKED_BACK))] + [f"TABLE step_{len(LOOKED_BACK)}"]
    whole = f"WITH {', '.join(steps)} {' UNION ALL '.join(chosen)} ORDER BY 1 DESC"
    return whole, [*params, *[most] * len(LOOKED_BACK)]


def matching(entries: QuerySet[Any], question: Question, *, ranked: bool) -> QuerySet[Any]:
    """The entries that hold everything asked for; ``ranked`` puts the most relevant first, otherwise the newest."""
    where = [_FORM for _word in question.required_words] + [_BEGINNING for _word in question.prefixes]
    params = [singular(word) for word in question.required_words]
    for word in question.prefixes:
        params += [singular(word), f"{word}:*"]
    found = entries.extra(where=where, params=params)  # noqa: S610 - the parameters are passed apart
    if not ranked:
        return found.order_by("-pk")
    forms = " | ".join(singular(word) for word in [*question.required_words, *question.prefixes])
    beginnings = " | ".join(f"{word}:*" for word in question.prefixes)
    found = found.extra(  # noqa: S610 - the parameters are passed apart
        select={"relevance": _RELEVANCE}, select_params=[forms, beginnings]
    )
    return found.order_by("-relevance", "title", "pk")
