"""Searching: what a user finds, per type and page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from zichtlijn.platform.design.paging import OpenPage

from . import engines
from .asking import Question, understand
from .models import SearchEntry, SearchEntryQuerySet
from .passages import highlighted, passage
from .registry import Searchable, searchables

PAGE_SIZE = 20
MOST_FOUND = 1_000


@dataclass(frozen=True)
class Result:
    """One record that was found, ready to show."""

    title: SafeString
    passage: SafeString
    url: str
    kind: str
    is_demo: bool


@dataclass(frozen=True)
class KindCount:
    """How many records of one type were found."""

    label: str
    name: str
    count: int


def find(user: Any, question: Question, *, kind: str = "", page: int = 1) -> OpenPage:
    """One page of results (``Result``), most relevant first, of one type (``app.model``) or of all."""
    if not question.asks_something:
        return OpenPage([], 1, PAGE_SIZE, False)
    entries = _matching(user, question, ranked=True)
    if kind:
        entries = entries.filter(model_label=kind)
    start = (page - 1) * PAGE_SIZE
    found = list(entries[start : start + PAGE_SIZE + 1])
    names = {each.model_label: _name(each) for each in searchables()}
    rows = [_result(entry, question, names[entry.model_label]) for entry in found[:PAGE_SIZE]]
    return OpenPage(rows, page, PAGE_SIZE, len(found) > PAGE_SIZE)


def counts(user: Any, question: Question) -> list[KindCount]:
    """How many records of each type the user finds, in the order of the types; types without any are left out."""
    if not question.asks_something:
        return []
    found = _matching(user, question, ranked=False).values("model_label").annotate(count=Count("pk"))
    per_label = {row["model_label"]: row["count"] for row in found}
    return [
        KindCount(each.model_label, _name(each), per_label[each.model_label])
        for each in searchables()
        if each.model_label in per_label
    ]


def found_keys(user: Any, asked: str, kind: str) -> list[int]:
    """The keys of the records of one type that a text finds, at most ``MOST_FOUND``; for filters of lists."""
    question = understand(asked)
    if not question.asks_something:
        return []
    found = _matching(user, question, ranked=False).filter(model_label=kind)
    return list(found.order_by("-object_id").values_list("object_id", flat=True)[:MOST_FOUND])


def is_kind(label: str) -> bool:
    """True for a type that can be found."""
    return any(each.model_label == label for each in searchables())


def _matching(user: Any, question: Question, *, ranked: bool) -> SearchEntryQuerySet:
    entries: SearchEntryQuerySet = SearchEntry.objects.visible_to(user)
    for phrase in question.phrases:
        words = f" {' '.join(phrase)} "
        entries = entries.filter(Q(title_words__contains=words) | Q(body_words__contains=words))
    found: SearchEntryQuerySet = engines.current().matching(entries, question, ranked=ranked)
    return found


def _result(entry: SearchEntry, question: Question, name: str) -> Result:
    return Result(highlighted(entry.title, question), passage(entry.body, question), entry.url, name, entry.is_demo)


def _name(searchable: Searchable) -> str:
    return capfirst(str(searchable.model._meta.verbose_name))
