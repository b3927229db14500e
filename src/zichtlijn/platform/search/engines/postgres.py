"""PostgreSQL: two generated ``tsvector`` columns with GIN indexes, Dutch forms and plain words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

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


LOOKED_BACK = 30_000
# One statement, so that the number of queries does not depend on the rows; the second part is skipped when the first
# gave enough.
_NEWEST = """
    WITH near AS MATERIALIZED ({near}),
    far AS MATERIALIZED (
        SELECT * FROM ({far} OFFSET 0) AS every
        WHERE (SELECT count(*) FROM near) < %s ORDER BY 1 DESC LIMIT %s)
    SELECT * FROM near WHERE (SELECT count(*) FROM near) >= %s UNION ALL SELECT * FROM far ORDER BY 1 DESC
"""


def term(word: str) -> str:
    """What is indexed for a word; the configuration ``dutch`` takes the endings off."""
    return singular(word)


def newest(entries: QuerySet[Any], question: Question, most: int) -> list[Found]:
    """Key, type and record of the newest entries that hold everything asked for.

    A common word is found by going back from the newest entry, a rare one by the index of words. Which of both it is
    the planner cannot know when words and audiences go together, so that it is tried: in the last ``LOOKED_BACK``
    entries first, and for what is rare there by the index of words alone (OFFSET keeps the limit out of the search).
    """
    found = matching(entries, question, ranked=False).values_list(*FOUND)
    lately = RawSQL(f"(SELECT max(id) - %s FROM {entries.model._meta.db_table})", [LOOKED_BACK])  # noqa: S608, S611
    try:
        near, near_params = found.filter(pk__gt=lately)[:most].query.sql_with_params()
        far, far_params = found.order_by().query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST.format(near=near, far=far), [*near_params, *far_params, most, most, most])
        return list(cursor.fetchall())


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
