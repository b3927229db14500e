"""SQLite: an FTS5 table over the entries, kept in step by triggers (https://sqlite.org/fts5.html, section 4.4.3)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ..asking import Question
from ..words import stem
from .found import FOUND, Found

_COLUMNS = "title_terms, body_terms, title_words, body_words"
_NEW = "new.id, new.title_terms, new.body_terms, new.title_words, new.body_words"
_OLD = "'delete', old.id, old.title_terms, old.body_terms, old.title_words, old.body_words"
_ADD = f"INSERT INTO search_index(rowid, {_COLUMNS}) VALUES ({_NEW});"  # noqa: S608 - no input
_DROP = f"INSERT INTO search_index(search_index, rowid, {_COLUMNS}) VALUES ({_OLD});"  # noqa: S608 - no input

INSTALL = [
    f"""
    CREATE VIRTUAL TABLE search_index USING fts5(
        {_COLUMNS}, content='search_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')
    """,
    f"CREATE TRIGGER search_index_add AFTER INSERT ON search_searchentry BEGIN {_ADD} END",
    f"CREATE TRIGGER search_index_drop AFTER DELETE ON search_searchentry BEGIN {_DROP} END",
    f"CREATE TRIGGER search_index_change AFTER UPDATE ON search_searchentry BEGIN {_DROP} {_ADD} END",
]
REMOVE = [
    "DROP TRIGGER IF EXISTS search_index_add",
    "DROP TRIGGER IF EXISTS search_index_drop",
    "DROP TRIGGER IF EXISTS search_index_change",
    "DROP TABLE IF EXISTS search_index",
]
# All that "optimize" does, a number of pages at a time: negative to begin with, until it writes nothing any more.
FORGET = "INSERT INTO search_index(search_index, rank) VALUES ('merge', %s)"
FORGET_PAGES = 500
REFILL = "INSERT INTO search_index(search_index) VALUES ('rebuild')"
# The title weighs ten times the body; the plain words, which the beginnings are found in, half of the terms.
_RELEVANCE = "-bm25(search_index, 10.0, 1.0, 5.0, 0.5)"


def term(word: str) -> str:
    """What is indexed for a word: FTS5 knows no Dutch, so the endings are taken off here."""
    return stem(word)


def newest(entries: QuerySet[Any], question: Question, most: int) -> list[Found]:
    """Key, type and record of the newest entries that hold everything asked for: the index goes back by itself."""
    rows = matching(entries, question, ranked=False).only(*FOUND)[:most]
    return [(entry.pk, entry.model_label, entry.object_id) for entry in rows]


def matching(entries: QuerySet[Any], question: Question, *, ranked: bool) -> QuerySet[Any]:
    """The entries that hold everything asked for; ``ranked`` puts the most relevant first, otherwise the newest."""
    select = {"relevance": _RELEVANCE} if ranked else {"number": "search_index.rowid"}
    found = entries.extra(  # noqa: S610 - the one parameter is passed apart
        tables=["search_index"],
        where=["search_index.rowid = search_searchentry.id", "search_index MATCH %s"],
        params=[_expression(question)],
        select=select,
    )
    # By the number of the index and not by the key that it equals: only then is the order for nothing.
    return found.order_by("-relevance", "title", "pk") if ranked else found.extra(order_by=["-number"])


def _expression(question: Question) -> str:
    # Words are letters and digits only, so that quoting them is enough.
    parts = [f'{{title_terms body_terms}} : "{stem(word)}"' for word in question.required_words]
    parts += [
        f'({{title_terms body_terms}} : "{stem(word)}" OR {{title_words body_words}} : "{word}" *)'
        for word in question.prefixes
    ]
    return " AND ".join(parts)
